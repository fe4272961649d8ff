import type { IDataObject, JsonValue } from 'n8n-workflow';
import { z } from 'zod/v4';

import type { Endpoint } from '../catalog/endpoint';
import { describeExpected, describeValue } from '../fields/expectation';
import { defaultValue } from '../fields/form';
import { fieldsOf, type Field } from '../fields/model';
import { GROUP } from '../fields/names';
import { fieldAt, valueAt, type Path } from '../fields/path';
import { isBlank, readValue, Unreadable } from '../fields/values';
import { isObject } from '../utils/json';
import { OPTIONS } from './declarations';
import type { Option } from './option';
import { textsIn } from './output';

type Declared = typeof OPTIONS;

/** What the options say for one item, in the units that a run works with. */
export type NodeOptions = {
  [Name in keyof Declared]: Declared[Name] extends Option<infer T> ? T : never;
};

const schemas = Object.entries<Option>(OPTIONS).map(([name, { schema }]) => [name, schema]);

/** The options as fields, read off their schemas. */
export const OPTION_FIELDS: readonly Field[] = fieldsOf(
  z.strictObject(Object.fromEntries(schemas)),
);

/**
 * Reads and checks all options. One that the operation does not have counts as not added.
 * @param asTool whether the node is a tool of an AI agent
 * @throws Error that names the option by its label and what it must be
 */
export function readOptions(given: unknown, operation: Endpoint, asTool = false): NodeOptions {
  const names = Object.keys(OPTIONS) as Array<keyof Declared>;
  const entries = names.map((name) => [name, readOption(name, given, operation, asTool)] as const);
  return Object.fromEntries(entries) as unknown as NodeOptions;
}

/** Reads and checks one option; without an operation, one that all operations have. @throws Error as `readOptions` */
export function readOption<Name extends keyof Declared>(
  name: Name,
  given: unknown,
  operation?: Endpoint,
  asTool = false,
): NodeOptions[Name] {
  const { schema, read, shownFor, isCheckedWithBody, holdsBack, notBlank } = declarationOf(name);
  const isBlankRefused = holdsBack === true || notBlank === true;
  if (!isObject(given ?? {})) throw wrong("the node's Options", 'an object with fields', given);
  const options = (given ?? {}) as IDataObject;
  const value = options[name];
  if (shownFor && operation && !shownFor(operation)) return absentValue(name, asTool);
  const field = optionField(name);
  const isEmptyList = Array.isArray(value) && value.length === 0;
  if (isBlank(value) || (isEmptyList && field.content.kind === 'textList')) {
    // An expression that gives nothing must not be what lets a request or a decision pass.
    if (isBlankRefused && name in options) {
      const got = Array.isArray(value) ? value : '';
      throw wrong(`the option ${labelOf([name])}`, describeExpected(OPTION_FIELDS, [name]), got);
    }
    return absentValue(name, asTool);
  }
  if (isCheckedWithBody) return read(value);
  const filledIn = valueOf([name], field, value, notBlank === true);
  const { data, error } = schema.safeParse(filledIn);
  if (!error) return read(data);
  const path = [name, ...(error.issues[0]?.path ?? [])] as Path;
  throw wrong(
    `the option ${labelOf(path)}`,
    describeExpected(OPTION_FIELDS, path),
    valueAt({ [name]: filledIn as JsonValue }, path),
  );
}

/** Whether an operation has an option. */
export const isOptionOf = (name: keyof Declared, operation: Endpoint): boolean =>
  declarationOf(name).shownFor?.(operation) ?? true;

const absentValues: Partial<NodeOptions> = {};

/** What holds where an option is not added; worked out once, as most items have few options. */
export function absentValue<Name extends keyof Declared>(
  name: Name,
  asTool = false,
): NodeOptions[Name] {
  const { absentAsTool } = declarationOf(name);
  if (asTool && absentAsTool !== undefined) return absentAsTool;
  if (!(name in absentValues)) {
    const { schema, read, ...rest } = declarationOf(name);
    const field = optionField(name);
    const initial = () => read(schema.parse(valueOf([name], field, defaultValue(field))));
    absentValues[name] = 'absent' in rest ? rest.absent : initial();
  }
  return absentValues[name] as NodeOptions[Name];
}

const declarationOf = <Name extends keyof Declared>(name: Name) =>
  OPTIONS[name] as unknown as Option<NodeOptions[Name]>;

/** The field that an option is derived from its schema as. */
export function optionField(name: keyof Declared): Field {
  const field = fieldAt(OPTION_FIELDS, [name]);
  if (!field) throw new Error(`The option "${name}" has no field`);
  return field;
}

/** Days in options do not exist, so their zone does not matter. */
const NO_TIMEZONE = 'UTC';

/**
 * A value as the schema takes it; the members of a group that are absent have their default.
 * @param isBlankRefused whether a member must not be blank; otherwise it has its default then, too
 */
function valueOf(path: Path, field: Field, value: unknown, isBlankRefused = false): unknown {
  const { content } = field;
  if (content.kind === 'textList') return textsIn(value);
  if (content.kind !== 'group') {
    const read = readValue(field, value as JsonValue, NO_TIMEZONE);
    if (read instanceof Unreadable) throw new Error(`the option ${labelOf(path)} ${read.text}`);
    return read;
  }
  if (!isObject(value)) return value;
  // n8n keeps a group under its one kind of entry, and drops the values of one that has another shape.
  const values = GROUP in value ? (value[GROUP] ?? {}) : value;
  if (!isObject(values)) return values;
  if (Object.keys(value).length === 0) throw wrong(`the option ${labelOf(path)}`, EMPTIED, value);
  const members = content.members.map((member) => {
    const given = values[member.name];
    if (isBlankRefused && member.name in values && isBlank(given)) {
      const inside = [...path, member.name];
      throw wrong(`the option ${labelOf(inside)}`, describeExpected(OPTION_FIELDS, inside), '');
    }
    const filledIn = isBlank(given) ? defaultValue(member) : given;
    return [member.name, valueOf([...path, member.name], member, filledIn)];
  });
  return Object.fromEntries(members);
}

const EMPTIED =
  'a group with its fields set one by one, as n8n drops a group that is one expression';

/** An option's place in the form, such as "Retry > Max Attempts". */
const labelOf = (path: Path) =>
  path
    .map((_, index) => fieldAt(OPTION_FIELDS, path.slice(0, index + 1))?.label.name)
    .filter(Boolean)
    .join(' > ');

const wrong = (where: string, expected: string, got: unknown) =>
  new Error(`${where} must be ${expected}, got ${describeValue(got as JsonValue, false)}`);
