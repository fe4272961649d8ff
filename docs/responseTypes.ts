import type { JsonSchema, Oracle } from '../sandbox/oracle';

/** How the types of Plaid's SDK are read: what is generated from them goes over their unions and references. */

/** The schema of an endpoint's response. @throws Error where it has none, as for a PDF */
export function responseOf({ endpoints }: Oracle, path: string): JsonSchema {
  const response = endpoints[path]?.response;
  if (!response) throw new Error(`The SDK has no response for ${path}`);
  return response;
}

/** A schema and, of a union, all its forms. */
export function formsOf(given: JsonSchema, oracle: Oracle): JsonSchema[] {
  const schema = resolved(given, oracle);
  return [schema, ...(schema.anyOf ?? []).flatMap((form) => formsOf(form, oracle))];
}

/** The properties of an object; of a union, those of all its forms, which may differ under one name. */
export function propertiesOf(schema: JsonSchema, oracle: Oracle): Map<string, JsonSchema> {
  const found = new Map<string, JsonSchema[]>();
  for (const { properties } of formsOf(schema, oracle)) {
    for (const [name, property] of Object.entries(properties ?? {})) {
      found.set(name, [...(found.get(name) ?? []), property]);
    }
  }
  return new Map([...found].map(([name, all]) => [name, { anyOf: all }]));
}

export const isObjectType = ({ type }: JsonSchema) => [type].flat().includes('object');

/** Whether a schema allows null, as one that is one type "or null". */
export function isNullable(given: JsonSchema, oracle: Oracle): boolean {
  if (given.else) return true;
  const schema = resolved(given, oracle);
  return (
    [schema.type].flat().includes('null') ||
    (schema.anyOf ?? []).some((form) => isNullable(form, oracle))
  );
}

/** Past references and "or null". */
function resolved(schema: JsonSchema, oracle: Oracle): JsonSchema {
  if (schema.else) return resolved(schema.else, oracle);
  if (!schema.$ref) return schema;
  const name = decodeURIComponent(schema.$ref.replace('#/definitions/', ''));
  return resolved(oracle.definitions[name] ?? {}, oracle);
}
