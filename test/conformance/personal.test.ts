import type { JsonObject } from 'n8n-workflow';

import { formsOf, propertiesOf, responseOf } from '../../docs/responseTypes';
import { catalog } from '../../nodes/PlaidCheck/catalog';
import {
  isPersonal,
  PERSONAL_FIELDS,
  withoutPersonal,
} from '../../nodes/PlaidCheck/facts/personal';
import { simplified } from '../../nodes/PlaidCheck/facts/summary';
import { loadOracle, type JsonSchema, type Oracle } from '../../sandbox/oracle';
import { SUMMARIES } from '../support/samples/summaries';
import { fullAnswer } from './support/answers';
import { NOT_PERSONAL } from './support/notPersonal';

let oracle: Oracle;
beforeAll(async () => {
  oracle = await loadOracle();
});

interface SdkField {
  parent: string;
  name: string;
}

/** Every field of a response outside of what is personal as a whole. */
function fieldsOf(given: JsonSchema, parent = '', above: readonly JsonSchema[] = []): SdkField[] {
  const forms = formsOf(given, oracle);
  if (forms.some((form) => above.includes(form))) return [];
  const inner = [...above, ...forms];
  const entries = forms.flatMap(({ items }) => items ?? []);
  if (entries.length > 0) return fieldsOf({ anyOf: entries }, parent, inner);
  return [...propertiesOf(given, oracle)].flatMap(([name, property]) => [
    { parent, name },
    ...(isPersonal(parent, name) ? [] : fieldsOf(property, name, inner)),
  ]);
}

const answered = catalog.filter((one) => !('pdf' in one));

/** Fields that are neither personal nor known not to be. */
const undecided = (fields: readonly SdkField[]) =>
  fields
    .filter(({ parent, name }) => !isPersonal(parent, name))
    .filter(({ parent, name }) => !NOT_PERSONAL.has(name === 'name' ? `${parent}.name` : name))
    .map(({ parent, name }) => `${parent}.${name}`);

test('every field of the SDK is personal or not; look at a new one and add it to one of the lists', () => {
  const all = answered.flatMap(({ path }) => fieldsOf(responseOf(oracle, path)));
  expect([...new Set(undecided(all))]).toEqual([]);
  const used = new Set(all.flatMap(({ parent, name }) => [name, `${parent}.${name}`]));
  expect([...NOT_PERSONAL].filter((name) => !used.has(name))).toEqual([]);
  expect([...NOT_PERSONAL].filter((name) => PERSONAL_FIELDS.includes(name))).toEqual([]);
});

test('a new field, and one whose name another place has, are noticed', () => {
  const added: JsonSchema = {
    type: 'object',
    properties: {
      maiden_name: { type: 'string' },
      report: {
        type: 'object',
        properties: { guardian: { type: 'object', properties: { name: { type: 'string' } } } },
      },
    },
  };
  expect(undecided(fieldsOf(added))).toEqual(['.maiden_name', 'report.guardian', 'guardian.name']);
});

/** The texts of an answer in which every text is its path. */
function withPaths(value: unknown, at: string): unknown {
  if (Array.isArray(value)) return value.map((entry) => withPaths(entry, at));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, withPaths(member, `${at}/${name}`)]),
    );
  }
  return typeof value === 'string' ? at : value;
}

/** Said apart from the list that the node has: what somebody who looks for people would search for. */
const TELLING =
  /\/(owners|identity|mask|account_owner|account_number_mask|original_description|merchant_name|check_number|location|statement|income_description)(\/|$)|transactions\/name$|accounts\/name$|income_streams\/description$/;

const textsIn = (value: unknown): string[] =>
  JSON.stringify(value).match(/(?<=")\/[^"]*(?=")/g) ?? [];

test.each(Object.entries(SUMMARIES))(
  'the simplified answer of %s holds nothing personal',
  (path, summary) => {
    const answer = withPaths(
      fullAnswer(responseOf(oracle, path), oracle.definitions),
      '',
    ) as JsonObject;
    const facts = simplified(summary, answer);
    expect(textsIn(facts).filter((text) => TELLING.test(text))).toEqual([]);
  },
);

test('a whole answer without personal data has none, and everything else', () => {
  const found = answered.map(({ path }) => {
    const answer = withPaths(
      fullAnswer(responseOf(oracle, path), oracle.definitions),
      '',
    ) as JsonObject;
    const [all, left] = [textsIn(answer), textsIn(withoutPersonal(answer))];
    const telling = all.filter((text) => TELLING.test(text));
    expect(left.filter((text) => TELLING.test(text))).toEqual([]);
    const gone = [...new Set(all)].filter((text) => !left.includes(text) && !TELLING.test(text));
    return [telling.length > 0, gone] as const;
  });
  expect(found.filter(([isTelling]) => isTelling).length).toBeGreaterThan(5);
  expect(found.flatMap(([, gone]) => gone)).toEqual(
    [
      '/link_sessions/events/event_metadata/institution_search_query',
      '/link_sessions/events/event_metadata/routing_number',
    ].map((text) => expect.stringContaining(text.split('/').at(-1) ?? '')),
  );
});
