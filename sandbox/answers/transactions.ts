import { stableId } from '../ids';
import { incomesOf } from './archetypes';
import { DAY_MS, isoDate } from './dates';
import type { Finances } from './finances';
import type { Account } from './holdings';
import { cents } from './money';
import { random } from '../random';

export type Kind = 'income' | 'housing' | 'loan' | 'utility' | 'spending' | 'nsf_fee' | 'transfer';

/** One transaction. */
export interface Transaction {
  readonly id: string;
  /** ISO date. */
  readonly date: string;
  /** In the account's currency, with Plaid's sign: positive leaves the account, negative comes in. */
  readonly amount: number;
  /** ISO 4217; null where the bank names none. */
  readonly currency: string | null;
  readonly pending: boolean;
  readonly kind: Kind;
  readonly merchant: string | null;
  readonly description: string;
  /** Plaid's credit category. */
  readonly category: { readonly primary: string; readonly detailed: string };
}

type Entry = Omit<Transaction, 'id' | 'date' | 'currency' | 'pending'>;

type Shop = readonly [merchant: string, primary: string, detailed: string];

const SHOPS: readonly [Shop, ...Shop[]] = [
  ['Trader Joes', 'FOOD_AND_DRINK', 'FOOD_AND_DRINK_GROCERIES'],
  ['Safeway', 'FOOD_AND_DRINK', 'FOOD_AND_DRINK_GROCERIES'],
  ['Chipotle', 'DINING', 'DINING_DINING'],
  ['Shell', 'TRANSPORTATION', 'TRANSPORTATION_GAS'],
  ['Target', 'GENERAL_MERCHANDISE', 'GENERAL_MERCHANDISE_SUPERSTORES'],
  ['Amazon', 'GENERAL_MERCHANDISE', 'GENERAL_MERCHANDISE_ONLINE_MARKETPLACES'],
  ['Walgreens', 'MEDICAL', 'MEDICAL_PHARMACIES_AND_SUPPLEMENTS'],
];

/**
 * The account's transactions of the `days` days up to and including the day of `asOf` (ms), newest
 * first. What happens on a day depends on the user and the day alone, so it never changes.
 */
export function transactionsOf(
  finances: Finances,
  account: Account,
  asOf: number,
  days: number,
): Transaction[] {
  if (!account.activity) return [];
  const entriesOf = ACTIVITIES[account.activity];
  const today = Math.floor(asOf / DAY_MS);
  return Array.from({ length: days }, (_, back) => today - back).flatMap((day) =>
    entriesOf(finances, day).map((entry, index) => ({
      ...entry,
      amount: cents(entry.amount),
      currency: account.currency,
      id: stableId(`${account.id} ${day} ${index}`, 37),
      date: isoDate(day * DAY_MS),
      pending: finances.traits.has('pending_transactions') && day > today - PENDING_DAYS,
    })),
  );
}

/** Transactions of so many days have not posted yet, where there are pending ones. */
const PENDING_DAYS = 2;

const PAY_TEXT = {
  SALARY: 'PAYROLL DIRECT DEP PPD',
  GIG_ECONOMY: 'PAYOUT ACH CREDIT',
  RENTAL: 'RENT DEPOSIT',
  RETIREMENT: 'XXSOC SEC PPD',
} as const;

/** `day` counts from 1970-01-01. */
function everyday({ userId, archetype, traits }: Finances, day: number): Entry[] {
  const next = random(`${userId} ${day}`);
  const dayOfMonth = new Date(day * DAY_MS).getUTCDate();
  const entries: Entry[] = [];
  for (const { pay, payVariation, payEveryDays, payer, incomeCategory } of incomesOf(archetype)) {
    // 1970-01-02 was a Friday: so is every payday.
    if ((day - 1) % payEveryDays !== 0) continue;
    const paid = pay * (1 + payVariation * (2 * next() - 1));
    if (traits.has('no_income')) continue;
    entries.push(entry(-paid, 'income', payer, PAY_TEXT[incomeCategory]));
  }
  if (dayOfMonth === 1) entries.push(entry(archetype.housing, 'housing', null, 'RENT WEB PMT'));
  if (dayOfMonth === 3 && archetype.savedPerMonth > 0) {
    entries.push(entry(archetype.savedPerMonth, 'transfer', null, 'TRANSFER TO SAVINGS'));
  }
  archetype.loans.forEach(({ lender, amount }, index) => {
    if (dayOfMonth === 5 + 3 * index) entries.push(entry(amount, 'loan', lender, 'LOAN PAYMENT'));
  });
  if (dayOfMonth === 12) {
    entries.push(entry(120 + 40 * next(), 'utility', 'Pacific Gas and Electric', 'ONLINE PMT'));
  }
  // 0.8 purchases a day on average, of dailySpending / 0.8 each.
  const chance = next();
  const purchases = chance < 0.4 ? 0 : chance < 0.8 ? 1 : 2;
  for (let purchase = 0; purchase < purchases; purchase++) {
    const [merchant, primary, detailed] = SHOPS[Math.floor(next() * SHOPS.length)] ?? SHOPS[0];
    const amount = (archetype.dailySpending / 0.8) * (0.3 + 1.4 * next());
    entries.push({
      ...entry(amount, 'spending', merchant, 'POS PURCHASE'),
      category: { primary, detailed },
    });
  }
  if (next() < archetype.nsfFeesPerYear / 365) {
    entries.push(entry(34, 'nsf_fee', null, 'INSUFFICIENT FUNDS FEE RETURNED ITEM'));
  }
  return entries;
}

function saving({ archetype }: Finances, day: number): Entry[] {
  const dayOfMonth = new Date(day * DAY_MS).getUTCDate();
  return dayOfMonth === 3 && archetype.savedPerMonth > 0
    ? [entry(-archetype.savedPerMonth, 'transfer', null, 'TRANSFER FROM CHECKING')]
    : [];
}

/** A little income in another country, on the 15th. */
const abroad = (_: Finances, day: number): Entry[] =>
  new Date(day * DAY_MS).getUTCDate() === 15
    ? [entry(-60, 'income', 'Maple Tutoring', 'DIRECT DEPOSIT')]
    : [];

/** What happens on a day on each kind of account. */
const ACTIVITIES = { everyday, saving, abroad };

const CATEGORIES: Record<Kind, Transaction['category']> = {
  income: { primary: 'INCOME', detailed: 'INCOME_WAGES' },
  housing: { primary: 'RENT_AND_UTILITIES', detailed: 'RENT_AND_UTILITIES_RENT' },
  loan: { primary: 'LOAN_PAYMENTS', detailed: 'LOAN_PAYMENTS_OTHER_PAYMENT' },
  utility: { primary: 'RENT_AND_UTILITIES', detailed: 'RENT_AND_UTILITIES_GAS_AND_ELECTRICITY' },
  spending: { primary: 'GENERAL_MERCHANDISE', detailed: 'GENERAL_MERCHANDISE_OTHER' },
  nsf_fee: { primary: 'BANK_FEES', detailed: 'BANK_FEES_INSUFFICIENT_FUNDS' },
  transfer: { primary: 'TRANSFER', detailed: 'TRANSFER_SAVINGS' },
};

const entry = (amount: number, kind: Kind, merchant: string | null, text: string): Entry => ({
  amount,
  kind,
  merchant,
  description: merchant ? `${merchant.toUpperCase()} ${text}` : text,
  category: CATEGORIES[kind],
});
