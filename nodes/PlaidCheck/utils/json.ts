import type { JsonObject, JsonValue } from 'n8n-workflow';

/** Whether a value is a JSON object, not null or an array. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A JSON object as it is; anything else as an empty object. */
export const asObject = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** Text that is not empty; anything else as null. */
export const asText = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** Parses text as a JSON object; undefined if it is anything else. */
export function parseJsonObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Compares two JSON values, ignoring the order of keys. */
export function isDeepEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one) || Array.isArray(other)) {
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((entry, index) => isDeepEqual(entry, other[index]))
    );
  }
  if (!isObject(one) || !isObject(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isDeepEqual(one[name], other[name]))
  );
}

/**
 * The most levels that a request or a response may be nested. Reports have about 10. n8n and Node.js copy and serialize
 * values by recursion, which overflows the stack from about 1,500 levels on.
 */
export const MAX_DEPTH = 500;

/** Whether a JSON value is nested deeper than MAX_DEPTH. Not recursive itself. */
export function isTooDeep(value: JsonValue): boolean {
  let level: object[] = isContainer(value) ? [value] : [];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === MAX_DEPTH) return true;
    const next: object[] = [];
    for (const entry of level) {
      for (const member of Object.values(entry) as unknown[]) {
        if (isContainer(member)) next.push(member);
      }
    }
    level = next;
  }
  return false;
}

const isContainer = (value: unknown): value is object =>
  typeof value === 'object' && value !== null;

/** Changes every text in a JSON value, the names of members included. @param map gets the name of the member whose text it is */
export function mapTexts(
  value: JsonValue,
  map: (text: string, member: string) => string,
  member = '',
): JsonValue {
  if (typeof value === 'string') return map(value, member);
  if (Array.isArray(value)) return value.map((entry) => mapTexts(entry, map, member));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, entry]) => [
    map(name, ''),
    mapTexts(entry, map, name),
  ]);
  return Object.fromEntries(members) as JsonObject;
}
