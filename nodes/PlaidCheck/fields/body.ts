import type { IDataObject, JsonObject, JsonValue } from 'n8n-workflow';

import { isObject } from '../utils/json';
import { ENTRY, GROUP, NULL_CHOICE, PARAMETER } from './names';
import { hasRequired, offersNull, type Choice, type Content, type Field } from './model';

/**
 * The request body as the user filled it in: parameters in the layout of fields/editor.ts, with
 * expressions resolved. Fields the user did not add and texts left empty are left out; a value of a
 * wrong type is kept as it is, so that the check can name it.
 */
export function bodyFromParameters(fields: readonly Field[], parameters: IDataObject): JsonObject {
  const added = parameters[PARAMETER.additionalFields];
  const values = isObject(added) ? { ...parameters, ...added } : parameters;
  const entries = fields.flatMap((field) => {
    const value = fieldValue(field, values[field.name] as Parameter);
    return value === undefined ? [] : [[field.name, value] as const];
  });
  return Object.fromEntries(entries);
}

/** What a parameter can hold once its expression is resolved. */
type Parameter = JsonValue | undefined;

function fieldValue({ content }: Field, parameter: Parameter): JsonValue | undefined {
  const value = located(parameter);
  if (content.kind === 'choice') return chosen(content.choices, value);
  if (isEmpty(value)) return undefined;
  switch (content.kind) {
    case 'group':
      return isObject(value) ? groupValue(content.members, value) : value;
    case 'groupList':
      return isObject(value) ? groupListValue(content.members, value[GROUP]) : value;
    case 'date':
      return typeof value === 'string' ? dateOnly(value) : value;
    case 'choices':
      return listed(value);
    case 'dateTime':
      return typeof value === 'string' ? withTimeZone(value) : value;
    case 'idList':
      return isObject(value) ? idListValue(value[GROUP]) : value;
    case 'textList':
      return Array.isArray(value) ? notEmptyList(value.flat()) : [value];
    default:
      return value;
  }
}

function chosen(choices: readonly Choice[], value: Parameter) {
  if (offersNull(choices) && value === NULL_CHOICE) return null;
  return isEmpty(value) ? undefined : value;
}

/** An optional-only group is a collection, one with required members a fixedCollection that holds them under GROUP. */
function groupValue(members: readonly Field[], value: JsonObject) {
  if (!hasRequired(members)) return bodyFromParameters(members, value as IDataObject);
  const inner = value[GROUP];
  return isObject(inner) ? bodyFromParameters(members, inner as IDataObject) : undefined;
}

function groupListValue(members: readonly Field[], entries: Parameter) {
  if (!Array.isArray(entries)) return undefined;
  return notEmptyList(
    entries.map((entry) =>
      isObject(entry) ? bodyFromParameters(members, entry as IDataObject) : entry,
    ),
  );
}

/** IDs that were picked or typed one by one; an expression may give a list of them in one entry. */
function idListValue(entries: Parameter) {
  if (!Array.isArray(entries)) return undefined;
  return notEmptyList(
    entries.flatMap((entry) => (isObject(entry) ? (located(entry[ENTRY]) ?? null) : entry)),
  );
}

/** What a field holds that can be picked from a list or typed: n8n keeps the way beside the value. */
const located = (value: Parameter): Parameter =>
  isObject(value) && value.__rl === true ? value.value : value;

/** A multi-select list; an expression may also give one text with commas, as a spreadsheet cell does. */
function listed(value: JsonValue) {
  if (typeof value === 'string') return notEmptyList(value.split(',').map((part) => part.trim()));
  return Array.isArray(value) ? notEmptyList(value) : value;
}

function notEmptyList(list: JsonValue[]) {
  const given = list.filter((entry) => !isEmpty(entry));
  return given.length === 0 ? undefined : given;
}

/** n8n's date picker gives a date with a time of day; any other text is left for the check to name. */
const dateOnly = (value: string) => value.replace(/^(\d{4}-\d{2}-\d{2})T.*$/, '$1');

/** n8n's date picker knows no time zone; the hint of such a field says that UTC is taken. */
const withTimeZone = (value: string) =>
  value.replace(
    /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?$/,
    (_, date, time, seconds) => `${date}T${time}${seconds ?? ':00'}Z`,
  );

/** Spaces alone are as good as nothing, as an empty cell of a spreadsheet may hold them. */
const isEmpty = (value: Parameter): value is null | undefined =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/**
 * The body with numbers that arrived as text ("365", as from a spreadsheet) made numbers where a
 * number is due. Everything else stays as it is.
 */
export function coerceNumbers(fields: readonly Field[], body: JsonObject): JsonObject {
  const byName = new Map(fields.map((field) => [field.name, field]));
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const field = byName.get(name);
      return [name, field ? numberFromText(field, value) : value];
    }),
  );
}

const NUMBER_TEXT = new Map<Content['kind'], RegExp>([
  ['wholeNumber', /^-?\d{1,15}$/],
  ['decimal', /^-?\d{1,13}(\.\d{1,8})?$/],
]);

function numberFromText({ content }: Field, value: JsonValue): JsonValue {
  const written = NUMBER_TEXT.get(content.kind);
  if (written && typeof value === 'string' && written.test(value.trim())) return Number(value);
  if (content.kind === 'group' && isObject(value)) return coerceNumbers(content.members, value);
  if (content.kind === 'groupList' && Array.isArray(value)) {
    return value.map((entry) => (isObject(entry) ? coerceNumbers(content.members, entry) : entry));
  }
  return value;
}

/** Lays one body over another: objects are merged, everything else (lists too) is replaced. */
export function deepMerge(body: JsonObject, extra: JsonObject): JsonObject {
  const merged = Object.entries(extra).map(([name, value]) => {
    const below = body[name];
    return [name, isObject(below) && isObject(value) ? deepMerge(below, value) : value];
  });
  return { ...body, ...Object.fromEntries(merged) };
}
