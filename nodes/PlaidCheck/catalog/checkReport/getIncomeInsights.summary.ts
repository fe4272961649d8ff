import { incomeMetrics, incomeStreams } from '../../facts/report/income';
import { currency } from '../../facts/report/balances';
import {
  clientReportId,
  daysRequested,
  generatedTime,
  institutions,
  reportId,
  requestId,
  warnings,
} from '../../facts/report/report';
import { currencyAt, moneyAt } from '../../facts/currency';
import { count, number, table, text } from '../../facts/read';
import { fact, type Summary } from '../../facts/summary';

const METRICS = 'report.user_summary.income_metrics[]';
const BANK_INCOME = 'report.bank_income_summary';
const money = moneyAt(
  METRICS,
  'report.income_streams[].income_metrics',
  `${BANK_INCOME}.total_amounts[]`,
);

/** A total of income insights version 1; null in reports of version 2. */
const bankIncome = (name: string, label: string, what: string) =>
  fact(
    name,
    label,
    `${what}; in reports of income insights version 1 only`,
    money.sum(`${BANK_INCOME}.${name}[]`, 'amount'),
  );

export const incomeInsightsSummary: Summary = [
  requestId,
  reportId(),
  clientReportId(),
  generatedTime(),
  daysRequested(),
  ...institutions('report.items[]'),
  ...currency(money),
  ...incomeMetrics(money, 'current', METRICS),
  ...incomeMetrics(money, 'projected', METRICS),
  ...incomeStreams('report.income_streams', {
    description: text('description'),
    projected_monthly_net_income: number('income_metrics.projected.monthly.net_income'),
    transaction_count: count('transactions[]'),
  }),
  bankIncome('total_amounts', 'Total Amounts', 'All income in the days of the report'),
  bankIncome(
    'historical_average_monthly_gross_income',
    'Historical Average Monthly Gross Income',
    'Average monthly income before taxes and deductions',
  ),
  bankIncome(
    'historical_average_monthly_income',
    'Historical Average Monthly Income',
    'Average monthly net income',
  ),
  bankIncome(
    'forecasted_average_monthly_income',
    'Forecasted Average Monthly Income',
    'Predicted monthly net income',
  ),
  bankIncome('historical_annual_income', 'Historical Annual Income', 'Past annual net income'),
  bankIncome('forecasted_annual_income', 'Forecasted Annual Income', 'Predicted annual net income'),
  fact(
    'bank_income_sources',
    'Bank Income Sources',
    'Each income source, in the currency of the row; in reports of income insights version 1 only',
    table(
      { path: 'report.items[]', columns: { institution_name: text('institution_name') } },
      {
        path: 'bank_income_sources[]',
        columns: {
          income_source_id: text('income_source_id'),
          income_description: text('income_description'),
          income_category: text('income_category'),
          employer: text('employer.name'),
          income_provider: text('income_provider.name'),
          status: text('status'),
          pay_frequency: text('pay_frequency'),
          next_payment_date: text('next_payment_date'),
          start_date: text('start_date'),
          end_date: text('end_date'),
          currency: currencyAt(''),
          total_amount: number('total_amount'),
          historical_average_monthly_income: number('historical_average_monthly_income'),
          forecasted_average_monthly_income: number('forecasted_average_monthly_income'),
          transaction_count: number('transaction_count'),
        },
      },
    ),
  ),
  warnings,
  fact(
    'bank_income_warnings',
    'Bank Income Warnings',
    'Warnings in the report itself; in reports of income insights version 1 only',
    table({
      path: 'report.warnings[]',
      columns: {
        warning_code: text('warning_code'),
        error_type: text('cause.error_type'),
        error_code: text('cause.error_code'),
        error_message: text('cause.error_message'),
      },
    }),
  ),
];
