import type { JsonObject } from 'n8n-workflow';
import { z } from 'zod/v4';

import { groupList, jsonObject, knownId, textField } from '../../fields/builders';
import { findProblems } from '../../fields/check';
import { fieldsOf } from '../../fields/model';
import { valueAt, type Path } from '../../fields/path';
import type { Rule } from '../../fields/rules';
import { isObject } from '../../utils/json';
import { incomeInsightsOptions } from './incomeInsights';

/** A product of Plaid's report API, known or not. */
const product = knownId('reportProducts', {
  name: 'Product',
  description:
    "A product that your contract includes: pick one, or enter the name of another one from Plaid's reference",
  placeholder: 'e.g. cra_base_report',
});

const version = textField({
  name: 'Version',
  description: "Plaid's name of the product's version, from your contract or Plaid's reference",
  placeholder: 'e.g. V1',
});

const LISTS_VARY =
  'For a list that differs from item to item, set Specify Request to Using JSON and map the list';

/** The products of a report to read. */
export const productsToRead = groupList(
  { name: 'Products', description: 'The products to get, one entry for each', hint: LISTS_VARY },
  { product, version },
);

/** The products of a report to create. Plaid has not published the types of their options. */
export const productsToCreate = groupList(
  {
    name: 'Products',
    description: 'The products to create, one entry for each',
    hint: LISTS_VARY,
  },
  {
    product,
    version,
    options: jsonObject({
      name: 'Options (JSON)',
      description:
        'Settings of this product as a JSON object; those of Income Insights are checked before the request is sent',
      placeholder: 'e.g. { "income_insights_version": "II2" }',
    }).nullish(),
  },
);

/** The options of Income Insights that Plaid has published; there may be more. */
const INCOME_INSIGHTS = {
  request: z.looseObject(incomeInsightsOptions),
  fields: fieldsOf(z.looseObject(incomeInsightsOptions)),
  identity: [],
};

/** The options of Income Insights must be what Plaid has published about them (SDK 47, CraIncomeInsightsProductConfig). */
export const incomeInsightsOptionsAreValid =
  (list: Path): Rule =>
  (body) => {
    const entries = valueAt(body, list);
    return (Array.isArray(entries) ? entries : []).flatMap((entry, index) =>
      optionsOf(entry).flatMap((options) =>
        findProblems(INCOME_INSIGHTS, options).map(({ path, text }) => ({
          path: [...list, index, 'options', ...path],
          text,
        })),
      ),
    );
  };

const optionsOf = (entry: unknown): JsonObject[] =>
  isObject(entry) && entry.product === 'cra_income_insights' && isObject(entry.options)
    ? [entry.options]
    : [];

/** A product that is listed twice would be made, and perhaps billed, twice. */
export const eachProductOnce =
  (list: Path): Rule =>
  (body) => {
    const keys = withoutOptions(valueAt(body, list)).map((one) => JSON.stringify(one));
    return keys.flatMap((key, index) =>
      keys.indexOf(key) < index
        ? [
            {
              path: [...list, index],
              text: 'must not repeat: the list already has this product and version',
            },
          ]
        : [],
    );
  };

/** A product without its options, as a report is read. */
export const withoutOptions = (products: unknown): JsonObject[] =>
  (Array.isArray(products) ? products : [])
    .filter(isObject)
    .map(
      ({ product: name, version: number }) => ({ product: name, version: number }) as JsonObject,
    );
