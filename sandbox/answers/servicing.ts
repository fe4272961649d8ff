import type {
  CraServicingSubscriptionCreateRequest,
  CraServicingSubscriptionCreateResponse,
  CraServicingSubscriptionDeleteResponse,
  CraServicingSubscriptionGetResponse,
  CraServicingSubscriptionListResponse,
  CraServicingSubscriptionUpdateRequest,
  CraServicingSubscriptionUpdateResponse,
  SandboxCraServicingSimulateRequest,
  SandboxCraServicingSimulateResponse,
} from 'plaid';
import { invalidEndDate, subscriptionNotFound } from '../plaidErrors';
import { isReadable, splitItems } from '../state/items';
import type { Report } from '../state/reports';
import type { ServicingSubscription } from '../state/servicing';
import { reportUpdated } from '../webhooks/updates';
import type { Wire } from '../wire';
import type { Call } from './call';
import { DAY_MS, isoTime } from './dates';
import { linkedItems } from './linkedItems';
import { usualBank } from '../state/banks';

export function createServicing(call: Call<unknown>): Wire<CraServicingSubscriptionCreateResponse> {
  const body = call.body as Wire<CraServicingSubscriptionCreateRequest>;
  const { userId } = call.user();
  call.state.items.linkFirst(userId, usualBank(userId));
  const { subscription_id } = call.state.servicing.create({
    user_id: userId,
    scope: body.scope,
    cadence: body.cadence ?? null,
    webhook: body.webhook ?? null,
    products: body.products,
  });
  return { subscription_id, request_id: call.requestId };
}

export function getServicing(call: Call): Wire<CraServicingSubscriptionGetResponse> {
  const subscription = call.state.servicing.get(String(call.body.subscription_id));
  return { subscription, request_id: call.requestId };
}

export function listServicing(call: Call): Wire<CraServicingSubscriptionListResponse> {
  const subscriptions = [...call.state.servicing.of(call.user().userId)];
  return { subscriptions, request_id: call.requestId };
}

export function updateServicing(call: Call<unknown>): Wire<CraServicingSubscriptionUpdateResponse> {
  const body = call.body as Wire<CraServicingSubscriptionUpdateRequest>;
  const { webhook, products, reset_fields: reset } = body;
  const { subscription_id } = call.state.servicing.update(body.subscription_id, {
    ...(webhook !== undefined && { webhook }),
    ...(products && { products }),
    // A field that is reset goes before a value given for it.
    ...(reset?.includes('webhook') && { webhook: null }),
  });
  return { subscription_id, request_id: call.requestId };
}

export function deleteServicing(call: Call): Wire<CraServicingSubscriptionDeleteResponse> {
  const subscription_id = String(call.body.subscription_id);
  call.state.servicing.delete(subscription_id);
  return { subscription_id, request_id: call.requestId };
}

/** Makes a report for the subscription immediately and sends its webhook, or sends the requested error. */
export function simulateServicing(call: Call<unknown>): Wire<SandboxCraServicingSimulateResponse> {
  const { subscription_id, user_id, options } =
    call.body as Wire<SandboxCraServicingSimulateRequest>;
  const { servicing, items } = call.state;
  const subscription = subscription_id
    ? servicing.get(subscription_id)
    : user_id && servicing.of(user_id)[0];
  if (!subscription) throw subscriptionNotFound('user');
  const readable = items.of(subscription.user_id).some(isReadable);
  const errorCode =
    options?.error_webhook_code ?? (readable ? null : 'NO_ELIGIBLE_ITEMS_ON_PROFILE');
  const asOf = endOf(options?.transactions_end_date, call.now);
  const report = errorCode ? null : newReport(call, subscription, asOf);
  const outcome = report ? { report, time: isoTime(call.now) } : { errorCode: errorCode ?? '' };
  if (subscription.webhook) {
    void call.webhooks.send(subscription.webhook, reportUpdated(subscription, outcome));
  }
  return { ...(report && { report_id: report.reportId }), request_id: call.requestId };
}

function newReport({ state, now }: Call<unknown>, of: ServicingSubscription, asOf: number): Report {
  const user = state.users.find(of);
  return state.reports.addServicing({
    userId: of.user_id,
    request: {
      user_id: of.user_id,
      webhook: '',
      days_requested: 365,
      products: of.products.map(({ product }) => product),
      consumer_report_permissible_purpose: 'ACCOUNT_REVIEW_CREDIT',
    },
    ...splitItems(linkedItems(user, state.items.of(of.user_id))),
    createdAt: now,
    asOf,
  });
}

/** The end of the day (ms) the transactions reach to: at most 180 days ahead. */
function endOf(date: string | null | undefined, now: number): number {
  if (!date) return now;
  const end = Date.parse(`${date}T23:59:59Z`);
  if (!(end <= now + 181 * DAY_MS)) throw invalidEndDate();
  return end;
}
