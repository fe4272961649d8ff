import type { JsonObject, JsonValue } from 'n8n-workflow';

import { isObject } from '../utils/json';
import { sortedBy, timeOf } from './order';
import { isCountable, walk } from './path';
import { textsAt } from './read';

/** Which accounts of an answer facts are about, each once. */
export interface Accounts {
  /** Path of the Items, such as `report.items[]` */
  items: string;
  /** Path of the accounts, for the reference */
  path: string;
  /** Each account once, with the name of its bank; null where Plaid does not list the accounts */
  read: (answer: JsonValue) => JsonObject[] | null;
  /** How many accounts were left out as possible duplicates; null where Plaid does not list the accounts */
  duplicates: (answer: JsonValue) => number | null;
}

interface Listed {
  account: JsonObject;
  item: JsonObject;
  /** Position of the Item, to tell accounts of one Item from those of another */
  place: number;
}

interface Found {
  once: JsonObject[];
  duplicates: number;
}

/**
 * An account that a person links through two Items is in both of them, under two account IDs. It is one account if bank,
 * type, subtype, mask, official name and currency are the same. Two accounts of one Item are two accounts, as Plaid says
 * that a mask may occur twice in an Item. So of the accounts that look the same, those of one Item count: the Item with
 * the most of them, and of several the one that Plaid read last.
 * @param items path of the Items, such as `report.items[]`
 * @param readTime field of an Item that says when Plaid read it
 */
export function accountsOf(items: string, readTime: string): Accounts {
  const find = (answer: JsonValue): Found | null => {
    if (!isCountable(answer, items)) return null;
    const all = listed(walk(answer, items).filter(isObject), readTime);
    const once = onceEach(all);
    return { once: once.map(({ account }) => account), duplicates: all.length - once.length };
  };
  // Every total of an answer asks for the same accounts.
  const known = new WeakMap<object, Found | null>();
  const found = (answer: JsonValue): Found | null => {
    if (!isObject(answer)) return null;
    const made = known.has(answer) ? (known.get(answer) ?? null) : find(answer);
    known.set(answer, made);
    return made;
  };
  return {
    items,
    path: `${items}.accounts[]`,
    read: (answer) => found(answer)?.once ?? null,
    duplicates: (answer) => found(answer)?.duplicates ?? null,
  };
}

/** All accounts of all Items, those that Plaid read last first. */
function listed(items: readonly JsonObject[], readTime: string): Listed[] {
  const entries = items.flatMap((item, place) =>
    walk(item, 'accounts[]')
      .filter(isObject)
      .map((account): [JsonObject, Listed] => [account, { account, item, place }]),
  );
  const byAccount = new Map(entries);
  return sortedBy([...byAccount.keys()], (account) => {
    const read = timeOf(textsAt(byAccount.get(account)?.item ?? null, readTime)[0]);
    return [-(read ?? 0), ...textsAt(account, 'account_id')];
  }).flatMap((account) => byAccount.get(account) ?? []);
}

/** All accounts without possible duplicates, in the given order. */
function onceEach(all: readonly Listed[]): Listed[] {
  const alike = groupedBy(all, keyOf);
  const kept = new Set(all.filter((one) => keyOf(one) === null));
  for (const group of alike.values()) for (const one of ofOneItem(group)) kept.add(one);
  return all
    .filter((one) => kept.has(one))
    .filter((one, index, others) => !others.slice(0, index).some((other) => hasSameId(other, one)));
}

/** Of accounts that look the same, those of the Item with the most of them; the first by read time of several. */
function ofOneItem(group: readonly Listed[]): Listed[] {
  const groups = [...groupedBy(group, ({ place }) => place).values()];
  const size = Math.max(...groups.map(({ length }) => length));
  return groups.find(({ length }) => length === size) ?? [];
}

function hasSameId(one: Listed, other: Listed): boolean {
  const [a, b] = [one, other].map(({ account }) => textsAt(account, 'account_id')[0]);
  return one.place !== other.place && a !== undefined && a === b;
}

/** Entries by a key, in their order; those without a key are left out. */
function groupedBy<Entry, Key>(entries: readonly Entry[], of: (entry: Entry) => Key | null) {
  const groups = new Map<Key, Entry[]>();
  for (const entry of entries) {
    const key = of(entry);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return groups;
}

/** What an account is recognized by in another Item; null if that is too little. */
function keyOf({ account, item }: Listed): string | null {
  const [mask] = textsAt(account, 'mask');
  const bank = textsAt(item, 'institution_id')[0] ?? textsAt(item, 'institution_name')[0];
  if (mask === undefined || bank === undefined) return null;
  const { type, subtype, official_name, balances } = account;
  const { iso_currency_code, unofficial_currency_code } = isObject(balances) ? balances : {};
  const parts = [bank, mask, type, subtype, official_name, iso_currency_code];
  return JSON.stringify([...parts, unofficial_currency_code].map((part) => part ?? null));
}

/**
 * What can be spent at once. CDs are tied up, HSAs and EBT cards pay for some things only; investment accounts have to be
 * sold first.
 */
const LIQUID = ['checking', 'savings', 'money market', 'cash management', 'prepaid'];

/** Whether an account is liquid; null where Plaid does not say what kind of deposit account it is. */
export function isLiquid(account: JsonObject): boolean | null {
  if (account.type !== 'depository') return false;
  const [subtype] = textsAt(account, 'subtype');
  return subtype === undefined ? null : LIQUID.includes(subtype);
}

export const hasType =
  (...types: string[]) =>
  ({ type }: JsonObject): boolean =>
    types.includes(String(type));
