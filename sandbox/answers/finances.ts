import { stableId } from '../ids';
import type { State } from '../state';
import type { Institution, Item } from '../state/items';
import type { User } from '../state/users';
import { ARCHETYPES, type Archetype, type ArchetypeName } from './archetypes';
import { usualBank } from '../state/banks';
import { cents } from './money';
import { pick, random, wholeNumber } from '../random';

/** A bank account of an applicant. */
export interface Account {
  readonly id: string;
  readonly itemId: string;
  readonly subtype: 'checking' | 'savings';
  /** Whether money moves on it. */
  readonly active: boolean;
  readonly name: string;
  readonly officialName: string;
  /** Last four digits. */
  readonly mask: string;
  /** Today's balance in USD. */
  readonly balance: number;
}

/** What an Item gives access to. */
export interface Bank {
  readonly itemId: string;
  readonly institution: Institution;
  readonly accounts: readonly Account[];
}

/** An applicant's money: a checking and perhaps a savings account, and a savings account at each further bank. */
export interface Finances {
  readonly userId: string;
  readonly archetype: Archetype;
  readonly banks: readonly Bank[];
  /** Those of all banks. */
  readonly accounts: readonly Account[];
}

const NAMES = Object.keys(ARCHETYPES) as [ArchetypeName, ...ArchetypeName[]];

/** The same user with the same Items always has the same finances. */
export function financesOf({ userId, archetype: own }: User, items: readonly Item[]): Finances {
  const archetype: Archetype = own
    ? ARCHETYPES[own]
    : scaled(ARCHETYPES[pick(`${userId} archetype`, NAMES)], random(`${userId} scale`)());
  const banks = items.map((item) => bankOf(item, archetype));
  return { userId, archetype, banks, accounts: banks.flatMap(({ accounts }) => accounts) };
}

/** The finances Plaid knows of now; also those of a user who has not linked a bank yet. */
export const currentFinances = ({ items }: State, user: User): Finances =>
  financesOf(user, items.ofOrFirst(user.userId, usualBank(user.userId)));

function bankOf({ itemId, institution, everyday }: Item, archetype: Archetype): Bank {
  const account = (subtype: Account['subtype'], name: string, balance: number): Account => ({
    id: stableId(`${itemId} ${subtype}`, 37),
    itemId,
    subtype,
    active: everyday,
    name,
    officialName: `${institution.name} ${name}`,
    mask: String(wholeNumber(`${itemId} ${subtype} mask`, 1000, 9999)),
    balance,
  });
  const { checking, savings } = archetype;
  const aside = wholeNumber(`${itemId} aside`, 20_000, 250_000) / 100;
  const accounts = everyday
    ? [
        account('checking', 'Everyday Checking', checking),
        ...(savings === null ? [] : [account('savings', 'High Yield Savings', savings)]),
      ]
    : [account('savings', 'Rainy Day Savings', aside)];
  return { itemId, institution, accounts };
}

/** The archetype with all amounts 20% smaller to 20% larger; `share` from 0 to 1. */
function scaled(archetype: Archetype, share: number): Archetype {
  const scale = (amount: number) => cents(amount * (0.8 + 0.4 * share));
  return {
    ...archetype,
    pay: scale(archetype.pay),
    checking: scale(archetype.checking),
    savings: archetype.savings === null ? null : scale(archetype.savings),
    housing: scale(archetype.housing),
    loans: archetype.loans.map(({ lender, amount }) => ({ lender, amount: scale(amount) })),
    dailySpending: scale(archetype.dailySpending),
    savedPerMonth: scale(archetype.savedPerMonth),
    strength: Math.min(0.98, archetype.strength * (0.9 + 0.2 * share)),
  };
}
