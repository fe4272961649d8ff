import type { INodeExecutionData, INodeParameters, JsonObject } from 'n8n-workflow';
import { catalog } from '../../nodes/PlaidCheck/catalog';
import { loadOracle, type Oracle } from '../../sandbox/oracle';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import type { Wanted } from '../support/workflows/fillIn';
import { knownState, type Known } from '../support/samples/knownState';
import { startRecorder, type Exchange, type Recorder } from '../support/servers/recorder';
import {
  byFields,
  byJson,
  runPlaidCheck,
  type Operation,
} from '../support/workflows/runPlaidCheck';
import { fullRequest, requestHolding, smallestRequest } from '../support/sdk/sdkRequests';
import { SUMMARIES } from '../support/samples/summaries';
import { DIFFERENCES } from '../conformance/support/differences';
import { withRules } from '../unit/support/withRules';

/**
 * Every operation by its fields and by JSON, with the smallest request and with every field there is.
 * The requests are made from the types of Plaid's SDK, not from the catalog; they go to the sandbox,
 * whose answer is what must come out.
 */

let oracle: Oracle;
let sandbox: Sandbox;
let recorder: Recorder;

beforeAll(async () => {
  oracle = await loadOracle();
  sandbox = await startSandbox({ readyAfterMs: 0 });
  recorder = await startRecorder(sandbox);
});
afterAll(() => Promise.all([recorder.close(), sandbox.close()]));
beforeEach(() => {
  sandbox.reset();
  recorder.clear();
});

const BODIES = { smallest: smallestRequest, full: fullRequest };

/** The body with the rules between fields that the types can't tell, some of which exclude others. */
const obeying = (path: string, body: Wanted): Wanted => withRules(path, body as JsonObject);

/** Every field in a body, such as `loans[].application`. */
const fieldsIn = (value: unknown, at = ''): string[] =>
  Array.isArray(value)
    ? [...new Set(value.flatMap((entry) => fieldsIn(entry, `${at}[]`)))]
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, inner]) => {
          const path = at ? `${at}.${name}` : name;
          return [path, ...fieldsIn(inner, path)];
        })
      : [];

const WAYS: Record<string, (operation: Operation, body: Wanted) => INodeParameters> = {
  fields: byFields,
  'JSON text': (operation, body) => byJson(operation, JSON.stringify(body)),
  'JSON by expression': (operation) => byJson(operation, '={{ $json }}'),
};

/** Sends the body, and expects it to arrive alone and as it is, and its answer to come out. */
async function expectToGoThrough(operation: Operation, way: string, body: Wanted): Promise<void> {
  const parameters = WAYS[way]?.(operation, body) ?? {};
  const run = await runPlaidCheck(recorder, parameters, [body as INodeExecutionData['json']]);
  expect([run.error?.message, run.error?.description]).toEqual([undefined, undefined]);
  const [exchange, ...more] = recorder.exchanges;
  if (!exchange) throw new Error('No request arrived');
  expect(more).toEqual([]);
  const { request, status } = exchange;
  expect(request).toMatchObject({ method: 'POST', path: operation.path, json: body });
  expect(request.json).toEqual(body);
  expect(request.headers).toMatchObject({
    'plaid-client-id': recorder.clientId,
    'plaid-secret': recorder.secret,
    'plaid-version': '2020-09-14',
    'content-type': 'application/json',
    host: recorder.host,
  });
  expect(request.text).not.toContain(recorder.secret);
  expect(status).toBe(200);
  expect(run.outputs[0]).toEqual([{ ...itemOf(operation, exchange), pairedItem: { item: 0 } }]);
}

/** The item that an answer becomes: its JSON, or its file, with the user of the request where it is no report. */
function itemOf({ path }: Operation, { bytes, requestId, request }: Exchange): object {
  const text = bytes.toString('latin1');
  const { user_id } = request.json as { user_id?: string };
  const user = path in SUMMARIES || user_id === undefined ? {} : { user_id };
  if (!text.startsWith('%PDF-'))
    return { json: { ...user, ...(JSON.parse(bytes.toString('utf8')) as object) } };
  const file_name = expect.stringMatching(/^[\w-]+\.pdf$/) as string;
  return {
    json: { request_id: requestId, file_name, file_size: bytes.length, ...user },
    binary: {
      data: expect.objectContaining({
        data: bytes.toString('base64'),
        mimeType: 'application/pdf',
        fileExtension: 'pdf',
        fileName: file_name,
      }) as object,
    },
  };
}

describe.each(catalog.map((one): [string, Operation] => [one.path, one]))(
  '%s',
  (path, operation) => {
    let known: Known;

    beforeEach(async () => {
      known = await knownState(sandbox, path);
    });

    describe.each(Object.entries(BODIES))('the %s request', (_size, bodyOf) => {
      test.each(Object.keys(WAYS))('by %s', async (way) => {
        const body = obeying(path, bodyOf(oracle, path, { known }));
        expect(oracle.checkRequest(path, body)).toBeNull();
        await expectToGoThrough(operation, way, body);
      });
    });
  },
);

const IDENTIFIED = catalog.flatMap(({ identity, ...operation }) =>
  (identity as readonly string[]).slice(1).map((name) => ({ ...operation, name })),
);

test.each(IDENTIFIED)('$path about a user by $name', async ({ name, ...operation }) => {
  const known = await knownState(sandbox, operation.path);
  const smallest = smallestRequest(oracle, operation.path, { known, identity: name });
  const body = obeying(operation.path, smallest);
  expect(body).toHaveProperty(name);
  await expectToGoThrough(operation, 'fields', body);
});

/** What a full request can't hold beside the rest, by the rules that Plaid's documentation gives. */
const EXCLUDED: ReadonlyArray<[path: string, field: string]> = [
  ['/cra/check_report/verification/pdf/get', 'reports_requested'],
  ['/link/token/create', 'android_package_name'],
  ['/cra/servicing/subscription/create', 'cadence'],
];

test('a full request holds every field of the SDK that the form has, but for a few', () => {
  const missing = catalog.flatMap(({ path }) => {
    const all = fullRequest(oracle, path);
    const sent = fieldsIn(obeying(path, all));
    const gone = fieldsIn(all).filter((name) => !sent.includes(name));
    return gone.map((field) => [path, field]);
  });
  expect(missing).toEqual(EXCLUDED);
});

test.each(EXCLUDED)('%s with %s', async (path, field) => {
  const operation = catalog.find((one) => one.path === path);
  if (!operation) throw new Error(`There is no operation for ${path}`);
  const known = await knownState(sandbox, path);
  const body = obeying(path, requestHolding(oracle, path, field, { known }));
  expect(body).toHaveProperty(field);
  await expectToGoThrough(operation, 'fields', body);
});

/** The endpoints whose form lacks fields or values of the SDK; `client_secret` is the credential. */
const LEFT_OUT = catalog.filter(({ path }) =>
  DIFFERENCES.some(
    ({ endpoint, field, finding }) =>
      endpoint === path && finding === 'only in the SDK' && field !== 'client_secret',
  ),
);

/** What lies over one body to make it another. */
const difference = (whole: Wanted, part: Wanted): Wanted =>
  Object.fromEntries(
    Object.entries(whole).flatMap(([name, value]) => {
      const below = part[name];
      if (JSON.stringify(value) === JSON.stringify(below)) return [];
      return [[name, isObject(value) && isObject(below) ? difference(value, below) : value]];
    }),
  );

const isObject = (value: unknown): value is Wanted =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

test.each(LEFT_OUT)('$path with what its form leaves to Extra Body Fields', async (operation) => {
  const { path } = operation;
  const known = await knownState(sandbox, path);
  const inForm = obeying(path, fullRequest(oracle, path, { known }));
  const whole = obeying(path, fullRequest(oracle, path, { known, leftOutToo: true }));
  const extra = difference(whole, inForm);
  expect(Object.keys(extra)).not.toEqual([]);
  const extraBodyFields = JSON.stringify(extra);
  const run = await runPlaidCheck(recorder, {
    ...byFields(operation, inForm),
    options: { extraBodyFields },
  });
  expect([run.error?.message, run.error?.description]).toEqual([undefined, undefined]);
  expect(recorder.exchanges.map(({ request }) => request.json)).toEqual([whole]);
  expect(oracle.checkRequest(path, whole)).toBeNull();
});
