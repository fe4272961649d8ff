import type { JsonSchema, Patch } from './types';

const LIMIT =
  "A limit of Plaid's OpenAPI description (2020-09-14), which TypeScript can't express.";
const WHOLE = "Integer in Plaid's OpenAPI description; TypeScript only knows number.";

/** The same limit for several fields, each as type and property: `CraLoanRegister.opened_date`. */
const limit = (schema: JsonSchema, ...fields: readonly string[]): Patch[] =>
  fields.map((field) => {
    const [type = '', property = ''] = field.split('.');
    return { type, property, schema, reason: schema.type ? WHOLE : LIMIT };
  });

/** Limits, formats and lengths of request fields. */
export const LIMITS: readonly Patch[] = [
  ...limit(
    { format: 'url' },
    'CraCheckReportCreateRequest.webhook',
    'CraMonitoringInsightsSubscribeRequest.webhook',
    'SandboxPublicTokenCreateRequestOptions.webhook',
    'LinkTokenCreateRequest.webhook',
  ),
  ...limit(
    { format: 'date' },
    'ConsumerReportUserIdentity.date_of_birth',
    'ClientUserIdentity.date_of_birth',
    'CraLoanRegister.opened_date',
    'CraLoanOpenedStatus.date',
    'CraLoanRegisterApplication.application_date',
    'CraLoanStatusHistoryUpdate.date',
    'CraLoanPaymentHistory.due_date',
    'CraLoanClosedStatus.date',
    'CraLoanApplication.application_date',
    'CraLoanApplication.decision_date',
    'LinkTokenCreateRequestUser.date_of_birth',
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
