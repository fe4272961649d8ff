import type { Finding, Kind } from './differences';
import { asOne, textsOf } from './asOne';
import type { Schema } from './schema';

export type Definitions = Readonly<Record<string, Schema>>;

/** What is compared of one field; lengths, ranges and formats are left out, as the SDK's types have none. */
export interface Content {
  kind: Kind;
  required: boolean;
  nullable: boolean;
  /** The texts of a drop-down, sorted; empty for other kinds */
  values: readonly string[];
}

/** Every field by its path from the body's root, with `[]` for the entries of a list. */
export type Flat = ReadonlyMap<string, Content>;

/**
 * A request's schema as a flat map. A text "null" is taken as it stands: see {@link onTheWire}.
 * @throws Error on a construct that it would otherwise leave out of the comparison
 */
export function flatten(schema: Schema, definitions: Definitions = {}): Flat {
  const flat = new Map<string, Content>();

  function add(path: string, part: Schema, required: boolean, within: readonly string[]) {
    const { forms, nullable, names } = formsOf(part, definitions, within);
    const form = asOne(forms, (member) => formsOf(member, definitions, names).forms);
    if (!form) {
      throw new Error(`${path}: a field of ${forms.length} forms can't be compared yet`);
    }
    const kind = kindOf(path, form);
    const values = kind === 'choice' ? textsOf(form).map(String).sort() : [];
    flat.set(path, { kind, required, nullable: nullable || kind === 'anything', values });
    for (const [name, member] of Object.entries(form.properties ?? {})) {
      add(path ? `${path}.${name}` : name, member, form.required?.includes(name) ?? false, names);
    }
    if (kind === 'list') add(`${path}[]`, entryOf(path, form), true, names);
  }

  add('', schema, true, []);
  return flat;
}

/** A schema of the SDK in Plaid's format: the enumeration member "null" means JSON null. */
export function onTheWire(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema), (key, value) =>
    key === 'enum' ? value.map((text: unknown) => (text === 'null' ? null : text)) : value,
  );
}

/** A field's forms without null, with references resolved and the names of the definitions they led through. */
function formsOf(
  schema: Schema,
  definitions: Definitions,
  within: readonly string[],
): { forms: Schema[]; nullable: boolean; names: readonly string[] } {
  const { $ref, anyOf } = schema;
  if ($ref !== undefined) {
    const name = decodeURIComponent($ref.replace('#/definitions/', ''));
    const target = definitions[name];
    if (!target) throw new Error(`There is no definition ${name}`);
    if (within.includes(name)) throw new Error(`${name} holds itself`);
    return formsOf(target, definitions, [...within, name]);
  }
  if (anyOf) {
    const parts = anyOf.map((part) => formsOf(part, definitions, within));
    return {
      forms: parts.flatMap(({ forms }) => forms),
      nullable: parts.some(({ nullable }) => nullable),
      names: [...new Set(parts.flatMap(({ names }) => names))],
    };
  }
  const types = [schema.type ?? []].flat();
  const nullable = types.includes('null') || (schema.enum?.includes(null) ?? false);
  const rest = types.filter((type) => type !== 'null');
  const onlyNull = nullable && rest.length === 0 && !schema.enum?.some((value) => value !== null);
  const forms =
    rest.length > 1 ? rest.map((type) => ({ ...schema, type })) : [{ ...schema, type: rest[0] }];
  return { forms: onlyNull ? [] : forms, nullable, names: within };
}

const KNOWN_KEYWORDS = new Set([
  ...[
    '$schema',
    'type',
    'const',
    'enum',
    'properties',
    'required',
    'additionalProperties',
    'items',
  ],
  // Without a counterpart in the SDK's types.
  ...['format', 'pattern', 'minLength', 'maxLength', 'minItems', 'maxItems', 'minimum', 'maximum'],
]);

function kindOf(path: string, form: Schema): Kind {
  const unknown = Object.keys(form).filter((keyword) => !KNOWN_KEYWORDS.has(keyword));
  if (unknown.length > 0) throw new Error(`${path}: ${unknown.join(', ')} can't be compared yet`);
  if (textsOf(form).length > 0) return 'choice';
  switch (form.type) {
    case 'string':
      return 'text';
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'array':
      return 'list';
    case 'object':
      return form.additionalProperties === false ? 'object' : 'open object';
    case undefined:
      return 'anything';
    default:
      throw new Error(`${path}: the type ${String(form.type)} can't be compared yet`);
  }
}

function entryOf(path: string, { items }: Schema): Schema {
  if (!items || Array.isArray(items)) throw new Error(`${path}: a list of mixed entries`);
  return items as Schema;
}

/** Every difference between two requests as sorted lines, in the words of differences.ts. */
export function differencesBetween(ours: Flat, sdk: Flat): string[] {
  return [
    ...missing(ours, sdk, 'only here'),
    ...missing(sdk, ours, 'only in the SDK'),
    ...[...ours].flatMap(([path, here]) => {
      const there = sdk.get(path);
      return there ? contentDifferences(path, here, there) : [];
    }),
  ].sort();
}

/** The fields of one side that the other lacks; of a group that is missing as a whole, only the group. */
function missing(from: Flat, to: Flat, finding: Finding): string[] {
  return [...from.keys()]
    .filter((path) => !to.has(path) && to.has(parentOf(path)))
    .filter((path) => from.get(parentOf(path))?.kind === to.get(parentOf(path))?.kind)
    .map((path) => `${path}: ${finding}`);
}

const parentOf = (path: string) =>
  path.endsWith('[]') ? path.slice(0, -2) : path.slice(0, Math.max(0, path.lastIndexOf('.')));

function contentDifferences(path: string, here: Content, there: Content): string[] {
  const found: string[] = [];
  const note = (finding: Finding, subject = path) => found.push(`${subject}: ${finding}`);
  if (here.required !== there.required) {
    note(here.required ? 'required only here' : 'required only in the SDK');
  }
  if (here.nullable !== there.nullable) {
    note(here.nullable ? 'null only here' : 'null only in the SDK');
  }
  if (here.kind !== there.kind) {
    note(`${here.kind} here, ${there.kind} in the SDK`);
  } else {
    const quoted = (value: string) => `${path} "${value}"`;
    const without = (from: Content, other: Content) =>
      from.values.filter((value) => !other.values.includes(value));
    without(here, there).forEach((value) => note('only here', quoted(value)));
    without(there, here).forEach((value) => note('only in the SDK', quoted(value)));
  }
  return found;
}
