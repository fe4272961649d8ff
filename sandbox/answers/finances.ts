import { stableId } from '../ids';
import type { User } from '../state/users';
import { ARCHETYPES, type Archetype, type ArchetypeName } from './archetypes';
import { BANKS } from './institutions';
import { cents } from './money';
import { pick, random, wholeNumber } from './random';

/** A bank account of an applicant. */
export interface Account {
  readonly id: string;
  readonly subtype: 'checking' | 'savings';
  readonly name: string;
  readonly officialName: string;
  /** Last four digits. */
  readonly mask: string;
  /** Today's balance in USD. */
  readonly balance: number;
}

/** An applicant's money: one Item at one bank, with a checking and perhaps a savings account. */
export interface Finances {
  readonly userId: string;
  readonly archetype: Archetype;
  readonly institution: { readonly id: string; readonly name: string };
  readonly itemId: string;
  readonly accounts: readonly Account[];
}

const NAMES = Object.keys(ARCHETYPES) as [ArchetypeName, ...ArchetypeName[]];
const US_BANKS = BANKS.filter(({ country, oauth }) => country === 'US' && !oauth);

/** The same user always has the same finances. */
export function financesOf({ userId, archetype: own }: User): Finances {
  const archetype: Archetype = own
    ? ARCHETYPES[own]
    : scaled(ARCHETYPES[pick(`${userId} archetype`, NAMES)], random(`${userId} scale`)());
  const bank = pick(`${userId} bank`, [BANKS[0], ...US_BANKS.slice(1)]);
  const account = (subtype: Account['subtype'], balance: number): Account => ({
    id: stableId(`${userId} ${subtype}`, 37),
    subtype,
    name: subtype === 'checking' ? 'Everyday Checking' : 'High Yield Savings',
    officialName: `${bank.name} ${subtype === 'checking' ? 'Everyday Checking' : 'High Yield Savings'}`,
    mask: String(wholeNumber(`${userId} ${subtype} mask`, 1000, 9999)),
    balance,
  });
  return {
    userId,
    archetype,
    institution: { id: bank.institution_id, name: bank.name },
    itemId: stableId(`${userId} item`, 37),
    accounts: [
      account('checking', archetype.checking),
      ...(archetype.savings === null ? [] : [account('savings', archetype.savings)]),
    ],
  };
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
