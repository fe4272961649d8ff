import type {
  CraIncomeMetrics,
  CraIncomeStream,
  CraMonthlyIncomeValues,
  CreditBankIncomePayFrequency,
  IncomeInsightsFilter,
} from 'plaid';
import { stableUuid } from '../ids';
import type { Wire } from '../wire';
import { incomesOf, type Archetype, type Income } from './archetypes';
import { DAY_MS, isoDate } from './dates';
import type { Finances } from './finances';
import { recent, type History } from './history';
import { isDepository, type Account, type DepositoryAccount } from './holdings';
import { average, cents, inCurrency, sum } from './money';
import type { Transaction } from './transactions';

/** Income from one payer on one account; there is at least one payment. */
export interface Stream {
  readonly id: string;
  readonly account: DepositoryAccount;
  /** Oldest first. */
  readonly payments: readonly [Transaction, ...Transaction[]];
  readonly payer: string;
  readonly category: { readonly primary: string; readonly secondary: string };
  /** The category in the older classification. */
  readonly oldCategory: Archetype['incomeCategory'];
  readonly frequency: Wire<CreditBankIncomePayFrequency>;
  readonly isActive: boolean;
  /** ISO dates of the first, the last and the next payment. */
  readonly start: string;
  readonly end: string;
  readonly next: string;
  /** What the payments come to in a month on average, in all and lately. */
  readonly current: CraMonthlyIncomeValues;
  readonly projected: CraMonthlyIncomeValues;
}

const CATEGORIES = {
  SALARY: { primary: 'EARNED_INCOME', secondary: 'SALARY' },
  GIG_ECONOMY: { primary: 'EARNED_INCOME', secondary: 'GIG_ECONOMY' },
  RENTAL: { primary: 'OTHER_INCOME', secondary: 'RENTAL' },
  RETIREMENT: { primary: 'RETIREMENT', secondary: 'GOVERNMENT_DERIVED' },
} as const;

/** What was withheld of a dollar that was paid out. */
const WITHHELD = { SALARY: 0.31, GIG_ECONOMY: 0, RENTAL: 0, RETIREMENT: 0.08 } as const;

const FREQUENCIES: Record<number, Wire<CreditBankIncomePayFrequency>> = {
  7: 'WEEKLY',
  14: 'BIWEEKLY',
  28: 'MONTHLY',
  30: 'MONTHLY',
};

/** What is known of a payer: its category and how often it pays, in days. */
function incomeFrom(
  payer: string | null,
  { activity }: Account,
  archetype: Archetype,
): Pick<Income, 'payer' | 'incomeCategory' | 'payEveryDays'> {
  if (activity === 'abroad') return { ...archetype, payer: payer ?? '', payEveryDays: 30 };
  return incomesOf(archetype).find((income) => income.payer === payer) ?? archetype;
}

/** What each payer has paid, oldest first. */
function paymentsByPayer(transactions: readonly Transaction[]): Transaction[][] {
  const payments = transactions.filter(({ kind }) => kind === 'income').reverse();
  const payers = [...new Set(payments.map(({ merchant }) => merchant))];
  return payers.map((payer) => payments.filter(({ merchant }) => merchant === payer));
}

/** The income of a user's accounts up to `asOf` (ms), from the very transactions of the Base Report. */
export function streamsOf(
  { archetype }: Finances,
  histories: readonly History[],
  asOf: number,
): Stream[] {
  const streamOf = (account: Account, payments: readonly Transaction[], index: number) => {
    const [first, ...others] = payments;
    const last = payments.at(-1);
    if (!first || !last || !isDepository(account)) return [];
    const {
      payer,
      incomeCategory,
      payEveryDays: everyDays,
    } = incomeFrom(first.merchant, account, archetype);
    const monthly = (some: readonly Transaction[]): CraMonthlyIncomeValues => {
      const paid = Math.abs(average(some.map(({ amount }) => amount)));
      const net = cents((paid * 365) / 12 / everyDays);
      return { net_income: net, gross_income: cents(net * (1 + WITHHELD[incomeCategory])) };
    };
    const next = Date.parse(last.date) + everyDays * DAY_MS;
    const stream: Stream = {
      id: stableUuid(`${account.id} income${index === 0 ? '' : ` ${payer}`}`),
      account,
      payments: [first, ...others],
      payer,
      category: CATEGORIES[incomeCategory],
      oldCategory: incomeCategory,
      frequency: FREQUENCIES[everyDays] ?? 'UNKNOWN',
      // Two paydays without pay end it.
      isActive: next + everyDays * DAY_MS > asOf,
      start: first.date,
      end: last.date,
      next: isoDate(next),
      current: monthly(payments),
      projected: monthly(recent(payments, asOf, 90)),
    };
    return [stream];
  };
  return histories.flatMap(({ account, transactions }) =>
    paymentsByPayer(transactions).flatMap((payments, index) => streamOf(account, payments, index)),
  );
}

/** Streams by currency. */
export const byCurrency = (streams: readonly Stream[]): (readonly [string | null, Stream[]])[] =>
  [...new Set(streams.map(({ account }) => account.currency))].map((currency) => [
    currency,
    streams.filter(({ account }) => account.currency === currency),
  ]);

/** The streams' sum in each currency, or one stream's own figures; empty where there is no income. */
export const metricsOf = (streams: readonly Stream[]): Wire<CraIncomeMetrics>[] =>
  byCurrency(streams).map(([currency, own]) => metricsIn(currency, own));

function metricsIn(currency: string | null, streams: readonly Stream[]): Wire<CraIncomeMetrics> {
  const span = (when: 'current' | 'projected') => {
    const total = (name: keyof CraMonthlyIncomeValues) =>
      sum(streams.map((stream) => stream[when][name]));
    const monthly = { gross_income: total('gross_income'), net_income: total('net_income') };
    const annual = {
      gross_income: cents(12 * monthly.gross_income),
      net_income: cents(12 * monthly.net_income),
    };
    return { monthly, annual };
  };
  return { current: span('current'), projected: span('projected'), ...inCurrency(currency) };
}

/** What is known of a stream beside its amounts. */
export const insightsOf = (stream: Stream): Wire<CraIncomeStream>['insights'] => ({
  income_category: stream.category,
  pay_frequency: stream.frequency,
  income_provider: { name: stream.payer, is_normalized: true },
  status: stream.isActive ? 'ACTIVE' : 'INACTIVE',
  next_payment: stream.isActive ? { date: stream.next } : null,
});

/** A stream in the form that Income Insights and the Home Lending Report share. */
export function toPlaid(stream: Stream, metrics: Wire<CraIncomeMetrics>): Wire<CraIncomeStream> {
  const { account, payments } = stream;
  return {
    income_stream_id: stream.id,
    start_date: stream.start,
    end_date: stream.end,
    description: payments[0].description,
    insights: insightsOf(stream),
    income_metrics: metrics,
    transactions: payments.map(({ id, amount, currency, date, description }) => ({
      transaction_id: id,
      item_id: account.itemId,
      account_id: account.id,
      // Income is positive in Plaid's example.
      amount: Math.abs(amount),
      date,
      original_description: description,
      ...inCurrency(currency),
      outlier: { is_outlier: false },
    })),
  };
}

/** What is returned unless a filter is given: see `IncomeInsightsFilter` in Plaid's SDK. */
const USUAL = ['EARNED_INCOME.*', 'BENEFITS.DISABILITY', 'RETIREMENT.*'];

/** Keeps the streams of the wanted categories; what is excluded goes before what is included. */
export function filtered(
  streams: readonly Stream[],
  filter: IncomeInsightsFilter | null | undefined,
): Stream[] {
  const included = filter?.included_categories.length ? filter.included_categories : USUAL;
  const excluded = filter?.excluded_categories ?? [];
  return streams.filter(({ category: { primary, secondary } }) => {
    const forms = ['*', `${primary}.*`, `${primary}.${secondary}`];
    const isIn = (patterns: readonly string[]) => forms.some((form) => patterns.includes(form));
    return isIn(included) && !isIn(excluded);
  });
}
