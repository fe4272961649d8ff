import type { JsonObject, JsonValue } from 'n8n-workflow';

import { isObject } from '../utils/json';
import { valueAt, type Path } from './path';

/** An error in a request body. */
export interface Problem {
  /** Empty for the body itself */
  path: Path;
  /** What is wrong and what is allowed, to follow the path */
  text: string;
}

/** A condition between fields. Ignores fields that are missing or of the wrong type, which the schema reports. */
export type Rule = (body: JsonObject) => Problem[];

/** One number must not exceed another. */
export const atMostField =
  (lower: Path, upper: Path): Rule =>
  (body) => {
    const low = valueAt(body, lower);
    const high = valueAt(body, upper);
    if (typeof low !== 'number' || typeof high !== 'number' || low <= high) return [];
    const limit = `the value of ${upper.at(-1)} (${high})`;
    return [{ path: lower, text: `expected at most ${limit}, got ${low}` }];
  };

/** A field is required if another one, or a list, contains a value. */
export const requiredWhen =
  (path: Path, when: { field: Path; contains: string }): Rule =>
  (body) => {
    const value = valueAt(body, when.field);
    const applies = Array.isArray(value) ? value.includes(when.contains) : value === when.contains;
    if (!applies || isSet(valueAt(body, path))) return [];
    return [{ path, text: `required because ${when.field.at(-1)} contains "${when.contains}"` }];
  };

/** A field is required if a sibling is set. */
export const requiredWith =
  (name: string, other: string): Rule =>
  (body) =>
    isSet(body[other]) && !isSet(body[name])
      ? [{ path: [name], text: `required because ${other} is set` }]
      : [];

export const exactlyOne =
  (names: readonly string[]): Rule =>
  (body) => {
    const present = names.filter((name) => isSet(body[name]));
    if (present.length === 1) return [];
    const allowed = `expected exactly one of ${names.join(', ')}`;
    if (present.length === 0) return [{ path: [names[0] ?? ''], text: `required, ${allowed}` }];
    return present
      .slice(1)
      .map((name) => ({ path: [name], text: `${allowed}, got ${present.join(' and ')}` }));
  };

/** A value that must be the only one in a list. */
export const exclusiveValue =
  (name: string, value: string): Rule =>
  (body) => {
    const list = body[name];
    const isMixed =
      Array.isArray(list) && list.includes(value) && list.some((one) => one !== value);
    return isMixed
      ? [{ path: [name], text: `expected "${value}" to be the only value if it is included` }]
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
      : [{ path: [name], text: `expected each value once, got ${JSON.stringify(repeated)} twice` }];
  };

/** A member that entries of a list may have only if another member has a value. */
export const allowedOnlyWhen =
  (list: string, name: string, when: { field: string; contains: string }): Rule =>
  (body) =>
    listEntries(body, list).flatMap((entry, index) => {
      const kind = entry[when.field];
      const isWrong = name in entry && typeof kind === 'string' && kind !== when.contains;
      const text = `allowed only if ${when.field} is "${when.contains}", got ${JSON.stringify(kind)}`;
      return isWrong ? [{ path: [list, index, name], text }] : [];
    });

/** A field that must be omitted or null if an entry of a list has a value. */
export const nullWhen =
  (name: string, list: string, when: { field: string; contains: string }): Rule =>
  (body) => {
    const applies = listEntries(body, list).some((entry) => entry[when.field] === when.contains);
    if (!applies || !isSet(body[name])) return [];
    return [
      { path: [name], text: `must be omitted or null because ${list} contains "${when.contains}"` },
    ];
  };

/** The entries of a list. Those that are not objects become empty: the schema reports them. */
function listEntries(body: JsonObject, list: string): JsonObject[] {
  const entries = body[list];
  if (!Array.isArray(entries)) return [];
  return entries.map((entry) => (isObject(entry) ? entry : {}));
}

const isSet = (value: JsonValue | undefined) => value !== undefined && value !== null;
