import type {
  CraIncomeMetrics,
  CraIncomeStream,
  CraMonthlyIncomeValues,
  CreditBankIncomePayFrequency,
  IncomeInsightsFilter,
} from 'plaid';
import { stableUuid } from '../ids';
import type { Wire } from '../wire';
import type { Archetype } from './archetypes';
import { DAY_MS, isoDate } from './dates';
import type { Account, Finances } from './finances';
import { recent, type History } from './history';
import { average, cents, sum } from './money';
import type { Transaction } from './transactions';

/** Income from one payer on one account; there is at least one payment. */
export interface Stream {
  readonly id: string;
  readonly account: Account;
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
  RETIREMENT: { primary: 'RETIREMENT', secondary: 'GOVERNMENT_DERIVED' },
} as const;

/** What was withheld of a dollar that was paid out. */
const WITHHELD = { SALARY: 0.31, GIG_ECONOMY: 0, RETIREMENT: 0.08 } as const;

const FREQUENCIES: Record<number, Wire<CreditBankIncomePayFrequency>> = {
  7: 'WEEKLY',
  14: 'BIWEEKLY',
  28: 'MONTHLY',
};

/** The income of a user's accounts up to `asOf` (ms), from the very transactions of the Base Report. */
export function streamsOf(
  { archetype }: Finances,
  histories: readonly History[],
  asOf: number,
): Stream[] {
  const { incomeCategory, payEveryDays, payer } = archetype;
  const monthly = (some: readonly Transaction[]): CraMonthlyIncomeValues => {
    const paid = Math.abs(average(some.map(({ amount }) => amount)));
    const net = cents((paid * 365) / 12 / payEveryDays);
    return { net_income: net, gross_income: cents(net * (1 + WITHHELD[incomeCategory])) };
  };
  return histories.flatMap(({ account, transactions }) => {
    const payments = transactions.filter(({ kind }) => kind === 'income').reverse();
    const [first, ...others] = payments;
    const last = payments.at(-1);
    if (!first || !last) return [];
    const next = Date.parse(last.date) + payEveryDays * DAY_MS;
    return {
      id: stableUuid(`${account.id} income`),
      account,
      payments: [first, ...others],
      payer,
      category: CATEGORIES[incomeCategory],
      oldCategory: incomeCategory,
      frequency: FREQUENCIES[payEveryDays] ?? 'UNKNOWN',
      // Two paydays without pay end it.
      isActive: next + payEveryDays * DAY_MS > asOf,
      start: first.date,
      end: last.date,
      next: isoDate(next),
      current: monthly(payments),
      projected: monthly(recent(payments, asOf, 90)),
    };
  });
}

/** The streams' sum, or one stream's own figures; empty where there is no income. */
export function metricsOf(streams: readonly Stream[]): Wire<CraIncomeMetrics>[] {
  if (streams.length === 0) return [];
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
  const currency = { iso_currency_code: 'USD', unofficial_currency_code: null };
  return [{ current: span('current'), projected: span('projected'), ...currency }];
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
    transactions: payments.map(({ id, amount, date, description }) => ({
      transaction_id: id,
      item_id: account.itemId,
      account_id: account.id,
      amount,
      date,
      original_description: description,
      iso_currency_code: 'USD',
      unofficial_currency_code: null,
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
