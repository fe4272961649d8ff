import { count, earliest, latest, most, number, table, text, type Reader } from '../read';
import type { Accounts } from '../accounts';
import { currencyAt } from '../money';
import { fact } from '../summary';
import { countedOnce, unlessDuplicates, type Period } from './balances';

/**
 * The accounts of a report. Owners, masks and the names that owners give are left out on purpose: what decides is in
 * the figures, and personal data should not travel further than it must.
 * @param more columns that only some endpoints can fill
 * @param ofItem columns about the account's Item
 */
export const accountTable = (
  { items, path, duplicates }: Accounts,
  more: Record<string, Reader>,
  ofItem: Record<string, Reader> = {},
) => [
  fact(
    'account_count',
    'Account Count',
    'How many accounts there are, possible duplicates included',
    count(path),
  ),
  fact(
    'possible_duplicate_account_count',
    'Possible Duplicate Account Count',
    'Number of accounts left out of all totals because they may duplicate an account of another Item: same bank, type, subtype, mask, official name and currency',
    {
      type: 'number',
      sources: [path, `${items}.institution_id`],
      nullRule: 'Plaid does not list the Items',
      read: duplicates,
    },
  ),
  fact(
    'accounts',
    'Accounts',
    'Each account with its balances, in the currency of the row',
    table(
      { path: items, columns: { institution_name: text('institution_name'), ...ofItem } },
      {
        path: 'accounts[]',
        columns: {
          account_id: text('account_id'),
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
    count(`${path}.consumer_disputes[]`),
  ),
];

/** @param transactions path of an account's transactions, such as `transactions[]` */
export const activity = ({ path, read }: Accounts, transactions: string) => {
  const all = `${path}.${transactions}`;
  const ofOne = count(transactions);
  return [
    fact(
      'days_available',
      'Days Available',
      'Number of days of bank history of the account with the longest history',
      most(`${path}.days_available`),
    ),
    fact(
      'transaction_count',
      'Transaction Count',
      'Number of transactions on all accounts, counting each account once',
      {
        ...ofOne,
        sources: [all],
        read: (answer) => {
          const counts = read(answer)?.map((account) => ofOne.read(account));
          const known = counts?.filter((one) => typeof one === 'number') ?? [];
          return counts?.length === known.length ? known.reduce((a, b) => a + b, 0) : null;
        },
      },
    ),
    fact(
      'oldest_transaction_date',
      'Oldest Transaction Date',
      'The day of the oldest transaction, an ISO date',
      earliest(`${all}.date`),
    ),
    fact(
      'most_recent_transaction_date',
      'Most Recent Transaction Date',
      'The day of the most recent transaction, an ISO date',
      latest(`${all}.date`),
    ),
  ];
};

const NSF = 'nsf_overdraft_transactions_count';

/**
 * Fees for insufficient funds and overdrafts.
 * @param ofAccount path of what counts them in an account, such as `attributes`
 * @param total Plaid's own total over all accounts
 */
export const insufficientFunds = (
  accounts: Accounts,
  periods: readonly Period[],
  ofAccount: string,
  total?: (name: string) => Reader,
) =>
  periods.map(([suffix, label, days]) => {
    const own = countedOnce(accounts, `${ofAccount}.${NSF}${suffix}`);
    return fact(
      `${NSF}${suffix}`,
      `NSF Overdraft Transactions Count${label}`,
      `How many fees for insufficient funds or overdrafts there were in ${days}, reversed ones not counted`,
      total ? unlessDuplicates(accounts, total(`${NSF}${suffix}`), own) : own,
    );
  });
