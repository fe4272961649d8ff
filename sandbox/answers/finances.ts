import type { Trait } from '../traits';
import type { State } from '../state';
import { isReadable, type Institution, type Item } from '../state/items';
import type { User } from '../state/users';
import { ARCHETYPES, archetypeOf, type Archetype } from './archetypes';
import { usualBank } from '../state/banks';
import { accountsOf, type Account } from './holdings';
import { linkedItems } from './linkedItems';
import { cents } from './money';
import { pick, random } from '../random';

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
  /** What the file holds besides. */
  readonly traits: ReadonlySet<Trait>;
  readonly banks: readonly Bank[];
  /** Those of all banks. */
  readonly accounts: readonly Account[];
}

type UsualName = keyof typeof ARCHETYPES;

const NAMES = Object.keys(ARCHETYPES) as [UsualName, ...UsualName[]];

/** The same user with the same Items always has the same finances. */
export function financesOf(
  { userId, archetype: own, traits }: User,
  items: readonly Item[],
): Finances {
  const archetype: Archetype = own
    ? archetypeOf(own)
    : scaled(ARCHETYPES[pick(`${userId} archetype`, NAMES)], random(`${userId} scale`)());
  const banks = items.map((item) => ({
    itemId: item.itemId,
    institution: item.institution,
    accounts: accountsOf(item, archetype, traits),
  }));
  return { userId, archetype, traits, banks, accounts: banks.flatMap(({ accounts }) => accounts) };
}

/** The Items Plaid knows of now; also the first one of a user who has not linked a bank yet. */
export const currentItems = ({ items }: State, user: User): readonly Item[] =>
  linkedItems(user, items.ofOrFirst(user.userId, usualBank(user.userId)));

/** The finances of the Items that can be read now; of all where none can. */
export function currentFinances(state: State, user: User): Finances {
  const items = currentItems(state, user);
  const readable = items.filter(isReadable);
  return financesOf(user, readable.length > 0 ? readable : items);
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
