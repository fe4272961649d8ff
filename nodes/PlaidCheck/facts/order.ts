import type { JsonValue } from 'n8n-workflow';

import { isObject } from '../utils/json';

/*
 * Plaid promises no order of Items, accounts, streams or scores, so no fact may depend on it: what is listed is sorted,
 * and one of several is chosen by what it holds.
 */

/** Compares texts as people number things: "LS2" comes before "LS10". */
const collator = new Intl.Collator('en', { numeric: true });

/** Orders values of any kind; texts by their numbers, lists by their first entries that differ, null last. */
export function compareValues(one: JsonValue, other: JsonValue): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  if (Array.isArray(one) && Array.isArray(other)) {
    const shared = one.slice(0, other.length);
    const orders = shared.map((entry, index) => compareValues(entry, other[index] ?? null));
    return orders.find((order) => order !== 0) ?? one.length - other.length;
  }
  return compareTexts(canonical(one), canonical(other));
}

const compareTexts = (one: string, other: string): number =>
  collator.compare(one, other) || (one < other ? -1 : Number(one > other));

/** Entries in the order of what a function reads off them; where that is the same, of all that they hold. */
export function sortedBy<Entry extends JsonValue>(
  entries: readonly Entry[],
  keyOf: (entry: Entry) => JsonValue,
): Entry[] {
  const keyed = entries.map((entry) => ({
    entry,
    key: keyOf(entry),
    whole: once(() => canonical(entry)),
  }));
  return keyed
    .sort((one, other) => {
      const order = compareValues(one.key, other.key);
      // Whole entries can be large, and are compared only to tell apart those that have the same key.
      return order !== 0 ? order : compareTexts(one.whole(), other.whole());
    })
    .map(({ entry }) => entry);
}

/** Works out a value when it is first needed. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** A value as text that is the same for any order of keys and entries. */
function canonical(value: JsonValue): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join(',')}]`;
  if (!isObject(value)) return String(value);
  const members = Object.entries(value).map(
    ([name, one]) => `${name}:${canonical(one as JsonValue)}`,
  );
  return `{${members.sort().join(',')}}`;
}

/** Milliseconds of an ISO date or time; null for anything else. */
export function timeOf(value: JsonValue | undefined): number | null {
  const time = typeof value === 'string' && /^\d{4}-/.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(time) ? null : time;
}
