import fc from 'fast-check';
import type { JsonObject } from 'n8n-workflow';
import { catalog } from '../../nodes/PlaidCheck/catalog';
import type { Endpoint } from '../../nodes/PlaidCheck/catalog/endpoint';
import { loadOracle, type Oracle } from '../../sandbox/oracle';
import { DEMO_USERS, startSandbox, type Sandbox } from '../../sandbox/server';
import { byFields, byJson, runPlaidCheck } from '../support/workflows/runPlaidCheck';
import { runPlaidCheckNodes } from '../support/workflows/runPlaidCheckNodes';
import { validRequest } from '../unit/support/validRequest';

/**
 * Random valid requests for every endpoint, sent by the compiled node, in the eyes of the sandbox's
 * schemas. `FUZZ=2000` sends more of them, `FUZZ_SEED=…` the same ones again.
 */
const BY_JSON = Number(process.env.FUZZ ?? 200);
const BY_FIELDS = Math.ceil(BY_JSON / 10);
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);

let oracle: Oracle;
let sandbox: Sandbox;

beforeAll(async () => {
  oracle = await loadOracle();
  sandbox = await startSandbox({ readyAfterMs: 0 });
  console.info(`Random requests from FUZZ_SEED=${SEED}`);
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const requestsFor = (endpoint: Endpoint, count: number) =>
  fc.sample(validRequest(endpoint), { numRuns: count, seed: SEED }).map(withKnownUser);

/** Every other request is about a user whom the sandbox knows, so that it is answered. */
function withKnownUser(body: JsonObject, index: number): JsonObject {
  const user = DEMO_USERS[index % DEMO_USERS.length];
  return 'user_id' in body && user && index % 2 === 0 ? { ...body, user_id: user.user_id } : body;
}

/** What the sandbox got is what was asked for, and nothing its schemas refuse; its state may refuse it. */
function expectAccepted({ path }: Endpoint, bodies: readonly JsonObject[]): void {
  expect(sandbox.requests.map((request) => request.json)).toEqual(bodies);
  expect(new Set(sandbox.requests.map((request) => request.path))).toEqual(new Set([path]));
  const violations = sandbox.requests.flatMap(({ json }) => oracle.checkRequest(path, json) ?? []);
  expect(violations).toEqual([]);
  expect(sandbox.requests.filter(({ status }) => status >= 500)).toEqual([]);
}

/** The code of every item that failed; a request that the sandbox finds malformed has one of these. */
const MALFORMED = ['UNKNOWN_FIELDS', 'MISSING_FIELDS', 'INVALID_FIELD', 'INVALID_BODY'];

function expectNoneMalformed(items: readonly unknown[], count: number): void {
  expect(items).toHaveLength(count);
  const codes = items.map(
    (json) => (json as { error?: { error_code?: string } }).error?.error_code,
  );
  expect(codes.filter((code) => MALFORMED.includes(code ?? ''))).toEqual([]);
}

describe.each(catalog.map((endpoint): [string, Endpoint] => [endpoint.path, endpoint]))(
  '%s takes random valid requests',
  (_path, endpoint) => {
    test(`${BY_JSON} as JSON`, async () => {
      const bodies = requestsFor(endpoint, BY_JSON);
      const run = await runPlaidCheck(sandbox, byJson(endpoint, '={{ $json }}'), bodies as never, {
        onError: 'continueRegularOutput',
      });
      expectAccepted(endpoint, bodies);
      expectNoneMalformed(run.json, BY_JSON);
    });

    test(`${BY_FIELDS} filled in`, async () => {
      const bodies = requestsFor(endpoint, BY_FIELDS);
      const items = await runPlaidCheckNodes(
        sandbox,
        bodies.map((body) => byFields(endpoint, body)),
      );
      expectAccepted(endpoint, bodies);
      expectNoneMalformed(items, BY_FIELDS);
    });
  },
);
