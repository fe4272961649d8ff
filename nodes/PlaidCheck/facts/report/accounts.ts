import { currencyAt } from '../currency';
import { count, earliest, latest, most, number, table, text, total, type Reader } from '../read';
import { fact } from '../summary';
import type { Period } from './balances';

/**
 * The accounts of a report. Owners' names and addresses are left out on purpose: what decides is in
 * the figures, and personal data should not travel further than it must.
 * @param items path of the Items, such as `report.items[]`
 * @param more columns that only some endpoints can fill
 */
export const accountTable = (items: string, more: Record<string, Reader>) => [
  fact(
    'account_count',
    'Account Count',
    'How many accounts there are',
    count(`${items}.accounts[]`),
  ),
  fact(
    'accounts',
    'Accounts',
    'Each account with its balances, in the currency of the row',
    table(
      { path: items, columns: { institution_name: text('institution_name') } },
      {
        path: 'accounts[]',
        columns: {
          account_id: text('account_id'),
          name: text('name'),
          mask: text('mask'),
          type: text('type'),
          subtype: text('subtype'),
          ownership_type: text('ownership_type'),
          currency: currencyAt('balances'),
          available_balance: number('balances.available'),
          current_balance: number('balances.current'),
          days_available: number('days_available'),
          ...more,
        },
      },
    ),
  ),
  fact(
    'consumer_dispute_count',
    'Consumer Dispute Count',
    'How many statements of the consumer dispute data of these accounts; the statements stand in the full output',
    count(`${items}.accounts[].consumer_disputes[]`),
  ),
];

/** @param transactions path of the transactions, such as `report.items[].accounts[].transactions[]` */
export const activity = (items: string, transactions: string) => [
  fact(
    'days_available',
    'Days Available',
    'How many days of bank history there are, of the account with the longest one',
    most(`${items}.accounts[].days_available`),
  ),
  fact(
    'transaction_count',
    'Transaction Count',
    'How many transactions there are on all accounts',
    count(transactions),
  ),
  fact(
    'oldest_transaction_date',
    'Oldest Transaction Date',
    'The day of the oldest transaction, an ISO date',
    earliest(`${transactions}.date`),
  ),
  fact(
    'most_recent_transaction_date',
    'Most Recent Transaction Date',
    'The day of the most recent transaction, an ISO date',
    latest(`${transactions}.date`),
  ),
];

const NSF = 'nsf_overdraft_transactions_count';

/**
 * Fees for insufficient funds and overdrafts.
 * @param at path of what counts them, such as `report.attributes`
 */
export const insufficientFunds = (at: string, periods: readonly Period[]) =>
  periods.map(([suffix, label, days]) =>
    fact(
      `${NSF}${suffix}`,
      `NSF Overdraft Transactions Count${label}`,
      `How many fees for insufficient funds or overdrafts there were in ${days}, reversed ones not counted`,
      total(`${at}.${NSF}${suffix}`),
    ),
  );
