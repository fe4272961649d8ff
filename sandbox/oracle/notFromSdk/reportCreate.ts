import type { PublicFacts } from './types';
import type { JsonSchema } from '../types';
import { KEYS, listOf, NAME, objectOf, orNull, ref, TEXT } from './parts';

/**
 * What `/cra/report/create` and `cra_report_parameter` of `/link/token/create` both have. Nothing public says that one of these
 * may be null, so null is refused, as the SDK's types refuse it for most fields of the same name.
 */
export const REPORT_PARAMETERS: Readonly<Record<string, JsonSchema>> = {
  products: { ...listOf(ref('CraReportProduct')), minItems: 1 },
  scope: ref('CraReportScope'),
  decision_stage: ref('CraReportDecisionStage'),
  client_report_id: TEXT,
  // Fewer than 180 count as 180, so they are accepted.
  days_requested: { type: 'integer', maximum: 731 },
  days_required: { type: 'integer' },
  include_investments: { type: 'boolean' },
};

/** NOT FROM THE SDK: `POST /cra/report/create`. */
export const REPORT_CREATE: PublicFacts = {
  endpoints: {
    '/cra/report/create': {
      operation: 'craReportCreate',
      method: 'POST',
      request: 'CraReportCreateRequest',
      response: ref('CraReportCreateResponse'),
    },
  },
  definitions: {
    /** The options depend on the product; of most products they are not public. */
    CraReportProduct: objectOf(
      { product: NAME, version: NAME, options: orNull({ type: 'object' }) },
      ['product', 'version'],
    ),
    CraReportCreateRequest: objectOf(
      {
        ...KEYS,
        user_id: NAME,
        ...REPORT_PARAMETERS,
        consumer_report_permissible_purpose: ref('ConsumerReportPermissiblePurpose'),
        webhook: { type: 'string', format: 'url' },
      },
      ['user_id', 'products', 'decision_stage', 'consumer_report_permissible_purpose'],
    ),
    CraReportCreateResponse: objectOf({ report_id: TEXT, request_id: TEXT }, [
      'report_id',
      'request_id',
    ]),
  },
  extensions: [],
};
