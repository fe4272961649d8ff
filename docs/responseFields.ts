import { catalog } from '../nodes/PlaidCheck/catalog';
import type { Endpoint } from '../nodes/PlaidCheck/catalog/endpoint';
import { loadOracle, type JsonSchema, type Oracle } from '../sandbox/oracle';

/** nodes/PlaidCheck/catalog/responseFields.ts: the fields of each response that Selected Fields can take parts of. */
export async function responseFields(): Promise<string> {
  const oracle = await loadOracle();
  const endpoints: readonly Endpoint[] = catalog;
  const lines = endpoints
    .filter(({ summary }) => summary)
    .map(({ path }) => `  '${path}':\n    '${membersOf(responseOf(oracle, path), oracle, [])}',`);
  return [
    "/* Made from the types of Plaid's SDK by `npm run docs`; a test fails when it is out of date. */",
    '',
    '/**',
    ' * The fields of responses, by the path of the endpoint: `[]` marks a list, `{}` holds what is in a field or an entry,',
    " * `*` stands for names of Plaid's choosing.",
    ' */',
    'export const RESPONSE_FIELDS: Readonly<Record<string, string>> = {',
    ...lines,
    '};',
    '',
  ].join('\n');
}

function responseOf({ endpoints }: Oracle, path: string): JsonSchema {
  const response = endpoints[path]?.response;
  if (!response) throw new Error(`The SDK has no response for ${path}`);
  return response;
}

/** A schema and, of a union, all its forms. */
function formsOf(given: JsonSchema, oracle: Oracle): JsonSchema[] {
  const schema = resolved(given, oracle);
  return [schema, ...(schema.anyOf ?? []).flatMap((form) => formsOf(form, oracle))];
}

/** The properties of an object; of a union, those of all its forms, which may differ under one name. */
function propertiesOf(schema: JsonSchema, oracle: Oracle): Map<string, JsonSchema> {
  const found = new Map<string, JsonSchema[]>();
  for (const { properties } of formsOf(schema, oracle)) {
    for (const [name, property] of Object.entries(properties ?? {})) {
      found.set(name, [...(found.get(name) ?? []), property]);
    }
  }
  return new Map([...found].map(([name, all]) => [name, { anyOf: all }]));
}

function membersOf(given: JsonSchema, oracle: Oracle, above: readonly JsonSchema[]): string {
  const forms = formsOf(given, oracle);
  if (forms.some((form) => above.includes(form))) return '*';
  const members = [...propertiesOf(given, oracle)].map(
    ([name, property]) => `${name}${contentOf(property, oracle, [...above, ...forms])}`,
  );
  return members.length > 0 ? members.join(',') : forms.some(isObjectType) ? '*' : '';
}

/** What follows a field's name. */
function contentOf(given: JsonSchema, oracle: Oracle, above: readonly JsonSchema[]): string {
  const entries = formsOf(given, oracle).flatMap(({ items }) => items ?? []);
  if (entries.length > 0) return `[]${contentOf({ anyOf: entries }, oracle, above)}`;
  const members = membersOf(given, oracle, above);
  return members === '' || members === '*' ? members : `{${members}}`;
}

const isObjectType = ({ type }: JsonSchema) => [type].flat().includes('object');

/** Past references and "or null". */
function resolved(schema: JsonSchema, oracle: Oracle): JsonSchema {
  if (schema.else) return resolved(schema.else, oracle);
  if (!schema.$ref) return schema;
  const name = decodeURIComponent(schema.$ref.replace('#/definitions/', ''));
  return resolved(oracle.definitions[name] ?? {}, oracle);
}
