import type { JsonObject, JsonValue } from 'n8n-workflow';
import type { z } from 'zod/v4';

import { nearest } from './nearest';
import { exactlyOne, type Problem, type Rule } from './rules';
import type { Content, Field } from './shape';

/** What a request is checked against. */
export interface Contract {
  request: z.ZodObject;
  fields: readonly Field[];
  identity: readonly string[];
  rules?: readonly Rule[];
}

type Path = Problem['path'];

/** Credentials travel in headers; a body that holds them would show up in executions and logs. */
const CREDENTIAL_FIELDS = ['client_id', 'secret'];

/**
 * Everything that is wrong with a request body, in the order of the body's fields; empty if nothing is.
 * @param extra what the user wrote in Extra Body Fields: there, names and drop-down values that this
 *   version does not know are let through, as it is the way to send what Plaid has added since
 */
export function problemsOf(
  contract: Contract,
  body: JsonObject,
  extra: JsonObject = {},
): Problem[] {
  const { request, fields, identity, rules = [] } = contract;
  const found = request.safeParse(body).error?.issues ?? [];
  const fromSchema = found
    .filter((issue) => !(isUnknown(issue) && isGiven(extra, pathOf(issue))))
    .flatMap((issue) => schemaProblems(fields, body, extra, issue));
  const fromRules = [exactlyOne(identity), ...rules].flatMap((rule) => rule(body));
  return [...credentialProblems(body), ...distinct([...fromSchema, ...fromRules])];
}

/** Credentials in the body are refused even where the check is switched off. */
export function credentialProblems(body: JsonObject): Problem[] {
  return CREDENTIAL_FIELDS.filter((name) => name in body).map((name) => ({
    path: [name],
    text: 'comes from the credential and is sent as a header; remove it from the request',
  }));
}

/** One problem as a line, such as `products[1]: expected one of "a", "b", got "c"`. */
export function problemLine({ path, text }: Problem): string {
  return path.length === 0 ? text : `${pathText(path)}: ${text}`;
}

/** A path as people write it, such as `ultrafico_score_requests[1].base_fico_score`. */
export function pathText(path: Path): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`))
    .join('');
}

function schemaProblems(
  fields: readonly Field[],
  body: JsonObject,
  extra: JsonObject,
  issue: z.core.$ZodIssue,
): Problem[] {
  const path = pathOf(issue);
  if (issue.code === 'unrecognized_keys') {
    const known = membersAt(fields, path).map((field) => field.name);
    return issue.keys
      .filter((key) => !isGiven(extra, [...path, key]))
      .filter((key) => path.length > 0 || !CREDENTIAL_FIELDS.includes(key))
      .map((key) => ({ path: [...path, key], text: unknownField(key, known) }));
  }
  const expected = expectationAt(fields, path);
  const value = valueAt(body, path);
  const secret = fieldAt(fields, path)?.label.secret === true;
  const got = value === undefined ? 'required, ' : '';
  const text = `${got}expected ${expected}${value === undefined ? '' : `, got ${shown(value, secret)}`}`;
  return [{ path, text }];
}

function unknownField(name: string, known: readonly string[]) {
  const suggestion = nearest(name, known);
  return suggestion
    ? `unknown field; did you mean ${suggestion}?`
    : `unknown field; known here: ${known.join(', ')}`;
}

const pathOf = (issue: z.core.$ZodIssue): Path =>
  issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));

const isUnknown = (issue: z.core.$ZodIssue) => issue.code === 'invalid_value';

/** zod reports a text that breaks two conditions twice; to the user it is one wrong value. */
const distinct = (problems: Problem[]) => [
  ...new Map(problems.map((problem) => [problemLine(problem), problem])).values(),
];

function fieldAt(fields: readonly Field[], path: Path): Field | undefined {
  const [name, ...rest] = path.filter((key) => typeof key === 'string');
  const field = fields.find((one) => one.name === name);
  if (!field || rest.length === 0) return field;
  return fieldAt(membersOf(field.content), rest);
}

const membersOf = (content: Content) =>
  content.kind === 'group' || content.kind === 'groupList' ? content.members : [];

function membersAt(fields: readonly Field[], path: Path): readonly Field[] {
  if (path.length === 0) return fields;
  const field = fieldAt(fields, path);
  return field ? membersOf(field.content) : [];
}

function valueAt(body: JsonObject, path: Path): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as JsonObject)[key] : undefined,
    body,
  );
}

const isGiven = (extra: JsonObject, path: Path) => valueAt(extra, path) !== undefined;

function expectationAt(fields: readonly Field[], path: Path): string {
  const field = fieldAt(fields, path);
  if (!field) return 'something else';
  const isEntry = typeof path.at(-1) === 'number';
  const expected = isEntry ? entryExpectation(field.content) : expectation(field.content);
  const offersNull =
    field.content.kind === 'choice' && field.content.choices.some((one) => one.value === null);
  return offersNull || (field.nullable && field.required) ? `${expected} or null` : expected;
}

function expectation(content: Content): string {
  switch (content.kind) {
    case 'text':
      return 'text';
    case 'url':
      return 'an https URL';
    case 'date':
      return 'a date that exists, as YYYY-MM-DD';
    case 'wholeNumber':
      return `an integer${range(content)}`;
    case 'toggle':
      return 'true or false';
    case 'choice':
      return oneOf(content.choices);
    case 'choices':
      return `a list with at least one of ${quoted(content.choices)}`;
    case 'textList':
      return `a list of ${content.max ? `1 to ${content.max}` : 'at least one'} texts`;
    case 'group':
      return 'an object with fields';
    case 'groupList':
      return 'a list of at least one object';
  }
}

function entryExpectation(content: Content): string {
  switch (content.kind) {
    case 'choices':
      return oneOf(content.choices);
    case 'textList':
      return expectation({ kind: 'text' });
    default:
      return expectation({ kind: 'group', members: [] });
  }
}

type Choices = Extract<Content, { kind: 'choice' }>['choices'];

const quoted = (choices: Choices) =>
  choices
    .filter(({ value }) => value !== null)
    .map(({ value }) => JSON.stringify(value))
    .join(', ');

const oneOf = (choices: Choices) =>
  choices.length === 1 ? quoted(choices) : `one of ${quoted(choices)}`;

function range({ min, max }: { min?: number; max?: number }) {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (max !== undefined) return ` up to ${max}`;
  return min === undefined ? '' : ` of ${min} or more`;
}

const LONGEST_SHOWN = 60;

/** A wrong value for the error text: short, and never one that is secret or may hold personal data as a whole. */
function shown(value: JsonValue, secret: boolean): string {
  if (Array.isArray(value))
    return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  if (value === '') return 'an empty text';
  if (secret) return 'a value that is not shown here';
  const written = JSON.stringify(value);
  return written.length > LONGEST_SHOWN ? `${written.slice(0, LONGEST_SHOWN)}…` : written;
}
