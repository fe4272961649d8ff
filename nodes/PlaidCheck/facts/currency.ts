import type { JsonValue } from 'n8n-workflow';

import { isObject } from '../utils/json';
import { walk } from './path';
import { numbersAt, sumOf, type Reader } from './read';

/**
 * Reads the amounts of an answer in one currency, which is the one named most often at the given
 * paths (the first of several as frequent ones). Amounts in another currency are left out, never
 * added or converted, and `others` tells which those are. An amount that names no currency is taken
 * to be in the answer's.
 */
export const moneyAt = (...places: string[]) => {
  const codes = (answer: JsonValue) => places.flatMap((place) => codesAt(answer, place));
  const currency = (answer: JsonValue) => mostFrequent(codes(answer));
  return {
    currency: { type: 'text', read: currency } satisfies Reader,
    others: {
      type: 'texts',
      read: (answer) => [...new Set(codes(answer))].filter((one) => one !== currency(answer)),
    } satisfies Reader,
    /**
     * The sum of the amounts of all entries at a path; null where there is none. `amount` is the
     * path within an entry, and so is `namedAt`, which leads to what names the entry's currency.
     */
    sum: (path: string, amount: string, namedAt = ''): Reader => ({
      type: 'number',
      read: (answer) => {
        const wanted = currency(answer);
        const entries = walk(answer, path).filter(
          (entry) => (mostFrequent(codesAt(entry, namedAt)) ?? wanted) === wanted,
        );
        return sumOf(entries.flatMap((entry) => numbersAt(entry, amount)));
      },
    }),
  };
};

/** The currency of a table's row, named at a path. */
export const currencyAt = (path: string): Reader => ({
  type: 'text',
  read: (value) => mostFrequent(codesAt(value, path)),
});

/** Plaid sets one of the two codes; the unofficial one is for currencies without an ISO code. */
const codesAt = (value: JsonValue, path: string): string[] =>
  walk(value, path)
    .filter(isObject)
    .map(({ iso_currency_code, unofficial_currency_code }) =>
      typeof iso_currency_code === 'string' ? iso_currency_code : unofficial_currency_code,
    )
    .filter((code) => typeof code === 'string');

function mostFrequent(codes: readonly string[]): string | null {
  const times = new Map<string, number>();
  for (const code of codes) times.set(code, (times.get(code) ?? 0) + 1);
  const [first] = [...times].sort(([, a], [, b]) => b - a);
  return first?.[0] ?? null;
}
