import type { JsonSchema } from './types';

/** A change to one property of one SDK type, with the reason why the types alone don't say it. */
export interface Patch {
  /** Name of the SDK's type. */
  readonly type: string;
  /** Name of the property; added when the type lacks it. */
  readonly property: string;
  /** Merged over the property's schema. */
  readonly schema: JsonSchema;
  readonly reason: string;
}

const REFERENCE_PAGE =
  'On the reference page of /cra/check_report/create, no longer in the SDK types; Plaid accepts it.';
const LIMIT =
  "A limit of Plaid's OpenAPI description (2020-09-14), which TypeScript can't express.";
const WHOLE = "Integer in Plaid's OpenAPI description; TypeScript only knows number.";

/** Fields that stand on Plaid's reference pages but not in the SDK's types. */
const missingFields: readonly Patch[] = [
  {
    type: 'CraCheckReportCreatePartnerInsightsOptions',
    property: 'prism_products',
    schema: { type: 'array', items: { type: 'string', enum: ['insights', 'scores'] } },
    reason: REFERENCE_PAGE,
  },
  {
    type: 'CraCheckReportCreateCashflowInsightsOptions',
    property: 'plaid_check_score_version',
    schema: { type: ['string', 'null'], enum: ['v1.0', 'v2.0', null] },
    reason: REFERENCE_PAGE,
  },
];

const limit = (type: string, property: string, schema: JsonSchema): Patch => ({
  type,
  property,
  schema,
  reason: LIMIT,
});

const whole = (type: string, property: string): Patch => ({
  type,
  property,
  schema: { type: 'integer' },
  reason: WHOLE,
});

const limits: readonly Patch[] = [
  limit('CraCheckReportCreateRequest', 'webhook', { format: 'url' }),
  limit('CraCheckReportCreateRequest', 'days_requested', { type: 'integer', maximum: 731 }),
  limit('CraCheckReportCreateRequest', 'days_required', { type: 'integer', maximum: 184 }),
  limit('CraCheckReportCreateRequest', 'products', { minItems: 1 }),
  limit('CraPartnerInsightsBaseFicoScore', 'reason_codes', { maxItems: 4 }),
  whole('CraPartnerInsightsBaseFicoScore', 'score'),
  limit('CraMonitoringInsightsSubscribeRequest', 'webhook', { format: 'url' }),
  limit('SandboxPublicTokenCreateRequest', 'initial_products', { minItems: 1 }),
  limit('SandboxPublicTokenCreateRequestOptions', 'webhook', { format: 'url' }),
  limit('LinkTokenCreateRequest', 'webhook', { format: 'url' }),
  limit('LinkTokenCreateRequest', 'country_codes', { minItems: 1 }),
  limit('UserCreateRequest', 'client_user_id', { minLength: 1, maxLength: 128 }),
  limit('ConsumerReportUserIdentity', 'date_of_birth', { format: 'date' }),
  limit('ClientUserIdentity', 'date_of_birth', { format: 'date' }),
  limit('InstitutionsGetRequest', 'count', { type: 'integer', minimum: 1, maximum: 500 }),
  limit('InstitutionsGetRequest', 'offset', { type: 'integer', minimum: 0 }),
];

/** Everything the sandbox holds against a request that the SDK's types alone don't say. */
export const PATCHES: readonly Patch[] = [...missingFields, ...limits];
