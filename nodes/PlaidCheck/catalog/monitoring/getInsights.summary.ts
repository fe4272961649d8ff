import { accountTable, insufficientFunds } from '../../facts/report/accounts';
import { balances, currency, DAYS_30, flows } from '../../facts/report/balances';
import { institutions, requestId } from '../../facts/report/report';
import { currencyAt, moneyAt } from '../../facts/currency';
import { count, latest, number, table, text, total } from '../../facts/read';
import { fact, type Summary } from '../../facts/summary';

const ACCOUNTS = 'items[].accounts';
const INCOME = 'insights.income';
const LOANS = 'insights.loans';
const money = moneyAt(`${ACCOUNTS}[].balances`);

/** Income amounts have no currency, so this uses the one of the Item's accounts. */
const income = (name: string, label: string, what: string) =>
  fact(
    name,
    label,
    `${what}, of all Items`,
    money.sum('items[]', `${INCOME}.${name}.current_amount`, 'accounts[].balances'),
  );

const counted = (name: string, label: string, what: string, path: string) =>
  fact(name, label, `Number of ${what}, for all Items`, total(`items[].${path}`));

export const monitoringInsightsSummary: Summary = [
  requestId,
  fact(
    'user_insights_id',
    'User Insights ID',
    'The ID of this monitoring report',
    text('user_insights_id'),
  ),
  fact(
    'generated_time',
    'Generated Time',
    'When the most recent insights of any Item were created, as an ISO 8601 time',
    latest('items[].date_generated'),
  ),
  ...institutions('items[]'),
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
  ...currency(money),
  income('total_monthly_income', 'Total Monthly Income', 'Income of the last 30 days'),
  income('forecasted_monthly_income', 'Forecasted Monthly Income', 'Predicted monthly income'),
  income('historical_annual_income', 'Historical Annual Income', 'Income of the last year'),
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
  ...balances(money, ACCOUNTS),
  ...flows(money, `${ACCOUNTS}[].attributes`, [DAYS_30]),
  ...insufficientFunds(`${ACCOUNTS}[].attributes`, [DAYS_30]),
  fact(
    'items',
    'Items',
    'Each Item with its current and baseline figures (from the start of monitoring), in the currency of the row',
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
          income_description: text('income_description'),
          income_category: text('income_category'),
          last_transaction_date: text('last_transaction_date'),
        },
      },
    ),
  ),
  ...accountTable('items[]', {
    limit: number('balances.limit'),
    nsf_overdraft_transactions_count_30d: number('attributes.nsf_overdraft_transactions_count_30d'),
  }),
];
