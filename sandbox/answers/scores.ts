import type { Finances } from './finances';
import {
  averageBalance,
  countedTransactions,
  inflow,
  outflow,
  recent,
  type History,
} from './history';
import { countsInFlows } from './holdings';
import { random } from '../random';
import { average, cents } from './money';
import type { Transaction } from './transactions';

/** A score between `min` and `max` that follows from how sound the applicant's finances are. */
export function scoreOf({ userId, archetype }: Finances, model: string, min: number, max: number) {
  const nudge = (random(`${userId} ${model}`)() - 0.5) * 0.06;
  const share = Math.min(1, Math.max(0, archetype.strength + nudge));
  return Math.round(min + share * (max - min));
}

/**
 * `count` different codes such as `CS03038`, in a stable order, with numbers from `min` to `max`. Of Prism's and
 * FICO's codes no list is public: theirs are examples in form alone.
 */
export function reasonCodes(
  finances: Finances,
  prefix: string,
  count: number,
  [min, max]: readonly [number, number] = [10, 99],
): string[] {
  const next = random(`${finances.userId} reasons ${prefix}`);
  const codes = new Set<string>();
  while (codes.size < count) {
    const number = min + Math.floor(next() * (max - min + 1));
    codes.add(`${prefix}${String(number).padStart(2, '0')}`);
  }
  return [...codes];
}

/** Plaid's sample application shows PCS0201 to PCS0235: https://github.com/plaid/credit-quickstart */
const LEND_SCORE_CODES = [1, 35] as const;

/** A LendScore with its reasons, or why there is none. */
export const lendScoreOf = (finances: Finances) =>
  finances.traits.has('no_scores')
    ? { score: null, reason_codes: [], error_reason: NO_SCORE }
    : {
        score: scoreOf(finances, 'lend_score', 1, 99),
        reason_codes: reasonCodes(finances, 'PCS02', 4, LEND_SCORE_CODES),
        error_reason: null,
      };

export const NO_SCORE = 'Insufficient transaction history to compute a score';

/**
 * Cash-flow figures that lenders' models read, computed from the accounts' history. Plaid publishes one of its names;
 * those that begin with `example_` are invented.
 */
export function cashflowAttributes(histories: readonly History[], asOf: number) {
  // Moving money between one's own accounts is neither income nor spending.
  const transactions = countedTransactions(histories).filter(({ kind }) => kind !== 'transfer');
  const last90 = recent(transactions, asOf, 90);
  const ofKind = (kind: string) => last90.filter((transaction) => transaction.kind === kind);
  return {
    // The accounts have no cash withdrawals: purchases vary in their place.
    cash_reliance_atm_withdrawal_amt_cv_90d: variation(ofKind('spending')),
    example_cash_inflow_amt_90d: Math.abs(inflow(last90)),
    example_cash_outflow_amt_90d: outflow(last90),
    example_net_cash_flow_amt_90d: cents(Math.abs(inflow(last90)) - outflow(last90)),
    example_income_amt_90d: Math.abs(inflow(ofKind('income'))),
    example_loan_payment_amt_90d: outflow(ofKind('loan')),
    example_housing_amt_90d: outflow(ofKind('housing')),
    example_nsf_fee_count_90d: ofKind('nsf_fee').length,
    example_average_balance_90d: cents(
      histories
        .filter(({ account }) => countsInFlows(account))
        .reduce((total, { balances }) => total + averageBalance(balances.slice(0, 90)), 0),
    ),
  };
}

/** The coefficient of variation of the amounts, in percent. */
function variation(transactions: readonly Transaction[]): number {
  const amounts = transactions.map(({ amount }) => amount);
  const mean = average(amounts);
  const variance = average(amounts.map((amount) => (amount - mean) ** 2));
  return mean === 0 ? 0 : cents((100 * Math.sqrt(variance)) / mean);
}

/** Connections to lenders and the like across Plaid's network; the names are those of Plaid's example. */
export function networkAttributes({ userId, archetype }: Finances) {
  const lending = archetype.loans.length + Math.floor(random(`${userId} network`)() * 3);
  return {
    plaid_conn_user_lifetime_lending_count: lending,
    plaid_conn_user_lifetime_personal_lending_flag: archetype.loans.length > 1 ? 1 : 0,
    plaid_conn_user_lifetime_cash_advance_primary_count: Math.round((1 - archetype.strength) * 4),
  };
}
