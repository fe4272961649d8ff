import { accountTable, activity, insufficientFunds } from '../../outputs/facts/accounts';
import { balances, currency, flows } from '../../outputs/facts/money';
import { ALL_PERIODS } from '../../outputs/facts/periods';
import {
  clientReportId,
  daysRequested,
  generatedTime,
  institutions,
  reportId,
  requestId,
  warnings,
} from '../../outputs/facts/report';
import { moneyAt } from '../../outputs/money';
import { count, flag, number } from '../../outputs/read';
import type { Summary } from '../../outputs/summary';

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
