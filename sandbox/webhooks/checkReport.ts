import type {
  CraCheckReportFailedWebhook,
  CraCheckReportReadyWebhook,
  CraUserCheckReportFailedWebhook,
  CraUserCheckReportReadyWebhook,
  Products,
} from 'plaid';
import type { PlaidError } from '../plaidErrors';
import type { Wire } from '../wire';

type ReadyWebhook = CraUserCheckReportReadyWebhook | CraCheckReportReadyWebhook;
type FailedWebhook = CraUserCheckReportFailedWebhook | CraCheckReportFailedWebhook;

/**
 * Integrations that name users by user_token are from before the new user APIs and get CHECK_REPORT_*;
 * the ones that name them by user_id get USER_CHECK_REPORT_* (Plaid's text on
 * /sandbox/user/fire_webhook). The sandbox goes by how the request named the user.
 */
export type CodePrefix = '' | 'USER_';

export const codePrefix = (request: { readonly user_token?: unknown }): CodePrefix =>
  request.user_token ? '' : 'USER_';

/** What the webhooks say of the report. */
interface Subject {
  readonly userId: string;
  readonly products: readonly Wire<Products>[];
  readonly itemIds: readonly string[];
}

export const reportReady = (
  { userId, products, itemIds }: Subject,
  prefix: CodePrefix,
): Wire<ReadyWebhook> => ({
  webhook_type: 'CHECK_REPORT',
  webhook_code: `${prefix}CHECK_REPORT_READY`,
  user_id: userId,
  successful_products: [...products],
  failed_products: [],
  item_ids: [...itemIds],
  environment: 'sandbox',
});

export const reportFailed = (
  { userId, products, itemIds }: Subject,
  { code, message, status, causes }: PlaidError,
  prefix: CodePrefix,
): Wire<FailedWebhook> => ({
  webhook_type: 'CHECK_REPORT',
  webhook_code: `${prefix}CHECK_REPORT_FAILED`,
  user_id: userId,
  error: {
    error_type: 'CHECK_REPORT_ERROR',
    error_code: code,
    error_message: message,
    display_message: null,
    causes: [...causes],
    status,
  },
  repairable_items: [...causes],
  failed_products: [...products],
  item_ids: [...itemIds],
  environment: 'sandbox',
});
