import type { JsonObject, JsonValue } from 'n8n-workflow';

import { isObject, MAX_DEPTH } from '../utils/json';
import { describeValue } from './expectation';
import type { Path } from './path';
import type { Problem } from './rules';

/** Why a value can't be sent as JSON. */
class NotJson extends Error {
  constructor(
    readonly path: Path,
    got: string,
  ) {
    super(`must be a JSON value, got ${got}`);
  }
}

/**
 * The plain JSON that is sent for an object, so that what is checked is what is serialized. An expression may return any
 * JavaScript value: those with a meaning in JSON, such as dates, are replaced by it; JSON.stringify would silently
 * drop or change the others, which are refused.
 * @param name what the object as a whole is called in a problem
 */
export function plainJson(
  value: JsonObject,
  name: string,
): { json: JsonObject } | { problem: Problem } {
  try {
    const json = plainContainer(value, [], new Set());
    if (isObject(json)) return { json };
    throw new NotJson([], describeValue(json, true));
  } catch (error) {
    // A getter or a toJSON of the user's may throw anything.
    const { path, message } =
      error instanceof NotJson ? error : new NotJson([], 'an unreadable one');
    return { problem: { path: path.length === 0 ? [name] : path, text: message } };
  }
}

function plain(value: unknown, path: Path, ancestors: ReadonlySet<object>): JsonValue {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
    case 'bigint':
      return plainNumber(value, path);
    case 'object':
      return value === null ? null : plainContainer(value, path, ancestors);
    default:
      throw new NotJson(path, value === undefined ? 'nothing' : `a ${typeof value}`);
  }
}

/** JSON.stringify makes null of NaN and Infinity; larger integers have lost digits. */
function plainNumber(value: number | bigint, path: Path): number {
  const number = Number(value);
  if (!Number.isFinite(number)) throw new NotJson(path, String(number));
  if (Number.isInteger(number) && !Number.isSafeInteger(number)) {
    throw new NotJson(
      path,
      'an integer of more than 15 digits, which is not exact; send it as text',
    );
  }
  return number;
}

function plainContainer(value: object, path: Path, ancestors: ReadonlySet<object>): JsonValue {
  if (ancestors.has(value)) throw new NotJson(path, 'a value that contains itself');
  if (ancestors.size >= MAX_DEPTH)
    throw new NotJson([], `more than ${MAX_DEPTH} levels of nesting`);
  const inner = new Set(ancestors).add(value);
  const kind = kindOf(value);
  switch (kind) {
    case 'Array':
      return Array.from(value as unknown[], (entry, index) =>
        plain(entry, [...path, index], inner),
      );
    case 'Number':
    case 'String':
    case 'Boolean':
    case 'BigInt':
      return plain(value.valueOf(), path, inner);
    case 'Object':
    case 'Date':
      return plainObjectOrMeaning(value, path, inner);
    default:
      throw new NotJson(path, `a ${kind}`);
  }
}

/** Such as Array, Date or Map, also of another realm. */
const kindOf = (value: object) =>
  Object.prototype.toString.call(value).slice('[object '.length, -1);

/** Dates, and objects such as n8n's DateTime, say by toJSON what they mean. */
function plainObjectOrMeaning(
  value: object,
  path: Path,
  ancestors: ReadonlySet<object>,
): JsonValue {
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON !== 'function') return plainObject(value, path, ancestors);
  const meaning: unknown = toJSON.call(value, String(path.at(-1) ?? ''));
  if (meaning === null)
    throw new NotJson(path, 'an invalid date or another object without a value');
  return plain(meaning, path, ancestors);
}

/** As in JSON, a member without a value is absent. */
function plainObject(value: object, path: Path, ancestors: ReadonlySet<object>): JsonObject {
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => [name, plain(member, [...path, name], ancestors)] as const);
  return Object.fromEntries(members);
}
