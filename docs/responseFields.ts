import { catalog } from '../nodes/PlaidCheck/catalog';
import type { Endpoint } from '../nodes/PlaidCheck/catalog/endpoint';
import { loadOracle, type JsonSchema, type Oracle } from '../sandbox/oracle';
import { formsOf, isObjectType, propertiesOf, responseOf } from './responseTypes';

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
