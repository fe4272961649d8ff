import type { JsonObject, JsonValue } from 'n8n-workflow';

import { isObject } from '../utils/json';
import { isCountable, walk } from './path';

/**
 * What kind of value a fact is. A text, number or yes/no is null where the answer does not hold it;
 * a list, table or set of attributes is empty then, so that expressions can go over it.
 */
export type FactType = 'text' | 'number' | 'boolean' | 'texts' | 'table' | 'attributes';

/** Reads one value off an answer or a part of it; never throws, whatever it is given. */
export interface Reader {
  type: FactType;
  /** Names of a table's columns */
  columns?: readonly string[];
  read: (value: JsonValue) => JsonValue;
}

/** The first text at a path; a number, as some versions are, is written as text. */
export const text = (path: string): Reader => ({
  type: 'text',
  read: (value) => textsAt(value, path)[0] ?? null,
});

export const number = (path: string): Reader => ({
  type: 'number',
  read: (value) => numbersAt(value, path)[0] ?? null,
});

export const flag = (path: string): Reader => ({
  type: 'boolean',
  read: (value) => walk(value, path).find((one) => typeof one === 'boolean') ?? null,
});

/** The texts at some paths, each once. */
export const texts = (...paths: string[]): Reader => ({
  type: 'texts',
  read: (value) => [...new Set(paths.flatMap((path) => textsAt(value, path)))],
});

/** How many entries the lists at a path hold together; null where they are not to be counted, see isCountable. */
export const count = (path: string): Reader => ({
  type: 'number',
  read: (value) => (isCountable(value, path) ? walk(value, path).length : null),
});

/** The sum of the numbers at a path; null where there is none, as unknown is not zero. Not for money: see currency.ts. */
export const total = (path: string): Reader => ({
  type: 'number',
  read: (value) => sumOf(numbersAt(value, path)),
});

/** The greatest of the numbers at a path. */
export const most = (path: string): Reader => ({
  type: 'number',
  read: (value) => numbersAt(value, path).sort((a, b) => b - a)[0] ?? null,
});

/** The first of the ISO dates or times at a path. */
export const earliest = (path: string): Reader => ({
  type: 'text',
  read: (value) => textsAt(value, path).sort()[0] ?? null,
});

/** The last of the ISO dates or times at a path. */
export const latest = (path: string): Reader => ({
  type: 'text',
  read: (value) => textsAt(value, path).sort().at(-1) ?? null,
});

/** An object with names of Plaid's choosing, such as the attributes of a model, as it is. */
export const attributes = (path: string): Reader => ({
  type: 'attributes',
  read: (value) => walk(value, path).find(isObject) ?? {},
});

/** How many attributes there are; null where there is no set of them. */
export const attributeCount = (path: string): Reader => ({
  type: 'number',
  read: (value) => {
    const found = walk(value, path).find(isObject);
    return found ? Object.keys(found).length : null;
  },
});

/** What the first reader that finds something reads. */
export const either = (first: Reader, ...others: Reader[]): Reader => ({
  ...first,
  read: (value) => {
    const found = [first, ...others].map(({ read }) => read(value));
    return found.find((one) => one !== null && !isEmptyList(one)) ?? found[0] ?? null;
  },
});

/** A number without its sign: Plaid writes money that comes in as a negative amount. */
export const withoutSign = ({ read }: Reader): Reader => ({
  type: 'number',
  read: (value) => {
    const found = read(value);
    return typeof found === 'number' ? Math.abs(found) : null;
  },
});

/** The entries of a list on the way to a table's rows, and what to read off each. */
export interface Level {
  path: string;
  columns: Record<string, Reader>;
}

/** One row for each entry of the last list, with what was read off the entries it stands in. */
export const table = (...levels: Level[]): Reader => ({
  type: 'table',
  columns: levels.flatMap(({ columns }) => Object.keys(columns)),
  read: (value) => rowsOf(value, levels),
});

function rowsOf(value: JsonValue, [level, ...inner]: Level[]): JsonObject[] {
  if (!level) return [{}];
  return walk(value, level.path)
    .filter(isObject)
    .flatMap((entry) => {
      const own = Object.entries(level.columns).map(([name, { read }]) => [name, read(entry)]);
      return rowsOf(entry, inner).map((row) => ({ ...Object.fromEntries(own), ...row }));
    });
}

/**
 * Without the noise of adding fractions: 0.1 and 0.2 are 0.3. Null where there is nothing to add,
 * or the sum is no number any more.
 */
export function sumOf(numbers: readonly number[]): number | null {
  if (numbers.length === 0) return null;
  const sum = Number(numbers.reduce((a, b) => a + b, 0).toPrecision(15));
  return Number.isFinite(sum) ? sum : null;
}

export const numbersAt = (value: JsonValue, path: string): number[] =>
  walk(value, path).filter((one) => typeof one === 'number' && Number.isFinite(one)) as number[];

export const textsAt = (value: JsonValue, path: string): string[] =>
  walk(value, path)
    .filter((one) => typeof one === 'string' || typeof one === 'number')
    .map(String);

const isEmptyList = (value: JsonValue) => Array.isArray(value) && value.length === 0;
