import type {
  CraCheckReportCreateResponse,
  Products,
  SandboxUserFireWebhookRequest,
  SandboxUserFireWebhookResponse,
} from 'plaid';
import { dataUnavailable } from '../plaidErrors';
import type { Report, ReportRequest } from '../state/reports';
import type { User } from '../state/users';
import { codePrefix, reportFailed, reportReady } from '../webhooks/checkReport';
import type { Wire } from '../wire';
import type { SandboxContext } from '../context';
import type { Call } from './call';
import { linkedItems } from './linkedItems';
import { checkRefusal } from './refusal';
import { usualBank } from '../state/banks';

export function createReport(call: Call<unknown>): CraCheckReportCreateResponse {
  const user = call.user();
  // https://plaid.com/docs/errors/plaid-check/ gives the legacy call another type than the newer ones. Not public here: which one.
  checkRefusal(call, user.userId, 'CHECK_REPORT_ERROR');
  makeReport(call, user, call.body as ReportRequest);
  return { request_id: call.requestId };
}

/**
 * Starts a report, and sends the request's webhook when it is ready or has failed. The first
 * report of a user who never linked a bank links one.
 */
export function makeReport(context: SandboxContext, user: User, request: ReportRequest): Report {
  const { state, schedule, webhooks, now } = context;
  const { userId } = user;
  state.items.linkFirst(userId, usualBank(userId));
  const items = linkedItems(user, state.items.of(userId));
  const report = state.reports.create(userId, request, items, now);
  schedule.at(report.readyAt, () => {
    if (state.reports.has(report) && request.webhook) {
      void webhooks.send(request.webhook, outcomeOf(report));
    }
  });
  return report;
}

function outcomeOf({ userId, request, items, failure }: Report): object {
  const products = productsOf(request);
  const prefix = codePrefix(request);
  if (failure) {
    const itemIds = failure.causes.map(({ item_id }) => item_id);
    return reportFailed({ userId, products, itemIds }, failure, prefix);
  }
  return reportReady({ userId, products, itemIds: items.map(({ itemId }) => itemId) }, prefix);
}

/** The Base Report is always made, the others when asked for. */
const productsOf = ({ products }: ReportRequest): Wire<Products>[] => [
  ...new Set<Wire<Products>>(['cra_base_report', ...(products ?? [])]),
];

/** Sends the asked webhook, whatever the state of the user's report. */
export function fireCheckReportWebhook(call: Call<unknown>): Wire<SandboxUserFireWebhookResponse> {
  const { webhook, webhook_code } = call.body as Wire<SandboxUserFireWebhookRequest>;
  const { userId } = call.user();
  const items = call.state.items.of(userId);
  const subject = {
    userId,
    products: ['cra_base_report' as const],
    itemIds: items.map(({ itemId }) => itemId),
  };
  const prefix = webhook_code.startsWith('USER_') ? 'USER_' : '';
  const body = webhook_code.endsWith('READY')
    ? reportReady(subject, prefix)
    : reportFailed(subject, dataUnavailable(items), prefix);
  void call.webhooks.send(webhook, body);
  return { webhook_fired: true, request_id: call.requestId };
}
