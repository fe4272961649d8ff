import { z } from 'zod/v4';

import { catalog } from '../../nodes/PlaidCheck/catalog';
import { createCheckReport } from '../../nodes/PlaidCheck/catalog/checkReport/create';
import { loadSdkSchemas } from '../../sandbox/oracle/cache';
import type { SdkSchemas } from '../../sandbox/oracle/types';
import { DEVIATIONS } from './support/deviations';
import { DIFFERENCES, listedLines, NOT_IN_SDK } from './support/differences';
import { FORMS } from './support/forms';
import { differencesBetween, flatten, onTheWire, type Flat } from './support/schemaDifferences';
import type { Schema } from './support/schema';

/*
 * The two sides have nothing in common: ours are the JSON Schemas that zod writes from the catalog;
 * the other ones ts-json-schema-generator reads out of the declarations of Plaid's SDK, before the
 * sandbox lays its patches over them. Neither is made from the other.
 */

let sdk: SdkSchemas;

beforeAll(async () => {
  sdk = await loadSdkSchemas();
});

const ours = (request: z.ZodObject): Flat =>
  flatten(z.toJSONSchema(request, { io: 'input' }) as Schema);

/** What the SDK's method for a path takes, without the credential: the node sends that as headers. */
function theirs(path: string): Flat {
  const { request } = sdk.endpoints[path] ?? {};
  if (!request) throw new Error(`The SDK has no request type for ${path}`);
  const definitions = Object.fromEntries(
    Object.entries(sdk.definitions).map(([name, schema]) => [name, onTheWire(schema)]),
  );
  const flat = flatten({ $ref: `#/definitions/${request}` }, definitions);
  return new Map([...flat].filter(([field]) => field !== 'client_id' && field !== 'secret'));
}

const ahead = new Set<string>(NOT_IN_SDK.map(({ endpoint }) => endpoint));

test.each(
  catalog.filter(({ path }) => !ahead.has(path)).map(({ path, request }) => ({ path, request })),
)('$path has the fields of the SDK, apart from the listed differences', ({ path, request }) => {
  expect(differencesBetween(ours(request), theirs(path))).toEqual(listedLines(path));
});

test('no difference is listed for an endpoint that the node does not have', () => {
  const paths = catalog.map(({ path }) => path as string);
  expect(DIFFERENCES.filter(({ endpoint }) => !paths.includes(endpoint))).toEqual([]);
});

test('control: what is compared goes to the bottom of a request', () => {
  const flat = theirs(createCheckReport.path);
  const score = 'partner_insights.fico.ultrafico_score_requests[].base_fico_score';
  expect(flat.get('')).toEqual({ kind: 'object', required: true, nullable: false, values: [] });
  expect(flat.get(`${score}.reason_codes[]`)).toMatchObject({ kind: 'text', required: true });
  expect(flat.get(`${score}.base_fico_score_version`)).toEqual({
    kind: 'choice',
    required: true,
    nullable: false,
    values: ['10', '10T', '8', '9'],
  });
  expect(flat.get('partner_insights.prism_versions.firstdetect')).toEqual({
    kind: 'choice',
    required: false,
    nullable: true,
    values: ['3'],
  });
  expect([...ours(createCheckReport.request).keys()]).toEqual(
    expect.arrayContaining([...flat.keys()]),
  );
});

describe('control: the comparison finds', () => {
  test.each(Object.entries(DEVIATIONS))('%s', (_, { request, found, ...rest }) => {
    const gone = 'gone' in rest ? rest.gone : [];
    const listed = listedLines(createCheckReport.path).filter((line) => !gone.includes(line));
    expect(differencesBetween(ours(request), theirs(createCheckReport.path))).toEqual(
      [...listed, ...found].sort(),
    );
  });

  test.each(Object.entries(FORMS))('%s', (_, { path, request, found }) => {
    expect(differencesBetween(ours(request), theirs(path))).toEqual(found);
  });

  const thing = (kind: string) => ({
    type: 'object',
    properties: { kind: { const: kind }, size: { type: 'number' } },
    required: ['kind'],
    additionalProperties: false,
  });

  test.each([
    [{ anyOf: [thing('a'), thing('a')] }, '2 forms'],
    [{ anyOf: [thing('a'), { ...thing('b'), required: [] }] }, '2 forms'],
    [{ anyOf: [thing('a'), { ...thing('b'), additionalProperties: {} }] }, '2 forms'],
    [{ type: 'object', allOf: [] }, "allOf can't be compared yet"],
    [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, '2 forms'],
    [{ type: 'array', items: [{ type: 'string' }] }, 'mixed entries'],
    [{ $ref: '#/definitions/Gone' }, 'no definition Gone'],
  ])('nothing equal in a construct that it does not know: %j', (schema, message) => {
    expect(() => flatten(schema)).toThrow(message);
  });
});
