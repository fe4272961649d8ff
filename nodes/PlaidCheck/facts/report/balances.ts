import type { moneyAt } from '../currency';
import { withoutSign } from '../read';
import { fact } from '../summary';
export type Money = ReturnType<typeof moneyAt>;

/** In which currency the amounts of a summary are. */
export const currency = ({ currency, others }: Money) => [
  fact(
    'currency',
    'Currency',
    'The currency of all amounts outside of tables: the one that the report names most often, an ISO 4217 code, or an unofficial one as Plaid writes it',
    currency,
  ),
  fact(
    'other_currencies',
    'Other Currencies',
    'Further currencies in the report, whose amounts are left out of all totals; empty in most reports',
    others,
  ),
];

/** @param accounts path of the accounts without its `[]`, such as `report.items[].accounts` */
export const balances = (money: Money, accounts: string) => {
  const sum = (types: string, amount: string) =>
    money.sum(`${accounts}[type=${types}].balances`, amount);
  return [
    fact(
      'depository_available_balance',
      'Depository Available Balance',
      'What can be withdrawn from all checking, savings and other deposit accounts; accounts for which the bank does not say it are left out',
      sum('depository', 'available'),
    ),
    fact(
      'depository_current_balance',
      'Depository Current Balance',
      'What stands on all checking, savings and other deposit accounts',
      sum('depository', 'current'),
    ),
    fact(
      'credit_current_balance',
      'Credit Current Balance',
      'What is owed on all credit cards and other credit accounts',
      sum('credit', 'current'),
    ),
    fact(
      'loan_current_balance',
      'Loan Current Balance',
      'What is owed on all loan accounts',
      sum('loan', 'current'),
    ),
    fact(
      'investment_current_balance',
      'Investment Current Balance',
      'The value of all investment and brokerage accounts',
      sum('investment|brokerage', 'current'),
    ),
  ];
};

/**
 * What came in and went out, both without sign.
 * @param attributes path of Plaid's figures, such as `report.attributes`
 */
export const flows = (money: Money, attributes: string, periods: readonly Period[]) =>
  periods.flatMap(([suffix, label, days]) => [
    fact(
      `total_inflow${suffix}`,
      `Total Inflow${label}`,
      `What came in on all accounts in ${days}, as a positive number (Plaid's own is negative)`,
      withoutSign(money.sum(`${attributes}.total_inflow_amount${suffix}`, 'amount')),
    ),
    fact(
      `total_outflow${suffix}`,
      `Total Outflow${label}`,
      `What went out of all accounts in ${days}, as a positive number`,
      withoutSign(money.sum(`${attributes}.total_outflow_amount${suffix}`, 'amount')),
    ),
  ]);

/** The spans that Plaid gives figures for: the end of the field's name, of the label, and in words. */
const PERIODS = [
  ['', '', 'all days of the report'],
  ['_30d', ' 30 Days', 'the last 30 days'],
  ['_60d', ' 60 Days', 'the last 60 days'],
  ['_90d', ' 90 Days', 'the last 90 days'],
] as const;

export type Period = (typeof PERIODS)[number];

export const [WHOLE, DAYS_30] = PERIODS;

export const ALL_PERIODS: readonly Period[] = PERIODS;
