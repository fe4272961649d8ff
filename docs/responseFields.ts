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

/** The properties of an object; of a union, those of all its forms. */
function propertiesOf(schema: JsonSchema, oracle: Oracle): Array<[string, JsonSchema]> {
  const forms = (schema.anyOf ?? []).map((form) => resolved(form, oracle));
  return [schema, ...forms].flatMap(({ properties }) => Object.entries(properties ?? {}));
}

function membersOf(given: JsonSchema, oracle: Oracle, above: readonly JsonSchema[]): string {
  const schema = resolved(given, oracle);
  if (above.includes(schema)) return '*';
  const members = new Map<string, string>();
  for (const [name, property] of propertiesOf(schema, oracle)) {
    members.set(name, `${name}${contentOf(property, oracle, [...above, schema])}`);
  }
  return members.size > 0 ? [...members.values()].join(',') : isObjectType(schema) ? '*' : '';
}

/** What follows a field's name. */
function contentOf(given: JsonSchema, oracle: Oracle, above: readonly JsonSchema[]): string {
  const schema = resolved(given, oracle);
  const entry = [schema.items].flat()[0];
  if (entry) return `[]${contentOf(entry, oracle, above)}`;
  const members = membersOf(schema, oracle, above);
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
