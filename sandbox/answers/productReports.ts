import type { SandboxContext } from '../context';
import { usualBank } from '../state/banks';
import { splitItems } from '../state/items';
import type { ProductReport, ProductReportRequest } from '../state/productReports';
import type { User } from '../state/users';
import { productReportReady } from '../webhooks/productReport';
import type { Call } from './call';
import { linkedItems } from './linkedItems';
import { checkRefusal } from './refusal';

/** POST /cra/report/create of the newer report API. */
export function createProductReport(call: Call<unknown>): object {
  const user = call.user();
  checkRefusal(call, user.userId, 'CRA_REPORT_ERROR');
  const report = makeProductReport(call, user, call.body as ProductReportRequest);
  return { report_id: report.reportId, request_id: call.requestId };
}

/**
 * Starts a report, and sends its webhook when it is made, whatever became of its products. The first report of a user who
 * never linked a bank links one.
 */
export function makeProductReport(
  context: SandboxContext,
  user: User,
  request: ProductReportRequest,
): ProductReport {
  const { state, schedule, webhooks, reportFault, now } = context;
  const { userId } = user;
  state.items.linkFirst(userId, usualBank(userId));
  const { items, leftOut } = splitItems(linkedItems(user, state.items.of(userId)));
  const failures = new Map(
    request.products.flatMap(({ product }) => {
      const code = items.length > 0 ? reportFault(userId, product) : 'DATA_UNAVAILABLE';
      return code ? [[product, code] as const] : [];
    }),
  );
  const report = state.productReports.create({ userId, request, items, leftOut, failures }, now);
  schedule.at(report.readyAt, () => {
    if (state.productReports.has(report) && request.webhook) {
      void webhooks.send(request.webhook, productReportReady(report, user));
    }
  });
  return report;
}
