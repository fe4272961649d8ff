import type {
  CraMonitoringInsightsGetResponse,
  CraMonitoringInsightsSubscribeResponse,
  CraMonitoringInsightsUnsubscribeResponse,
  MonitoringInsights,
  MonitoringInsightsItemStatus,
  SandboxCraCashflowUpdatesUpdateRequest,
  SandboxCraCashflowUpdatesUpdateResponse,
} from 'plaid';
import { stableUuid } from '../ids';
import { NOT_READ_YET, type ItemError } from '../plaidErrors';
import { cashFlowUpdate } from '../webhooks/updates';
import type { Wire } from '../wire';
import { reportAccount } from './accounts';
import type { Call } from './call';
import { incomesOf } from './archetypes';
import { DAY_MS, isoTime } from './dates';
import { currentItems, financesOf, type Finances } from './finances';
import { usualBank } from '../state/banks';
import { countedTransactions, historyOf, inflow, recent } from './history';
import { cents } from './money';
import type { Transaction } from './transactions';

/** A year back, and another month for the baseline that today is compared with. */
const DAYS = 365 + 30;

export function subscribe(call: Call): Wire<CraMonitoringInsightsSubscribeResponse> {
  const { userId } = call.user();
  call.state.items.linkFirst(userId, usualBank(userId));
  const { id } = call.state.monitoring.subscribe(userId, String(call.body.webhook));
  return { subscription_id: id, request_id: call.requestId };
}

export function unsubscribe(call: Call): Wire<CraMonitoringInsightsUnsubscribeResponse> {
  call.state.monitoring.unsubscribe(String(call.body.subscription_id));
  return { request_id: call.requestId };
}

/** Sends a webhook for each asked event, or one that there are new insights. */
export function updateCashFlow(call: Call<unknown>): Wire<SandboxCraCashflowUpdatesUpdateResponse> {
  const body = call.body as Wire<SandboxCraCashflowUpdatesUpdateRequest>;
  const { userId } = call.user();
  const { webhook } = call.state.monitoring.of(userId);
  const codes: string[] = body.webhook_codes?.length ? body.webhook_codes : ['INSIGHTS_UPDATED'];
  for (const code of webhook ? codes : []) {
    void call.webhooks.send(String(webhook), cashFlowUpdate(code, userId));
  }
  return { request_id: call.requestId };
}

/** Cash Flow Updates: today's figures beside those of a month ago. Throws SUBSCRIPTION_NOT_FOUND. */
export function getMonitoringInsights(call: Call): Wire<CraMonitoringInsightsGetResponse> {
  const user = call.user();
  const subscription = call.state.monitoring.of(user.userId);
  const items = currentItems(call.state, user);
  const finances = financesOf(user, items);
  const histories = historyOf(finances, call.now, DAYS);
  return {
    user_insights_id: stableUuid(`${subscription.id} ${Math.floor(call.now / DAY_MS)}`),
    items: items.map(({ itemId, institution, error }) => {
      const own = histories.filter(({ account }) => account.itemId === itemId);
      const transactions = countedTransactions(own);
      return {
        item_id: itemId,
        institution_id: institution.id,
        institution_name: institution.name,
        date_generated: isoTime(call.now),
        status: statusOf(error),
        insights: error ? null : insightsOf(finances, transactions, call.now),
        // What was read of a bank before it failed still stands there; of a pending one nothing was.
        accounts:
          error === NOT_READ_YET
            ? []
            : own.map((history) => reportAccount(history, user, call.now, DAYS)),
      };
    }),
    request_id: call.requestId,
  };
}

function statusOf(error: ItemError | null): Wire<MonitoringInsightsItemStatus> {
  if (!error) return { status_code: 'AVAILABLE' };
  if (error === NOT_READ_YET) return { status_code: 'PENDING', reason: error.error_code };
  return { status_code: 'FAILED', reason: error.error_code };
}

function insightsOf(
  finances: Finances,
  transactions: readonly Transaction[],
  now: number,
): Wire<MonitoringInsights> {
  const { archetype, userId, traits } = finances;
  const hasBaselines = !traits.has('no_baselines');
  const monthAgo = now - 30 * DAY_MS;
  const pay = transactions.filter(({ kind }) => kind === 'income');
  const sources = incomesOf(archetype).flatMap(({ payer, incomeCategory }, index) => {
    const last = pay.find(({ merchant }) => merchant === payer);
    const id = `${userId} income${index === 0 ? '' : ` ${payer}`}`;
    return last ? [{ id, last, income_category: incomeCategory }] : [];
  });
  const loans = transactions.filter(({ kind }) => kind === 'loan');
  /** What the last `days` days up to a moment held. */
  const until = (some: readonly Transaction[], end: number, days: number) => {
    const upTo = some.filter(({ date }) => Date.parse(date) <= end);
    return recent(upTo, end, days);
  };
  const compare = (read: (end: number) => number) => ({
    ...(hasBaselines && { baseline_amount: read(monthAgo) }),
    current_amount: read(now),
  });
  const count = (read: (end: number) => number) => ({
    ...(hasBaselines && { baseline_count: read(monthAgo) }),
    current_count: read(now),
  });
  const earned = (end: number, days: number) => Math.abs(inflow(until(pay, end, days)));
  return {
    income: {
      income_sources: sources.map(({ income_category, last, id }) => ({
        income_source_id: stableUuid(id),
        income_description: last.description,
        income_category,
        last_transaction_date: last.date,
      })),
      income_sources_counts: count(() => sources.length),
      total_monthly_income: compare((end) => earned(end, 30)),
      forecasted_monthly_income: compare((end) => cents(earned(end, 90) / 3)),
      historical_annual_income: compare((end) => earned(end, 365)),
    },
    loans: {
      loan_payments_counts: count((end) => until(loans, end, 30).length),
      loan_payment_merchants_counts: count(
        (end) => new Set(until(loans, end, 30).map(({ merchant }) => merchant)).size,
      ),
      loan_disbursements_count: 0,
    },
  };
}
