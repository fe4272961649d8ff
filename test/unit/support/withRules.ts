import type { JsonObject, JsonValue } from 'n8n-workflow';

import { withFormats } from '../../support/samples/withFormats';

/** How a random request is made to obey the rules between its fields, by the path of its endpoint. */
const REPAIRS = new Map<string, (body: JsonObject) => JsonObject>([
  ['/cra/check_report/base_report/get', withPurpose],
  ['/cra/check_report/create', (body) => withRefreshOptions(withDaysInOrder(body))],
  ['/cra/check_report/income_insights/get', withPurpose],
  ['/cra/check_report/verification/pdf/get', withReports],
  ['/cra/loans/update', withLoanIds],
  ['/cra/servicing/subscription/create', (body) => withoutCadence(withOwnOptions(body))],
  ['/cra/servicing/subscription/update', withOwnOptions],
  ['/cra/report/create', withNewReport],
  [
    '/link/token/create',
    (body) => withLinkRules(withDelivery(withCheckProducts(withOwnReport(body)))),
  ],
  ['/oauth/token', withGrant],
  ['/sandbox/public_token/create', withOrderedDates],
]);

/** The request with the rules of its fields and between them obeyed; they are told here independently of the catalog. */
export const withRules = (path: string, body: JsonObject): JsonObject =>
  withFormats(REPAIRS.get(path)?.(body) ?? body);

function withDaysInOrder(body: JsonObject): JsonObject {
  const { days_required, days_requested } = body;
  return typeof days_required === 'number' && typeof days_requested === 'number'
    ? { ...body, days_required: Math.min(days_required, days_requested) }
    : body;
}

function withRefreshOptions(body: JsonObject): JsonObject {
  const base = body.base_report as JsonObject | undefined;
  const options = base?.home_lending_report_options as
    { reports_requested: string[]; employment_refresh_options?: JsonObject } | undefined;
  if (!options?.reports_requested.includes('EMPLOYMENT_REFRESH')) return body;
  const { employment_refresh_options = { days_requested: 60 } } = options;
  const complete = { ...options, employment_refresh_options };
  return { ...body, base_report: { ...base, home_lending_report_options: complete } };
}

function withPurpose(body: JsonObject): JsonObject {
  if (body.report_id === undefined) return body;
  return { consumer_report_permissible_purpose: 'ACCOUNT_REVIEW_CREDIT', ...body };
}

/** One of the two fields that name the reports, and one of the combinations that Plaid lists. */
function withReports({ report_requested, reports_requested, ...body }: JsonObject): JsonObject {
  if (report_requested !== undefined) return { ...body, report_requested };
  const reports = (reports_requested ?? ['voa', 'income']) as string[];
  const mixed = reports.length > 1 && reports.includes('employment_refresh');
  return { ...body, reports_requested: mixed ? ['employment_refresh'] : reports };
}

/** An entry that names no loan updates none, though the SDK's type allows it. */
function withLoanIds({ loans, ...body }: JsonObject): JsonObject {
  return {
    ...body,
    loans: (loans as JsonObject[]).map((loan) => ({ loan_id: 'loan-17', ...loan })),
  };
}

type Product = { product: string; options?: JsonObject };

function withOwnOptions(body: JsonObject): JsonObject {
  const products = body.products as Product[] | undefined;
  if (!products) return body;
  const own = products.map(({ options, ...product }) =>
    options && product.product === 'cra_income_insights' ? { ...product, options } : product,
  );
  return { ...body, products: own };
}

function withoutCadence({ cadence, ...body }: JsonObject): JsonObject {
  const hasQualify = (body.products as Product[]).some(({ product }) => product === 'cra_qualify');
  return hasQualify || cadence === undefined ? body : { ...body, cadence };
}

function withGrant(body: JsonObject): JsonObject {
  switch (body.grant_type) {
    case 'refresh_token':
      return { refresh_token: 'pdr-1', ...body };
    case 'urn:ietf:params:oauth:grant-type:token-exchange':
      return {
        audience: 'urn:plaid:params:cra-partner:experian',
        subject_token: 'usr_1',
        subject_token_type: 'urn:plaid:params:credit:multi-user',
        ...body,
      };
    default:
      return body;
  }
}

/** The settings of a report stand in a group of their own. */
function withOwnReport(body: JsonObject): JsonObject {
  const options = body.cra_options as JsonObject | undefined;
  const parameter = body.cra_report_parameter as JsonObject | undefined;
  return {
    ...(parameter && { consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT' }),
    ...body,
    ...(options && { cra_options: withRefreshOptions(withDaysInOrder(options)) }),
    ...(parameter && { cra_report_parameter: withNewReport(parameter) }),
  };
}

/** Income Insights is the one product whose options Plaid has published. */
function withNewReport(body: JsonObject): JsonObject {
  const products = (body.products as Product[]).map((one) =>
    one.product === 'cra_income_insights' && one.options
      ? { ...one, options: { income_insights_version: 'II2' } }
      : one,
  );
  return { ...withDaysInOrder(body), products };
}

function withCheckProducts(body: JsonObject): JsonObject {
  const products = body.products as string[] | null | undefined;
  const needsProducts = ['required_if_supported_products', 'optional_products'].some(
    (name) => body[name],
  );
  if (!products && !needsProducts) return body;
  return {
    consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
    ...body,
    products: [...new Set(['cra_base_report', ...(products ?? [])])],
  };
}

/** The lists of products, each with one that is in no other. */
const PRODUCT_LISTS: Readonly<Record<string, string>> = {
  products: 'cra_base_report',
  required_if_supported_products: 'cra_income_insights',
  optional_products: 'cra_lend_score',
  additional_consented_products: 'cra_network_insights',
};

/** The lists of a request without a product in two of them. */
function withoutOverlap(body: JsonObject): JsonObject {
  const lists = Object.entries(PRODUCT_LISTS).filter(([name]) => Array.isArray(body[name]));
  const taken = new Set<JsonValue>(lists.map(([, own]) => own));
  const entries = lists.map(([name, own]) => {
    const list = body[name] as JsonValue[];
    const free = list.filter((product) => product === own || !taken.has(product));
    free.forEach((product) => taken.add(product));
    return [name, free.length === 0 ? [own] : free] as const;
  });
  return { ...body, ...Object.fromEntries(entries) };
}

/** No product in two lists, one way back to the app, and update mode for a user of one's own. */
function withLinkRules({ android_package_name, update, ...body }: JsonObject): JsonObject {
  const { user: isUser, item_ids, ...rest } = (update ?? {}) as JsonObject;
  const ofUser = {
    ...(isUser !== undefined && { user: isUser }),
    ...(item_ids !== undefined && { item_ids }),
  };
  const own = body.third_party_user_token === undefined ? { ...rest, ...ofUser } : rest;
  return {
    ...withoutOverlap(body),
    ...(update !== undefined && Object.keys(own).length > 0 && { update: own }),
    ...(android_package_name !== undefined &&
      body.redirect_uri === undefined && { android_package_name }),
    ...withPurposes(body),
  };
}

function withPurposes({ account_filters }: JsonObject): JsonObject {
  const { depository, ...others } = (account_filters ?? {}) as Record<string, JsonObject>;
  const subtypes = depository?.account_subtypes as string[] | undefined;
  if (!depository || !subtypes?.includes('limited purpose checking')) return {};
  const complete = { limited_purpose_types: ['RENT_MORTGAGE'], ...depository };
  return { account_filters: { ...others, depository: complete } };
}

/** Statements from a date to a later one, and one source of income. */
function withOrderedDates(body: JsonObject): JsonObject {
  const options = body.options as
    | { statements?: Record<string, string>; income_verification?: Record<string, string[]> }
    | undefined;
  if (!options) return body;
  const { statements, income_verification: income } = options;
  const [start_date, end_date] = Object.values(statements ?? {}).sort();
  return {
    ...body,
    options: {
      ...options,
      ...(statements && { statements: { start_date, end_date } }),
      ...(income?.income_source_types && {
        income_verification: {
          ...income,
          income_source_types: income.income_source_types.slice(0, 1),
        },
      }),
    } as JsonObject,
  };
}

/** The person is described where no user ID does, and has an address that Link is delivered to. */
function withDelivery(body: JsonObject): JsonObject {
  const { user_id, user, hosted_link } = body;
  const delivery = (hosted_link as JsonObject | undefined)?.delivery_method;
  if (user_id !== undefined && delivery === undefined) return body;
  const address: JsonObject =
    delivery === 'sms'
      ? { phone_number: '+14155550100' }
      : delivery === 'email'
        ? { email_address: 'ada@example.com' }
        : {};
  return {
    ...body,
    user: { client_user_id: 'applicant', ...address, ...(user as JsonObject | undefined) },
  };
}
