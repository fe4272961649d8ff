import { stableId } from '../ids';
import type { Trait } from '../traits';
import { wholeNumber } from '../random';
import type { Item } from '../state/items';
import type { Archetype } from './archetypes';
import { cents } from './money';

interface AnyAccount {
  readonly id: string;
  readonly itemId: string;
  /** The same wherever the account is linked; null where Plaid does not tell. */
  readonly persistentId: string | null;
  /** What moves on it; null where nothing does. */
  readonly activity: 'everyday' | 'saving' | 'abroad' | null;
  readonly name: string;
  readonly officialName: string;
  /** Last four digits. */
  readonly mask: string;
  /** Today's balance in the account's currency: what is on it, or what is owed. */
  readonly balance: number;
  readonly limit: number | null;
  /** ISO 4217; null where the bank names none. */
  readonly currency: string | null;
  readonly isJoint: boolean;
  /** The balance that the bank does not give. */
  readonly unknown: 'available' | 'current' | null;
  /** Whether the balances of past days are known. */
  readonly hasPastBalances: boolean;
}

export interface DepositoryAccount extends AnyAccount {
  readonly type: 'depository';
  readonly subtype: 'checking' | 'savings' | 'money market' | 'cd' | 'hsa';
}

export interface OtherAccount extends AnyAccount {
  readonly type: 'credit' | 'loan' | 'investment';
  readonly subtype: 'credit card' | 'student' | 'brokerage';
}

/** A bank account of an applicant. */
export type Account = DepositoryAccount | OtherAccount;

export const isDepository = (account: Account): account is DepositoryAccount =>
  account.type === 'depository';

/** Plaid's flows count these alone. */
export const countsInFlows = ({ type, currency }: Account): boolean =>
  type === 'depository' && currency === 'USD';

type Kind = Pick<DepositoryAccount, 'type' | 'subtype'> | Pick<OtherAccount, 'type' | 'subtype'>;

const CHECKING = { type: 'depository', subtype: 'checking' } as const;
const SAVINGS = { type: 'depository', subtype: 'savings' } as const;
const CREDIT_CARD = { type: 'credit', subtype: 'credit card' } as const;

/** The accounts that an Item gives access to. */
export function accountsOf(
  { itemId, institution, everyday, firstItemId }: Item,
  { checking, savings }: Archetype,
  traits: ReadonlySet<Trait>,
): readonly Account[] {
  const source = firstItemId ?? itemId;
  const account = (
    kind: Kind,
    name: string,
    balance: number,
    more: Partial<AnyAccount> & { readonly key?: string } = {},
  ): Account => {
    const { key = kind.subtype, ...rest } = more;
    return {
      id: stableId(`${itemId} ${key}`, 37),
      itemId,
      persistentId: traits.has('linked_twice') ? stableId(`${source} ${key} persistent`, 37) : null,
      activity: null,
      name,
      officialName: `${institution.name} ${name}`,
      mask: String(wholeNumber(`${source} ${key} mask`, 1000, 9999)),
      balance,
      limit: null,
      currency: 'USD',
      isJoint: false,
      unknown: null,
      hasPastBalances: kind.type !== 'investment' && !traits.has('no_historical_balances'),
      ...rest,
      ...kind,
    };
  };
  const when = (trait: Trait, ...accounts: Account[]) => (traits.has(trait) ? accounts : []);
  if (!everyday) {
    const aside = wholeNumber(`${itemId} aside`, 20_000, 250_000) / 100;
    return [account(SAVINGS, 'Rainy Day Savings', aside)];
  }
  const card = (key: string, owed: number, limit: number, unknown: AnyAccount['unknown'] = null) =>
    account(CREDIT_CARD, `${key} Card`, owed, { key, limit, unknown });
  return [
    ...when(
      'two_currencies',
      account(SAVINGS, 'Canadian Dollar Account', 10, {
        key: 'abroad',
        currency: 'CAD',
        activity: 'abroad',
      }),
      account(SAVINGS, 'Canadian Dollar Savings', 5, { key: 'abroad savings', currency: 'CAD' }),
    ),
    account(CHECKING, 'Everyday Checking', checking, {
      activity: 'everyday',
      isJoint: traits.has('joint_owners'),
    }),
    ...(savings === null
      ? []
      : [
          account(SAVINGS, 'High Yield Savings', savings, {
            activity: 'saving',
            currency: traits.has('no_currency') ? null : 'USD',
            unknown: traits.has('unknown_balances') ? 'available' : null,
          }),
        ]),
    ...when('unknown_balances', card('Travel', 1200.5, 5000), card('Store', 1250, 4000, 'current')),
    ...when(
      'account_types',
      account({ type: 'depository', subtype: 'money market' }, 'Money Market', 6000),
      account({ type: 'depository', subtype: 'cd' }, 'Certificate of Deposit', 15_000),
      account({ type: 'depository', subtype: 'hsa' }, 'Health Savings Account', 3210.4),
      card('Travel', 1200.5, 5000),
      account({ type: 'loan', subtype: 'student' }, 'Student Loan', 14_250.75),
      account({ type: 'investment', subtype: 'brokerage' }, 'Brokerage', 22_400),
    ),
  ];
}

/** What can be taken out or spent; null where Plaid does not say it. */
export function availableOn({ type, unknown, limit, balance }: Account): number | null {
  if (unknown === 'available' || type === 'loan' || type === 'investment') return null;
  return type === 'credit' ? cents((limit ?? 0) - balance) : balance;
}

/** How many accounts there are of each kind, as reports count them. */
export function accountCounts(accounts: readonly Account[]) {
  const many = (isMeant: (account: Account) => boolean) => accounts.filter(isMeant).length;
  const depository = many(isDepository);
  const credit = many(({ type }) => type === 'credit');
  return {
    primary_account_count: many(({ subtype }) => subtype === 'checking'),
    depository_account_type_count: depository,
    credit_account_type_count: credit,
    other_account_type_count: accounts.length - depository - credit,
    multiple_owner_account_count: many(({ isJoint }) => isJoint),
  };
}
