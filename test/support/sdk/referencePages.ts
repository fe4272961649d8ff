import {
  CREATE,
  CREDIT_PROFILE,
  MONITORING,
  PARTNER_INSIGHTS,
  type Operation,
} from '../workflows/runPlaidCheck';

type Value = string | number | boolean | null;

/** One field of a reference page, copied by hand. */
export interface PageField {
  /** As the page writes it: `a.b[].c`, with `[]` behind the name of a list. */
  readonly path: string;
  readonly type: 'String' | 'Integer' | 'Boolean' | 'Object' | 'Array';
  readonly required: boolean;
  /** The valid values that the page lists; true and false for a Boolean. */
  readonly values: readonly Value[];
  /** Valid values that Plaid's SDK 47 lists and the page does not. */
  readonly since: readonly Value[];
  /** Values to try where neither lists any; those of a list are its entries. */
  readonly examples: readonly Value[];
  /** The header that carries it instead of the body, as the page says. */
  readonly header?: string;
}

/** The fields of one endpoint. */
export interface Page {
  readonly endpoint: Operation;
  /** The fields of which a request has exactly one. */
  readonly identity: readonly string[];
  readonly fields: readonly PageField[];
}

type Details = Partial<Pick<PageField, 'values' | 'since' | 'examples' | 'header'>>;

const field = (
  type: PageField['type'],
  path: string,
  required: 'Yes' | 'No',
  details: Details = {},
): PageField => ({
  path,
  type,
  required: required === 'Yes',
  values: type === 'Boolean' ? [true, false] : [],
  since: [],
  examples: [],
  ...details,
});

const keys = [
  field('String', 'client_id', 'No', { header: 'plaid-client-id' }),
  field('String', 'secret', 'No', { header: 'plaid-secret' }),
];

const userId = (required: 'Yes' | 'No') =>
  field('String', 'user_id', required, { examples: ['usr_9nSp2KuZ2x4JDw'] });

const userToken = field('String', 'user_token', 'No', {
  examples: ['user-sandbox-b0e2c4ee-a763-4df5-bfe9-46a46bce993d'],
});

const purpose = field('String', 'consumer_report_permissible_purpose', 'Yes', {
  values: [
    'WRITTEN_INSTRUCTION_PREQUALIFICATION',
    'ACCOUNT_REVIEW_CREDIT',
    'ACCOUNT_REVIEW_NON_CREDIT',
    'ELIGIBILITY_FOR_GOVT_BENEFITS',
    'LEGITIMATE_BUSINESS_NEED_TENANT_SCREENING',
    'EXTENSION_OF_CREDIT',
    'WRITTEN_INSTRUCTION_OTHER',
    'LEGITIMATE_BUSINESS_NEED_OTHER',
  ],
});

const prismVersions = (parent: string): PageField[] => [
  field('Object', `${parent}.prism_versions`, 'No'),
  field('String', `${parent}.prism_versions.detect`, 'No', { values: ['4', null], since: ['4.1'] }),
  field('String', `${parent}.prism_versions.firstdetect`, 'No', { values: ['3', null] }),
  field('String', `${parent}.prism_versions.cashscore`, 'No', {
    values: ['4', '3', '3_lite', null],
    since: ['4.1'],
  }),
  field('String', `${parent}.prism_versions.extend`, 'No', { values: ['4', null], since: ['4.1'] }),
  field('String', `${parent}.prism_versions.insights`, 'No', {
    values: ['4', '3', null],
    since: ['4.1'],
  }),
];

const SCORE_REQUESTS = 'partner_insights.fico.ultrafico_score_requests[]';
const BASE_SCORE = `${SCORE_REQUESTS}.base_fico_score`;

const fico: readonly PageField[] = [
  field('Object', 'partner_insights.fico', 'No'),
  field('String', 'partner_insights.fico.lender_application_id', 'Yes', {
    examples: ['application-17'],
  }),
  field('Array', SCORE_REQUESTS, 'Yes'),
  field('String', `${SCORE_REQUESTS}.ultrafico_score_version`, 'Yes', { values: ['1.0'] }),
  field('Object', BASE_SCORE, 'Yes'),
  field('String', `${BASE_SCORE}.reason_code_1`, 'No', { examples: ['14'] }),
  field('Integer', `${BASE_SCORE}.score`, 'Yes', { examples: [700, 300, 850] }),
  field('String', `${BASE_SCORE}.base_fico_score_version`, 'Yes', {
    values: ['10T', '9', '8'],
    since: ['10'],
  }),
  field('String', `${BASE_SCORE}.reason_code_3`, 'No', { examples: ['30'] }),
  field('String', `${BASE_SCORE}.reason_code_2`, 'No', { examples: ['05'] }),
  field('String', `${BASE_SCORE}.bureau`, 'Yes', { values: ['EXPERIAN', 'EQUIFAX', 'TRANSUNION'] }),
  field('Boolean', `${BASE_SCORE}.did_inquiries_adversely_affect_score`, 'No'),
  field('String', `${BASE_SCORE}.reason_code_4`, 'No', { examples: ['18'] }),
  field('String', `${SCORE_REQUESTS}.request_correlation_id`, 'No', { examples: ['mine-1'] }),
  field('String', `${SCORE_REQUESTS}.fico_scoring_request_id`, 'No', { examples: ['fico-1'] }),
  field('String', 'partner_insights.fico.fico_lender_id', 'Yes', { examples: ['lender-4'] }),
];

const creditProfile: Page = {
  endpoint: CREDIT_PROFILE,
  identity: ['user_id'],
  fields: [
    field('String', 'report_type', 'Yes', { values: ['QUALIFY'] }),
    field('String', 'inquiry_type', 'Yes', { values: ['SOFT_INQUIRY', 'STANDARD_INQUIRY'] }),
    purpose,
    field('String', 'version', 'Yes', { values: ['v1'] }),
    field('String', 'client_report_id', 'Yes', { examples: ['loan-2026-00417'] }),
    userId('Yes'),
    ...keys,
  ],
};

const checkReportCreate: Page = {
  endpoint: CREATE,
  identity: ['user_id', 'user_token'],
  fields: [
    field('Integer', 'days_requested', 'Yes', { examples: [365, 180, 731, 1] }),
    userToken,
    field('Object', 'base_report', 'No'),
    field('Boolean', 'base_report.require_identity', 'No'),
    field('Object', 'base_report.gse_options', 'No'),
    field('Array', 'base_report.gse_options.report_types[]', 'Yes', {
      since: ['VOA', 'EMPLOYMENT_REFRESH'],
    }),
    field('String', 'base_report.client_report_id', 'No', { examples: ['older-place'] }),
    field('String', 'client_report_id', 'No', { examples: ['loan-2026-00417'] }),
    field('Array', 'products[]', 'No', {
      since: [
        'cra_base_report',
        'cra_income_insights',
        'cra_partner_insights',
        'cra_network_insights',
        'cra_cashflow_insights',
        'cra_monitoring',
        'cra_lend_score',
        'cra_plaid_credit_score',
        'cra_qualify',
        'cra_home_lending',
      ],
    }),
    field('Integer', 'days_required', 'No', { examples: [180, 0, 184] }),
    field('String', 'webhook', 'Yes', { examples: ['https://example.com/plaid-webhook'] }),
    field('Object', 'network_insights', 'No'),
    field('String', 'network_insights.network_insights_version', 'No', { values: ['NI1'] }),
    purpose,
    field('Object', 'cashflow_insights', 'No'),
    field('String', 'cashflow_insights.plaid_check_score_version', 'No', {
      values: ['v1.0', 'v2.0'],
    }),
    field('String', 'cashflow_insights.attributes_version', 'No', {
      values: ['CFI1', 'v1.0', 'v2.0'],
    }),
    field('Object', 'partner_insights', 'No'),
    // The page says "specific Prism Data products" and lists none; Plaid's earlier SDKs list these.
    field('Array', 'partner_insights.prism_products[]', 'No', { since: ['insights', 'scores'] }),
    ...fico,
    ...prismVersions('partner_insights'),
    field('Object', 'lend_score', 'No'),
    field('String', 'lend_score.lend_score_version', 'No', { values: ['LS1', 'v1.0', 'v2.0'] }),
    userId('No'),
    field('Boolean', 'include_investments', 'No'),
    ...keys,
  ],
};

// The values of FICO and Prism fields are those of the page above, which describes the same objects.
const partnerInsightsGet: Page = {
  endpoint: PARTNER_INSIGHTS,
  identity: ['user_id', 'user_token', 'third_party_user_token'],
  fields: [
    userToken,
    field('Object', 'options', 'No'),
    ...prismVersions('options'),
    field('String', 'third_party_user_token', 'No', {
      examples: ['third-party-user-sandbox-6d4a0c3e-1f0b-4f59-9d9f-3a1a4c0e7a55'],
    }),
    field('String', 'user_tier', 'No', { since: ['free', 'paid', null] }),
    field('Object', 'partner_insights', 'No'),
    ...fico,
    ...prismVersions('partner_insights'),
    userId('No'),
    ...keys,
  ],
};

const monitoringGet: Page = {
  endpoint: MONITORING,
  identity: ['user_id', 'user_token'],
  fields: [
    userToken,
    { ...purpose, values: ['ACCOUNT_REVIEW_CREDIT', 'WRITTEN_INSTRUCTION_OTHER'] },
    userId('No'),
    ...keys,
  ],
};

/** The four reference pages the node was started from. */
export const pages: readonly Page[] = [
  creditProfile,
  checkReportCreate,
  partnerInsightsGet,
  monitoringGet,
];

const reasonCodes = field('Array', `${BASE_SCORE}.reason_codes[]`, 'No', {
  examples: ['14', '05', '30', '18'],
});

/** Fields that Plaid's SDK 47 has and the pages have not, beside the fields they stand in. */
export const sdkFields: readonly Page[] = [
  {
    ...checkReportCreate,
    fields: [
      reasonCodes,
      field('Object', 'base_report.home_lending_report_options', 'No'),
      field('Array', 'base_report.home_lending_report_options.reports_requested[]', 'Yes', {
        since: ['VOA', 'EMPLOYMENT_REFRESH', 'INCOME'],
      }),
      field('Object', 'base_report.home_lending_report_options.employment_refresh_options', 'No'),
      field(
        'Integer',
        'base_report.home_lending_report_options.employment_refresh_options.days_requested',
        'Yes',
        { examples: [60, 731] },
      ),
      field('Object', 'income_insights', 'No'),
      field('String', 'income_insights.income_insights_version', 'Yes', { since: ['II2', null] }),
      field('Object', 'income_insights.income_insights_filter', 'No'),
      field('Array', 'income_insights.income_insights_filter.included_categories[]', 'Yes', {
        examples: ['EARNED_INCOME.SALARY', 'BENEFITS.*'],
      }),
      field('Array', 'income_insights.income_insights_filter.excluded_categories[]', 'No', {
        examples: ['BENEFITS.DISABILITY'],
      }),
    ],
  },
  { ...partnerInsightsGet, fields: [reasonCodes] },
];
