import { pick } from '../random';
import type { Institution, Item } from './items';

export interface Bank {
  readonly institution_id: string;
  readonly name: string;
  readonly country: 'US' | 'GB' | 'CA';
  readonly oauth: boolean;
}

/** Institutions of Plaid's Sandbox: https://plaid.com/docs/sandbox/institutions/ */
export const BANKS = [
  { institution_id: 'ins_109508', name: 'First Platypus Bank', country: 'US', oauth: false },
  { institution_id: 'ins_109509', name: 'First Gingham Credit Union', country: 'US', oauth: false },
  {
    institution_id: 'ins_109510',
    name: 'Tattersall Federal Credit Union',
    country: 'US',
    oauth: false,
  },
  { institution_id: 'ins_109511', name: 'Tartan Bank', country: 'US', oauth: false },
  { institution_id: 'ins_109512', name: 'Houndstooth Bank', country: 'US', oauth: false },
  { institution_id: 'ins_127287', name: 'Platypus OAuth Bank', country: 'US', oauth: true },
  {
    institution_id: 'ins_43',
    name: 'Tartan-Dominion Bank of Canada',
    country: 'CA',
    oauth: false,
  },
  {
    institution_id: 'ins_117181',
    name: 'Flexible Platypus Open Banking',
    country: 'GB',
    oauth: true,
  },
] as const satisfies readonly Bank[];

const US_BANKS = BANKS.filter(({ country, oauth }) => country === 'US' && !oauth);

/** The bank the user would link first; always the same one. */
export function usualBank(userId: string): Institution {
  return toNamed(pick(`${userId} bank`, [BANKS[0], ...US_BANKS.slice(1)]));
}

/** The bank of the id; without one, a bank where the user has no Item yet. */
export function bankToLink(
  userId: string,
  linked: readonly Item[],
  institutionId?: string | null,
): Institution {
  const wanted = BANKS.find(({ institution_id }) => institution_id === institutionId);
  const isNew = ({ id }: Institution) => !linked.some(({ institution }) => institution.id === id);
  const options = wanted ? [toNamed(wanted)] : [usualBank(userId), ...US_BANKS.map(toNamed)];
  return options.find(isNew) ?? options[0] ?? usualBank(userId);
}

const toNamed = ({ institution_id: id, name }: Bank): Institution => ({ id, name });
