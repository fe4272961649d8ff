import type { JsonObject, JsonValue } from 'n8n-workflow';
import { z } from 'zod/v4';

import { isObject } from '../utils/json';
import { oncePerKey } from '../utils/oncePerKey';
import { labels } from './builders';
import { describeValue } from './expectation';
import { unwrap } from './model';
import type { Path } from './path';
import type { Problem, Rule } from './rules';

/** What a text of a field must be besides text: undefined if it is, else what is expected. */
export type Format = (text: string, siblings: JsonObject) => Mismatch | undefined;

export interface Mismatch {
  /** To follow "must be"; omitted where the schema says it */
  expected?: string;
  /** The least number of digits, where a text of fewer is a number that lost its leading zeros */
  digits?: number;
}

const formats = z.registry<{ format: Format }>();

/** Gives a field a format; a list's applies to its entries. Each schema has its own: don't share one that differs. */
export function withFormat<S extends z.ZodType>(schema: S, format: Format): S {
  formats.add(schema, { format });
  return schema;
}

/** @param digits see Mismatch */
export const pattern =
  (expected: string, allowed: RegExp, digits?: number): Format =>
  (text) =>
    allowed.test(text) ? undefined : { expected, digits };

/** Requires the format of every field of a request that has one. */
export const formatRule =
  (request: z.ZodObject): Rule =>
  (body) =>
    checkOf(request)(body, [], {});

/** Not made before the first request: most runs need few of all operations. */
const checkOf = oncePerKey((request: z.ZodObject) => formatCheck(request) ?? (() => []));

type FormatCheck = (value: JsonValue | undefined, path: Path, siblings: JsonObject) => Problem[];

/** Checks what has a format in a schema; undefined where nothing has one, so that no request is searched for it. */
function formatCheck(schema: z.core.$ZodType): FormatCheck | undefined {
  const { inner } = unwrap(schema);
  const format = formats.get(inner)?.format;
  const own: FormatCheck | undefined =
    format && ((value, path, siblings) => problemsOf(format, inner, value, path, siblings));
  if (inner instanceof z.ZodObject) {
    const members = Object.entries<z.core.$ZodType>(inner.shape).flatMap(([name, member]) => {
      const check = formatCheck(member);
      return check ? [{ name, check }] : [];
    });
    if (members.length === 0) return own;
    return (value, path, siblings) =>
      isObject(value)
        ? members.flatMap(({ name, check }) => check(value[name], [...path, name], value))
        : (own?.(value, path, siblings) ?? []);
  }
  const entries = inner instanceof z.ZodArray ? (own ?? formatCheck(inner.element)) : undefined;
  if (!entries) return own;
  return (value, path, siblings) =>
    Array.isArray(value)
      ? value.flatMap((entry, index) => entries(entry, [...path, index], siblings))
      : (own?.(value, path, siblings) ?? []);
}

function problemsOf(
  format: Format,
  schema: z.ZodType,
  value: JsonValue | undefined,
  path: Path,
  siblings: JsonObject,
): Problem[] {
  const isNumber = typeof value === 'number';
  // Blank text is the schema's to report.
  if (!isNumber && (typeof value !== 'string' || value.trim() === '')) return [];
  const mismatch = format(String(value), siblings);
  if (!mismatch) return [];
  const { expected, digits = 0 } = mismatch;
  const shown = describeValue(value, labels.get(schema)?.secret === true);
  const lostZeros = /^\d+$/.test(String(value)) && String(value).length < digits;
  const texts = [
    // That a number is no text is the schema's to report.
    expected !== undefined && !isNumber ? `must be ${expected}, got ${shown}` : '',
    lostZeros ? lostZerosText(digits) : '',
  ].filter((text) => text !== '');
  return texts.length === 0 ? [] : [{ path, text: texts.join('; ') }];
}

const lostZerosText = (digits: number) =>
  `this looks like a number that lost its leading zeros, so send it as text such as "${'12345678901234'.slice(0, digits - 2).padStart(digits, '0')}"`;
