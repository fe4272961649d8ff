import { accountTable, activity, insufficientFunds } from '../../facts/report/accounts';
import { ALL_PERIODS, balances, currency, flows } from '../../facts/report/balances';
import {
  clientReportId,
  daysRequested,
  generatedTime,
  institutions,
  reportId,
  requestId,
  warnings,
} from '../../facts/report/report';
import { moneyAt } from '../../facts/currency';
import { count, flag, number } from '../../facts/read';
import type { Summary } from '../../facts/summary';

const ITEMS = 'report.items[]';
const money = moneyAt(`${ITEMS}.accounts[].balances`);

export const baseReportSummary: Summary = [
  requestId,
  reportId(),
  clientReportId(),
  generatedTime('report.date_generated'),
  daysRequested(),
  ...institutions(ITEMS),
  ...currency(money),
  ...balances(money, `${ITEMS}.accounts`),
  ...flows(money, 'report.attributes', ALL_PERIODS),
  ...insufficientFunds('report.attributes', ALL_PERIODS),
  ...activity(ITEMS, `${ITEMS}.accounts[].transactions[]`),
  ...accountTable(ITEMS, {
    limit: number('balances.limit'),
    average_balance: number('balances.average_balance'),
    is_primary_account: flag('attributes.is_primary_account'),
    nsf_overdraft_transactions_count: number('attributes.nsf_overdraft_transactions_count'),
    transaction_count: count('transactions[]'),
  }),
  warnings,
];
