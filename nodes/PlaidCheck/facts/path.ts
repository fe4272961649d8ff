import type { JsonValue } from 'n8n-workflow';

import { isObject } from '../utils/json';

/**
 * Everything that stands at a path of an answer, in its order; nothing where the answer is shaped
 * otherwise. `[]` goes into every entry of a list, `[0]` into one, and `[type=loan|credit]` into
 * those that have one of the values at a path of theirs, as in
 * `report.items[].accounts[type=loan].balances.current`. An empty path is the value itself.
 */
export function walk(value: JsonValue, path: string): JsonValue[] {
  return stepsOf(path).reduce<JsonValue[]>(
    (found, step) => {
      const [name = '', which] = step.split(/[[\]]/);
      const members = found.flatMap((one) => (isObject(one) ? [one[name]] : []));
      const entries = which === undefined ? members : members.flatMap(entriesOf(which));
      return entries.filter((one) => one !== null && one !== undefined);
    },
    [value],
  );
}

/**
 * Whether the entries at a path can be counted: each of their lists is there, be it empty, or a list on the way is
 * empty, so that there can be none. Not so where Plaid left out one of them, or was not asked for it.
 */
export const isCountable = (value: JsonValue, path: string): boolean =>
  isListed(value, stepsOf(path));

function isListed(value: JsonValue, [step = '', ...rest]: readonly string[]): boolean {
  const [name = '', which] = step.split(/[[\]]/);
  const member = isObject(value) ? value[name] : undefined;
  if (which === undefined) return rest.length > 0 && isListed(member ?? null, rest);
  if (!Array.isArray(member)) return false;
  const hasInnerList = rest.some((one) => one.includes('['));
  return !hasInnerList || walk(value, step).every((entry) => isListed(entry, rest));
}

/** Names with what stands in brackets behind them, which may have dots of its own. */
const stepsOf = (path: string): string[] => path.match(/[^.[]+(\[[^\]]*\])?/g) ?? [];

const entriesOf = (which: string) => (list: JsonValue | undefined) => {
  if (!Array.isArray(list)) return [];
  const [field = '', values] = which.split('=');
  if (values === undefined)
    return which === '' ? list : list.slice(Number(which), Number(which) + 1);
  const wanted = values.split('|');
  return list.filter((entry) => walk(entry, field).some((one) => wanted.includes(String(one))));
};
