import type { JsonObject } from 'n8n-workflow';

import { catalog } from '../../nodes/PlaidCheck/catalog';
import { findProblems } from '../../nodes/PlaidCheck/fields/check';
import { formatRule } from '../../nodes/PlaidCheck/fields/formats';
import { fieldAt } from '../../nodes/PlaidCheck/fields/path';
import { loadOracle, type Oracle } from '../../sandbox/oracle';
import { requestHolding } from '../support/sdk/sdkRequests';
import { withField } from '../support/samples/withField';
import { DIFFERENCES } from './support/differences';
import { FORMATS_OF_DEPRECATED, LIMITS, type Limit } from './support/limits';
import { valuesAt } from './support/limitValues';

let oracle: Oracle;

beforeAll(async () => {
  oracle = await loadOracle();
});

/** The names that lead to a field, without the marks of lists. */
const namesOf = (field: string) => field.replaceAll('[]', '').split('.');

const cases = [LIMITS, FORMATS_OF_DEPRECATED].flatMap((table) =>
  Object.entries(table).flatMap(([path, limits]) =>
    Object.entries(limits).map(([field, limit]) => {
      const endpoint = catalog.find((one) => one.path === path);
      const found = endpoint && fieldAt(endpoint.fields, namesOf(field));
      return { path, field, limit, endpoint, found };
    }),
  ),
);

const here = cases.filter(({ found }) => found);

const valued = here.map((one) => ({ ...one, ...valuesAt(one.limit) }));

test('every limited field is in the node, or listed as left out', () => {
  const isLeftOut = (path: string, field: string) =>
    DIFFERENCES.some(
      (one) =>
        one.endpoint === path &&
        one.finding === 'only in the SDK' &&
        (field === one.field || field.startsWith(`${one.field}.`)),
    );
  const missing = cases.filter((one) => !one.found && !isLeftOut(one.path, one.field));
  expect(missing.map(({ path, field }) => `${path} ${field}`)).toEqual([]);
  expect(cases).toHaveLength(CASES);
});

/** How many limits there are, so that none gets lost. */
const CASES = 84;

const ofKind = (kind: Limit['kind'], yes: boolean) =>
  here.filter(({ limit }) => (limit.kind === kind) === yes);

test.each(ofKind('deprecated', true))('$path $field is labelled deprecated', ({ found }) => {
  expect(found?.label.deprecated).toBe(true);
});

describe.each(valued.filter(({ limit }) => limit.kind !== 'deprecated'))(
  '$path $field',
  ({ path, field, endpoint, taken, refused, refusedHere }) => {
    const request = () => requestHolding(oracle, path, field);
    // Without the rules between fields, which other tests are about.
    const problems = (body: object) =>
      endpoint &&
      findProblems({ ...endpoint, rules: [formatRule(endpoint.request)] }, body as JsonObject);
    const placeOf = field.replaceAll('[]', '.0');

    test('takes what Plaid allows, as the sandbox does', () => {
      const values = taken.map((value) => withField(request(), field, value));
      for (const body of [request(), ...values]) {
        expect([body, problems(body)]).toEqual([body, []]);
        expect([body, oracle.checkRequest(path, body)]).toEqual([body, null]);
      }
    });

    test.each([...refused, ...refusedHere].map((value) => [value]))(
      'refuses %j, and nothing else',
      (value) => {
        const found = problems(withField(request(), field, value)) ?? [];
        const places = found.map(({ path: at }) => at.join('.'));
        expect(places.length).toBeGreaterThan(0);
        const elsewhere = (place: string) => place !== placeOf && !place.startsWith(`${placeOf}.`);
        expect(places.filter(elsewhere)).toEqual([]);
      },
    );

    test.each(refused.map((value) => [value]))('the sandbox refuses %j', (value) => {
      const violation = oracle.checkRequest(path, withField(request(), field, value));
      expect(violation?.message).toContain(field.replaceAll('[]', '[0]'));
    });
  },
);
