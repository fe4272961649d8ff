import type {
  CraBankIncomeAccount,
  CraBankIncomeHistoricalSummary,
  CraBankIncomeSource,
  CraBankIncomeSummary,
  CraCheckReportIncomeInsightsGetRequest,
  CraCheckReportIncomeInsightsGetResponse,
} from 'plaid';
import type { User } from '../state/users';
import type { Wire } from '../wire';
import { coveredDays } from './accounts';
import { clientReportId } from './baseReport';
import type { Call } from './call';
import { isoTime } from './dates';
import { financesOf, type Account } from './finances';
import { byMonth, firstDay, historyOf } from './history';
import { filtered, metricsOf, streamsOf, toPlaid, type Stream } from './income';
import { sum, usd } from './money';
import { ownerOf } from './owner';
import type { Transaction } from './transactions';

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
  const isFirstVersion = options?.income_insights_version !== 'II2';
  const days = coveredDays(request.days_requested);
  const finances = financesOf(user, items);
  const histories = historyOf(finances, asOf, days);
  const streams = filtered(streamsOf(finances, histories, asOf), options?.income_insights_filter);
  const show = (account: Account) => accountOf(account, user, asOf, days);
  return {
    report: {
      report_id: reportId,
      generated_time: isoTime(readyAt),
      days_requested: days,
      client_report_id: clientReportId(request),
      user_summary: { income_metrics: metricsOf(streams) },
      income_streams: streams.flatMap((stream) =>
        metricsOf([stream]).map((metrics) => toPlaid(stream, metrics)),
      ),
      items: finances.banks.map(({ itemId, institution, accounts }) => ({
        item_id: itemId,
        institution_id: institution.id,
        institution_name: institution.name,
        last_updated_time: isoTime(asOf),
        accounts: accounts.map(show),
        bank_income_accounts: isFirstVersion ? accounts.map(show) : [],
        bank_income_sources: isFirstVersion
          ? streams.filter(({ account }) => account.itemId === itemId).map(toSource)
          : [],
      })),
      ...(isFirstVersion && { bank_income_summary: summaryOf(streams), warnings: [] }),
    },
    request_id: call.requestId,
    warnings: [],
  };
}

const accountOf = (
  account: Account,
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
  owners: [ownerOf(user)],
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
    iso_currency_code: 'USD',
    unofficial_currency_code: null,
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

function summaryOf(streams: readonly Stream[]): Wire<CraBankIncomeSummary> {
  const payments = streams.flatMap((stream) => stream.payments);
  const dates = payments.map(({ date }) => date).sort();
  const [metrics] = metricsOf(streams);
  const inAll = (amount: number | undefined) => (amount === undefined ? [] : [usd(amount)]);
  const { current, projected } = metrics ?? {};
  return {
    total_amounts: inAll(metrics && earned(payments)),
    ...(dates[0] && { start_date: dates[0], end_date: dates.at(-1) }),
    income_sources_count: streams.length,
    income_categories_count: new Set(streams.map(({ oldCategory }) => oldCategory)).size,
    income_transactions_count: payments.length,
    historical_average_monthly_gross_income: inAll(current?.monthly.gross_income),
    historical_average_monthly_income: inAll(current?.monthly.net_income),
    forecasted_average_monthly_income: inAll(projected?.monthly.net_income),
    historical_annual_gross_income: inAll(current?.annual.gross_income),
    historical_annual_income: inAll(current?.annual.net_income),
    forecasted_annual_income: inAll(projected?.annual.net_income),
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
    total_amounts: [usd(earned(entries))],
    transactions: entries.map(({ id, amount, date, description }) => ({
      transaction_id: id,
      amount,
      date,
      original_description: description,
      pending: false,
      check_number: null,
      iso_currency_code: 'USD',
      unofficial_currency_code: null,
      bonus_type: null,
    })),
  }));
}
