import type { JsonObject, JsonValue } from 'n8n-workflow';

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
export const notAbove =
  (lower: string, upper: string): Rule =>
  (body) => {
    const low = body[lower];
    const high = body[upper];
    if (typeof low !== 'number' || typeof high !== 'number' || low <= high) return [];
    return [
      { path: [lower], text: `expected at most the value of ${upper} (${high}), got ${low}` },
    ];
  };

/** A field of a group must be there when a list beside it holds a value. */
export const requiredWhen =
  (group: Path, name: string, when: { field: string; holds: string }): Rule =>
  (body) => {
    const list = valueAt(body, [...group, when.field]);
    const asked = Array.isArray(list) && list.includes(when.holds);
    if (!asked || valueAt(body, [...group, name])) return [];
    return [{ path: [...group, name], text: `required, as ${when.field} holds "${when.holds}"` }];
  };

/** A field must be there when another one beside it is. */
export const requiredBeside =
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

const isGiven = (value: JsonValue | undefined) => value !== undefined && value !== null;
