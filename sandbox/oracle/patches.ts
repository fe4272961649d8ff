import { LIMITS } from './limits';
import type { Patch } from './types';

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

/** Fields of answers that the SDK has in the types of other reports alone. */
const fieldsOfOtherReports: readonly Patch[] = [
  {
    type: 'BaseReportAccount',
    property: 'persistent_account_id',
    schema: { type: 'string' },
    reason:
      'In the SDK as a member of AccountBase and AccountAssets; answers may hold fields that a type does not list.',
  },
];

/** Everything the sandbox holds against a request that the SDK's types alone don't say. */
export const PATCHES: readonly Patch[] = [...missingFields, ...fieldsOfOtherReports, ...LIMITS];
