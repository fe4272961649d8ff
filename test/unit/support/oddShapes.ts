import type { INodeParameters, JsonObject, JsonValue } from 'n8n-workflow';

import type { Field } from '../../../nodes/PlaidCheck/fields/model';
import type { Path } from '../../../nodes/PlaidCheck/fields/path';

/** A value as it may arrive instead of the one that a person means. */
export interface OddShape {
  /** What is odd, for the message of a failing run */
  what: string;
  /** The value that arrives */
  value: unknown;
  /** The JavaScript of an n8n expression that gives it */
  source: string;
}

/** One place of a request that holds a value. */
export interface Place {
  path: Path;
  field: Field;
  value: JsonValue;
}

/** Every value of a request, at any depth, without the entries of lists of plain values. */
export function placesOf(fields: readonly Field[], body: JsonObject, at: Path = []): Place[] {
  return fields.flatMap((field) => {
    const value = body[field.name];
    if (value === undefined || value === null) return [];
    const path = [...at, field.name];
    return [{ path, field, value }, ...inside(field, value, path)];
  });
}

function inside({ content }: Field, value: JsonValue, path: Path): Place[] {
  if (content.kind === 'group') return placesOf(content.members, value as JsonObject, path);
  if (content.kind !== 'groupList') return [];
  return (value as JsonObject[]).flatMap((entry, index) =>
    placesOf(content.members, entry, [...path, index]),
  );
}

const plain = (what: string, value: JsonValue): OddShape => ({
  what,
  value,
  source: JSON.stringify(value),
});

/** Whether the form has the place: it shows the members of a required group, and not the group itself. */
export const isInForm = ({ field: { required, content } }: Place) =>
  !(required && content.kind === 'group');

/** The odd shapes of a value, whatever its field holds. */
export function oddShapesOf({ field, value }: Place): OddShape[] {
  const shapes = [
    plain('null', null),
    plain('empty text', ''),
    plain('blank text', ' \n'),
    plain('text', 'odd'),
    plain('a number', 7),
    plain('a decimal', 0.5),
    plain('true', true),
    plain('an empty list', []),
    plain('a list with nothing in it', [null]),
    plain('the value in a list', [value]),
    plain('an object', { odd: 1 }),
    plain('JSON text', JSON.stringify(value)),
    plain('an expression that was not evaluated', '{{ $json.odd }}'),
    plain('an object as text', '[object Object]'),
    ...(typeof value === 'object' ? [] : [plain('with a space and a line break', ` ${value} \n`)]),
    ...(typeof value === 'object' || typeof value === 'string'
      ? []
      : [
          plain('as text', String(value)),
          plain('as text in capitals', String(value).toUpperCase()),
        ]),
  ];
  const day = field.content.kind === 'date' ? String(value) : '1990-01-05';
  const instant = `${day}T15:00:00.000Z`;
  return [
    ...shapes,
    { what: 'a Date', value: new Date(`${day}T00:00:00Z`), source: `new Date("${day}T00:00:00Z")` },
    { what: 'a Date in the afternoon', value: new Date(instant), source: `new Date("${instant}")` },
    {
      what: 'a luxon DateTime',
      // n8n turns one inside a parameter into its ISO text.
      value: `${day}T00:00:00.000+09:00`,
      source: `DateTime.fromISO("${day}", { zone: "UTC+9" })`,
    },
  ];
}

/** A copy of a request or of parameters with another value at a place; without one, without the place. */
export function withValue<T>(root: T, path: Path, value: unknown): T {
  const [key, ...rest] = path;
  if (key === undefined) return value as T;
  if (Array.isArray(root)) {
    return root.map((one, index) => (index === key ? withValue(one, rest, value) : one)) as T;
  }
  const { [key]: inner, ...others } = root as Record<string | number, unknown>;
  if (rest.length === 0 && value === undefined) return others as T;
  return { ...(root as object), [key]: withValue(inner, rest, value) } as T;
}

/** Where the editor stores the value at a path of the request. */
export function storedPath(parameters: INodeParameters, path: Path): Path {
  let stored: unknown = parameters;
  const found: Array<string | number> = [];
  const enter = (key: string | number) => {
    found.push(key);
    stored = (stored as Record<string | number, unknown>)[key];
  };
  let group = '';
  for (const [index, part] of path.entries()) {
    const has = (name: string | number) =>
      typeof stored === 'object' && stored !== null && name in stored;
    const key = typeof part === 'string' ? group + part : part;
    if (!has(key) && has('values')) enter('values');
    const isBeside = has(key) || has(`${key}__${path[index + 1]}`);
    if (!isBeside && has('additionalFields')) enter('additionalFields');
    // The members of a required group are stored beside the other fields.
    group = has(key) ? '' : `${key}__`;
    if (has(key)) enter(key);
  }
  if (group !== '') throw new Error(`Nothing is stored at ${path.join('.')}`);
  return found;
}
