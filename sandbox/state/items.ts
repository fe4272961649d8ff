import { itemNotFound, LOGIN_REQUIRED, type ItemError } from '../plaidErrors';
import { stableId } from '../ids';

/** A bank as the sandbox names it. */
export interface Institution {
  readonly id: string;
  readonly name: string;
}

/** A user's connection to a bank. */
export interface Item {
  readonly itemId: string;
  readonly institution: Institution;
  /** Whether it holds the accounts of everyday life; any other one holds a savings account alone. */
  readonly everyday: boolean;
  /** Where webhooks about it go. */
  readonly webhook: string | null;
  /** Why no report can be made from it; null when one can. */
  readonly error: ItemError | null;
  /** The Item that first linked the same accounts; null for the first one itself. */
  readonly firstItemId: string | null;
}

export const isReadable = ({ error }: Item): boolean => error === null;

/** The Items that a report is made from, and the others. */
export interface ReportItems {
  readonly items: readonly Item[];
  readonly leftOut: readonly Item[];
}

export const splitItems = (items: readonly Item[]): ReportItems => ({
  items: items.filter(isReadable),
  leftOut: items.filter((item) => !isReadable(item)),
});

/** The Items of all users. An owner is a user's id, or anything else for Items of nobody. */
export interface Items {
  /** The owner's Items, oldest first. */
  of(owner: string): readonly Item[];
  link(owner: string, institution: Institution, webhook?: string | null): Item;
  /** Links the first Item, unless the owner ever had one. */
  linkFirst(owner: string, institution: Institution): void;
  /** The owner's Items; the first one to be linked at this bank, where the owner never had one. */
  ofOrFirst(owner: string, institution: Institution): readonly Item[];
  /** All, or none when one is unknown. Throws ITEM_NOT_FOUND. */
  associate(itemIds: readonly string[], owner: string): void;
  /** All, or none when one is not the owner's. Throws ITEM_NOT_FOUND. */
  remove(owner: string, itemIds: readonly string[]): void;
  /** Of the owner's Items with these ids; of all without. Throws ITEM_NOT_FOUND. */
  setLoginRequired(
    owner: string,
    itemIds: readonly string[] | null,
    required: boolean,
  ): readonly Item[];
  forget(owner: string): void;
}

export function createItems(): Items {
  const byOwner = new Map<string, readonly Item[]>();
  /** How many were ever linked: each has an id of its own, that is the same in every run. */
  const linked = new Map<string, number>();

  const of = (owner: string) => byOwner.get(owner) ?? [];
  const add = (owner: string, item: Item): Item => {
    const everyday = item.everyday && !of(owner).some((other) => other.everyday);
    const added = { ...item, everyday };
    byOwner.set(owner, [...of(owner), added]);
    return added;
  };
  const drop = (owner: string, itemIds: readonly string[]) =>
    byOwner.set(
      owner,
      of(owner).filter(({ itemId }) => !itemIds.includes(itemId)),
    );
  const mustBelong = (owner: string, itemIds: readonly string[]) => {
    const own = of(owner).map(({ itemId }) => itemId);
    if (!itemIds.every((itemId) => own.includes(itemId))) throw itemNotFound();
  };

  const newItem = (owner: string, institution: Institution, webhook: string | null): Item => {
    const number = linked.get(owner) ?? 0;
    const itemId = stableId(`${owner} item${number === 0 ? '' : ` ${number}`}`, 37);
    return { itemId, institution, everyday: true, webhook, error: null, firstItemId: null };
  };

  const items: Items = {
    of,
    link(owner, institution, webhook = null) {
      const item = add(owner, newItem(owner, institution, webhook));
      linked.set(owner, (linked.get(owner) ?? 0) + 1);
      return item;
    },
    linkFirst(owner, institution) {
      if (!linked.has(owner)) items.link(owner, institution);
    },
    ofOrFirst: (owner, institution) =>
      linked.has(owner) ? of(owner) : [newItem(owner, institution, null)],
    associate(itemIds, owner) {
      const found = [...new Set(itemIds)].map((wanted) => {
        for (const [from, own] of byOwner) {
          const item = own.find(({ itemId }) => itemId === wanted);
          if (item) return { from, item };
        }
        throw itemNotFound();
      });
      for (const { from, item } of found) {
        if (from === owner) continue;
        drop(from, [item.itemId]);
        add(owner, item);
      }
      linked.set(owner, linked.get(owner) ?? 0);
    },
    remove(owner, itemIds) {
      mustBelong(owner, itemIds);
      drop(owner, itemIds);
    },
    setLoginRequired(owner, itemIds, required) {
      mustBelong(owner, itemIds ?? []);
      const isMeant = ({ itemId }: Item) => !itemIds?.length || itemIds.includes(itemId);
      const error = required ? LOGIN_REQUIRED : null;
      byOwner.set(
        owner,
        of(owner).map((item) => (isMeant(item) ? { ...item, error } : item)),
      );
      return of(owner).filter(isMeant);
    },
    forget(owner) {
      byOwner.delete(owner);
      linked.delete(owner);
    },
  };
  return items;
}
