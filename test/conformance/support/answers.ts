import fc from 'fast-check';
import type { JsonObject, JsonValue } from 'n8n-workflow';

import type { JsonSchema } from '../../../sandbox/oracle';

type Definitions = Readonly<Record<string, JsonSchema>>;

/** As many entries as the longest choice by which a summary picks entries has values: the types of an account. */
const ENTRIES = 6;

/**
 * An answer with every field there is, also the optional ones, and lists whose entries take each
 * value of a choice and each form of a union in turn. Its texts are the names of their fields.
 */
export function fullAnswer(schema: JsonSchema, definitions: Definitions): JsonObject {
  let accounts = 0;
  const sample = (given: JsonSchema, name: string, place: number): JsonValue => {
    const one = resolved(given, definitions);
    // All products say the same of the report that they are parts of.
    const turn = name === 'metadata' ? 0 : place;
    // What facts look for: accounts that are told apart and can be spent from, and a balance of each day.
    if (name === 'account_id') return `account ${++accounts}`;
    if (name === 'mask') return String(1000 + accounts);
    if (one.enum?.includes('checking')) return 'checking';
    if (name === 'historical_balances') {
      return Array.from({ length: HISTORY_DAYS }, (_, index) => ({
        ...(sample(entryOf(one), '', 0) as JsonObject),
        date: dayText(-index),
      }));
    }
    if (one.anyOf) return sample(pick(one.anyOf, turn), name, turn);
    if (one.const !== undefined) return one.const as JsonValue;
    if (one.enum) return pick(one.enum.filter((value) => value !== null) as JsonValue[], turn);
    switch (typeOf(one)) {
      case 'object':
        return one.properties
          ? mapped(one.properties, (property, key) => sample(property, key, turn))
          : { some_attribute: 1 };
      case 'array':
        return Array.from({ length: ENTRIES }, (_, index) => sample(entryOf(one), name, index));
      case 'number':
      case 'integer':
        return turn + 1;
      case 'boolean':
        return true;
      default:
        if (/(^|_)time$|generated$/.test(name)) return `${dayText(0)}T10:00:00Z`;
        if (/(^|_)date(_|$)/.test(name)) return dayText(turn);
        // A second currency, but not for the kinds of accounts that have totals.
        return name === 'iso_currency_code' ? (turn < ENTRIES - 1 ? 'USD' : 'CAD') : name;
    }
  };
  return sample(schema, '', 0) as JsonObject;
}

const HISTORY_DAYS = 90;

/** A day so many days after a fixed one. */
const dayText = (days: number) =>
  new Date(Date.UTC(2026, 2, 1 + days)).toISOString().slice(0, 'YYYY-MM-DD'.length);

/** Any answer that the schema allows: fields left out, nulls, empty lists, two currencies. */
export function anyAnswer(schema: JsonSchema, definitions: Definitions): fc.Arbitrary<JsonObject> {
  const known = new Map<JsonSchema, fc.Arbitrary<JsonValue>>();
  const arbitrary = (given: JsonSchema): fc.Arbitrary<JsonValue> => {
    if (given.else) return fc.option(arbitrary(given.else), { nil: null });
    const one = resolved(given, definitions);
    const made = known.get(one) ?? make(one);
    known.set(one, made);
    return isNullable(one) ? fc.option(made, { nil: null }) : made;
  };
  const make = (one: JsonSchema): fc.Arbitrary<JsonValue> => {
    if (one.anyOf) return fc.oneof(...one.anyOf.map(arbitrary));
    if (one.const !== undefined) return fc.constant(one.const as JsonValue);
    if (one.enum) return fc.constantFrom(...(one.enum as JsonValue[]));
    switch (typeOf(one)) {
      case 'object':
        return one.properties
          ? (fc.record(mapped(one.properties, arbitrary), {
              requiredKeys: one.required ?? [],
            }) as fc.Arbitrary<JsonValue>)
          : fc.dictionary(fc.string(), anyJson());
      case 'array':
        return fc.array(arbitrary(entryOf(one)), { maxLength: 2 });
      case 'number':
      case 'integer':
        return fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
      case 'boolean':
        return fc.boolean();
      case 'string':
        return fc.constantFrom('', 'USD', 'CAD', '2026-02-28', '2026-03-01T10:00:00Z', 'text');
      default:
        return anyJson();
    }
  };
  return arbitrary(schema) as fc.Arbitrary<JsonObject>;
}

export const anyJson = () => fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>;

/** An answer in which some parts were replaced by something that the schema does not allow. */
export function damaged(answer: JsonValue, random: () => number, junk: JsonValue): JsonValue {
  if (random() < 0.1) return junk;
  if (Array.isArray(answer)) return answer.map((one) => damaged(one, random, junk));
  if (typeof answer !== 'object' || answer === null) return answer;
  return mapped(answer as Record<string, JsonValue>, (one) => damaged(one, random, junk));
}

/** The answer, telling of every field that is read off it though the schema does not have it. */
export function watched(
  answer: JsonObject,
  schema: JsonSchema,
  definitions: Definitions,
  onUnknown: (path: string) => void,
): JsonObject {
  const watch = (value: JsonValue, given: JsonSchema, path: string): JsonValue => {
    const one = formOf(value, resolved(given, definitions), definitions);
    if (Array.isArray(value)) return value.map((entry) => watch(entry, entryOf(one), `${path}[]`));
    const { properties } = one;
    if (typeof value !== 'object' || value === null || !properties) return value;
    const members = mapped(value as Record<string, JsonValue>, (member, key) =>
      watch(member, properties[key] ?? {}, `${path}.${key}`),
    );
    return new Proxy(members, {
      get(target, key, receiver) {
        if (typeof key === 'string' && !Object.hasOwn(properties, key)) onUnknown(`${path}.${key}`);
        return Reflect.get(target, key, receiver) as unknown;
      },
    });
  };
  return watch(answer, schema, '') as JsonObject;
}

/** Of a union the form that a value has, told by its fixed fields. */
function formOf(value: JsonValue, schema: JsonSchema, definitions: Definitions): JsonSchema {
  const forms = (schema.anyOf ?? []).map((form) => resolved(form, definitions));
  const fits = ({ properties }: JsonSchema) =>
    Object.entries(properties ?? {}).every(
      ([key, property]) =>
        resolved(property, definitions).const === undefined ||
        resolved(property, definitions).const === (value as JsonObject)[key],
    );
  return forms.find(fits) ?? schema;
}

/** Past references and "or null". */
function resolved(schema: JsonSchema, definitions: Definitions): JsonSchema {
  if (schema.else) return resolved(schema.else, definitions);
  if (!schema.$ref) return schema;
  return resolved(definitions[schema.$ref.replace('#/definitions/', '')] ?? {}, definitions);
}

const isNullable = ({ type }: JsonSchema) => Array.isArray(type) && type.includes('null');

const typeOf = ({ type }: JsonSchema) => [type].flat().find((one) => one !== 'null');

const entryOf = ({ items }: JsonSchema): JsonSchema => [items].flat()[0] ?? {};

const pick = <T>(values: readonly T[], turn: number): T => values[turn % values.length] as T;

const mapped = <T, R>(members: Record<string, T>, to: (member: T, key: string) => R) =>
  Object.fromEntries(Object.entries(members).map(([key, member]) => [key, to(member, key)]));
