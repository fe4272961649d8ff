import { accountTable, activity, insufficientFunds } from '../../facts/report/accounts';
import { incomeMetrics, incomeStreams } from '../../facts/report/income';
import { balances, currency, flows, WHOLE } from '../../facts/report/balances';
import {
  clientReportId,
  institutions,
  reportId,
  requestId,
  warnings,
} from '../../facts/report/report';
import { moneyAt } from '../../facts/currency';
import { count, latest, number, text } from '../../facts/read';
import { fact, type Summary } from '../../facts/summary';

const VOA_ITEMS = 'report.voa.items[]';
const VOA_ACCOUNTS = `${VOA_ITEMS}.accounts`;
const JOBS = 'report.employment_refresh';
const METRICS = 'report.income.user_summary.income_metrics[]';
const money = moneyAt(
  `${VOA_ACCOUNTS}[].balances`,
  METRICS,
  'report.income.income_streams[].income_metrics',
);

/** Creation time and history of one of the three parts; null if it was not requested. */
const part = (at: string, name: string, label: string) => [
  fact(
    `${name}_generated_time`,
    `${label} Generated Time`,
    `When the ${label} part was created, as an ISO 8601 time; null if the report has no such part`,
    text(`report.${at}.generated_time`),
  ),
  fact(
    `${name}_days_requested`,
    `${label} Days Requested`,
    `Number of days of bank history that the ${label} part covers`,
    number(`report.${at}.days_requested`),
  ),
];

export const homeLendingReportSummary: Summary = [
  requestId,
  reportId(),
  clientReportId(),
  fact(
    'gse_reference_id',
    'GSE Reference ID',
    'The ID to give to Fannie Mae or Freddie Mac',
    text('report.gse_reference_id'),
  ),
  ...currency(money),
  ...part('voa', 'voa', 'VOA'),
  ...institutions(VOA_ITEMS),
  ...balances(money, VOA_ACCOUNTS),
  fact(
    'investment_holdings_value',
    'Investment Holdings Value',
    'The total value of all holdings, as reported by the institutions',
    money.sum(`${VOA_ACCOUNTS}[].investments.holdings[]`, 'institution_value'),
  ),
  ...flows(money, 'report.voa.attributes', [WHOLE]),
  ...insufficientFunds(`${VOA_ACCOUNTS}[].balances`, [WHOLE]),
  ...activity(VOA_ITEMS, `${VOA_ACCOUNTS}[].transactions_insights.all_transactions[]`),
  ...accountTable(VOA_ITEMS, {
    average_balance_30_days: number('balances.average_balance_30_days'),
    average_balance_60_days: number('balances.average_balance_60_days'),
    nsf_overdraft_transactions_count: number('balances.nsf_overdraft_transactions_count'),
    transaction_count: count('transactions_insights.all_transactions[]'),
  }),
  ...part('employment_refresh', 'employment_refresh', 'Employment Refresh'),
  fact(
    'employment_refresh_transaction_count',
    'Employment Refresh Transaction Count',
    'Number of transactions in the Employment Refresh part',
    count(`${JOBS}.items[].accounts[].transactions[]`),
  ),
  fact(
    'employment_refresh_most_recent_transaction_date',
    'Employment Refresh Most Recent Transaction Date',
    'The date of the most recent of these transactions, as an ISO date',
    latest(`${JOBS}.items[].accounts[].transactions[].date`),
  ),
  ...part('income', 'income', 'Income'),
  ...incomeMetrics(money, 'current', METRICS),
  ...incomeStreams('report.income.income_streams', {
    description: text('description'),
    transaction_count: count('transactions[]'),
  }),
  warnings,
];
