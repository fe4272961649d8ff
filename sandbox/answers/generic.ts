import { stableId, stableUuid } from '../ids';
import type { JsonSchema } from '../oracle';
import { isoDate, isoTime } from './dates';

/** What a generic answer depends on; the same context gives the same answer. */
export interface GenericContext {
  /** The SDK's types by name. */
  readonly definitions: Readonly<Record<string, JsonSchema>>;
  /** Makes different calls differ: the user's id, or the path where there is none. */
  readonly seed: string;
  /** ms since the epoch. */
  readonly now: number;
  /** Values that are settled, by field name: the request's own ones and what is known of the user. */
  readonly known: Readonly<Record<string, unknown>>;
}

interface Position extends GenericContext {
  /** Name of the field. */
  readonly name: string;
}

/**
 * An answer with the required fields of the response type: for endpoints that have nothing to do with
 * Plaid Check, and of which the sandbox keeps no state.
 */
export const genericAnswer = (schema: JsonSchema, context: GenericContext): unknown =>
  sample(schema, { ...context, name: '' });

function sample(schema: JsonSchema, at: Position): unknown {
  const { $ref, anyOf, required = [], properties = {}, items } = schema;
  if ($ref) return sample(at.definitions[$ref.replace('#/definitions/', '')] ?? {}, at);
  if (anyOf?.[0]) return sample(anyOf[0], at);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum)
    return schema.enum.find((value) => value === at.known[at.name]) ?? schema.enum[0];
  const types = [schema.type].flat();
  if (schema.else || types.includes('null')) return null;
  switch (types[0]) {
    case 'object':
      return Object.fromEntries(
        required.map((name) => [name, sample(properties[name] ?? {}, { ...at, name })]),
      );
    case 'array':
      return [items].flat().map((entry) => sample(entry ?? {}, at));
    case 'boolean':
      return true;
    case 'number':
    case 'integer':
      return 1;
    default:
      return sampleText(at);
  }
}

/** By the first pattern that fits the field's name. */
const TEXTS: readonly [RegExp, (at: Position) => string][] = [
  [/^request_id$/, ({ seed }) => stableId(`${seed} request`, 15)],
  [
    /_token$/,
    ({ name, seed }) => `${name.replace(/_token$/, '')}-sandbox-${stableUuid(seed + name)}`,
  ],
  [/(^|_)id$/, ({ name, seed }) => stableId(seed + name, 37)],
  [/date$/, ({ now }) => isoDate(now)],
  [/time$|_at$|^(created|settled)$/, ({ now }) => isoTime(now)],
  [/currency(_code)?$/, () => 'USD'],
  [/amount$/, () => '100.00'],
];

function sampleText(at: Position): string {
  const own = at.known[at.name];
  if (typeof own === 'string') return own;
  const rule = TEXTS.find(([pattern]) => pattern.test(at.name));
  return rule ? rule[1](at) : at.name.replace(/_/g, ' ');
}
