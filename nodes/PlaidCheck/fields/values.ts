import type { JsonObject, JsonValue } from 'n8n-workflow';

import { isObject } from '../utils/json';
import { oncePerKey } from '../utils/oncePerKey';
import { isoText, readDay } from './days';
import { describeExpected, describeValue } from './expectation';
import type { Choice, Content, Field } from './model';
import type { Path } from './path';
import type { Problem } from './rules';

/** A value that can't mean what its field holds. */
export class Unreadable {
  /** @param text what is wrong, to follow the name of the field */
  constructor(readonly text: string) {}
}

/** A body with its values read, and those that can't be. */
export interface BodyReading {
  body: JsonObject;
  problems: Problem[];
}

/**
 * Reads every value of a body as its field means it, whether it comes from the editor's fields, JSON or an option. Keeps
 * unknown fields and values of the wrong type, for validation to report.
 * @param timezone the workflow's time zone, in which days are read
 */
export function readValues(
  fields: readonly Field[],
  body: JsonObject,
  timezone: string,
  at: Path = [],
): BodyReading {
  const byName = byNameOf(fields);
  const problems: Problem[] = [];
  const entries = Object.entries(body).flatMap(([name, given]) => {
    const field = byName.get(name);
    if (!field) return [[name, given] as const];
    if (isLeftOut(field, given)) return [];
    const path = [...at, name];
    const value = readValue(field, given, timezone);
    if (value instanceof Unreadable) {
      problems.push({ path, text: value.text });
      return [[name, given] as const];
    }
    const known = problems.length;
    const read = readMembers(field, value, timezone, path, problems);
    // What it held was blank: without it the request would be about other data.
    if (isNeverBlank(field) && isEmptyObject(read) && problems.length === known)
      problems.push({ path, text: emptied(field, 'an empty object').text });
    return [[name, read] as const];
  });
  return { body: Object.fromEntries(entries), problems };
}

const byNameOf = oncePerKey(
  (fields: readonly Field[]) => new Map(fields.map((field) => [field.name, field])),
);

const GROUPS_AND_LISTS: ReadonlySet<Content['kind']> = new Set([
  'group',
  'groupList',
  'choices',
  'textList',
  'idList',
]);

/** Blank text of an optional single value counts as nothing, as in the form: mapped JSON has it where a value is missing. */
const isLeftOut = (field: Field, given: JsonValue) =>
  typeof given === 'string' &&
  isBlank(given) &&
  !field.required &&
  !isNeverBlank(field) &&
  !GROUPS_AND_LISTS.has(field.content.kind);

/** Reads what a group or list holds. */
function readMembers(
  field: Field,
  value: JsonValue,
  timezone: string,
  path: Path,
  problems: Problem[],
): JsonValue {
  const { content } = field;
  const readGroup = (members: readonly Field[], group: JsonObject, inside: Path) => {
    const read = readValues(members, group, timezone, inside);
    problems.push(...read.problems);
    return read.body;
  };
  if (content.kind === 'group') {
    return isObject(value) ? readGroup(content.members, value, path) : value;
  }
  if (!Array.isArray(value)) return value;
  return value.map((given, index) => {
    const inside = [...path, index];
    if (content.kind === 'groupList')
      return isObject(given) ? readGroup(content.members, given, inside) : given;
    const entry = readEntry(field, given);
    if (!(entry instanceof Unreadable)) return entry;
    problems.push({ path: inside, text: entry.text });
    return given;
  });
}

/** Reads one value, without what is inside a group or list. */
export function readValue(
  field: Field,
  given: JsonValue,
  timezone: string,
): JsonValue | Unreadable {
  const { content, nullable } = field;
  const value = isoText(given) ?? given;
  if (isBlank(value) && isNeverBlank(field))
    return emptied(field, value === null ? 'null' : 'empty text');
  if (value === null && (nullable || content.kind !== 'toggle')) return null;
  switch (content.kind) {
    case 'text':
    case 'digits':
    case 'id':
    case 'url':
      return readText(field, value);
    case 'date':
      return dateFrom(value, timezone);
    case 'dateTime':
      return withTimeZone(isoText(value) ?? value);
    case 'wholeNumber':
    case 'decimal':
      return numberFrom(content, value);
    case 'toggle':
      return booleanFrom(value) as JsonValue;
    case 'choice':
      return choiceFrom(content.choices, value);
    case 'choices':
    case 'textList':
    case 'idList':
    case 'groupList':
      return listFrom(field, value);
    case 'group':
      return groupFrom(field, value);
    case 'json':
      return parsedIf('{', value);
  }
}

function readEntry(field: Field, value: JsonValue): JsonValue | Unreadable {
  if (isBlank(value)) return new Unreadable(`must be ${entryOf(field)}, got nothing`);
  return field.content.kind === 'choices'
    ? choiceFrom(field.content.choices, value)
    : readText(field, value);
}

const expectedOf = (field: Field) => describeExpected([field], [field.name]);

const entryOf = (field: Field) => describeExpected([field], [field.name, 0]);

/** Text that an expression leaves behind when it goes wrong without an error. */
const UNRESOLVED = [
  { pattern: /\{\{[^]*\}\}/, what: 'an expression that n8n did not evaluate' },
  {
    pattern: /\[object \w+\]/,
    what: '[object Object], an object where one of its fields was meant',
  },
];

/** A prefix such as "usr_" or "user-sandbox-" whose expression gave nothing, or gave the word for it. */
const PREFIX_ALONE =
  /^(?:[a-z]{1,14}[_:/#-])+$|(?:^|[_:/#-])(?:undefined|null|NaN)$|(?:^|[_:/#-])undefined(?=[_:/#-])/i;

/** Spaces and line breaks around a pasted text, and the invisible characters that word processors add. */
const AROUND = /^[\s\u200B\u2060\uFEFF]+|[\s\u200B\u2060\uFEFF]+$/g;

/** Whether a field holds an ID or a token, by Plaid's own way to name them. */
const isId = ({ name, content }: Field) =>
  content.kind === 'id' || content.kind === 'idList' || /(^|_)(ids?|token)$/.test(name);

function readText(field: Field, value: JsonValue): JsonValue | Unreadable {
  if (field.label.format === 'json' && isObject(value)) return JSON.stringify(value);
  if (typeof value === 'number') return textOfNumber(field, value);
  if (typeof value !== 'string') return value;
  const text = value.replace(AROUND, '');
  if (text === '') return value;
  const unresolved = UNRESOLVED.find(({ pattern }) => pattern.test(text));
  if (unresolved) return new Unreadable(`must be ${textOf(field)}, got ${unresolved.what}`);
  if (!isId(field) || !PREFIX_ALONE.test(text)) return text;
  return new Unreadable(
    `must be an ID, got ${JSON.stringify(text)}, to which an expression added nothing`,
  );
}

const textOf = (field: Field) =>
  field.content.kind === 'idList' || field.content.kind === 'textList'
    ? entryOf(field)
    : expectedOf(field);

/** IDs that Plaid makes have letters. The others are the user's own, which may be numbers where they come from. */
const PLAID_ID =
  /^(user_id|item_ids?|subscription_id|report_id|institution_id|third_party_client_id)$|token$/;

/** Other texts than IDs, such as a ZIP code, may have lost zeros as a number. */
function textOfNumber(field: Field, value: number): JsonValue | Unreadable {
  if (isId(field) && !PLAID_ID.test(field.name) && Number.isSafeInteger(value))
    return String(value);
  if (field.content.kind !== 'digits') return value;
  if (/^\d+$/.test(String(value)) && String(value).length === field.content.length)
    return String(value);
  return new Unreadable(
    `must be ${expectedOf(field)}, got ${describeValue(value, field.label.secret === true)}: a number has lost its leading zeros, so give it as text`,
  );
}

function dateFrom(value: JsonValue, timezone: string): JsonValue | Unreadable {
  const reading = readDay(value, timezone);
  if (!reading) return isoText(value) ?? value;
  if ('day' in reading) return reading.day;
  const [written, other] = reading.days;
  return new Unreadable(
    `must be a date as YYYY-MM-DD, got ${isoText(value)}, which may mean ${written} or ${other}; give the day without a time`,
  );
}

/** n8n's date picker has no time zone; the field's hint says that it means UTC. */
const withTimeZone = (value: JsonValue) =>
  typeof value === 'string'
    ? value.replace(
        /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2}(?:\.\d+)?)?$/,
        (_, date, time, seconds) => `${date}T${time}${seconds ?? ':00'}Z`,
      )
    : value;

const NUMBER_TEXT = {
  wholeNumber: /^-?\d{1,15}(\.0+)?$/,
  decimal: /^-?\d{1,13}(\.\d{1,8})?$/,
};

/** A number from text such as "365", as from a spreadsheet. */
function numberFrom({ kind }: Content & { kind: keyof typeof NUMBER_TEXT }, value: JsonValue) {
  return typeof value === 'string' && NUMBER_TEXT[kind].test(value.trim()) ? Number(value) : value;
}

/** A boolean from text such as "TRUE" from a spreadsheet; nothing is false, other values stay unchanged. */
export function booleanFrom(value: unknown): unknown {
  if (value === undefined || value === null) return false;
  if (typeof value !== 'string') return value;
  const text = value.trim().toLowerCase();
  if (text === 'true') return true;
  return text === 'false' || text === '' ? false : value;
}

/** A value of a drop-down from text with spaces around it, or from a number, such as version 4. */
export function choiceFrom(choices: readonly Choice[], value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.trim() === '' ? value : value.trim();
  const text = String(value);
  return typeof value === 'number' && choices.some((choice) => choice.value === text)
    ? text
    : value;
}

/** A list from JSON text, as from a spreadsheet cell or a language model. */
function listFrom(field: Field, value: JsonValue): JsonValue | Unreadable {
  const list = parsedIf('[', value);
  // A JSON list that is cut off is no list with commas.
  if (typeof list === 'string' && list.trim().startsWith('['))
    return new Unreadable(
      `must be ${expectedOf(field)}, got a list as JSON text that is not valid`,
    );
  const isEmptied = Array.isArray(list) && list.length === 0;
  return isEmptied && isNeverBlank(field) && field.label.emptyMeans === undefined
    ? emptied(field, 'an empty list')
    : list;
}

/** A group from JSON text. */
function groupFrom(field: Field, value: JsonValue): JsonValue | Unreadable {
  const group = parsedIf('{', value);
  return isEmptyObject(group) && isNeverBlank(field) ? emptied(field, 'an empty object') : group;
}

/** Whether a value is an object without members; a date has none either, but a meaning. */
export const isEmptyObject = (value: JsonValue) =>
  isObject(value) && isoText(value) === undefined && Object.keys(value).length === 0;

/** Whether the request would be about other data without the field: without its list of Items, about all Items. */
export const isNeverBlank = ({ label, content }: Field) =>
  label.neverBlank === true || content.kind === 'idList';

const emptied = (field: Field, got: string) =>
  new Unreadable(`must be ${expectedOf(field)}, got ${got}; to leave it out, remove it`);

/** Parses JSON text that starts with a bracket; any other value stays as it is. */
export function parsedIf(bracket: '[' | '{', value: JsonValue): JsonValue {
  if (typeof value !== 'string' || !value.trim().startsWith(bracket)) return value;
  try {
    return JSON.parse(value) as JsonValue;
  } catch {
    return value;
  }
}

/** Blank text counts as nothing: spreadsheet cells often contain only spaces. */
export const isBlank = (value: unknown): value is null | undefined =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
