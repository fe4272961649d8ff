import type { IDataObject, JsonObject, JsonValue } from 'n8n-workflow';

import { isObject, parseJsonObject } from '../utils/json';
import type { Label } from './builders';
import { ENTRY, GROUP, NULL_CHOICE, PARAMETER } from './names';
import { hasRequired, offersNull, type Choice, type Content, type Field } from './model';

/**
 * Builds the request body from the node's parameters (laid out as in fields/form.ts, expressions resolved). Omits
 * empty fields. Keeps a value of the wrong type, so that validation can report it.
 */
export function bodyFromParameters(fields: readonly Field[], parameters: IDataObject): JsonObject {
  const added = parameters[PARAMETER.additionalFields];
  const values = isObject(added) ? { ...parameters, ...added } : parameters;
  const entries = fields.flatMap((field) => {
    const value = fieldValue(field, values[field.name] as ParameterValue);
    return value === undefined ? [] : [[field.name, value] as const];
  });
  return Object.fromEntries(entries);
}

/** A parameter's value after its expression is resolved. */
type ParameterValue = JsonValue | undefined;

function fieldValue({ content, label }: Field, parameter: ParameterValue): JsonValue | undefined {
  const value = unwrapLocator(parameter);
  const listOf = (entries: JsonValue[]) => withEntries(entries, label);
  if (content.kind === 'choice') return choiceValue(content.choices, value);
  if (isEmpty(value)) return undefined;
  switch (content.kind) {
    case 'group':
      return isObject(value) ? groupValue(content.members, value) : value;
    case 'groupList':
      return isObject(value) ? groupListValue(content.members, value[GROUP], listOf) : value;
    case 'date':
      return typeof value === 'string' ? dateOnly(value) : value;
    case 'choices':
      return splitList(value, listOf);
    case 'dateTime':
      return typeof value === 'string' ? withTimeZone(value) : value;
    case 'json':
      return jsonValue(value);
    case 'idList':
      return isObject(value) ? idListValue(value[GROUP], listOf) : value;
    case 'textList':
      return Array.isArray(value) ? listOf(value.flat()) : [value];
    default:
      return value;
  }
}

function choiceValue(choices: readonly Choice[], value: ParameterValue) {
  if (offersNull(choices) && value === NULL_CHOICE) return null;
  return isEmpty(value) ? undefined : value;
}

/** A group without required members is a collection; one with them is a fixedCollection, with its values under GROUP. */
function groupValue(members: readonly Field[], value: JsonObject) {
  if (!hasRequired(members)) return bodyFromParameters(members, value as IDataObject);
  const inner = value[GROUP];
  return isObject(inner) ? bodyFromParameters(members, inner as IDataObject) : undefined;
}

function groupListValue(members: readonly Field[], entries: ParameterValue, listOf: ListOf) {
  if (!Array.isArray(entries)) return undefined;
  return listOf(
    entries.map((entry) =>
      isObject(entry) ? bodyFromParameters(members, entry as IDataObject) : entry,
    ),
  );
}

/** A JSON field starts with an empty object, which stands for nothing. */
function jsonValue(value: JsonValue) {
  const parsed = typeof value === 'string' ? (parseJsonObject(value) ?? value) : value;
  return isObject(parsed) && Object.keys(parsed).length === 0 ? undefined : parsed;
}

/** IDs picked or typed one by one; an expression may return a list in one entry. */
function idListValue(entries: ParameterValue, listOf: ListOf) {
  if (!Array.isArray(entries)) return undefined;
  return listOf(
    entries.flatMap((entry) => (isObject(entry) ? (unwrapLocator(entry[ENTRY]) ?? null) : entry)),
  );
}

/** n8n wraps the value of a resource locator together with its mode. */
const unwrapLocator = (value: ParameterValue): ParameterValue =>
  isObject(value) && value.__rl === true ? value.value : value;

/** A multi-select list; an expression may also return comma-separated text, as from a spreadsheet cell. */
function splitList(value: JsonValue, listOf: ListOf) {
  if (typeof value === 'string') return listOf(value.split(',').map((part) => part.trim()));
  return Array.isArray(value) ? listOf(value) : value;
}

type ListOf = (entries: JsonValue[]) => JsonValue[] | undefined;

/** A list without its blank entries; omitted if none is left, unless Plaid gives an empty list a meaning. */
function withEntries(list: JsonValue[], { emptyMeans }: Label) {
  const entries = list.filter((entry) => !isEmpty(entry));
  return entries.length === 0 && emptyMeans === undefined ? undefined : entries;
}

/** n8n's date picker adds a time of day. Other text stays unchanged, for validation to report. */
const dateOnly = (value: string) => value.replace(/^(\d{4}-\d{2}-\d{2})T.*$/, '$1');

/** n8n's date picker has no time zone; the field's hint says that it means UTC. */
const withTimeZone = (value: string) =>
  value.replace(
    /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?$/,
    (_, date, time, seconds) => `${date}T${time}${seconds ?? ':00'}Z`,
  );

/** Blank text counts as empty: spreadsheet cells often contain only spaces. */
const isEmpty = (value: ParameterValue): value is null | undefined =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** Omits optional fields that are blank text, as the form does: JSON that is mapped has them where a value is missing. */
export function omitBlanks(fields: readonly Field[], body: JsonObject): JsonObject {
  const byName = new Map(fields.map((field) => [field.name, field]));
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => {
      const field = byName.get(name);
      if (!field) return [[name, value]];
      const isBlank = typeof value === 'string' && isEmpty(value);
      return isBlank && !field.required ? [] : [[name, withoutBlanks(field, value)]];
    }),
  );
}

function withoutBlanks({ content }: Field, value: JsonValue): JsonValue {
  if (content.kind === 'group' && isObject(value)) return omitBlanks(content.members, value);
  if (content.kind === 'groupList' && Array.isArray(value)) {
    return value.map((entry) => (isObject(entry) ? omitBlanks(content.members, entry) : entry));
  }
  return value;
}

/** Converts numeric text ("365", as from a spreadsheet) to numbers in number fields. */
export function coerceNumbers(fields: readonly Field[], body: JsonObject): JsonObject {
  const byName = new Map(fields.map((field) => [field.name, field]));
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const field = byName.get(name);
      return [name, field ? coerceNumber(field, value) : value];
    }),
  );
}

const NUMBER_TEXT = new Map<Content['kind'], RegExp>([
  ['wholeNumber', /^-?\d{1,15}$/],
  ['decimal', /^-?\d{1,13}(\.\d{1,8})?$/],
]);

function coerceNumber({ content }: Field, value: JsonValue): JsonValue {
  const pattern = NUMBER_TEXT.get(content.kind);
  if (pattern && typeof value === 'string' && pattern.test(value.trim())) return Number(value);
  if (content.kind === 'group' && isObject(value)) return coerceNumbers(content.members, value);
  if (content.kind === 'groupList' && Array.isArray(value)) {
    return value.map((entry) => (isObject(entry) ? coerceNumbers(content.members, entry) : entry));
  }
  return value;
}

/** Converts text such as "TRUE" from a spreadsheet to a boolean; blank is false, other values stay unchanged. */
export function booleanFromText(value: unknown): unknown {
  if (value === undefined || value === null) return false;
  if (typeof value !== 'string') return value;
  const text = value.trim().toLowerCase();
  if (text === 'true') return true;
  return text === 'false' || text === '' ? false : value;
}

/** Merges objects recursively; replaces everything else, lists included. */
export function deepMerge(body: JsonObject, extra: JsonObject): JsonObject {
  const merged = Object.entries(extra).map(([name, value]) => {
    const base = body[name];
    return [name, isObject(base) && isObject(value) ? deepMerge(base, value) : value];
  });
  return { ...body, ...Object.fromEntries(merged) };
}
