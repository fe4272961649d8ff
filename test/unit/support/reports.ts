import type { JsonObject, JsonValue } from 'n8n-workflow';

/** Parts of Plaid's answers, written for the tests of the simplified output. */

export const usd = (amount: number): JsonObject => ({ amount, iso_currency_code: 'USD' });

interface Account {
  type: string;
  current: number | null;
  available?: number | null;
  currency?: string | null;
  more?: JsonObject;
}

let accounts = 0;

export const account = ({
  type,
  current,
  available,
  currency = 'USD',
  more,
}: Account): JsonObject => ({
  account_id: `account-${++accounts}`,
  type,
  balances: {
    current,
    available: available ?? null,
    iso_currency_code: currency,
    unofficial_currency_code: null,
  },
  ...more,
});

export const item = (institution_name: string, ...accounts: JsonValue[]): JsonObject => ({
  item_id: `item of ${institution_name}`,
  institution_name,
  accounts,
});

export const transaction = (date: string, amount: number): JsonObject => ({
  date,
  amount,
  iso_currency_code: 'USD',
});

/** Plaid's income figures of one currency. */
export const incomeMetrics = (currency: string, monthly: number): JsonObject => ({
  current: {
    monthly: { gross_income: monthly, net_income: monthly * 0.75 },
    annual: { gross_income: monthly * 12, net_income: monthly * 9 },
  },
  iso_currency_code: currency,
  unofficial_currency_code: null,
});

export const stream = (status: string, next: string | null, monthly: number): JsonObject => ({
  income_stream_id: `${status} ${monthly}`,
  description: 'PAYROLL',
  start_date: '2026-01-01',
  end_date: '2026-06-30',
  insights: {
    status,
    pay_frequency: 'BIWEEKLY',
    income_category: { primary: 'EARNED_INCOME', secondary: 'SALARY' },
    income_provider: { name: 'Harbor Tools', is_normalized: true },
    next_payment: next === null ? null : { date: next },
  },
  income_metrics: incomeMetrics('USD', monthly),
  transactions: [transaction('2026-06-30', -monthly)],
});
