import type { CreditAmountWithCurrency } from 'plaid';

/** Rounded to cents. */
export const cents = (amount: number): number => Math.round(amount * 100) / 100;

export const sum = (amounts: readonly number[]): number =>
  cents(amounts.reduce((total, amount) => total + amount, 0));

export const average = (amounts: readonly number[]): number =>
  amounts.length === 0 ? 0 : cents(sum(amounts) / amounts.length);

/** Plaid's form of an amount in US dollars. */
export const usd = (amount: number): CreditAmountWithCurrency => ({
  amount: cents(amount),
  iso_currency_code: 'USD',
  unofficial_currency_code: null,
});
