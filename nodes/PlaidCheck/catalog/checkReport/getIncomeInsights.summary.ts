import { hasIncomeStreams, incomeMetrics, incomeStreams } from '../../facts/report/income';
import { currency } from '../../facts/report/balances';
import {
  daysRequested,
  generatedTime,
  held,
  ids,
  institutionIds,
  institutions,
  REPORT_IDS,
  warned,
  warningFacts,
} from '../../facts/report/report';
import { amountsAt, currencyAt, moneyAt } from '../../facts/money';
import { count, names, number, partAt, table, text, type Reader } from '../../facts/read';
import { fact, type Summary } from '../../facts/summary';

const REPORT = partAt('report');
const METRICS = 'report.user_summary.income_metrics[]';
const REPORT_WARNINGS = 'report.warnings[]';
const BANK_INCOME = 'report.bank_income_summary';
const BANK_INCOME_TOTALS = [
  'total_amounts',
  'historical_average_monthly_gross_income',
  'historical_average_monthly_income',
  'forecasted_average_monthly_income',
  'historical_annual_gross_income',
  'historical_annual_income',
  'forecasted_annual_income',
] as const;
const money = moneyAt(
  amountsAt(
    METRICS,
    'report.income_streams[].income_metrics',
    ...BANK_INCOME_TOTALS.map((name) => `${BANK_INCOME}.${name}[]`),
  ),
);

const SOURCE_PROVIDERS = names('report.items[].bank_income_sources[].income_provider.name');

/** Who pays for the income sources of version 1; version 2 names payers in its streams, be there none. */
const providersOfSources: Reader = {
  ...SOURCE_PROVIDERS,
  read: (answer) => (hasIncomeStreams(REPORT.read(answer)) ? [] : SOURCE_PROVIDERS.read(answer)),
};

/** A total of income insights version 1; null in reports of version 2. */
const bankIncome = (name: (typeof BANK_INCOME_TOTALS)[number], label: string, what: string) =>
  fact(
    name,
    label,
    `${what}; in reports of income insights version 1 only`,
    money.at(`${BANK_INCOME}.${name}[]`, 'amount'),
  );

export const incomeInsightsSummary: Summary = [
  ...currency(money),
  ...incomeMetrics('current', (amount) => money.at(METRICS, amount)),
  ...incomeMetrics('projected', (amount) => money.at(METRICS, amount)),
  ...incomeStreams(
    money,
    {
      part: REPORT,
      madeAt: text('report.generated_time'),
      hasStreams: hasIncomeStreams,
      providers: providersOfSources,
    },
    {
      projected_monthly_net_income: number('income_metrics.projected.monthly.net_income'),
      transaction_count: count('transactions[]'),
    },
  ),
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
  bankIncome(
    'historical_annual_gross_income',
    'Historical Annual Gross Income',
    'Past annual income before taxes and deductions',
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
  ...warningFacts(held('report'), {
    ...warned(REPORT_WARNINGS),
    // Only version 1 has these.
    isMissing: (answer) => warned(REPORT_WARNINGS).isMissing(answer) ?? false,
  }),
  fact(
    'bank_income_warnings',
    'Bank Income Warnings',
    'Warnings in the report itself; in reports of income insights version 1 only',
    table({
      path: REPORT_WARNINGS,
      columns: {
        warning_code: text('warning_code'),
        error_type: text('cause.error_type'),
        error_code: text('cause.error_code'),
        error_message: text('cause.error_message'),
      },
    }),
  ),
  generatedTime(),
  daysRequested(),
  ...institutions('report.items[]'),
  ...ids(REPORT_IDS, institutionIds('report.items[].institution_id')),
];
