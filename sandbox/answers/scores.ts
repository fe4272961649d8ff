import type { Finances } from './finances';
import { averageBalance, inflow, outflow, recent, type History } from './history';
import { random } from '../random';
import { cents } from './money';

/** A score between `min` and `max` that follows from how sound the applicant's finances are. */
export function scoreOf({ userId, archetype }: Finances, model: string, min: number, max: number) {
  const nudge = (random(`${userId} ${model}`)() - 0.5) * 0.06;
  const share = Math.min(1, Math.max(0, archetype.strength + nudge));
  return Math.round(min + share * (max - min));
}

/** `count` different codes such as `CS03038`, in a stable order. */
export function reasonCodes(finances: Finances, prefix: string, count: number): string[] {
  const next = random(`${finances.userId} reasons ${prefix}`);
  const codes = new Set<string>();
  while (codes.size < count) codes.add(`${prefix}${String(Math.floor(next() * 90) + 10)}`);
  return [...codes];
}

/** Cash-flow figures that lenders' models read, computed from the accounts' history. */
export function cashflowAttributes(histories: readonly History[], asOf: number) {
  // Moving money between one's own accounts is neither income nor spending.
  const transactions = histories
    .flatMap((history) => history.transactions)
    .filter(({ kind }) => kind !== 'transfer');
  const last90 = recent(transactions, asOf, 90);
  const ofKind = (kind: string) => last90.filter((transaction) => transaction.kind === kind);
  return {
    cash_inflow_amt_90d: Math.abs(inflow(last90)),
    cash_outflow_amt_90d: outflow(last90),
    net_cash_flow_amt_90d: cents(Math.abs(inflow(last90)) - outflow(last90)),
    income_amt_90d: Math.abs(inflow(ofKind('income'))),
    loan_payment_amt_90d: outflow(ofKind('loan')),
    housing_amt_90d: outflow(ofKind('housing')),
    nsf_fee_count_90d: ofKind('nsf_fee').length,
    average_balance_90d: cents(
      histories.reduce((total, { balances }) => total + averageBalance(balances.slice(0, 90)), 0),
    ),
  };
}

/** Connections to lenders and the like across Plaid's network. */
export function networkAttributes({ userId, archetype }: Finances) {
  const lending = archetype.loans.length + Math.floor(random(`${userId} network`)() * 3);
  return {
    plaid_conn_user_lifetime_lending_count: lending,
    plaid_conn_user_lifetime_personal_lending_flag: archetype.loans.length > 1 ? 1 : 0,
    plaid_conn_user_lifetime_cash_advance_primary_count: Math.round((1 - archetype.strength) * 4),
  };
}
