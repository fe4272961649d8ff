import type { IDataObject, JsonValue } from 'n8n-workflow';
import { z } from 'zod/v4';

import type { Endpoint } from '../catalog/endpoint';
import { booleanFromText } from '../fields/body';
import { describeExpected, describeValue } from '../fields/expectation';
import { defaultValue } from '../fields/form';
import { fieldsOf, type Field } from '../fields/model';
import { GROUP } from '../fields/names';
import { fieldAt, valueAt, type Path } from '../fields/path';
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
 * @throws Error that names the option by its label and what it must be
 */
export function readOptions(given: unknown, operation: Endpoint): NodeOptions {
  const names = Object.keys(OPTIONS) as Array<keyof Declared>;
  const entries = names.map((name) => [name, readOption(name, given, operation)] as const);
  return Object.fromEntries(entries) as unknown as NodeOptions;
}

/** Reads and checks one option; without an operation, one that all operations have. @throws Error as `readOptions` */
export function readOption<Name extends keyof Declared>(
  name: Name,
  given: unknown,
  operation?: Endpoint,
): NodeOptions[Name] {
  const { schema, read, shownFor, isCheckedWithBody } = declarationOf(name);
  if (!isObject(given ?? {})) throw wrong('Options', 'an object with fields', given);
  const value = ((given ?? {}) as IDataObject)[name];
  if (isBlank(value) || (shownFor && operation && !shownFor(operation))) return absentValue(name);
  if (isCheckedWithBody) return read(value);
  const filledIn = valueOf(fieldOf(name), value);
  const { data, error } = schema.safeParse(filledIn);
  if (!error) return read(data);
  const path = [name, ...(error.issues[0]?.path ?? [])] as Path;
  throw wrong(
    `Option ${labelOf(path)}`,
    describeExpected(OPTION_FIELDS, path),
    valueAt({ [name]: filledIn as JsonValue }, path),
  );
}

const absentValues: Partial<NodeOptions> = {};

/** What holds where an option is not added; worked out once, as most items have few options. */
export function absentValue<Name extends keyof Declared>(name: Name): NodeOptions[Name] {
  if (!(name in absentValues)) {
    const { schema, read, ...rest } = declarationOf(name);
    const field = fieldOf(name);
    const initial = () => read(schema.parse(valueOf(field, defaultValue(field))));
    absentValues[name] = 'absent' in rest ? rest.absent : initial();
  }
  return absentValues[name] as NodeOptions[Name];
}

const declarationOf = <Name extends keyof Declared>(name: Name) =>
  OPTIONS[name] as unknown as Option<NodeOptions[Name]>;

function fieldOf(name: keyof Declared): Field {
  const field = fieldAt(OPTION_FIELDS, [name]);
  if (!field) throw new Error(`The option "${name}" has no field`);
  return field;
}

/** A value as the schema takes it: texts that hold a number or a boolean are that, and empty members have their default. */
function valueOf({ content }: Field, value: unknown): unknown {
  switch (content.kind) {
    case 'wholeNumber':
    case 'decimal':
      return typeof value === 'string' && Number.isFinite(Number(value)) ? Number(value) : value;
    case 'toggle':
      return booleanFromText(value);
    case 'textList':
      return textsIn(value);
    case 'text':
    case 'choice':
      return typeof value === 'string' ? value.trim() : value;
    case 'group': {
      if (!isObject(value)) return value;
      // n8n keeps a group under its one kind of entry; what is written by hand may leave that out.
      const values = GROUP in value ? (value[GROUP] ?? {}) : value;
      if (!isObject(values)) return values;
      const members = content.members.map((member) => {
        const given = values[member.name];
        return [member.name, isBlank(given) ? defaultValue(member) : valueOf(member, given)];
      });
      return Object.fromEntries(members);
    }
    default:
      return value;
  }
}

const isBlank = (value: unknown) =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

/** An option's place in the form, such as "Retry > Max Attempts". */
const labelOf = (path: Path) =>
  path
    .map((_, index) => fieldAt(OPTION_FIELDS, path.slice(0, index + 1))?.label.name)
    .filter(Boolean)
    .join(' > ');

const wrong = (where: string, expected: string, got: unknown) =>
  new Error(`${where}: expected ${expected}, got ${describeValue(got as JsonValue, false)}`);
