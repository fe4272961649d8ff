import type { CashFlowUpdatesInsightsWebhook, CraReportUpdatedWebhook, CreditProduct } from 'plaid';
import type { Report } from '../state/reports';
import type { ServicingSubscription } from '../state/servicing';
import type { Wire } from '../wire';

/** Webhooks of Cash Flow Updates; all codes have the same form. */
export const cashFlowUpdate = (
  webhookCode: string,
  userId: string,
): Wire<CashFlowUpdatesInsightsWebhook> => ({
  webhook_type: 'CASH_FLOW_UPDATES',
  webhook_code: webhookCode,
  status: 'AVAILABLE',
  user_id: userId,
  environment: 'sandbox',
});

/** The webhook of a Servicing subscription: a new report, or why it failed. */
export function reportUpdated(
  { user_id, scope, products }: ServicingSubscription,
  outcome: { readonly report: Report; readonly time: string } | { readonly errorCode: string },
): Wire<CraReportUpdatedWebhook> {
  const all = products.map(({ product, version }): Wire<CreditProduct> => ({ product, version }));
  const made = 'report' in outcome;
  return {
    webhook_type: 'CRA_REPORT',
    webhook_code: 'CRA_REPORT_UPDATED',
    user_id,
    report_id: made ? outcome.report.reportId : null,
    scope,
    successful_products: made ? all : [],
    failed_products: made ? [] : all,
    generated_time: made ? outcome.time : null,
    error_code: made ? null : outcome.errorCode,
    environment: 'sandbox',
  };
}
