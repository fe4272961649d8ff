import type { CreditAmountWithCurrency } from 'plaid';

/** Rounded to cents. */
export const cents = (amount: number): number => Math.round(amount * 100) / 100;

export const sum = (amounts: readonly number[]): number =>
  cents(amounts.reduce((total, amount) => total + amount, 0));

export const average = (amounts: readonly number[]): number =>
  amounts.length === 0 ? 0 : cents(sum(amounts) / amounts.length);

/** Plaid's two fields for a currency; both null where the bank names none. */
export const inCurrency = (currency: string | null) => ({
  iso_currency_code: currency,
  unofficial_currency_code: null,
});

/** Plaid's form of an amount. */
export const inMoney = (amount: number, currency: string | null): CreditAmountWithCurrency => ({
  amount: cents(amount),
  ...inCurrency(currency),
});

/** The same in US dollars. */
export const usd = (amount: number): CreditAmountWithCurrency => inMoney(amount, 'USD');
