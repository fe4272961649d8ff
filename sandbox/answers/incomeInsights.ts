import type {
  CraBankIncomeAccount,
  CraBankIncomeHistoricalSummary,
  CraBankIncomeSource,
  CraBankIncomeSummary,
  CraCheckReportIncomeInsightsGetRequest,
  CraCheckReportIncomeInsightsGetResponse,
  CraCurrentModeledIncome,
  CraProjectedModeledIncome,
} from 'plaid';
import type { User } from '../state/users';
import type { Wire } from '../wire';
import { coveredDays } from './accounts';
import { clientReportId } from './baseReport';
import type { Call } from './call';
import { isoTime } from './dates';
import { financesOf } from './finances';
import { byMonth, firstDay, historyOf } from './history';
import { byCurrency, filtered, metricsOf, streamsOf, toPlaid, type Stream } from './income';
import { isDepository, type DepositoryAccount } from './holdings';
import { inCurrency, inMoney, sum } from './money';
import { ownersOf } from './owner';
import type { Transaction } from './transactions';
import { warningsOf } from './warnings';

/**
 * Income Insights. `income_streams` and `user_summary` are of version II2 and always there; the
 * fields of the first version (`bank_income_*`) are only filled where II2 was not asked for.
 */
export function getIncomeInsights(
  call: Call<unknown>,
): Wire<CraCheckReportIncomeInsightsGetResponse> {
  const body = call.body as Wire<CraCheckReportIncomeInsightsGetRequest>;
  const user = call.user();
  const { request, reportId, readyAt, asOf, items } = call.report();
  const options = body.options ?? request.income_insights;
  const isFirstAlone = user.traits.has('income_version_1');
  const isFirstVersion = isFirstAlone || options?.income_insights_version !== 'II2';
  const days = coveredDays(request.days_requested);
  const finances = financesOf(user, items);
  const histories = historyOf(finances, asOf, days);
  const streams = filtered(streamsOf(finances, histories, asOf), options?.income_insights_filter);
  const show = (account: DepositoryAccount) => accountOf(account, user, asOf, days);
  return {
    report: {
      report_id: reportId,
      generated_time: isoTime(readyAt),
      days_requested: days,
      client_report_id: clientReportId(request),
      user_summary: isFirstAlone ? null : { income_metrics: metricsOf(streams) },
      income_streams: (isFirstAlone ? [] : streams).flatMap((stream) =>
        metricsOf([stream]).map((metrics) => toPlaid(stream, metrics)),
      ),
      items: finances.banks.map(({ itemId, institution, accounts }) => ({
        item_id: itemId,
        institution_id: institution.id,
        institution_name: institution.name,
        last_updated_time: isoTime(asOf),
        accounts: accounts.filter(isDepository).map(show),
        bank_income_accounts: isFirstVersion ? accounts.filter(isDepository).map(show) : [],
        bank_income_sources: isFirstVersion
          ? streams.filter(({ account }) => account.itemId === itemId).map(toSource)
          : [],
      })),
      ...(isFirstVersion && { bank_income_summary: summaryOf(streams), warnings: [] }),
    },
    request_id: call.requestId,
    warnings: warningsOf(user, call.report()),
  };
}

const accountOf = (
  account: DepositoryAccount,
  user: User,
  asOf: number,
  days: number,
): Wire<CraBankIncomeAccount> => ({
  account_id: account.id,
  mask: account.mask,
  name: account.name,
  official_name: account.officialName,
  type: 'depository',
  subtype: account.subtype,
  metadata: { start_date: firstDay(asOf, days), end_date: firstDay(asOf, 1) },
  owners: ownersOf(user, account.isJoint),
});

const earned = (payments: readonly Transaction[]) => -sum(payments.map(({ amount }) => amount));

function toSource(stream: Stream): Wire<CraBankIncomeSource> {
  const { current, projected, payments } = stream;
  return {
    account_id: stream.account.id,
    income_source_id: stream.id,
    income_description: payments[0].description,
    income_category: stream.oldCategory,
    start_date: stream.start,
    end_date: stream.end,
    pay_frequency: stream.frequency,
    total_amount: earned(payments),
    ...inCurrency(stream.account.currency),
    transaction_count: payments.length,
    next_payment_date: stream.isActive ? stream.next : null,
    status: stream.isActive ? 'ACTIVE' : 'INACTIVE',
    historical_average_monthly_gross_income: current.gross_income,
    historical_average_monthly_income: current.net_income,
    forecasted_average_monthly_income: projected.net_income,
    forecasted_average_monthly_income_prediction_intervals: [
      {
        lower_bound: Math.min(current.net_income, projected.net_income),
        upper_bound: Math.max(current.net_income, projected.net_income),
        probability: 0.8,
      },
    ],
    employer: { name: stream.oldCategory === 'SALARY' ? stream.payer : null },
    income_provider: { name: stream.payer, is_normalized: true },
    historical_summary: historyOfPayments(payments),
  };
}

interface Modeled {
  readonly current: CraCurrentModeledIncome;
  readonly projected: CraProjectedModeledIncome;
}

function summaryOf(streams: readonly Stream[]): Wire<CraBankIncomeSummary> {
  const payments = streams.flatMap((stream) => stream.payments);
  const dates = payments.map(({ date }) => date).sort();
  const inEach = (read: (metrics: Modeled, own: readonly Stream[]) => number) =>
    byCurrency(streams).flatMap(([currency, own]) =>
      metricsOf(own).flatMap(({ current, projected }) =>
        current && projected ? [inMoney(read({ current, projected }, own), currency)] : [],
      ),
    );
  return {
    total_amounts: inEach((_, own) => earned(own.flatMap((stream) => stream.payments))),
    ...(dates[0] && { start_date: dates[0], end_date: dates.at(-1) }),
    income_sources_count: streams.length,
    income_categories_count: new Set(streams.map(({ oldCategory }) => oldCategory)).size,
    income_transactions_count: payments.length,
    historical_average_monthly_gross_income: inEach(({ current }) => current.monthly.gross_income),
    historical_average_monthly_income: inEach(({ current }) => current.monthly.net_income),
    forecasted_average_monthly_income: inEach(({ projected }) => projected.monthly.net_income),
    historical_annual_gross_income: inEach(({ current }) => current.annual.gross_income),
    historical_annual_income: inEach(({ current }) => current.annual.net_income),
    forecasted_annual_income: inEach(({ projected }) => projected.annual.net_income),
    historical_summary: historyOfPayments(payments),
  };
}

/** By calendar month, newest first. */
function historyOfPayments(
  payments: readonly Transaction[],
): Wire<CraBankIncomeHistoricalSummary>[] {
  const newestFirst = [...payments].sort((a, b) => b.date.localeCompare(a.date));
  return byMonth(newestFirst).map(({ start, end, entries }) => ({
    start_date: start,
    end_date: end,
    total_amounts: [...new Set(entries.map(({ currency }) => currency))].map((currency) =>
      inMoney(earned(entries.filter((entry) => entry.currency === currency)), currency),
    ),
    transactions: entries.map(({ id, amount, currency, date, description, pending }) => ({
      transaction_id: id,
      // Income is positive in Plaid's example.
      amount: Math.abs(amount),
      date,
      original_description: description,
      pending,
      check_number: null,
      ...inCurrency(currency),
      bonus_type: null,
    })),
  }));
}
