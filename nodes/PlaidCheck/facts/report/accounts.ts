import type { JsonValue } from 'n8n-workflow';

import { count, earliest, flag, latest, most, number, table, text, type Reader } from '../read';
import type { Accounts } from '../accounts';
import { currencyAt } from '../money';
import { isCountable, walk } from '../path';
import { fact, type Fact } from '../summary';
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
  accountCount(count(path)),
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

export const accountCount = (reader: Reader) =>
  fact(
    'account_count',
    'Account Count',
    'How many accounts there are, possible duplicates included',
    reader,
  );

/** The days of the first and of the last transaction of all accounts. */
export const transactionDates = (oldest: Reader, mostRecent: Reader) => [
  fact(
    'oldest_transaction_date',
    'Oldest Transaction Date',
    'The day of the oldest transaction, an ISO date',
    oldest,
  ),
  fact(
    'most_recent_transaction_date',
    'Most Recent Transaction Date',
    'The day of the most recent transaction, an ISO date',
    mostRecent,
  ),
];

/** Kinds of accounts that are counted, by the fact's name in Plaid's words: its label, and which they are. */
const KINDS = {
  primary_account_count: ['Primary Account Count', 'accounts that Plaid marks as primary'],
  depository_account_type_count: ['Depository Account Count', 'deposit accounts'],
  credit_account_type_count: ['Credit Account Count', 'credit accounts'],
  other_account_type_count: [
    'Other Account Count',
    'accounts that are neither deposit nor credit accounts',
  ],
  multiple_owner_account_count: [
    'Multiple Owner Account Count',
    'accounts with several owners, as Plaid counts them',
  ],
} as const;

type Kind = keyof typeof KINDS;

/**
 * How many accounts of each kind a report has, possible duplicates included.
 * @param readerOf reads one of the counts; null for one that the answer does not tell
 */
export const accountKinds = (readerOf: (kind: Kind) => Reader | null): Fact[] =>
  Object.entries(KINDS).flatMap(([kind, [label, which]]) => {
    const reader = readerOf(kind as Kind);
    return reader ? [fact(kind, label, `Number of ${which}`, reader)] : [];
  });

const TYPE = text('type');

/**
 * Counts the kinds where an answer lists its accounts. It does not always say how many people own one.
 * @param primary path of what marks an account as primary; deposit accounts have it
 */
export const listedKinds = ({ path }: Accounts, primary?: string) => {
  const ofType = (isOne: (type: JsonValue) => boolean) => countOf(path, TYPE, isOne);
  const readers: Partial<Record<Kind, Reader>> = {
    ...(primary !== undefined && {
      primary_account_count: countOf(path, ofDeposits(flag(primary)), Boolean),
    }),
    depository_account_type_count: ofType((type) => type === 'depository'),
    credit_account_type_count: ofType((type) => type === 'credit'),
    other_account_type_count: ofType((type) => type !== 'depository' && type !== 'credit'),
  };
  return (kind: Kind): Reader | null => readers[kind] ?? null;
};

/** Whether something holds that only deposit accounts can have; unknown of an account of an unknown type. */
const ofDeposits = (reader: Reader): Reader => ({
  ...reader,
  read: (account) => {
    const type = TYPE.read(account);
    return reader.read(account) ?? (type === null || type === 'depository' ? null : false);
  },
});

/** Counts accounts by what is read off each; null where that is unknown of one. */
const countOf = (path: string, reader: Reader, isOne: (value: JsonValue) => boolean): Reader => ({
  type: 'number',
  sources: reader.sources.map((source) => `${path}.${source}`),
  nullRule: 'Plaid does not list the accounts, or does not send it for one of them',
  read: (answer) => {
    if (!isCountable(answer, path)) return null;
    const found = walk(answer, path).map(reader.read);
    return found.includes(null) ? null : found.filter(isOne).length;
  },
});

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
    ...transactionDates(earliest(`${all}.date`), latest(`${all}.date`)),
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
