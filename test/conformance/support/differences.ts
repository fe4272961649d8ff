/** What can differ between a field of ours and the same field of Plaid's SDK. */
export type Finding =
  | 'only here'
  | 'only in the SDK'
  | 'required only here'
  | 'required only in the SDK'
  | 'null only here'
  | 'null only in the SDK'
  | `${Kind} here, ${Kind} in the SDK`;

/** What a field holds, as far as both TypeScript and JSON Schema can tell. */
export type Kind =
  'text' | 'number' | 'boolean' | 'choice' | 'list' | 'object' | 'open object' | 'anything';

/** A deliberate difference between the catalog and the SDK's request types. */
export interface Difference {
  /** Path of the endpoint */
  endpoint: string;
  /** The field from the body's root, `[]` for the entries of a list, such as `products[]` */
  field: string;
  finding: Finding;
  /** Where the finding is about values of a drop-down rather than the field: these values */
  values?: readonly string[];
  reason: string;
}

/** Plaid's products that have nothing to do with Plaid Check; the SDK has one enumeration for all. */
const OTHER_PRODUCTS = [
  'assets',
  'auth',
  'balance',
  'balance_plus',
  'beacon',
  'credit_details',
  'employment',
  'identity',
  'identity_match',
  'identity_verification',
  'income',
  'income_verification',
  'investments',
  'investments_auth',
  'layer',
  'liabilities',
  'pay_by_bank',
  'payment_initiation',
  'processor_identity',
  'processor_payments',
  'profile',
  'protect_linked_bank',
  'protect_transactions',
  'recurring_transactions',
  'signal',
  'standing_orders',
  'statements',
  'transactions',
  'transactions_refresh',
  'transfer',
] as const;

const LINK_PRODUCTS =
  'A Link session for a consumer report is opened for those of Plaid Check, cra_*.';

const CLIENT_SECRET = {
  field: 'client_secret',
  finding: 'only in the SDK',
  reason:
    'Another name of the secret, which the node sends as a header; a body would show it in executions.',
} as const;

/** Endpoints of Plaid that `plaid` 47 does not have yet, and why they are known; gone from this list once it has them. */
export const NOT_IN_SDK = [
  {
    endpoint: '/cra/report/create',
    reason:
      "In Plaid's OpenAPI from 2020-09-14_1.762.0 on, of which no `plaid` for Node.js is published yet (48 will have it).",
  },
] as const;

/**
 * All differences there may be between the catalog and the request types of `plaid` 47. Both comparisons,
 * of types and of JSON Schemas, must find exactly these: neither one more nor one less.
 */
export const DIFFERENCES = [
  {
    endpoint: '/cra/check_report/create',
    field: 'partner_insights.prism_products',
    finding: 'only here',
    reason: "On Plaid's reference page, though the SDK's types have dropped it.",
  },
  {
    endpoint: '/cra/check_report/create',
    field: 'cashflow_insights.plaid_check_score_version',
    finding: 'only here',
    reason: "On Plaid's reference page, though the SDK's types have dropped it.",
  },
  {
    endpoint: '/cra/check_report/create',
    field: 'products[]',
    finding: 'only in the SDK',
    values: OTHER_PRODUCTS,
    reason:
      "The SDK shares one enumeration of all of Plaid's products; a check report takes those of Plaid Check alone, cra_*.",
  },
  {
    endpoint: '/sandbox/public_token/create',
    field: 'initial_products[]',
    finding: 'only in the SDK',
    values: OTHER_PRODUCTS,
    reason: 'A test bank for consumer reports is linked with those of Plaid Check alone, cra_*.',
  },
  {
    endpoint: '/cra/report/get',
    field: 'products[].product',
    finding: 'text here, choice in the SDK',
    reason: 'The SDK has three products; Plaid returns every product, also those to come.',
  },
  {
    endpoint: '/link/token/create',
    field: 'cra_report_parameter',
    finding: 'only here',
    reason: "The report of the newer API; in Plaid's OpenAPI from 2020-09-14_1.762.0 on.",
  },
  ...(['user.address', 'user.id_number', 'user.name'] as const).map(
    (field) =>
      ({
        endpoint: '/link/token/create',
        field,
        finding: 'null only here',
        reason: "Plaid's OpenAPI has null for it, which the SDK's type loses.",
      }) as const,
  ),
  { endpoint: '/oauth/token', ...CLIENT_SECRET },
  { endpoint: '/oauth/introspect', ...CLIENT_SECRET },
  { endpoint: '/oauth/revoke', ...CLIENT_SECRET },
  {
    endpoint: '/link/token/create',
    field: 'language',
    finding: 'choice here, text in the SDK',
    reason: "The SDK lists the languages in the field's text alone.",
  },
  {
    endpoint: '/link/token/create',
    field: 'products[]',
    finding: 'only in the SDK',
    values: OTHER_PRODUCTS,
    reason: LINK_PRODUCTS,
  },
  {
    endpoint: '/link/token/create',
    field: 'required_if_supported_products[]',
    finding: 'only in the SDK',
    values: OTHER_PRODUCTS,
    reason: LINK_PRODUCTS,
  },
  {
    endpoint: '/link/token/create',
    field: 'optional_products[]',
    finding: 'only in the SDK',
    values: OTHER_PRODUCTS,
    reason: LINK_PRODUCTS,
  },
  {
    endpoint: '/link/token/create',
    field: 'additional_consented_products[]',
    finding: 'only in the SDK',
    values: OTHER_PRODUCTS,
    reason: LINK_PRODUCTS,
  },
  {
    endpoint: '/link/token/create',
    field: 'access_tokens',
    finding: 'only in the SDK',
    reason: 'Updates several Items of the product Assets at once; in closed beta.',
  },
  {
    endpoint: '/link/token/create',
    field: 'auth',
    finding: 'only in the SDK',
    reason: 'Settings for the product Auth.',
  },
  {
    endpoint: '/link/token/create',
    field: 'card_switch',
    finding: 'only in the SDK',
    reason: 'Settings for switching cards.',
  },
  {
    endpoint: '/link/token/create',
    field: 'cashflow_report',
    finding: 'only in the SDK',
    reason: 'Settings for the product Cashflow Report, which is no consumer report.',
  },
  {
    endpoint: '/link/token/create',
    field: 'employment',
    finding: 'only in the SDK',
    reason: 'Settings for the product Employment.',
  },
  {
    endpoint: '/link/token/create',
    field: 'eu_config',
    finding: 'only in the SDK',
    reason: 'Deprecated, and for Europe, where there are no consumer reports.',
  },
  {
    endpoint: '/link/token/create',
    field: 'financekit_supported',
    finding: 'only in the SDK',
    reason: 'For apps that show Link themselves on an Apple device.',
  },
  {
    endpoint: '/link/token/create',
    field: 'identity',
    finding: 'only in the SDK',
    reason: 'Settings for the product Identity.',
  },
  {
    endpoint: '/link/token/create',
    field: 'identity_verification',
    finding: 'only in the SDK',
    reason: 'Settings for the product Identity Verification.',
  },
  {
    endpoint: '/link/token/create',
    field: 'income_verification',
    finding: 'only in the SDK',
    reason: 'Settings for the product Income; Plaid Check has income insights under cra_options.',
  },
  {
    endpoint: '/link/token/create',
    field: 'investments',
    finding: 'only in the SDK',
    reason: 'Settings for the product Investments.',
  },
  {
    endpoint: '/link/token/create',
    field: 'investments_auth',
    finding: 'only in the SDK',
    reason: 'Settings for the product Investments Move.',
  },
  {
    endpoint: '/link/token/create',
    field: 'payment_configuration',
    finding: 'only in the SDK',
    reason: 'Settings for payments.',
  },
  {
    endpoint: '/link/token/create',
    field: 'payment_initiation',
    finding: 'only in the SDK',
    reason: 'Settings for payments in Europe.',
  },
  {
    endpoint: '/link/token/create',
    field: 'statements',
    finding: 'only in the SDK',
    reason: 'Settings for the product Statements.',
  },
  {
    endpoint: '/link/token/create',
    field: 'transactions',
    finding: 'only in the SDK',
    reason: 'Settings for the product Transactions.',
  },
  {
    endpoint: '/link/token/create',
    field: 'transfer',
    finding: 'only in the SDK',
    reason: 'Settings for the product Transfer.',
  },
] as const satisfies readonly Difference[];

/** The listed differences of one endpoint, one line for each field or value, sorted. */
export function listedLines(endpoint: string): string[] {
  const listed: readonly Difference[] = DIFFERENCES;
  return listed
    .filter((one) => one.endpoint === endpoint)
    .flatMap(({ field, finding, values }) => {
      if (!values) return [`${field}: ${finding}`];
      return values.map((value) => `${field} "${value}": ${finding}`);
    })
    .sort();
}
