import {
  accountKinds,
  accountTable,
  activity,
  insufficientFunds,
  listedKinds,
} from '../../facts/report/accounts';
import {
  ALL_PERIODS,
  balances,
  creditUtilization,
  currency,
  flows,
} from '../../facts/report/balances';
import { balanceHistory } from '../../facts/report/history';
import {
  daysRequested,
  generatedTime,
  held,
  ids,
  institutionIds,
  institutions,
  REPORT_IDS,
  warningFacts,
} from '../../facts/report/report';
import { accountsOf } from '../../facts/accounts';
import { amountsAt, balancesOf, moneyAt } from '../../facts/money';
import { count, flag, number, text } from '../../facts/read';
import type { Summary } from '../../facts/summary';

const ITEMS = 'report.items[]';
const ATTRIBUTES = 'report.attributes';
const accounts = accountsOf(ITEMS, 'date_last_updated');
const flowsAt = ALL_PERIODS.flatMap(([suffix]) => [
  `${ATTRIBUTES}.total_inflow_amount${suffix}`,
  `${ATTRIBUTES}.total_outflow_amount${suffix}`,
]);
const money = moneyAt(balancesOf(accounts), amountsAt(...flowsAt));

export const baseReportSummary: Summary = [
  ...currency(money),
  ...balances(money, accounts),
  ...creditUtilization(money, accounts),
  ...balanceHistory(money, accounts, 'historical_balances[]', 'report.date_generated'),
  ...flows(money, accounts, ALL_PERIODS, ATTRIBUTES, 'attributes'),
  ...insufficientFunds(accounts, ALL_PERIODS, 'attributes', (name) =>
    number(`${ATTRIBUTES}.${name}`),
  ),
  ...activity(accounts, 'transactions[]'),
  ...accountTable(accounts, {
    limit: number('balances.limit'),
    average_balance: number('balances.average_balance'),
    is_primary_account: flag('attributes.is_primary_account'),
    nsf_overdraft_transactions_count: number('attributes.nsf_overdraft_transactions_count'),
    transaction_count: count('transactions[]'),
  }),
  ...accountKinds(listedKinds(accounts, 'attributes.is_primary_account')),
  ...warningFacts(held(ITEMS)),
  generatedTime(text('report.date_generated')),
  daysRequested(),
  ...institutions(ITEMS),
  ...ids(REPORT_IDS, institutionIds(`${ITEMS}.institution_id`)),
];
