import { LIMITS } from './limits';
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

/** Everything the sandbox holds against a request that the SDK's types alone don't say. */
export const PATCHES: readonly Patch[] = [...missingFields, ...LIMITS];
