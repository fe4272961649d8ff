import type { PublicFacts } from './types';
import { listOf, NAME, objectOf, orNull, ref, TEXT } from './parts';

/** NOT FROM THE SDK: the webhook that ends the making of a report, whether all, some or no products were made. */
export const WEBHOOKS: PublicFacts = {
  endpoints: {},
  definitions: {
    CraReportReadyProduct: objectOf({ product: NAME, version: NAME }, ['product', 'version']),
    CraReportReadyWebhook: objectOf(
      {
        webhook_type: { type: 'string', const: 'CRA_REPORT' },
        webhook_code: { type: 'string', const: 'CRA_REPORT_READY' },
        user_id: NAME,
        client_user_id: orNull(TEXT),
        report_id: orNull(TEXT),
        client_report_id: orNull(TEXT),
        scope: ref('CraReportScope'),
        successful_products: listOf(ref('CraReportReadyProduct')),
        failed_products: listOf(ref('CraReportReadyProduct')),
        generated_time: orNull({ type: 'string', format: 'date-time' }),
        error_code: orNull({ type: 'string', enum: ['DATA_UNAVAILABLE', 'INTERNAL_SERVER_ERROR'] }),
        environment: { type: 'string', enum: ['sandbox', 'production'] },
      },
      [
        'webhook_type',
        'webhook_code',
        'user_id',
        'scope',
        'successful_products',
        'failed_products',
        'environment',
      ],
    ),
  },
  extensions: [],
};
