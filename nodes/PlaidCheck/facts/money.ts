import type { JsonObject, JsonValue } from 'n8n-workflow';

import { isObject } from '../utils/json';
import type { Accounts } from './accounts';
import { compareValues } from './order';
import { walk } from './path';
import {
  finite,
  numbersAt,
  pathsIn,
  sumOf,
  WHOLE_ANSWER,
  type Reader,
  type Selection,
} from './read';

/*
 * The one rule of every total: each account once; one currency; null if an amount that belongs to it is unknown, with
 * the number of those beside it; amounts in another currency, or in none that Plaid names, left out and counted.
 */

/** Where an answer names currencies: one entry for each amount, null where Plaid does not name its currency. */
export interface Place {
  sources: readonly string[];
  codes: (answer: JsonValue) => Array<string | null>;
}

/** The amounts at a path, which name their currency themselves. */
export const amountsAt = (...paths: string[]): Place => ({
  sources: paths,
  codes: (answer) => paths.flatMap((path) => walk(answer, path).filter(isObject).map(codeOf)),
});

/** The amounts at a path of a part of the answer. */
export const amountsIn = (part: Selection, amounts: string): Place => ({
  sources: pathsIn(part, amounts),
  codes: (answer) => amountsAt(amounts).codes(part.read(answer)),
});

/** The balances of accounts. */
export const balancesOf = ({ path, read }: Accounts): Place => ({
  sources: [`${path}.balances`],
  codes: (answer) => (read(answer) ?? []).map(({ balances }) => codeOf(balances ?? null)),
});

/** The entries of a total: those that may belong to it, what each adds, and its currency. */
export interface Amounts<Entry extends JsonValue = JsonObject> {
  sources: readonly string[];
  /** Which entries there are, in words, to end "if there is no ..." */
  what: string;
  /** Null where Plaid does not list them */
  entries: (answer: JsonValue) => Entry[] | null;
  /** Null where it is unknown */
  amountOf: (entry: Entry) => number | null;
  codeOf: (entry: Entry) => string | null;
}

/** What is known of the amounts that belong to a total. */
export interface Tally {
  amounts: number[];
  unknown: number;
  /** Left out, as their currency is another one or not named */
  leftOut: number;
}

/** A total and the number of unknown amounts in it. */
export interface Total {
  sum: Reader;
  unknown: Reader;
}

export type Money = ReturnType<typeof moneyAt>;

/** The amounts of an answer in its one currency: US dollars if it names them anywhere, else the only one that it names. */
export const moneyAt = (...places: Place[]) => {
  const sources = places.flatMap((place) => place.sources);
  const codes = (answer: JsonValue) => places.flatMap((place) => place.codes(answer));
  const currency = (answer: JsonValue) => chosenCurrency(codes(answer));
  const counted = (isLeftOut: (code: string | null, chosen: string | null) => boolean): Reader => ({
    type: 'number',
    sources,
    nullRule: 'The response holds no amounts',
    read: (answer) => {
      const all = codes(answer);
      const chosen = chosenCurrency(all);
      return all.length === 0 ? null : all.filter((code) => isLeftOut(code, chosen)).length;
    },
  });
  const tally = <Entry extends JsonValue>(
    answer: JsonValue,
    { entries, amountOf, codeOf: codeOfEntry }: Amounts<Entry>,
  ): Tally | null => {
    const all = entries(answer);
    if (!all) return null;
    const chosen = currency(answer);
    const found: Tally = { amounts: [], unknown: 0, leftOut: 0 };
    for (const entry of all) {
      const code = codeOfEntry(entry);
      const amount = finite(amountOf(entry));
      if (code !== null && code !== chosen) found.leftOut++;
      else if (amount === null) found.unknown++;
      else if (code === null) found.leftOut++;
      else found.amounts.push(amount);
    }
    return found;
  };
  return {
    currency: {
      type: 'text',
      sources,
      nullRule: 'The response names no currency, or several without USD',
      read: currency,
    } satisfies Reader,
    others: {
      type: 'texts',
      sources,
      nullRule: 'The response names no other currency',
      read: (answer) => {
        const all = codes(answer).filter((code) => code !== null);
        return [...new Set(all)].filter((code) => code !== currency(answer)).sort(compareValues);
      },
      isKnown: (answer) => codes(answer).length > 0,
    } satisfies Reader,
    inOthers: counted((code, chosen) => code !== null && code !== chosen),
    inNone: counted((code) => code === null),
    tally,
    /** @param ifNone the total of no amounts; null unless it is known to be something */
    total: <Entry extends JsonValue>(amounts: Amounts<Entry>, ifNone: 0 | null = null): Total => ({
      sum: {
        type: 'number',
        sources: amounts.sources,
        nullRule: `There is no ${amounts.what}${ifNone === null ? ' in `currency`' : ' list'}, or the amount of one is unknown; amounts without a currency are left out, see \`no_currency_amount_count\``,
        read: (answer) => {
          const found = tally(answer, amounts);
          if (!found || found.unknown > 0) return null;
          const isEmpty = found.amounts.length === 0 && found.leftOut === 0;
          return isEmpty ? ifNone : sumOf(found.amounts);
        },
      },
      unknown: {
        type: 'number',
        sources: amounts.sources,
        nullRule: `Plaid does not list them`,
        read: (answer) => tally(answer, amounts)?.unknown ?? null,
      },
    }),
    /** The amount at a path, or the sum of several in a list; null where one of them is unknown. */
    at: (path: string, amount: string, part: Selection = WHOLE_ANSWER): Reader => {
      const amounts: Amounts = {
        sources: pathsIn(part, `${path}.${amount}`),
        what: 'such amount',
        entries: (answer) => walk(part.read(answer), path).filter(isObject),
        amountOf: (entry) => numbersAt(entry, amount)[0] ?? null,
        codeOf,
      };
      return {
        type: 'number',
        sources: amounts.sources,
        nullRule: 'Plaid does not send it in `currency`',
        read: (answer) => {
          const found = tally(answer, amounts);
          return found && found.unknown === 0 ? sumOf(found.amounts) : null;
        },
      };
    },
  };
};

/** The currency of a table's row, named at a path. */
export const currencyAt = (path: string): Reader => ({
  type: 'text',
  sources: [path],
  nullRule: 'Plaid names no currency, or several without USD',
  read: (value) => chosenCurrency(walk(value, path).filter(isObject).map(codeOf)),
});

/** Plaid's flows count USD alone, so it comes first; of several others none is to be preferred. */
export function chosenCurrency(codes: ReadonlyArray<string | null>): string | null {
  const named = new Set(codes.filter((code) => code !== null));
  if (named.has('USD')) return 'USD';
  const [only = null] = named;
  return named.size === 1 ? only : null;
}

/** Plaid sets one of the two codes; the unofficial one is for currencies without an ISO code. */
export function codeOf(value: JsonValue): string | null {
  if (!isObject(value)) return null;
  const codes = [value.iso_currency_code, value.unofficial_currency_code];
  const found = codes.find((code) => typeof code === 'string' && code !== '');
  return typeof found === 'string' ? found : null;
}
