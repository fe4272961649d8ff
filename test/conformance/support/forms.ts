import { z } from 'zod/v4';

const text = () => z.string();
const filter = z.strictObject({
  included_categories: z.array(text()),
  excluded_categories: z.array(text()).optional(),
});
const options = z.strictObject({
  income_insights_version: z.enum(['II2']).nullable(),
  income_insights_filter: filter.nullish(),
});
const product = z.enum(['cra_base_report', 'cra_income_insights', 'cra_qualify']);
const config = z.strictObject({ product, version: text(), options: options.nullish() });

const subscription = <Config extends z.ZodType>(one: Config) =>
  z.strictObject({
    subscription_id: text(),
    webhook: text().optional(),
    products: z.array(one).optional(),
    reset_fields: z.array(z.enum(['webhook'])).nullish(),
  });

const SUBSCRIPTION = '/cra/servicing/subscription/update';

const reportType = z.enum(['voa', 'employment_refresh', 'income']);

const pdf = <Reports extends z.ZodType>(reports: Reports) =>
  z.strictObject({
    user_id: text().optional(),
    user_token: text().optional(),
    third_party_user_token: text().optional(),
    report_requested: reportType.optional(),
    reports_requested: reports,
    hide_gse_details: z.boolean().optional(),
  });

const PDF = '/cra/check_report/verification/pdf/get';

/**
 * Requests with what the SDK writes otherwise than we do: objects that a field tells apart (one
 * object here), and a list without repetitions (a `Set` there). What a comparison must find in each;
 * they are written out here, as the list of differences of these endpoints is no matter of theirs.
 */
export const FORMS = {
  'one object for several': { path: SUBSCRIPTION, request: subscription(config), found: [] },
  'one object for several, with a text for what tells them apart': {
    path: SUBSCRIPTION,
    request: subscription(config.extend({ product: text() })),
    found: ['products[].product: text here, choice in the SDK'],
  },
  'one object for several, of which it lacks one': {
    path: SUBSCRIPTION,
    request: subscription(config.extend({ product: product.exclude(['cra_qualify']) })),
    found: ['products[].product "cra_qualify": only in the SDK'],
  },
  'one object for several, and one more': {
    path: SUBSCRIPTION,
    request: subscription(config.extend({ product: z.enum([...product.options, 'cra_new']) })),
    found: ['products[].product "cra_new": only here'],
  },
  'one object for several, without what only one of them has': {
    path: SUBSCRIPTION,
    request: subscription(config.omit({ options: true })),
    found: ['products[].options: only in the SDK'],
  },
  'one object for several, requiring what only one of them has': {
    path: SUBSCRIPTION,
    request: subscription(config.extend({ options: options.nullable() })),
    found: ['products[].options: required only here'],
  },
  'one object for several, with an error in what only one of them has': {
    path: SUBSCRIPTION,
    request: subscription(
      config.extend({ options: options.extend({ income_insights_filter: filter }).nullish() }),
    ),
    found: [
      'products[].options.income_insights_filter: null only in the SDK',
      'products[].options.income_insights_filter: required only here',
    ],
  },
  'one object for several, not requiring what all of them do': {
    path: SUBSCRIPTION,
    request: subscription(config.extend({ version: text().optional() })),
    found: ['products[].version: required only in the SDK'],
  },
  'a list for a Set': { path: PDF, request: pdf(z.array(reportType).optional()), found: [] },
  'one text for a Set': {
    path: PDF,
    request: pdf(reportType.optional()),
    found: ['reports_requested: choice here, list in the SDK'],
  },
  'a list for a Set, with other entries': {
    path: PDF,
    request: pdf(z.array(reportType.exclude(['voa'])).optional()),
    found: ['reports_requested[] "voa": only in the SDK'],
  },
} as const;
