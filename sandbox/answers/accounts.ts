import type {
  BaseReportAccount,
  BaseReportAccountInsights,
  BaseReportAttributes,
  BaseReportTransaction,
} from 'plaid';
import type { User } from '../state/users';
import type { Wire } from '../wire';
import {
  averageBalance,
  byMonth,
  daysSince,
  firstDay,
  inflow,
  outflow,
  recent,
  type DayBalance,
  type History,
} from './history';
import { availableOn, countsInFlows, isDepository, type Account } from './holdings';
import { average, inCurrency, inMoney, usd } from './money';
import { ownersOf } from './owner';
import type { Transaction } from './transactions';

/** One account of a report that covers `days` days up to `asOf` (ms). */
export function reportAccount(
  history: History,
  user: User,
  asOf: number,
  days: number,
): Wire<BaseReportAccount> {
  const { account, transactions, balances } = history;
  const counted = countsInFlows(account) ? transactions : [];
  return {
    account_id: account.id,
    ...(account.persistentId && { persistent_account_id: account.persistentId }),
    name: account.name,
    official_name: account.officialName,
    mask: account.mask,
    ...ownershipOf(account, user),
    consumer_disputes: [],
    days_available: days,
    metadata: { start_date: firstDay(asOf, days), end_date: firstDay(asOf, 1) },
    balances: {
      ...todaysBalance(history),
      limit: account.limit,
      ...(account.hasPastBalances && {
        average_balance: averageBalance(balances),
        average_monthly_balances: byMonth(balances).map(({ start, end, entries }) => ({
          start_date: start,
          end_date: end,
          average_balance: inMoney(averageBalance(entries), account.currency),
        })),
        most_recent_thirty_day_average_balance: averageBalance(balances.slice(0, 30)),
      }),
    },
    ...(account.hasPastBalances && {
      historical_balances: balances.map(toHistoricalBalance(account)),
    }),
    transactions: transactions.map((transaction) => toTransaction(transaction, account.id)),
    account_insights: insightsOf(account, transactions, days),
    attributes: {
      ...flowAttributes(counted, asOf),
      is_primary_account: account.subtype === 'checking',
      primary_account_score: account.subtype === 'checking' ? 0.94 : 0.06,
    },
  };
}

/** What kind of account it is and whose. */
export const ownershipOf = (
  { type, subtype, isJoint }: Account,
  user: User,
): Pick<Wire<BaseReportAccount>, 'type' | 'subtype' | 'ownership_type' | 'owners'> => ({
  type,
  subtype,
  ownership_type: isJoint ? 'joint' : 'individual',
  owners: ownersOf(user, isJoint),
});

/** Today's balances: pending transactions count in the available one alone. */
export const todaysBalance = ({ account, balances }: History) => ({
  ...inCurrency(account.currency),
  available: availableOn(account),
  current: account.unknown === 'current' ? null : (balances[0]?.balance ?? account.balance),
});

export const toHistoricalBalance =
  ({ currency }: Account) =>
  ({ date, balance }: DayBalance) => ({ ...inCurrency(currency), date, current: balance });

/** A transaction in the form of the Base Report and the Home Lending Report. */
export function toTransaction(
  transaction: Transaction,
  accountId: string,
): Wire<BaseReportTransaction> {
  const { id, date, amount, description, merchant, category, currency, pending } = transaction;
  return {
    ...inCurrency(currency),
    account_id: accountId,
    transaction_id: id,
    amount,
    date,
    date_transacted: date,
    original_description: description,
    merchant_name: merchant,
    credit_category: category,
    check_number: null,
    account_owner: null,
    pending,
    location: {
      address: null,
      city: null,
      region: null,
      postal_code: null,
      country: null,
      lat: null,
      lon: null,
      store_number: null,
    },
  };
}

/** Money in and out and failed payments, of transactions in USD: in all, and of the last 30, 60 and 90 days. */
export function flowAttributes(
  transactions: readonly Transaction[],
  asOf: number,
): Wire<BaseReportAttributes> {
  const within = (days: number) => recent(transactions, asOf, days);
  const fees = (some: readonly Transaction[]) =>
    some.filter(({ kind }) => kind === 'nsf_fee').length;
  return {
    nsf_overdraft_transactions_count: fees(transactions),
    nsf_overdraft_transactions_count_30d: fees(within(30)),
    nsf_overdraft_transactions_count_60d: fees(within(60)),
    nsf_overdraft_transactions_count_90d: fees(within(90)),
    total_inflow_amount: usd(inflow(transactions)),
    total_inflow_amount_30d: usd(inflow(within(30))),
    total_inflow_amount_60d: usd(inflow(within(60))),
    total_inflow_amount_90d: usd(inflow(within(90))),
    total_outflow_amount: usd(outflow(transactions)),
    total_outflow_amount_30d: usd(outflow(within(30))),
    total_outflow_amount_60d: usd(outflow(within(60))),
    total_outflow_amount_90d: usd(outflow(within(90))),
  };
}

function insightsOf(
  account: Account,
  transactions: readonly Transaction[],
  days: number,
): Wire<BaseReportAccountInsights> {
  const months = byMonth(transactions);
  const perMonth = <T>(read: (entries: readonly Transaction[]) => T) =>
    (isDepository(account) ? months : []).map(({ start, end, entries }) => ({
      start_date: start,
      end_date: end,
      ...read(entries),
    }));
  const isIn = ({ amount }: Transaction) => amount < 0;
  const isOut = ({ amount }: Transaction) => amount > 0;
  // Both are positive in Plaid's example, and count USD alone.
  const meanOf = (some: readonly Transaction[]) => {
    const counted = countsInFlows(account) ? some : [];
    return usd(Math.abs(average(counted.map(({ amount }) => amount))));
  };
  const daysWith = new Set(transactions.map(({ date }) => date));
  return {
    oldest_transaction_date: transactions.at(-1)?.date ?? null,
    most_recent_transaction_date: transactions[0]?.date ?? null,
    days_available: days,
    average_days_between_transactions: average(gaps(transactions)),
    longest_gaps_between_transactions: months.map(({ start, end, entries }) => ({
      start_date: start,
      end_date: end,
      days: Math.max(0, ...gaps(entries)),
    })),
    number_of_inflows: perMonth((entries) => ({ count: entries.filter(isIn).length })),
    number_of_outflows: perMonth((entries) => ({ count: entries.filter(isOut).length })),
    average_inflow_amounts: perMonth((entries) => ({ total_amount: meanOf(entries.filter(isIn)) })),
    average_outflow_amounts: perMonth((entries) => ({
      total_amount: meanOf(entries.filter(isOut)),
    })),
    number_of_days_no_transactions: days - daysWith.size,
  };
}

/** Days between each transaction and the one before it. */
const gaps = (transactions: readonly Transaction[]): number[] =>
  transactions
    .slice(1)
    .map(({ date }, index) => daysSince(date, Date.parse(transactions[index]?.date ?? date)) ?? 0);

/** A report covers at least 180 days, however few were asked for (Plaid's reference). */
export const coveredDays = (requested: number): number => Math.max(180, requested);
