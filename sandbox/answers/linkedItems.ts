import { stableId } from '../ids';
import { LOGIN_REQUIRED, NOT_READ_YET } from '../plaidErrors';
import type { Trait } from '../traits';
import { bankToLink } from '../state/banks';
import type { Item } from '../state/items';
import type { User } from '../state/users';

/** The user's Items, with those that the user's traits add once a bank is linked. */
export function linkedItems({ userId, traits }: User, items: readonly Item[]): readonly Item[] {
  const [first] = items;
  if (!first) return items;
  const added = (trait: Trait, item: Partial<Item>): Item[] =>
    traits.has(trait)
      ? [{ ...first, itemId: stableId(`${first.itemId} ${trait}`, 37), ...item }]
      : [];
  const other = { institution: bankToLink(userId, items), everyday: false };
  return [
    ...items,
    ...added('linked_twice', { firstItemId: first.itemId }),
    ...added('item_failed', { ...other, error: LOGIN_REQUIRED }),
    ...added('item_pending', { ...other, error: NOT_READ_YET }),
  ];
}
