import type { IDataObject, JsonObject, JsonValue } from 'n8n-workflow';

import { asObject, isObject } from '../utils/json';
import { oncePerKey } from '../utils/oncePerKey';
import { isoText } from './days';
import { describeExpected, describeValue } from './expectation';
import { ENTRY, GROUP, MEMBER, NULL_CHOICE, PARAMETER } from './names';
import {
  hasRequired,
  offersNull,
  requiredMembers,
  showsAtOnce,
  type Content,
  type Field,
} from './model';
import type { Path } from './path';
import type { Problem } from './rules';
import { isBlank, isEmptyObject, isNeverBlank, parsedIf, type BodyReading } from './values';

/**
 * Builds the request body from the node's parameters (laid out as in fields/form.ts, expressions resolved). Omits
 * optional single values that are blank, and reports groups and lists that were added but hold nothing: a request without
 * them would mean something else. The values themselves are read by fields/values.ts.
 */
export function bodyFromParameters(
  fields: readonly Field[],
  parameters: IDataObject,
  at: Path = [],
): BodyReading {
  const given = parameters[PARAMETER.additionalFields] as ParameterValue;
  const added = isBlank(given) ? {} : unwrapGroup(parsedIf('{', given));
  const problems: Problem[] = isObject(added) ? [] : [notAdded(added, at)];
  const values = inGroups(fields, isObject(added) ? { ...parameters, ...added } : parameters);
  // The parameters of the node itself are its own.
  const beyond = at.length > 0 ? values : inGroups(fields, asObject(added));
  const entries = fields.flatMap((field) => {
    if (!(field.name in values)) return [];
    const path = [...at, field.name];
    const value = fieldValue(field, values[field.name] as ParameterValue, path, problems);
    return value === undefined ? [] : [[field.name, value] as const];
  });
  return {
    body: Object.fromEntries([...entries, ...unknownEntries(fields, beyond)]),
    problems,
  };
}

/** Puts the members of required groups, which the form shows among the fields around them, into their groups. */
function inGroups(fields: readonly Field[], values: IDataObject): IDataObject {
  const { groups } = namesOf(fields);
  if (groups.length === 0) return values;
  const grouped: IDataObject = {};
  const others: IDataObject = {};
  for (const [name, value] of Object.entries(values)) {
    const group = groups.find((one) => name.startsWith(one + MEMBER));
    if (group === undefined) others[name] = value;
    else {
      const member = name.slice(group.length + MEMBER.length);
      grouped[group] = { ...asObject(grouped[group]), [member]: value };
    }
  }
  return { ...grouped, ...others };
}

interface Names {
  /** Of the fields that are required groups */
  groups: readonly string[];
  /** All that the form has beside each other */
  known: ReadonlySet<string>;
}

/** The same for all items. */
const namesOf = oncePerKey((fields: readonly Field[]): Names => ({
  groups: fields.filter(requiredMembers).map(({ name }) => name),
  known: new Set([...fields.map(({ name }) => name), PARAMETER.additionalFields, GROUP]),
}));

const notAdded = (given: JsonValue, at: Path): Problem => ({
  path: [...at, 'Additional Fields'],
  text: `must be an object with fields, got ${describeValue(given, false)}`,
});

/** What a group has beyond its fields, for validation to report. */
function unknownEntries(fields: readonly Field[], values: IDataObject) {
  const { known } = namesOf(fields);
  return Object.entries(values).filter(([name]) => !known.has(name)) as Array<[string, JsonValue]>;
}

/** A parameter's value after its expression is resolved. */
type ParameterValue = JsonValue | undefined;

function fieldValue(
  field: Field,
  parameter: ParameterValue,
  path: Path,
  problems: Problem[],
): JsonValue | undefined {
  const { content, required } = field;
  const given = unwrapLocator(parameter);
  const value = isoText(given) ?? given;
  if (content.kind === 'toggle' && required && isBlank(value)) return false;
  if (isUntouchedList(field, value)) return undefined;
  if (holdsNothing(value) && field.label.emptyMeans !== undefined) return [];
  const plain = plainValue(content, value, path, problems);
  if (plain === undefined && (isNeverBlank(field) || losesMembers(content))) {
    problems.push(
      required
        ? missingProblem(field, path)
        : { path, text: `must be ${expectedOf(field)}, ${EMPTIED}` },
    );
  }
  return plain;
}

const expectedOf = (field: Field) => describeExpected([field], [field.name]);

const missingProblem = (field: Field, path: Path): Problem => ({
  path,
  text: `is required and must be ${expectedOf(field)}`,
});

/** n8n drops the values of a group or list that is a single expression or lacks its inner wrapper. */
const EMPTIED =
  'got nothing; set its fields one by one, as n8n drops a group or list that is one expression, or use JSON; to leave it out, remove it';

/** Whether n8n may have dropped what a group or list of groups held; a group without required fields may be empty. */
const losesMembers = ({ kind }: Content) => kind === 'group' || kind === 'groupList';

/** A value as it is in JSON; undefined if it is blank. */
function plainValue(
  content: Content,
  value: ParameterValue,
  path: Path,
  problems: Problem[],
): JsonValue | undefined {
  if (isBlank(value)) return undefined;
  switch (content.kind) {
    case 'choice':
      return offersNull(content.choices) && isNullChoice(value) ? null : value;
    case 'choices':
      return typeof value === 'string' ? splitText(value) : nonEmptyList([value].flat(2));
    case 'textList':
    case 'idList':
      return nonEmptyList(entriesOf(value).flatMap(idsOf));
    case 'group':
      return groupValue(content.members, value, path, problems);
    case 'groupList':
      return groupListValue(content.members, value, path, problems);
    case 'json':
      return jsonValue(value);
    default:
      return value;
  }
}

/** A JSON field starts with an empty object, which stands for nothing. */
function jsonValue(value: JsonValue): JsonValue | undefined {
  const json = parsedIf('{', value);
  return isEmptyObject(json) ? undefined : json;
}

/** Whether a list was given without an entry, which is not the same as an expression that gave nothing. */
function holdsNothing(value: ParameterValue): boolean {
  const list = isObject(value) && GROUP in value ? value[GROUP] : value;
  return Array.isArray(list) && list.length === 0;
}

/** Whether a list is as the form shows it before an entry is added. What n8n leaves of one that is an expression is `{}`. */
const isUntouchedList = (field: Field, value: ParameterValue) =>
  !field.required && showsAtOnce(field) && isObject(value) && holdsNothing(value);

const isNullChoice = (value: JsonValue) =>
  typeof value === 'string' && value.trim() === NULL_CHOICE;

/**
 * A group without required members is a collection; one with them is a fixedCollection, with its values under GROUP,
 * which may be missing where n8n hands that over.
 */
function groupValue(
  members: readonly Field[],
  value: JsonValue,
  path: Path,
  problems: Problem[],
): JsonValue | undefined {
  const group = unwrapGroup(parsedIf('{', value));
  if (!isObject(group)) return group;
  const read = bodyFromParameters(members, group as IDataObject, path);
  problems.push(...read.problems);
  if (!isEmptyObject(read.body) || read.problems.length > 0 || !hasRequired(members))
    return read.body;
  // The form shows the required fields of such a group, so they are what is missing.
  const missing = members.filter(({ name, required }) => required && name in group);
  if (missing.length === 0) return undefined;
  problems.push(...missing.map((member) => missingProblem(member, [...path, member.name])));
  return {};
}

/** The values of a group: a plain object, one under GROUP, or a list of one. */
function unwrapGroup(value: JsonValue): JsonValue {
  const { [GROUP]: wrapped, ...beside } = asObject(value);
  if (isObject(wrapped)) return { ...beside, ...wrapped };
  const inner = isObject(value) && GROUP in value ? wrapped : value;
  const [only, ...others] = Array.isArray(inner) ? inner : [];
  return (isObject(only) && others.length === 0 ? only : inner) ?? {};
}

function groupListValue(
  members: readonly Field[],
  value: JsonValue,
  path: Path,
  problems: Problem[],
): JsonValue | undefined {
  const entries = entriesOf(value).map((entry, index) => {
    if (!isObject(entry)) return entry;
    const read = bodyFromParameters(members, entry as IDataObject, [...path, index]);
    problems.push(...read.problems);
    return read.body;
  });
  const isEmptied = entries.every(
    (entry) => isBlank(entry) || (!hasRequired(members) && isEmptyObject(entry)),
  );
  return isEmptied ? undefined : entries;
}

/** The entries of a list: plain, under GROUP, as JSON text, or a single one. */
function entriesOf(value: JsonValue): JsonValue[] {
  const list = isObject(value) && GROUP in value ? (value[GROUP] ?? []) : value;
  const parsed = parsedIf('[', list);
  if (Array.isArray(parsed)) return parsed.flat();
  return isEmptyObject(parsed) ? [] : [parsed];
}

/** IDs picked or typed one by one; an expression may return a list in one entry. */
function idsOf(entry: JsonValue): JsonValue[] {
  const given = unwrapLocator(isObject(entry) && ENTRY in entry ? entry[ENTRY] : entry) ?? null;
  return entriesOf(given).map((one) => unwrapLocator(one) ?? null);
}

/** n8n wraps the value of a resource locator together with its mode. */
const unwrapLocator = (value: ParameterValue): ParameterValue =>
  isObject(value) && value.__rl === true ? value.value : value;

/** A multi-select list from JSON text or comma-separated text, as from a spreadsheet cell. */
function splitText(text: string): JsonValue | undefined {
  const parsed = parsedIf('[', text);
  if (Array.isArray(parsed)) return nonEmptyList(parsed);
  // One that is cut off stays text, so that the check of the list says so.
  if (text.trim().startsWith('[')) return text;
  return nonEmptyList(text.split(',').filter((part) => !isBlank(part)));
}

const nonEmptyList = (list: JsonValue[]) => (list.every(isBlank) ? undefined : list);

/** Merges objects recursively; replaces everything else, lists included. */
export function deepMerge(body: JsonObject, extra: JsonObject): JsonObject {
  const merged = Object.entries(extra).map(([name, value]) => {
    const base = body[name];
    return [name, isObject(base) && isObject(value) ? deepMerge(base, value) : value];
  });
  return { ...body, ...Object.fromEntries(merged) };
}
