import type { JsonObject, JsonValue } from 'n8n-workflow';

import { isObject } from '../utils/json';
import { compareValues, sortedBy, timeOf } from './order';
import { isCountable, walk } from './path';

/**
 * What kind of value a fact is. A text, number or yes/no is null where the answer does not hold it;
 * a list, table or set of attributes is empty then, so that expressions can go over it.
 */
export type FactType = 'text' | 'number' | 'boolean' | 'texts' | 'table' | 'attributes';

/** Reads one value off an answer or a part of it; never throws, whatever it is given. */
export interface Reader {
  type: FactType;
  /** A table's columns by name, and what kind of value each holds */
  columns?: Readonly<Record<string, FactType>>;
  /** Paths of what it reads, for the reference */
  sources: readonly string[];
  /** When it is null or empty, for the reference; without a period at the end */
  nullRule: string;
  read: (value: JsonValue) => JsonValue;
  /** Whether Plaid sent what an empty list is read from; only lists and tables have it */
  isKnown?: (value: JsonValue) => boolean;
}

const NOT_SENT = 'Plaid does not send it';

/** The first text at a path; a number, as some versions are, is written as text. */
export const text = (path: string): Reader => ({
  type: 'text',
  sources: [path],
  nullRule: NOT_SENT,
  read: (value) => textsAt(value, path)[0] ?? null,
});

export const number = (path: string): Reader => ({
  type: 'number',
  sources: [path],
  nullRule: NOT_SENT,
  read: (value) => numbersAt(value, path)[0] ?? null,
});

/**
 * What several parts of an answer say alike; null where they differ, as it would depend on which one is read.
 * @param reader reads the value off one part
 */
export const agreed = (parts: string, reader: Reader): Reader => ({
  ...reader,
  sources: reader.sources.map((source) => `${parts}.${source}`),
  nullRule: 'Plaid does not send it, or says something else of each product',
  read: (value) => {
    const found = walk(value, parts)
      .map(reader.read)
      .filter((one) => one !== null);
    return new Set(found).size === 1 ? (found[0] ?? null) : null;
  },
});

export const flag = (path: string): Reader => ({
  type: 'boolean',
  sources: [path],
  nullRule: NOT_SENT,
  read: (value) => walk(value, path).find((one) => typeof one === 'boolean') ?? null,
});

/** The texts of one list, each once and in Plaid's order, as reasons are listed by their weight. */
export const texts = (...paths: string[]): Reader => ({
  type: 'texts',
  sources: paths,
  nullRule: 'Plaid lists none',
  read: (value) => [...new Set(paths.flatMap((path) => textsAt(value, path)))],
  // Some lists are numbered fields, such as `reason_code_1`.
  isKnown: (value) =>
    paths.some((path) =>
      path.includes('[') ? isCountable(value, path) : textsAt(value, path).length > 0,
    ),
});

/** The texts of several lists, each once and sorted. */
export const names = (path: string): Reader => ({
  ...texts(path),
  read: (value) => [...new Set(textsAt(value, path))].sort(compareValues),
});

/** How many entries the lists at a path hold together; null where they are not to be counted, see isCountable. */
export const count = (path: string): Reader => ({
  type: 'number',
  sources: [path],
  nullRule: 'Plaid leaves out one of these lists',
  read: (value) => (isCountable(value, path) ? walk(value, path).length : null),
});

/** The greatest of the numbers at a path. */
export const most = (path: string): Reader => ({
  type: 'number',
  sources: [path],
  nullRule: NOT_SENT,
  read: (value) => numbersAt(value, path).sort((a, b) => b - a)[0] ?? null,
});

/** The least of the numbers at a path. */
export const least = (path: string): Reader => ({
  ...most(path),
  read: (value) => numbersAt(value, path).sort((a, b) => a - b)[0] ?? null,
});

/** The first of the ISO dates or times at a path. */
export const earliest = (path: string): Reader => ({
  type: 'text',
  sources: [path],
  nullRule: NOT_SENT,
  read: (value) => timesAt(value, path)[0] ?? null,
});

/** The last of the ISO dates or times at a path. */
export const latest = (path: string): Reader => ({
  ...earliest(path),
  read: (value) => timesAt(value, path).at(-1) ?? null,
});

/** An object with names of Plaid's choosing, such as the attributes of a model, as it is. */
export const attributes = (path: string): Reader => ({
  type: 'attributes',
  sources: [path],
  nullRule: 'Plaid sends none',
  read: (value) => walk(value, path).find(isObject) ?? {},
});

/** How many attributes there are; null where there is no set of them. */
export const attributeCount = (path: string): Reader => ({
  type: 'number',
  sources: [path],
  nullRule: NOT_SENT,
  read: (value) => {
    const found = walk(value, path).find(isObject);
    return found ? Object.keys(found).length : null;
  },
});

/** What the first reader that finds something reads. */
export const either = (first: Reader, ...others: Reader[]): Reader => ({
  ...first,
  sources: [first, ...others].flatMap(({ sources }) => sources),
  read: (value) => {
    const found = [first, ...others].map(({ read }) => read(value));
    return found.find((one) => one !== null && !isEmptyList(one)) ?? found[0] ?? null;
  },
  isKnown: (value) =>
    [first, ...others].some(({ read, isKnown }) => isKnown?.(value) ?? read(value) !== null),
});

/** A number without its sign: Plaid writes money that comes in as a negative amount. */
export const withoutSign = (reader: Reader): Reader => ({
  ...reader,
  read: (value) => {
    const found = reader.read(value);
    return typeof found === 'number' ? Math.abs(found) : null;
  },
});

/** A part of an answer that facts are read off. */
export interface Selection {
  /** Where it may be, for the reference */
  paths: readonly string[];
  /** The part; null where there is none */
  read: (answer: JsonValue) => JsonValue;
}

/** The whole answer. */
export const WHOLE_ANSWER: Selection = { paths: [''], read: (answer) => answer };

/** What stands at a path, of the answer or of a part of it. */
export const partAt = (path: string, of: Selection = WHOLE_ANSWER): Selection => ({
  paths: pathsIn(of, path),
  read: (answer) => walk(of.read(answer), path)[0] ?? null,
});

/** Of the entries at a path, the one with the least key. */
export const firstBy = (path: string, key: (entry: JsonValue) => JsonValue): Selection => ({
  paths: [path],
  read: (answer) => sortedBy(walk(answer, path).filter(isObject), key)[0] ?? null,
});

/** Reads a value off a selected part; finds nothing where there is no such part. */
export const within = (part: Selection, reader: Reader): Reader => {
  const { isKnown } = reader;
  return {
    ...reader,
    sources: reader.sources.flatMap((source) => pathsIn(part, source)),
    read: (answer) => reader.read(part.read(answer)),
    ...(isKnown && { isKnown: (answer: JsonValue) => isKnown(part.read(answer)) }),
  };
};

/** The paths of an answer that lead to a path of a part of it. */
export const pathsIn = ({ paths }: Selection, path: string): string[] =>
  paths.map((start) => [start, path].filter((one) => one !== '').join('.'));

/** The entries of a list on the way to a table's rows, and what to read off each. */
export interface Level {
  path: string;
  columns: Record<string, Reader>;
}

/** One row for each entry of the last list, with what was read off the entries it stands in; sorted by their columns. */
export const table = (...levels: Level[]): Reader => ({
  type: 'table',
  columns: Object.fromEntries(
    levels.flatMap(({ columns }) =>
      Object.entries(columns).map(([name, { type }]) => [name, type] as const),
    ),
  ),
  sources: [pathOf(levels)],
  nullRule: 'Plaid lists none; a column is null if Plaid does not send its value',
  read: (value) => rowsOf(value, levels).sort(byColumns),
  isKnown: (value) => isCountable(value, pathOf(levels)),
});

const pathOf = (levels: readonly Level[]) => levels.map(({ path }) => path).join('.');

function rowsOf(value: JsonValue, [level, ...inner]: Level[]): JsonObject[] {
  if (!level) return [{}];
  return walk(value, level.path)
    .filter(isObject)
    .flatMap((entry) => {
      const own = Object.entries(level.columns).map(([name, { read }]) => [name, read(entry)]);
      return rowsOf(entry, inner).map((row) => ({ ...Object.fromEntries(own), ...row }));
    });
}

function byColumns(one: JsonObject, other: JsonObject): number {
  for (const name of Object.keys(one)) {
    const order = compareValues(one[name] ?? null, other[name] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

/**
 * Without the noise of adding fractions: 0.1 and 0.2 are 0.3, in any order. Null where there is nothing to add, or the
 * sum is no number any more.
 */
export function sumOf(numbers: readonly number[]): number | null {
  if (numbers.length === 0) return null;
  const sum = [...numbers].sort((a, b) => a - b).reduce((a, b) => a + b, 0);
  return finite(Number(sum.toPrecision(15)));
}

/** A number that can be output: JSON has no NaN or infinity, and nobody owes -0. */
export const finite = (value: JsonValue | undefined): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value + 0 : null;

export const numbersAt = (value: JsonValue, path: string): number[] =>
  walk(value, path)
    .map(finite)
    .filter((one) => one !== null);

/** The texts at a path; an empty one says nothing. */
export const textsAt = (value: JsonValue, path: string): string[] =>
  walk(value, path)
    .filter((one) => typeof one === 'string' || typeof one === 'number')
    .map(String)
    .filter((one) => one !== '');

/** The ISO dates and times at a path, in their order in time. */
const timesAt = (value: JsonValue, path: string): string[] =>
  sortedBy(
    textsAt(value, path).filter((one) => timeOf(one) !== null),
    timeOf,
  );

const isEmptyList = (value: JsonValue) => Array.isArray(value) && value.length === 0;
