import type {
  CraPartnerInsightsFicoInput,
  CraPartnerInsightsFicoReportCharacteristics,
  CraPartnerInsightsFicoResults,
} from 'plaid';
import type { Wire } from '../wire';
import type { Finances } from './finances';
import { daysSince, recent, type History } from './history';
import { countsInFlows } from './holdings';
import { average, sum } from './money';
import { reasonCodes } from './scores';

/** What is asked of FICO. */
export type FicoInput = Wire<CraPartnerInsightsFicoInput>;

/** One result per requested score, in the order of the requests. */
export function ficoResults(
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
      ...(finances.traits.has('no_scores')
        ? NOT_SCORED
        : {
            ultrafico_score: {
              ultrafico_score_version: request.ultrafico_score_version,
              score: ultraFico(base.score, finances.archetype.strength),
              negative_reason_codes: negative,
              positive_reason_codes: positive,
              did_inquiries_adversely_affect_score:
                base.did_inquiries_adversely_affect_score ?? false,
            },
            exclusion_code: SCORED,
          }),
    })),
    report_characteristics: characteristics(histories.filter(isFicos), asOf),
  };
}

/** The exclusion code of a score that was made, as Plaid's SDK says. */
const SCORED = '0';

/** FICO's list of exclusion codes is not public: this one is an example. */
const NOT_SCORED = {
  ultrafico_score: null,
  error_reason: 'Insufficient account history to compute a score',
  exclusion_code: '17',
};

/** "Limited to checking, savings, and money market accounts", as Plaid's SDK says; in one currency. */
const isFicos = ({ account }: History): boolean =>
  countsInFlows(account) && ['checking', 'savings', 'money market'].includes(account.subtype);

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
    num_money_market_accounts: ofSubtype('money market'),
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
