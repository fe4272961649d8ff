import { DAY_MS, isoDate } from './dates';
import type { Finances } from './finances';
import { countsInFlows, type Account } from './holdings';
import { average, cents, sum } from './money';
import { transactionsOf, type Transaction } from './transactions';

/** The balance at the end of one day. */
export interface DayBalance {
  /** ISO date. */
  readonly date: string;
  /** USD. */
  readonly balance: number;
}

/** An account with its past; transactions and balances newest first. */
export interface History {
  readonly account: Account;
  readonly transactions: readonly Transaction[];
  readonly balances: readonly DayBalance[];
}

/** The past `days` days of every account up to `asOf` (ms). Balances and transactions add up. */
export function historyOf(finances: Finances, asOf: number, days: number): readonly History[] {
  const { userId, archetype, traits } = finances;
  const today = Math.floor(asOf / DAY_MS);
  const owner = JSON.stringify([userId, archetype, [...traits], today, days]);
  return finances.accounts.map((account) => {
    const key = owner + JSON.stringify(account);
    const known = histories.get(key);
    if (known) return known;
    const transactions = transactionsOf(finances, account, asOf, days);
    const balances = balancesOf(account, transactions, asOf, days);
    const history = { account, transactions, balances };
    if (histories.size >= KEPT_HISTORIES) histories.delete(histories.keys().next().value ?? '');
    histories.set(key, history);
    return history;
  });
}

/** By all that a history depends on: most reports of a user are read many times on a day. */
const histories = new Map<string, History>();

/** Each takes about 100 KB. */
const KEPT_HISTORIES = 100;

function balancesOf(
  account: Account,
  transactions: readonly Transaction[],
  asOf: number,
  days: number,
): DayBalance[] {
  const spent = new Map<string, number>();
  for (const { date, amount, pending } of transactions) {
    if (!pending) spent.set(date, (spent.get(date) ?? 0) + amount);
  }
  let balance = account.balance + pendingOn(transactions);
  return Array.from({ length: days }, (_, back) => {
    const date = isoDate(asOf - back * DAY_MS);
    const atEnd = cents(balance);
    // Going back in time, what was spent on the day is there again.
    balance += spent.get(date) ?? 0;
    return { date, balance: atEnd };
  });
}

/** The transactions that Plaid's flows count: in USD and of depository accounts. */
export const countedTransactions = (histories: readonly History[]): readonly Transaction[] =>
  histories
    .filter(({ account }) => countsInFlows(account))
    .flatMap(({ transactions }) => transactions);

/** What pending transactions will take off the balance, as the balance does not hold them yet. */
export const pendingOn = (transactions: readonly Transaction[]): number =>
  sum(transactions.filter(({ pending }) => pending).map(({ amount }) => amount));

/** ISO date of the first day among the last `days`. */
export const firstDay = (asOf: number, days: number): string => isoDate(asOf - (days - 1) * DAY_MS);

/** The transactions of the last `days` days. */
export const recent = (
  transactions: readonly Transaction[],
  asOf: number,
  days: number,
): readonly Transaction[] => {
  const first = firstDay(asOf, days);
  return transactions.filter(({ date }) => date >= first);
};

export const inflow = (transactions: readonly Transaction[]): number =>
  sum(transactions.map(({ amount }) => amount).filter((amount) => amount < 0));

export const outflow = (transactions: readonly Transaction[]): number =>
  sum(transactions.map(({ amount }) => amount).filter((amount) => amount > 0));

export const averageBalance = (balances: readonly DayBalance[]): number =>
  average(balances.map(({ balance }) => balance));

/** Whole days from an ISO date to the day of `asOf`; null when there is no date. */
export const daysSince = (date: string | undefined, asOf: number): number | null =>
  date === undefined ? null : Math.floor(asOf / DAY_MS) - Date.parse(date) / DAY_MS;

export interface Month<Entry> {
  /** ISO dates: the part of the calendar month the entries cover. */
  readonly start: string;
  readonly end: string;
  readonly entries: readonly Entry[];
}

/** Dated entries by calendar month, newest month first. */
export function byMonth<Entry extends { readonly date: string }>(
  entries: readonly Entry[],
): readonly Month<Entry>[] {
  const months = new Map<string, Entry[]>();
  for (const entry of entries) {
    const month = entry.date.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), entry]);
  }
  return [...months.values()].map((month) => ({
    start: month.at(-1)?.date ?? '',
    end: month[0]?.date ?? '',
    entries: month,
  }));
}
