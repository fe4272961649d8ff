import { isoTime } from '../answers/dates';
import type { ProductReport } from '../state/productReports';
import type { User } from '../state/users';

/** The webhook of a report of the newer API, whether all, some or none of its products were made. */
export function productReportReady(
  {
    reportId,
    request,
    failures,
    readyAt,
  }: Pick<ProductReport, 'reportId' | 'request' | 'failures' | 'readyAt'>,
  { userId, clientUserId }: Pick<User, 'userId' | 'clientUserId'>,
): object {
  const asked = request.products.map(({ product, version }) => ({ product, version }));
  const made = asked.filter(({ product }) => !failures.has(product));
  return {
    webhook_type: 'CRA_REPORT',
    webhook_code: 'CRA_REPORT_READY',
    user_id: userId,
    client_user_id: clientUserId,
    report_id: reportId,
    client_report_id: request.client_report_id ?? null,
    scope: request.scope ?? 'PLAID_NETWORK',
    successful_products: made,
    failed_products: asked.filter(({ product }) => failures.has(product)),
    generated_time: made.length > 0 ? isoTime(readyAt) : null,
    error_code: made.length > 0 ? null : reasonOf([...failures.values()]),
    environment: 'sandbox',
  };
}

/** Why nothing was made. These two codes are all that Plaid sends here. */
const reasonOf = (codes: readonly string[]) =>
  codes.includes('INTERNAL_SERVER_ERROR') ? 'INTERNAL_SERVER_ERROR' : 'DATA_UNAVAILABLE';
