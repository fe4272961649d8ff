import type { JsonSchema, Oracle } from '../../../sandbox/oracle/index';
import { DIFFERENCES } from '../../conformance/support/differences';
import { withFormats } from '../samples/withFormats';
import type { Wanted } from '../workflows/fillIn';

/**
 * Request bodies made from the types of Plaid's SDK, with the limits that the sandbox enforces, and so
 * independently of the catalog; without what is listed as left out of it (conformance/support/differences.ts).
 */

/** What a request is to hold. */
export interface Wish {
  /**
   * Which optional fields, by their path from the body's root, such as `loans[].application`, and in
   * which lists (`products[]`) more than one entry
   */
  wants: (field: string) => boolean;
  /** Values that are settled, by path or by the field's name */
  known?: Readonly<Record<string, unknown>>;
  /** The field that names the user, where there are several; `user_id` by default */
  identity?: string;
  /** Whether to hold what is listed as left out of the catalog too */
  leftOutToo?: boolean;
}

type Settled = Omit<Wish, 'wants'>;

/** The required fields alone, and one that names the user. */
export const smallestRequest = (oracle: Oracle, path: string, settled: Settled = {}): Wanted =>
  sdkRequest(oracle, path, { ...settled, wants: () => false });

/** Every field, one entry in each list, or one for each form that an entry can have. */
export const fullRequest = (oracle: Oracle, path: string, settled: Settled = {}): Wanted =>
  sdkRequest(oracle, path, { ...settled, wants: () => true });

/** The smallest request that has a field, and the groups it stands in. */
export const requestHolding = (
  oracle: Oracle,
  path: string,
  field: string,
  settled: Settled = {},
): Wanted =>
  sdkRequest(oracle, path, {
    identity: field,
    ...settled,
    wants: (other) =>
      other === field || field.startsWith(`${other}.`) || field.startsWith(`${other}[]`),
  });

/** The fields that name the user, in the order in which one is taken. */
const IDENTITIES = ['user_id', 'user_token', 'third_party_user_token'];

export function sdkRequest(oracle: Oracle, path: string, wish: Wish): Wanted {
  const { request } = oracle.endpoints[path] ?? {};
  if (!request) throw new Error(`The SDK has no request for ${path}`);
  const schema = oracle.definitions[request] ?? {};
  const offered = IDENTITIES.filter((name) => schema.properties?.[name]);
  const identity = offered.find((name) => name === wish.identity) ?? offered[0];
  const namesUser = offered.length > 1 && /^\/(cra|link|sandbox|user)\//.test(path);
  const body = sample(schema, {
    ...wish,
    wants: (field) =>
      offered.includes(field)
        ? field === identity && (namesUser || wish.wants(field))
        : wish.wants(field),
    definitions: oracle.definitions,
    leftOut: wish.leftOutToo ? new Set<string>() : leftOut(path),
    name: '',
    path: '',
    within: [],
  }) as Wanted;
  const own = Object.entries(body).filter(([name]) => !CREDENTIALS.includes(name));
  return withFormats(Object.fromEntries(own));
}

/** The node sends them as headers. */
const CREDENTIALS = ['client_id', 'secret', 'client_secret'];

interface Position extends Wish {
  definitions: Oracle['definitions'];
  /** Fields and values that the node's form does not have. */
  leftOut: ReadonlySet<string>;
  name: string;
  path: string;
  /** Types this field is inside of: one that holds itself ends there. */
  within: readonly string[];
}

const shownValue = (field: string, value: unknown) => `${field} ${JSON.stringify(value)}`;

function leftOut(path: string): ReadonlySet<string> {
  return new Set(
    DIFFERENCES.filter(
      ({ endpoint, finding }) => endpoint === path && finding === 'only in the SDK',
    ).flatMap((one) =>
      'values' in one ? one.values.map((value) => shownValue(one.field, value)) : [one.field],
    ),
  );
}

function sample(schema: JsonSchema, at: Position): unknown {
  const known = at.known?.[at.path] ?? at.known?.[at.name];
  if (schema.$ref) {
    const type = schema.$ref.replace('#/definitions/', '');
    return sample(at.definitions[type] ?? {}, { ...at, within: [...at.within, type] });
  }
  if (schema.else) return sample(schema.else, at);
  const [form] = schema.anyOf ?? [];
  if (form) return sample(form, at);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) {
    const values = valuesOf(schema, at);
    return values.find((value) => value === known) ?? values[0];
  }
  if (schema.properties) return sampleObject(schema, at);
  switch ([schema.type].flat().find((type) => type !== 'null')) {
    case 'array':
      return Array.isArray(known) ? known : sampleList(schema, at);
    case 'object':
      return { [`${at.name}_key`]: 'value' };
    case 'boolean':
      return typeof known === 'boolean' ? known : true;
    case 'number':
    case 'integer':
      return typeof known === 'number' ? known : sampleNumber(schema, at);
    default:
      return typeof known === 'string' ? known : sampleText(schema, at);
  }
}

function sampleObject({ properties = {}, required = [] }: JsonSchema, at: Position): Wanted {
  const entries = Object.entries(properties).flatMap(([name, property]) => {
    const path = at.path ? `${at.path}.${name}` : name;
    const isWanted = required.includes(name) || (at.wants(path) && !at.leftOut.has(path));
    if (!isWanted || holdsItself(property, at)) return [];
    return [[name, sample(property, { ...at, name, path })] as const];
  });
  return Object.fromEntries(entries);
}

function holdsItself(schema: JsonSchema, { within }: Position): boolean {
  const inner = schema.else ?? [schema.items].flat()[0] ?? schema;
  return within.includes(inner.$ref?.replace('#/definitions/', '') ?? '');
}

/** One entry, or where more are wanted each value that there is, or an entry for each form. */
function sampleList({ items, maxItems = Infinity }: JsonSchema, at: Position): unknown[] {
  const entry = resolved([items].flat()[0] ?? {}, at);
  const inner = { ...at, path: `${at.path}[]`, name: at.name.replace(/s$/, '') };
  const all = entry.enum
    ? valuesOf(entry, inner)
    : (entry.anyOf ?? [entry]).map((form) => sample(form, inner));
  return all.slice(0, at.wants(inner.path) ? maxItems : 1);
}

function resolved(schema: JsonSchema, { definitions }: Position): JsonSchema {
  if (!schema.$ref) return schema;
  const type = schema.$ref.replace('#/definitions/', '');
  return definitions[type] ?? {};
}

const valuesOf = (schema: JsonSchema, { path, leftOut: gone }: Position) =>
  (schema.enum ?? []).filter((value) => value !== null && !gone.has(shownValue(path, value)));

/** Within what Plaid allows of some numbers, though nothing but their names tells so. */
const NUMBERS: Readonly<Record<string, number>> = {
  days_requested: 180,
  days_required: 90,
  score: 700,
};

function sampleNumber({ minimum, maximum }: JsonSchema, { name }: Position): number {
  return NUMBERS[name] ?? Math.max(minimum ?? 0, Math.min(maximum ?? 7, 7));
}

function sampleText(schema: JsonSchema, { name, path }: Position): string {
  const { format, minLength, maxLength } = schema;
  if (minLength !== undefined && minLength === maxLength) return '1234567890'.slice(0, maxLength);
  if (format === 'url' || /(^webhook|_ur[il])$/.test(name)) return `https://example.com/${name}`;
  if (format === 'date' || /(^|_)date(_of_birth)?$/.test(name)) return '2026-06-15';
  if (format === 'date-time' || /_time$/.test(name)) return '2026-06-15T12:30:00Z';
  return `the ${path.replace(/[._]/g, ' ').replaceAll('[]', '')}`.slice(0, maxLength);
}
