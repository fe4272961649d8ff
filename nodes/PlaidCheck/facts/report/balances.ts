import type { JsonObject, JsonValue } from 'n8n-workflow';

import { hasType, isLiquid, type Accounts } from '../accounts';
import { codeOf, type Amounts, type Money, type Total } from '../money';
import { walk } from '../path';
import { numbersAt, sumOf, type Reader } from '../read';
import { fact, type Fact } from '../summary';

/** In which currency the amounts of a summary are, and what is left out of them. */
export const currency = ({ currency, others, inOthers, inNone }: Money) => [
  fact(
    'currency',
    'Currency',
    'The currency of all amounts outside of tables: USD if the report names it anywhere, otherwise the only currency it names; an ISO 4217 code, or an unofficial one as Plaid writes it',
    currency,
  ),
  fact(
    'other_currencies',
    'Other Currencies',
    'Further currencies in the report, whose amounts are left out of all totals; empty in most reports',
    others,
  ),
  fact(
    'other_currency_amount_count',
    'Other Currency Amount Count',
    'Number of amounts left out of the totals because they are in another currency',
    inOthers,
  ),
  fact(
    'no_currency_amount_count',
    'No Currency Amount Count',
    'Number of amounts left out of the totals because Plaid does not name their currency',
    inNone,
  ),
];

/** A total, followed by how many amounts in it are unknown. */
export const totalFacts = (
  name: string,
  label: string,
  description: string,
  { sum, unknown }: Total,
): [Fact, Fact] => [
  fact(name, label, description, sum),
  fact(
    `${name}_unknown_count`,
    `${label} Unknown Count`,
    `Number of unknown amounts in ${label}; if any is unknown, ${label} is null`,
    unknown,
  ),
];

/** A number of each account that belongs to a total, in the account's currency. */
const ofAccounts = (
  accounts: Accounts,
  what: string,
  belongs: (account: JsonObject) => boolean,
  amount: string,
): Amounts => ({
  sources: [`${accounts.path}.${amount}`],
  what,
  entries: (answer) => accounts.read(answer)?.filter(belongs) ?? null,
  amountOf: (account) => numbersAt(account, amount)[0] ?? null,
  codeOf: ({ balances }) => codeOf(balances ?? null),
});

export const balances = (money: Money, accounts: Accounts) => {
  const sum = (what: string, types: string[], amount: string) =>
    money.total(ofAccounts(accounts, what, hasType(...types), `balances.${amount}`));
  return [
    ...totalFacts(
      'liquid_available_balance',
      'Liquid Available Balance',
      'Money that can be spent immediately: the available balances of all checking, savings, money market, cash management and prepaid accounts, each once',
      money.total(liquid(accounts, 'balances.available')),
    ),
    ...totalFacts(
      'depository_available_balance',
      'Depository Available Balance',
      'The available balances of all deposit accounts, each once; CDs, HSAs and EBT cards included, so not all of it can be spent immediately',
      sum('deposit account', ['depository'], 'available'),
    ),
    ...totalFacts(
      'depository_current_balance',
      'Depository Current Balance',
      'The current balances of all deposit accounts, each once; CDs, HSAs and EBT cards included',
      sum('deposit account', ['depository'], 'current'),
    ),
    ...totalFacts(
      'credit_current_balance',
      'Credit Current Balance',
      'What is owed on all credit cards and other credit accounts, each once',
      sum('credit account', ['credit'], 'current'),
    ),
    ...totalFacts(
      'loan_current_balance',
      'Loan Current Balance',
      'What is owed on all loan accounts, each once',
      sum('loan account', ['loan'], 'current'),
    ),
    ...totalFacts(
      'investment_current_balance',
      'Investment Current Balance',
      'The value of all investment and brokerage accounts, each once',
      sum('investment account', ['investment', 'brokerage'], 'current'),
    ),
  ];
};

/** A number of each liquid account; unknown where Plaid does not say whether an account is one. */
export const liquid = (accounts: Accounts, amount: string): Amounts => {
  const amounts = ofAccounts(accounts, 'liquid account', (one) => isLiquid(one) !== false, amount);
  return {
    ...amounts,
    sources: [...amounts.sources, `${accounts.path}.subtype`],
    amountOf: (account) => (isLiquid(account) ? amounts.amountOf(account) : null),
  };
};

const RATIO_DIGITS = 4;

/** How much of their limits the credit accounts use. */
export const creditUtilization = (money: Money, accounts: Accounts) => {
  const read = (amount: string) => {
    const path = `balances.${amount}`;
    const amounts = ofAccounts(accounts, 'credit account', hasType('credit'), path);
    const isKnown = (account: JsonObject) =>
      numbersAt(account, 'balances.current').length > 0 &&
      numbersAt(account, 'balances.limit').length > 0;
    return {
      ...amounts,
      amountOf: (account: JsonObject) => (isKnown(account) ? amounts.amountOf(account) : null),
    };
  };
  const [owed, limit] = [money.total(read('current')), money.total(read('limit'))];
  const sources = [...owed.sum.sources, ...limit.sum.sources];
  const utilization: Reader = {
    type: 'number',
    sources,
    nullRule:
      'There is no credit account in `currency`, the balance or limit of one is unknown, or the limits are 0',
    read: (answer) => {
      const [used, available] = [owed.sum.read(answer), limit.sum.read(answer)];
      if (typeof used !== 'number' || typeof available !== 'number' || available <= 0) return null;
      return Number((used / available).toFixed(RATIO_DIGITS)) + 0;
    },
  };
  return totalFacts(
    'credit_utilization',
    'Credit Utilization',
    'What is owed on all credit accounts divided by their limits, each account once: 0.25 is 25%',
    { sum: utilization, unknown: { ...owed.unknown, sources } },
  );
};

/**
 * What came in and went out, both without sign.
 * @param totals path of Plaid's own totals over all accounts, such as `report.attributes`; null if it has none
 * @param ofAccount path of an account's own, such as `attributes`; null if it has none
 */
export const flows = (
  money: Money,
  accounts: Accounts,
  periods: readonly Period[],
  totals: string | null,
  ofAccount: string | null,
) =>
  periods.flatMap(([suffix, label, days]) =>
    (
      [
        ['inflow', 'Inflow', 'came in on', " (Plaid's own is negative)"],
        ['outflow', 'Outflow', 'went out of', ''],
      ] as const
    ).map(([direction, Label, moved, sign]) => {
      const name = `total_${direction}_amount${suffix}`;
      const own = ofAccount === null ? UNKNOWN : flowOfAccounts(money, accounts, ofAccount, name);
      const flow =
        totals === null
          ? own
          : unlessDuplicates(accounts, money.at(`${totals}.${name}`, 'amount'), own);
      return fact(
        `total_${direction}${suffix}`,
        `Total ${Label}${label}`,
        `All that ${moved} the deposit accounts in ${days}, as a positive number${sign}: US dollars only, with transfers among the person's own accounts, as Plaid does not distinguish them${direction === 'inflow' ? '; not income' : ''}`,
        { ...flow, read: (answer) => withoutSign(flow.read(answer)) },
      );
    }),
  );

const withoutSign = (value: JsonValue) => (typeof value === 'number' ? Math.abs(value) : null);

/** What Plaid does not say of single accounts. */
const UNKNOWN: Reader = { type: 'number', sources: [], nullRule: '', read: () => null };

/** Plaid gives flows to deposit accounts alone. */
function flowOfAccounts(money: Money, accounts: Accounts, ofAccount: string, name: string): Reader {
  const path = `${ofAccount}.${name}`;
  const { sum } = money.total({
    ...ofAccounts(
      accounts,
      'deposit account',
      (account) =>
        hasType('depository')(account) || numbersAt(account, `${path}.amount`).length > 0,
      `${path}.amount`,
    ),
    codeOf: (account) => {
      const { balances = null } = account;
      return codeOf(walk(account, path)[0] ?? null) ?? codeOf(balances);
    },
  });
  return sum;
}

/**
 * Plaid's own total over all accounts, unless an account may be in it twice: then the accounts' own are added, each
 * account once.
 */
export const unlessDuplicates = (accounts: Accounts, total: Reader, own: Reader): Reader => ({
  ...total,
  sources: [...total.sources, ...own.sources],
  nullRule: `${total.nullRule}, or there are possible duplicate accounts and an amount of one account is unknown`,
  read: (answer) => (accounts.duplicates(answer) ? own : total).read(answer),
});

/** A number that Plaid counts for each account, added up; null where it is unknown for a deposit account. */
export const countedOnce = (accounts: Accounts, path: string): Reader => ({
  type: 'number',
  sources: [`${accounts.path}.${path}`],
  nullRule: 'Plaid does not send it for a deposit account',
  read: (answer) => {
    const needed = (accounts.read(answer) ?? []).map((account) => ({
      isNeeded: hasType('depository')(account),
      value: numbersAt(account, path)[0] ?? null,
    }));
    if (needed.some(({ isNeeded, value }) => isNeeded && value === null)) return null;
    return sumOf(needed.map(({ value }) => value).filter((value) => value !== null));
  },
});

/** The spans that Plaid gives figures for: the end of the field's name, of the label, and in words. */
const PERIODS = [
  ['', '', 'all days of the report'],
  ['_30d', ' 30 Days', 'the last 30 days'],
  ['_60d', ' 60 Days', 'the last 60 days'],
  ['_90d', ' 90 Days', 'the last 90 days'],
] as const;

export type Period = (typeof PERIODS)[number];

export const [WHOLE, DAYS_30] = PERIODS;

export const ALL_PERIODS: readonly Period[] = PERIODS;
