import type { JsonSchema, Patch, SdkSchemas } from './types';

/**
 * Turns the generated schemas into Plaid's wire format: the enum member "null" of the SDK means
 * JSON null, and the patches are applied. Throws when a patch names a type that is gone.
 */
export function prepare(sdk: SdkSchemas, patches: readonly Patch[]): SdkSchemas {
  const definitions = Object.fromEntries(
    Object.entries(sdk.definitions).map(([name, schema]) => [name, toWire(schema)]),
  );
  for (const { type, property, schema } of patches) {
    const target = definitions[type];
    if (!target) throw new Error(`The SDK has no type ${type} any more; its patch is stale`);
    if (property === undefined) {
      Object.assign(target, schema);
      continue;
    }
    const before = target.properties?.[property] ?? {};
    target.properties = { ...target.properties, [property]: applyTo(before, schema) };
  }
  return { ...sdk, definitions };
}

/** Merges a patch into a property; of a nullable one into the part that is not null. */
function applyTo(property: JsonSchema, patch: JsonSchema): JsonSchema {
  return property.else
    ? { ...property, else: { ...property.else, ...patch } }
    : { ...property, ...patch };
}

function toWire(schema: JsonSchema): JsonSchema {
  const { anyOf, properties, items, additionalProperties } = schema;
  if (schema.enum?.includes('null')) {
    return {
      type: ['string', 'null'],
      enum: schema.enum.map((value) => (value === 'null' ? null : value)),
    };
  }
  if (anyOf) {
    const nonNull = anyOf.filter((branch) => branch.type !== 'null');
    const [only] = nonNull;
    // `T | null` as if/else: a fault inside T is then reported there, not as "matches no branch".
    if (only && nonNull.length === 1 && anyOf.length > 1) {
      return { if: { type: 'null' }, then: true, else: toWire(only) };
    }
    return { ...schema, anyOf: anyOf.map(toWire) };
  }
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [name, toWire(property)]),
      ),
    }),
    ...(items && { items: Array.isArray(items) ? items.map(toWire) : toWire(items) }),
    ...(typeof additionalProperties === 'object' && {
      additionalProperties: toWire(additionalProperties),
    }),
  };
}
