import type { JsonObject, JsonValue } from 'n8n-workflow';

import { isObject } from '../utils/json';
import { valueAt, type Path } from './path';

/** Something wrong with a request body. */
export interface Problem {
  /** Empty for the body itself */
  path: Path;
  /** What is wrong and what is allowed, to stand behind the path */
  text: string;
}

/** A condition between fields; returns no problem where the fields it compares are missing or of a wrong type. */
export type Rule = (body: JsonObject) => Problem[];

/** One number field must not be above another. */
export const atMostField =
  (lower: Path, upper: Path): Rule =>
  (body) => {
    const low = valueAt(body, lower);
    const high = valueAt(body, upper);
    if (typeof low !== 'number' || typeof high !== 'number' || low <= high) return [];
    const limit = `the value of ${upper.at(-1)} (${high})`;
    return [{ path: lower, text: `expected at most ${limit}, got ${low}` }];
  };

/** A field must be there when another one, or a list, holds a value. */
export const requiredWhen =
  (path: Path, when: { field: Path; holds: string }): Rule =>
  (body) => {
    const value = valueAt(body, when.field);
    const asked = Array.isArray(value) ? value.includes(when.holds) : value === when.holds;
    if (!asked || isGiven(valueAt(body, path))) return [];
    return [{ path, text: `required, as ${when.field.at(-1)} holds "${when.holds}"` }];
  };

/** A field must be there when another one beside it is. */
export const requiredWith =
  (name: string, other: string): Rule =>
  (body) =>
    isGiven(body[other]) && !isGiven(body[name])
      ? [{ path: [name], text: `required, as ${other} is given` }]
      : [];

/** Exactly one of several fields must be there. */
export const exactlyOne =
  (names: readonly string[]): Rule =>
  (body) => {
    const given = names.filter((name) => isGiven(body[name]));
    if (given.length === 1) return [];
    const allowed = `expected exactly one of ${names.join(', ')}`;
    if (given.length === 0) return [{ path: [names[0] ?? ''], text: `required, ${allowed}` }];
    return given
      .slice(1)
      .map((name) => ({ path: [name], text: `${allowed}, got ${given.join(' and ')}` }));
  };

/** A value that only ever stands alone in a list. */
export const exclusiveValue =
  (name: string, value: string): Rule =>
  (body) => {
    const list = body[name];
    const isMixed =
      Array.isArray(list) && list.includes(value) && list.some((one) => one !== value);
    return isMixed ? [{ path: [name], text: `expected "${value}" alone or not at all` }] : [];
  };

/** A member that the entries of a list have only where another member holds a value. */
export const allowedOnlyWhen =
  (list: string, name: string, when: { field: string; holds: string }): Rule =>
  (body) =>
    entriesOf(body, list).flatMap((entry, index) => {
      const kind = entry[when.field];
      const isWrong = name in entry && typeof kind === 'string' && kind !== when.holds;
      const text = `only for the ${when.field} "${when.holds}", got it for ${JSON.stringify(kind)}`;
      return isWrong ? [{ path: [list, index, name], text }] : [];
    });

/** A field that must be left out, or null, where an entry of a list holds a value. */
export const nullWhen =
  (name: string, list: string, when: { field: string; holds: string }): Rule =>
  (body) => {
    const asked = entriesOf(body, list).some((entry) => entry[when.field] === when.holds);
    if (!asked || !isGiven(body[name])) return [];
    return [{ path: [name], text: `expected null or nothing, as ${list} holds "${when.holds}"` }];
  };

/** The entries of a list, each in its place; one that is no object counts as empty, as the schema names it. */
function entriesOf(body: JsonObject, list: string): JsonObject[] {
  const entries = body[list];
  if (!Array.isArray(entries)) return [];
  return entries.map((entry) => (isObject(entry) ? entry : {}));
}

const isGiven = (value: JsonValue | undefined) => value !== undefined && value !== null;
