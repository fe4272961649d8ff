import type { JsonValue } from 'n8n-workflow';

import { fieldAt, type Path } from './path';
import { offersNull, type Choice, type Content, type Field } from './model';

/** Describes the valid values at a path, to follow "must be". */
export function describeExpected(fields: readonly Field[], path: Path): string {
  const field = fieldAt(fields, path);
  if (!field) return 'a different value';
  const isEntry = typeof path.at(-1) === 'number';
  const expected = isEntry
    ? expectedEntry(field.content)
    : expectedContent(field.content, field.label.emptyMeans !== undefined);
  const includesNull = field.content.kind === 'choice' && offersNull(field.content.choices);
  return includesNull || (field.nullable && field.required) ? `${expected} or null` : expected;
}

function expectedContent(content: Content, mayBeEmpty = false): string {
  switch (content.kind) {
    case 'text':
      return content.max ? `text of at most ${content.max} characters` : 'text';
    case 'id':
      return content.lookup === 'reportProducts' ? 'the name of a product' : 'an ID';
    case 'idList':
      return mayBeEmpty ? 'a list of IDs' : 'a list with at least one ID';
    case 'digits':
      return `text of ${content.length} digits`;
    case 'url':
      return 'an https URL';
    case 'date':
      return 'a valid date as YYYY-MM-DD';
    case 'dateTime':
      return 'a date and time with a time zone, such as 2026-11-20T17:00:00Z';
    case 'decimal':
      return `a number${range(content)}`;
    case 'wholeNumber':
      return `an integer${range(content)}`;
    case 'toggle':
      return 'true or false';
    case 'json':
      return 'a JSON object';
    case 'choice':
      return oneOf(content.choices);
    case 'choices':
      return `a list ${mayBeEmpty ? 'of any of' : 'with at least one of'} ${quoted(content.choices)}`;
    case 'textList':
      return `a list ${entriesUpTo(content.max, mayBeEmpty)}`;
    case 'group':
      return 'an object with fields';
    case 'groupList':
      return mayBeEmpty ? 'a list of objects' : 'a list with at least one object';
  }
}

function entriesUpTo(max: number | undefined, mayBeEmpty: boolean): string {
  if (max === 1) return mayBeEmpty ? 'of at most one text' : 'of one text';
  if (max !== undefined) return mayBeEmpty ? `of at most ${max} texts` : `of 1 to ${max} texts`;
  return mayBeEmpty ? 'of texts' : 'with at least one text';
}

function expectedEntry(content: Content): string {
  switch (content.kind) {
    case 'choices':
      return oneOf(content.choices);
    case 'textList':
      return 'text without a comma';
    case 'idList':
      return 'an ID without a comma';
    default:
      return expectedContent({ kind: 'group', members: [] });
  }
}

const quoted = (choices: readonly Choice[]) =>
  choices
    .filter(({ value }) => value !== null)
    .map(({ value }) => JSON.stringify(value))
    .join(', ');

const oneOf = (choices: readonly Choice[]) =>
  choices.length === 1 ? quoted(choices) : `one of ${quoted(choices)}`;

function range({ min, max }: { min?: number; max?: number }) {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (max !== undefined) return ` up to ${max}`;
  return min === undefined ? '' : ` of ${min} or more`;
}

const MAX_SHOWN_LENGTH = 60;

/** Describes a wrong value for an error: short, without secrets, and without the contents of objects and lists. */
export function describeValue(value: JsonValue, isSecret: boolean): string {
  if (Array.isArray(value))
    return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  if (value === '') return 'empty text';
  if (isSecret) return 'a hidden value';
  const json = JSON.stringify(value);
  return json.length > MAX_SHOWN_LENGTH ? `${json.slice(0, MAX_SHOWN_LENGTH)}…` : json;
}
