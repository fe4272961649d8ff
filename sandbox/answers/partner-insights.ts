import type {
  CraCheckReportPartnerInsightsGetRequest,
  CraCheckReportPartnerInsightsGetResponse,
  CraPartnerInsightsFicoInput,
  CraPartnerInsightsFicoReportCharacteristics,
  CraPartnerInsightsFicoResults,
  CraPartnerInsightsItem,
} from 'plaid';
import type { User } from '../state/users';
import type { Wire } from '../wire';
import { coveredDays } from './accounts';
import { clientReportId } from './base-report';
import type { Call } from './call';
import { isoTime } from './dates';
import { financesOf, type Bank, type Finances } from './finances';
import { daysSince, firstDay, historyOf, recent, type History } from './history';
import { average, sum } from './money';
import { ownerOf } from './owner';
import { prismInsights, type PrismRequest } from './prism';
import { reasonCodes } from './scores';

/**
 * Partner Insights. What the read itself asks for comes first, then its deprecated options, then
 * what the report was created with.
 */
export function getPartnerInsights(
  call: Call<unknown>,
): Wire<CraCheckReportPartnerInsightsGetResponse> {
  const body = call.body as Wire<CraCheckReportPartnerInsightsGetRequest>;
  const user = call.user();
  const { request, reportId, readyAt, asOf, items } = call.report();
  // prism_products is not in the SDK's type; see the oracle's patches.
  const created = request.partner_insights as PrismRequest & { fico?: FicoInput | null };
  const fico = body.partner_insights?.fico ?? created?.fico;
  const days = coveredDays(request.days_requested);
  const finances = financesOf(user, items);
  const histories = historyOf(finances, asOf, days);
  return {
    report: {
      report_id: reportId,
      client_report_id: clientReportId(request),
      generated_time: isoTime(readyAt),
      items: finances.banks.map((bank) => itemOf(bank, user, asOf, days)),
      prism: prismInsights(finances, histories, asOf, {
        prism_products: created?.prism_products,
        prism_versions:
          body.partner_insights?.prism_versions ??
          body.options?.prism_versions ??
          created?.prism_versions,
      }),
      fico: fico ? ficoResults(fico, finances, histories, asOf) : null,
    },
    request_id: call.requestId,
    warnings: [],
  };
}

type FicoInput = Wire<CraPartnerInsightsFicoInput>;

/** One result per requested score, in the order of the requests. */
function ficoResults(
  { lender_application_id, ultrafico_score_requests: requests }: FicoInput,
  finances: Finances,
  histories: readonly History[],
  asOf: number,
): Wire<CraPartnerInsightsFicoResults> {
  const negative = reasonCodes(finances, 'U', 4);
  const positive = reasonCodes(finances, 'P', 4);
  return {
    lender_application_id,
    ultrafico_score_results: requests.map(({ base_fico_score: base, ...request }) => ({
      ...(request.request_correlation_id !== undefined && {
        request_correlation_id: request.request_correlation_id,
      }),
      ...(request.fico_scoring_request_id !== undefined && {
        fico_scoring_request_id: request.fico_scoring_request_id,
      }),
      ultrafico_score: {
        ultrafico_score_version: request.ultrafico_score_version,
        score: ultraFico(base.score, finances.archetype.strength),
        negative_reason_codes: negative,
        positive_reason_codes: positive,
        did_inquiries_adversely_affect_score: base.did_inquiries_adversely_affect_score ?? false,
      },
      exclusion_code: null,
    })),
    report_characteristics: characteristics(histories, asOf),
  };
}

/** Sound cash flow lifts the base score by up to 50 points, poor cash flow lowers it as much. */
const ultraFico = (base: number, strength: number): number =>
  Math.min(850, Math.max(300, base + Math.round((strength - 0.5) * 100)));

function characteristics(
  histories: readonly History[],
  asOf: number,
): Wire<CraPartnerInsightsFicoReportCharacteristics> {
  const transactions = histories.flatMap((history) => history.transactions);
  const dates = transactions.map(({ date }) => date).sort();
  const nsf = transactions.find(({ kind }) => kind === 'nsf_fee');
  const daily = dailyTotals(histories);
  const meanBalance = (days: number) => average(daily.slice(0, days));
  const negativeDays = (days: number) => daily.slice(0, days).filter((total) => total < 0).length;
  const daysWith = (days: number) =>
    new Set(recent(transactions, asOf, days).map(({ date }) => date)).size;
  const lastNegative = daily.findIndex((total) => total < 0);
  const ofSubtype = (subtype: string) =>
    histories.filter(({ account }) => account.subtype === subtype).length;
  return {
    num_accounts: histories.length,
    num_checking_accounts: ofSubtype('checking'),
    num_savings_accounts: ofSubtype('savings'),
    num_money_market_accounts: 0,
    tot_current_balances: sum(histories.map(({ account }) => account.balance)),
    avg_daily_balance_over_1_month: meanBalance(30),
    avg_daily_balance_over_3_months: meanBalance(90),
    avg_daily_balance_over_6_months: meanBalance(180),
    avg_daily_balance_over_12_months: meanBalance(365),
    days_since_earliest_tx: daysSince(dates[0], asOf),
    days_since_most_recent_tx: daysSince(dates.at(-1), asOf),
    days_since_most_recent_negative_ending_balance: lastNegative < 0 ? null : lastNegative,
    days_since_most_recent_insufficient_funds_fee_debit_tx: daysSince(nsf?.date, asOf),
    tot_number_days_with_negative_balance_over_1_month: negativeDays(30),
    tot_number_days_with_negative_balance_over_3_months: negativeDays(90),
    tot_number_days_with_negative_balance_over_6_months: negativeDays(180),
    tot_number_days_with_negative_balance_over_12_months: negativeDays(365),
    days_with_tx_over_1_month: daysWith(30),
    days_with_tx_over_3_months: daysWith(90),
    days_with_tx_over_6_months: daysWith(180),
    days_with_tx_over_12_months: daysWith(365),
  };
}

/** The balance of all accounts together at the end of each day, newest first. */
function dailyTotals(histories: readonly History[]): number[] {
  const [first] = histories;
  return (first?.balances ?? []).map((_, day) =>
    sum(histories.map(({ balances }) => balances[day]?.balance ?? 0)),
  );
}

function itemOf(
  { institution, itemId, accounts }: Bank,
  user: User,
  asOf: number,
  days: number,
): Wire<CraPartnerInsightsItem> {
  return {
    institution_id: institution.id,
    institution_name: institution.name,
    item_id: itemId,
    accounts: accounts.map(({ id, mask, name, officialName, subtype }) => ({
      account_id: id,
      mask,
      name,
      official_name: officialName,
      type: 'depository',
      subtype,
      metadata: { start_date: firstDay(asOf, days), end_date: firstDay(asOf, 1) },
      owners: [ownerOf(user)],
    })),
  };
}
