import type { JsonValue } from 'n8n-workflow';

import { isObject } from '../../utils/json';
import { accountTable, insufficientFunds } from '../../facts/report/accounts';
import {
  balances,
  creditUtilization,
  currency,
  DAYS_30,
  flows,
  totalFacts,
} from '../../facts/report/balances';
import { balanceHistory } from '../../facts/report/history';
import { ids, institutions, isComplete, type Gap } from '../../facts/report/report';
import { accountsOf } from '../../facts/accounts';
import { amountsAt, balancesOf, currencyAt, moneyAt, type Place } from '../../facts/money';
import { isCountable, walk } from '../../facts/path';
import {
  count,
  latest,
  number,
  numbersAt,
  sumOf,
  table,
  text,
  textsAt,
  type Reader,
} from '../../facts/read';
import { fact, type Summary } from '../../facts/summary';

/** Items that failed or are pending have no insights, and old balances at most: no total counts them. */
const AVAILABLE = 'items[status.status_code=AVAILABLE]';
const INCOME = 'insights.income';
const LOANS = 'insights.loans';
const accounts = accountsOf('items[]', 'date_generated');
const available = accountsOf(AVAILABLE, 'date_generated');

/** Income amounts have no currency of their own, so this uses the one of the Item's accounts. */
const codeOfItem = (item: JsonValue) => {
  const code = currencyAt('accounts[].balances').read(item);
  return typeof code === 'string' ? code : null;
};
const incomeOfItems: Place = {
  sources: [`${AVAILABLE}.${INCOME}`],
  codes: (answer) =>
    walk(answer, AVAILABLE)
      .filter((item) => walk(item, INCOME).length > 0)
      .map(codeOfItem),
};
const FLOWS = ['inflow', 'outflow'].map(
  (direction) => `${available.path}.attributes.total_${direction}_amount_30d`,
);
const money = moneyAt(balancesOf(available), amountsAt(...FLOWS), incomeOfItems);

/** Plaid counts income and loans for each Item, so a bank that is linked twice would count twice. */
const unlessLinkedTwice = (reader: Reader): Reader => ({
  ...reader,
  sources: [...reader.sources, available.path],
  nullRule: `${reader.nullRule}, or available Items have possible duplicate accounts, as Plaid does not say which account the value is from`,
  read: (answer) => (available.duplicates(answer) ? null : reader.read(answer)),
});

const income = (name: string, label: string, what: string) => {
  const { sum, unknown } = money.total({
    sources: [`${AVAILABLE}.${INCOME}.${name}.current_amount`],
    what: 'available Item',
    entries: (answer) =>
      isCountable(answer, 'items[]') ? walk(answer, AVAILABLE).filter(isObject) : null,
    amountOf: (item) => numbersAt(item, `${INCOME}.${name}.current_amount`)[0] ?? null,
    codeOf: codeOfItem,
  });
  return totalFacts(
    name,
    label,
    `${what}, of all available Items; Plaid names no currency for it, so the currency of the Item's accounts applies`,
    { sum: unlessLinkedTwice(sum), unknown },
  );
};

const counted = (name: string, label: string, what: string, path: string) =>
  fact(
    name,
    label,
    `Number of ${what}, for all available Items`,
    unlessLinkedTwice({
      type: 'number',
      sources: [`${AVAILABLE}.${path}`],
      nullRule: 'No Item is available, or Plaid does not send the value for one of them',
      read: (answer) => {
        const all = walk(answer, AVAILABLE).map((item) => numbersAt(item, path)[0] ?? null);
        const known = all.filter((one) => one !== null);
        return known.length === all.length ? sumOf(known) : null;
      },
    }),
  );

/** Whether an Item has no insights: true if one has not, null if one does not say. */
const unavailableItems: Gap = {
  sources: ['items[].status.status_code'],
  isMissing: (answer) => {
    const statuses = walk(answer, 'items[]').map((item) => textsAt(item, STATUS)[0] ?? null);
    if (statuses.some((status) => status !== null && status !== 'AVAILABLE')) return true;
    return statuses.length === 0 || statuses.includes(null) ? null : false;
  },
};
const STATUS = 'status.status_code';

export const monitoringInsightsSummary: Summary = [
  fact(
    'available_item_count',
    'Available Item Count',
    'Number of Items with insights; the totals cover only these',
    count('items[status.status_code=AVAILABLE]'),
  ),
  fact(
    'failed_item_count',
    'Failed Item Count',
    'Number of Items without insights because of an error; Items lists the reasons',
    count('items[status.status_code=FAILED]'),
  ),
  fact(
    'pending_item_count',
    'Pending Item Count',
    'Number of Items whose insights Plaid is still preparing',
    count('items[status.status_code=PENDING]'),
  ),
  isComplete(unavailableItems),
  ...currency(money),
  ...income('total_monthly_income', 'Total Monthly Income', 'Income of the last 30 days'),
  ...income('forecasted_monthly_income', 'Forecasted Monthly Income', 'Predicted monthly income'),
  ...income('historical_annual_income', 'Historical Annual Income', 'Income of the last year'),
  counted(
    'income_sources_count',
    'Income Sources Count',
    'income sources',
    `${INCOME}.income_sources_counts.current_count`,
  ),
  counted(
    'loan_disbursements_count',
    'Loan Disbursements Count',
    'loans paid out in the last 30 days',
    `${LOANS}.loan_disbursements_count`,
  ),
  counted(
    'loan_payments_count',
    'Loan Payments Count',
    'loan payments in the last 30 days',
    `${LOANS}.loan_payments_counts.current_count`,
  ),
  counted(
    'loan_payment_merchants_count',
    'Loan Payment Merchants Count',
    'lenders paid in the last 30 days (a lender paid from two Items counts twice)',
    `${LOANS}.loan_payment_merchants_counts.current_count`,
  ),
  ...balances(money, available),
  ...creditUtilization(money, available),
  ...balanceHistory(money, available, 'historical_balances[]', `${AVAILABLE}.date_generated`),
  ...flows(money, available, [DAYS_30], null, 'attributes'),
  ...insufficientFunds(available, [DAYS_30], 'attributes'),
  fact(
    'items',
    'Items',
    'Each Item with its current and baseline figures, in the currency of the row; a baseline, from the start of monitoring, is null where Plaid does not send it',
    table({
      path: 'items[]',
      columns: {
        item_id: text('item_id'),
        institution_name: text('institution_name'),
        status_code: text('status.status_code'),
        reason: text('status.reason'),
        date_generated: text('date_generated'),
        currency: currencyAt('accounts[].balances'),
        total_monthly_income: number(`${INCOME}.total_monthly_income.current_amount`),
        total_monthly_income_baseline: number(`${INCOME}.total_monthly_income.baseline_amount`),
        forecasted_monthly_income: number(`${INCOME}.forecasted_monthly_income.current_amount`),
        income_sources_count: number(`${INCOME}.income_sources_counts.current_count`),
        income_sources_count_baseline: number(`${INCOME}.income_sources_counts.baseline_count`),
        loan_disbursements_count: number(`${LOANS}.loan_disbursements_count`),
        loan_payments_count: number(`${LOANS}.loan_payments_counts.current_count`),
        loan_payments_count_baseline: number(`${LOANS}.loan_payments_counts.baseline_count`),
      },
    }),
  ),
  fact(
    'income_sources',
    'Income Sources',
    'Each income source with the date of its last payment',
    table(
      { path: 'items[]', columns: { institution_name: text('institution_name') } },
      {
        path: `${INCOME}.income_sources[]`,
        columns: {
          income_source_id: text('income_source_id'),
          income_category: text('income_category'),
          last_transaction_date: text('last_transaction_date'),
        },
      },
    ),
  ),
  ...accountTable(
    // Totals leave out duplicates among the accounts of available Items.
    { ...accounts, duplicates: available.duplicates },
    {
      limit: number('balances.limit'),
      nsf_overdraft_transactions_count_30d: number(
        'attributes.nsf_overdraft_transactions_count_30d',
      ),
    },
    { status_code: text(STATUS) },
  ),
  fact(
    'generated_time',
    'Generated Time',
    'When the most recent insights of any Item were created, as an ISO 8601 time',
    latest('items[].date_generated'),
  ),
  ...institutions('items[]'),
  ...ids(
    {},
    fact(
      'user_insights_id',
      'User Insights ID',
      'The ID of this monitoring report',
      text('user_insights_id'),
    ),
  ),
];
