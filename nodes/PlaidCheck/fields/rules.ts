import type { JsonObject, JsonValue } from 'n8n-workflow';

import { isObject } from '../utils/json';
import { valueAt, type Path } from './path';

/** How another field is called, by its own name alone: that of the API in JSON, its label in the form. */
export type NameOf = (path: Path) => string;

/** An error in a request body. */
export interface Problem {
  /** Empty for the body itself */
  path: Path;
  /** What is wrong and what is allowed, to follow the name of the field; a function where it names other fields */
  text: string | ((nameOf: NameOf) => string);
  /** The text without the value that breaks it, where it holds one; equal for all items that break it */
  rule?: string;
  /** The way to the field in the form, where the request comes from there */
  label?: string;
}

export const nameInApi: NameOf = (path) => String(path.at(-1) ?? '');

/** A condition between fields. Ignores fields that are missing or of the wrong type, which the schema reports. */
export type Rule = (body: JsonObject) => Problem[];

/** One number must not exceed another. */
export const atMostField =
  (lower: Path, upper: Path): Rule =>
  (body) => {
    const low = valueAt(body, lower);
    const high = valueAt(body, upper);
    if (typeof low !== 'number' || typeof high !== 'number' || low <= high) return [];
    return [
      {
        path: lower,
        text: (nameOf) => `must be at most the value of ${nameOf(upper)} (${high}), got ${low}`,
      },
    ];
  };

/** One date must not be after another. Dates are text in ISO 8601, which sorts as they do. */
export const notAfter =
  (first: Path, last: Path): Rule =>
  (body) => {
    const [from, to] = [valueAt(body, first), valueAt(body, last)];
    if (!isDay(from) || !isDay(to) || from <= to) return [];
    return [
      { path: first, text: (nameOf) => `must not be after ${nameOf(last)} (${to}), got ${from}` },
    ];
  };

const isDay = (value: JsonValue | undefined): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);

/** A field is required if another one, or a list, contains a value. */
export const requiredWhen =
  (path: Path, when: { field: Path; contains: string }): Rule =>
  (body) => {
    const value = valueAt(body, when.field);
    const applies = Array.isArray(value) ? value.includes(when.contains) : value === when.contains;
    if (!applies || isSet(valueAt(body, path))) return [];
    return [
      {
        path,
        text: (nameOf) => `is required because ${nameOf(when.field)} contains "${when.contains}"`,
      },
    ];
  };

/** A field is required if a sibling is set. */
export const requiredWith =
  (name: string, other: string): Rule =>
  (body) =>
    isSet(body[other]) && !isSet(body[name])
      ? [{ path: [name], text: (nameOf) => `is required because ${nameOf([other])} is set` }]
      : [];

export const exactlyOne =
  (names: readonly string[]): Rule =>
  (body) => {
    const [kept, ...extra] = names.filter((name) => isSet(body[name]));
    const [first = '', ...others] = names;
    if (kept === undefined) {
      const text = (nameOf: NameOf) => `is required, or instead ${listed(others, nameOf)}`;
      return [{ path: [first], text }];
    }
    return extra.map((name) => ({
      path: [name],
      text: (nameOf) => `must be left out, as ${nameOf([kept])} is set and only one of them may be`,
    }));
  };

const listed = (names: readonly string[], nameOf: NameOf) =>
  names.map((name) => nameOf([name])).join(' or ');

/** Fields that exclude each other. */
export const atMostOne =
  (names: readonly string[]): Rule =>
  (body) =>
    names
      .filter((name) => isSet(body[name]))
      .slice(1)
      .map((name) => ({
        path: [name],
        text: (nameOf) => `must be left out, as only one of ${listed(names, nameOf)} may be set`,
      }));

/** Lists that must not have a value in common. */
export const disjoint =
  (names: readonly string[]): Rule =>
  (body) =>
    names.flatMap((name, place) =>
      names.slice(place + 1).flatMap((other) => {
        const shared = listOf(body[name]).find((value) => listOf(body[other]).includes(value));
        const text = (nameOf: NameOf) =>
          `must not contain ${JSON.stringify(shared)} because ${nameOf([name])} contains it, too`;
        return shared === undefined ? [] : [{ path: [other], text }];
      }),
    );

const listOf = (value: JsonValue | undefined): JsonValue[] => (Array.isArray(value) ? value : []);

/** A list that holds more values than Plaid accepts at present. */
export const atMostEntries =
  (path: Path, max: number): Rule =>
  (body) => {
    const { length } = listOf(valueAt(body, path));
    const text = `must have at most ${max === 1 ? 'one entry' : `${max} entries`}, got ${length}`;
    return length > max ? [{ path, text }] : [];
  };

/** A field that makes sense only if one of others is set. */
export const needsOneOf =
  (path: Path, others: readonly string[]): Rule =>
  (body) => {
    const value = valueAt(body, path);
    if (!isSet(value) || value === false || others.some((name) => isSet(body[name]))) return [];
    return [{ path, text: (nameOf) => `is allowed only with ${listed(others, nameOf)}` }];
  };

/** A value that must be the only one in a list. */
export const exclusiveValue =
  (name: string, value: string): Rule =>
  (body) => {
    const list = body[name];
    const isMixed =
      Array.isArray(list) && list.includes(value) && list.some((one) => one !== value);
    return isMixed
      ? [{ path: [name], text: `must not contain other values beside "${value}"` }]
      : [];
  };

/** Every value of a list must be there once. */
export const distinctValues =
  (name: string): Rule =>
  (body) => {
    const list = body[name];
    const repeated = (Array.isArray(list) ? list : []).find(
      (value, index, all) => all.indexOf(value) !== index,
    );
    return repeated === undefined
      ? []
      : [
          {
            path: [name],
            text: `must contain each value once, got ${JSON.stringify(repeated)} twice`,
          },
        ];
  };

/** A member that entries of a list may have only if another member has a value. */
export const allowedOnlyWhen =
  (list: string, name: string, when: { field: string; contains: string }): Rule =>
  (body) =>
    listEntries(body, list).flatMap((entry, index) => {
      const kind = entry[when.field];
      const isWrong = name in entry && typeof kind === 'string' && kind !== when.contains;
      const text = (nameOf: NameOf) =>
        `is allowed only if ${nameOf([list, index, when.field])} is "${when.contains}", got ${JSON.stringify(kind)}`;
      return isWrong ? [{ path: [list, index, name], text }] : [];
    });

/** A field that must be omitted or null if an entry of a list has a value. */
export const nullWhen =
  (name: string, list: string, when: { field: string; contains: string }): Rule =>
  (body) => {
    const applies = listEntries(body, list).some((entry) => entry[when.field] === when.contains);
    if (!applies || !isSet(body[name])) return [];
    return [
      {
        path: [name],
        text: (nameOf) =>
          `must be omitted or null because ${nameOf([list])} contains "${when.contains}"`,
      },
    ];
  };

/** The entries of a list. Those that are not objects become empty: the schema reports them. */
function listEntries(body: JsonObject, list: string): JsonObject[] {
  const entries = body[list];
  if (!Array.isArray(entries)) return [];
  return entries.map((entry) => (isObject(entry) ? entry : {}));
}

const isSet = (value: JsonValue | undefined) => value !== undefined && value !== null;
