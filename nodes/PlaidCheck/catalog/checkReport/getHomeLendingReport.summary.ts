import {
  accountKinds,
  accountTable,
  activity,
  insufficientFunds,
  listedKinds,
} from '../../facts/report/accounts';
import { hasType, accountsOf } from '../../facts/accounts';
import { balanceHistory } from '../../facts/report/history';
import { incomeMetrics, incomeStreams } from '../../facts/report/income';
import { balances, currency, flows, totalFacts, WHOLE } from '../../facts/report/balances';
import {
  held,
  ids,
  institutionIds,
  institutions,
  REPORT_IDS,
  warningFacts,
} from '../../facts/report/report';
import { amountsAt, balancesOf, codeOf, moneyAt } from '../../facts/money';
import { isCountable, walk } from '../../facts/path';
import { count, latest, number, numbersAt, partAt, text } from '../../facts/read';
import { fact, type Summary } from '../../facts/summary';

const VOA_ITEMS = 'report.voa.items[]';
const accounts = accountsOf(VOA_ITEMS, 'last_update_time');
const JOBS = 'report.employment_refresh';
const METRICS = 'report.income.user_summary.income_metrics[]';
const HOLDINGS = 'investments.holdings[]';
const money = moneyAt(
  balancesOf(accounts),
  amountsAt(
    `${accounts.path}.${HOLDINGS}`,
    'report.voa.attributes.total_inflow_amount',
    'report.voa.attributes.total_outflow_amount',
    METRICS,
    'report.income.income_streams[].income_metrics',
  ),
);

/** The holdings of investment accounts; one without a list of them has an unknown value. */
const holdings = money.total({
  sources: [`${accounts.path}.${HOLDINGS}.institution_value`],
  what: 'investment account',
  entries: (answer) =>
    accounts
      .read(answer)
      ?.filter(hasType('investment', 'brokerage'))
      .flatMap((account) => (isCountable(account, HOLDINGS) ? walk(account, HOLDINGS) : [{}])) ??
    null,
  amountOf: (holding) => numbersAt(holding, 'institution_value')[0] ?? null,
  codeOf,
});

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
  ...currency(money),
  ...balances(money, accounts),
  ...balanceHistory(money, accounts, 'balances.historical_balances[]', 'report.voa.generated_time'),
  ...totalFacts(
    'investment_holdings_value',
    'Investment Holdings Value',
    'The total value of all holdings of investment accounts, as reported by the institutions',
    holdings,
  ),
  ...flows(money, accounts, [WHOLE], 'report.voa.attributes', null),
  ...insufficientFunds(accounts, [WHOLE], 'balances'),
  ...activity(accounts, 'transactions_insights.all_transactions[]'),
  ...accountTable(accounts, {
    average_balance_30_days: number('balances.average_balance_30_days'),
    average_balance_60_days: number('balances.average_balance_60_days'),
    nsf_overdraft_transactions_count: number('balances.nsf_overdraft_transactions_count'),
    transaction_count: count('transactions_insights.all_transactions[]'),
  }),
  ...accountKinds(listedKinds(accounts)),
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
  ...incomeMetrics('current', (amount) => money.at(METRICS, amount)),
  ...incomeStreams(
    money,
    { part: partAt('report.income'), madeAt: text('report.income.generated_time') },
    {
      transaction_count: count('transactions[]'),
    },
  ),
  ...warningFacts(held('report')),
  ...part('voa', 'voa', 'VOA'),
  ...institutions(VOA_ITEMS),
  ...part('employment_refresh', 'employment_refresh', 'Employment Refresh'),
  ...part('income', 'income', 'Income'),
  ...ids(
    REPORT_IDS,
    institutionIds(`${VOA_ITEMS}.institution_id`),
    fact(
      'gse_reference_id',
      'GSE Reference ID',
      'The ID to give to Fannie Mae or Freddie Mac',
      text('report.gse_reference_id'),
    ),
  ),
];
