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
 * Whether the entries at a path can be counted: their list is there, be it empty, or a list on the
 * way is empty, so that there can be none. Not so where a part was left out or not asked for.
 */
export const isCountable = (value: JsonValue, path: string): boolean =>
  [...path.matchAll(/\[/g)].some(({ index }, at, all) =>
    walk(value, path.slice(0, index))
      .filter(Array.isArray)
      .some(({ length }) => at === all.length - 1 || (length === 0 && path[index + 1] === ']')),
  );

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
