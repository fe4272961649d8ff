import type { JsonSchema, Patch } from './types';

const LIMIT =
  "A limit of Plaid's OpenAPI description (2020-09-14), which TypeScript can't express.";
const TEXT =
  "A format that stands in the field's text alone (plaid.com/docs/api), or in a page it refers to.";
const WHOLE = "Integer in Plaid's OpenAPI description; TypeScript only knows number.";

/** The same limit for several fields, each as type and property: `CraLoanRegister.opened_date`. */
const limit = (schema: JsonSchema, ...fields: readonly string[]): Patch[] =>
  fields.map((field) => {
    const [type = '', property = ''] = field.split('.');
    return { type, property, schema, reason: schema.type ? WHOLE : LIMIT };
  });

/** The same pattern for several texts. */
const text = (pattern: string, ...fields: readonly string[]): Patch[] =>
  limit({ pattern }, ...fields).map((patch) => ({ ...patch, reason: TEXT }));

/** A pattern for one property of a type where another has a value. */
const where = (other: string, value: string, property: string, pattern: string): JsonSchema => ({
  if: { properties: { [other]: { const: value } }, required: [other] },
  then: { properties: { [property]: { pattern } } },
});

/** A type whose fields depend on each other. */
const between = (type: string, ...allOf: readonly JsonSchema[]): Patch => ({
  type,
  schema: { allOf: [...allOf] },
  reason: TEXT,
});

/** A property that is needed where another one has a value like this. */
const neededWith = (other: string, like: JsonSchema, ...needed: readonly string[]): JsonSchema => ({
  if: { properties: { [other]: like }, required: [other] },
  then: { required: [...needed] },
});

const LIST = { type: 'array' };
const STATE = '^[A-Za-z]{2}$';
const EMAIL = '^[^\\s@]+@[^\\s@]+$';
const URI = '^[A-Za-z][A-Za-z0-9+.-]*:\\S+$';
const CATEGORY = { items: { type: 'string', pattern: '^(\\*|[A-Z_]+\\.(\\*|[A-Z_]+))$' } };

/** What Plaid states in words: of texts, and of texts that depend on one beside them. */
const TEXTS: readonly Patch[] = [
  ...text(
    '^(da|nl|en|et|fr|de|hi|it|lv|lt|no|pl|pt|ro|es|sv|vi)$',
    'LinkTokenCreateRequest.language',
  ),
  ...text('^[A-Za-z][A-Za-z0-9+.-]*:[^\\s?#]+$', 'LinkTokenCreateRequest.redirect_uri'),
  ...text(URI, 'LinkTokenCreateHostedLink.completion_redirect_uri', 'OAuthTokenRequest.resource'),
  ...text('^\\+[1-9][0-9]{1,14}$', 'LinkTokenCreateRequestUser.phone_number'),
  ...text(EMAIL, 'LinkTokenCreateRequestUser.email_address', 'ClientUserIdentityEmail.data'),
  ...limit({ items: { type: 'string', pattern: EMAIL } }, 'ConsumerReportUserIdentity.emails'),
  ...text('^[A-Z]{2}$', 'UserAddress.country'),
  ...text('^[A-Za-z0-9]{1,3}$', 'UserAddress.region'),
  ...text('^ *([A-Za-z0-9][ -]*){2,10}$', 'UserAddress.postal_code'),
  ...text('[A-Za-z\\u00c0-\\uffff]', 'UserAddress.street', 'UserAddress.city'),
  ...limit({ maxLength: 80 }, 'UserAddress.street'),
  ...limit({ maxLength: 50 }, 'UserAddress.street2'),
  ...limit(
    { maxLength: 100 },
    'UserAddress.city',
    'IdentityVerificationRequestUserName.given_name',
    'IdentityVerificationRequestUserName.family_name',
  ),
  ...limit({ maxLength: 30 }, 'LinkTokenCreateRequest.client_name'),
  ...text('^[0-9]{3}-[0-9]{2}-[0-9]{4}$', 'ConsumerReportUserIdentity.ssn_full'),
  ...text('^[0-9]{4}$', 'ConsumerReportUserIdentity.ssn_last_4'),
  ...text('^[A-Za-z0-9]+$', 'UserIDNumber.value'),
  ...text(
    '^(user:read|user:write|exchange|mcp:dashboard)( (user:read|user:write|exchange|mcp:dashboard))*$',
    'OAuthTokenRequest.scope',
  ),
  ...limit(
    CATEGORY,
    'IncomeInsightsFilter.included_categories',
    'IncomeInsightsFilter.excluded_categories',
  ),
  ...limit(
    { maxItems: 1 },
    'SandboxPublicTokenCreateRequestOptionsIncomeVerification.income_source_types',
  ),
  ...text(
    '\\S',
    'UserAddress.street2',
    'IdentityVerificationRequestUserName.given_name',
    'IdentityVerificationRequestUserName.family_name',
  ),
  ...limit(
    { type: 'integer', minimum: 1, maximum: 1_814_400 },
    'LinkTokenCreateHostedLink.url_lifetime_seconds',
  ),
  ...limit({ type: 'integer', minimum: 1 }, 'CraLoanPaymentHistory.period'),
  ...limit({ type: 'integer', minimum: 0 }, 'CraLoanPaymentHistory.days_past_due'),
  between(
    'UserAddress',
    where('country', 'US', 'postal_code', '^[0-9]{5}$'),
    where('country', 'US', 'region', STATE),
  ),
  between(
    'UserIDNumber',
    where('type', 'us_ssn', 'value', '^[0-9]{9}$'),
    where('type', 'us_ssn_last_4', 'value', '^[0-9]{4}$'),
    where('type', 'ca_sin', 'value', '^[0-9]{9}$'),
    where('type', 'in_pan', 'value', '^[A-Z]{5}[0-9]{4}[A-Z]$'),
  ),
  between(
    'LinkTokenCreateRequest',
    neededWith('optional_products', LIST, 'products'),
    neededWith('required_if_supported_products', LIST, 'products'),
  ),
  between(
    'DepositoryFilter',
    neededWith(
      'account_subtypes',
      { contains: { const: 'limited purpose checking' } },
      'limited_purpose_types',
    ),
  ),
];

/** Limits, formats and lengths of request fields. */
export const LIMITS: readonly Patch[] = [
  ...TEXTS,
  ...limit(
    { format: 'url' },
    'CraCheckReportCreateRequest.webhook',
    'CraMonitoringInsightsSubscribeRequest.webhook',
    'SandboxPublicTokenCreateRequestOptions.webhook',
    'LinkTokenCreateRequest.webhook',
  ),
  ...limit(
    { format: 'past-date' },
    'ConsumerReportUserIdentity.date_of_birth',
    'ClientUserIdentity.date_of_birth',
    'LinkTokenCreateRequestUser.date_of_birth',
  ),
  ...limit(
    { format: 'date' },
    'CraLoanRegister.opened_date',
    'CraLoanOpenedStatus.date',
    'CraLoanRegisterApplication.application_date',
    'CraLoanStatusHistoryUpdate.date',
    'CraLoanPaymentHistory.due_date',
    'CraLoanClosedStatus.date',
    'CraLoanApplication.application_date',
    'CraLoanApplication.decision_date',
    'LinkTokenCreateRequestStatements.start_date',
    'LinkTokenCreateRequestStatements.end_date',
    'SandboxPublicTokenCreateRequestOptionsTransactions.start_date',
    'SandboxPublicTokenCreateRequestOptionsTransactions.end_date',
    'SandboxPublicTokenCreateRequestOptionsStatements.start_date',
    'SandboxPublicTokenCreateRequestOptionsStatements.end_date',
  ),
  ...limit(
    { format: 'date-time' },
    'UserThirdPartyTokenCreateRequest.expiration_time',
    'LinkTokenCreateRequestUser.phone_number_verified_time',
    'LinkTokenCreateRequestUser.email_address_verified_time',
  ),
  ...limit(
    { type: 'integer', maximum: 731 },
    'CraCheckReportCreateRequest.days_requested',
    'CraCheckReportCreateEmploymentRefreshOptions.days_requested',
    'CraCheckReportVerificationGetEmploymentRefreshOptions.days_requested',
    'LinkTokenCreateRequestCraOptions.days_requested',
  ),
  ...limit(
    { type: 'integer', maximum: 184 },
    'CraCheckReportCreateRequest.days_required',
    'LinkTokenCreateRequestCraOptions.days_required',
  ),
  ...limit(
    { type: 'integer', minimum: 1, maximum: 731 },
    'LinkTokenCreateRequestIncomeVerificationBankIncome.days_requested',
  ),
  ...limit(
    { type: 'integer', minimum: 1, maximum: 730 },
    'LinkTokenCreateRequestBaseReport.days_requested',
    'LinkTokenCreateRequestCreditPartnerInsights.days_requested',
    'LinkTokenTransactions.days_requested',
    'LinkTokenCashflowReport.days_requested',
    'SandboxPublicTokenCreateRequestOptionsTransactions.days_requested',
  ),
  ...limit({ type: 'integer' }, 'CraPartnerInsightsBaseFicoScore.score'),
  ...limit({ type: 'integer', minimum: 1, maximum: 500 }, 'InstitutionsGetRequest.count'),
  ...limit({ type: 'integer', minimum: 0 }, 'InstitutionsGetRequest.offset'),
  ...limit(
    { minItems: 1 },
    'CraCheckReportCreateRequest.products',
    'CraCheckReportVerificationPdfGetRequest.reports_requested',
    'SandboxPublicTokenCreateRequest.initial_products',
    'LinkTokenCreateRequest.country_codes',
  ),
  ...limit({ maxItems: 4 }, 'CraPartnerInsightsBaseFicoScore.reason_codes'),
  ...limit({ minLength: 4, maxLength: 4 }, 'ConsumerReportUserIdentity.ssn_last_4'),
  ...limit({ minLength: 1, maxLength: 128 }, 'UserCreateRequest.client_user_id'),
  ...limit({ maxLength: 128 }, 'UserCreateRequest.end_customer'),
  ...limit({ maxLength: 512 }, 'UserProductsTerminateRequest.reason_note'),
  ...limit(
    { minLength: 1 },
    'LinkTokenCreateRequest.client_name',
    'LinkTokenCreateRequest.language',
    'LinkTokenCreateRequest.access_token',
    'LinkTokenCreateRequestUser.client_user_id',
  ),
];
