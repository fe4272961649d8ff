import { startSandbox } from '../../sandbox/server';
import { AMARA, monitoring, report } from '../support/samples/applications';
import { factsOf, plaidError, readable } from '../support/faults/failures';
import { BASE_REPORT, goOn, wait } from '../support/workflows/reportRuns';
import {
  byFields,
  CREATE,
  MONITORING,
  ONE_BY_ONE,
  runPlaidCheck,
  withOptions,
} from '../support/workflows/runPlaidCheck';
import {
  answer,
  answerText,
  startScriptedServer,
  type Script,
  type ScriptedServer,
} from '../support/servers/scriptedServer';

let server: ScriptedServer;

beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(() => server.close());

const USER = '={{ $json.user }}';
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ user: `usr_${index}` }));
const twoAtOnce = { throttling: { values: { concurrency: 2, requestsPerSecond: 0 } } };
const waitUntilReady = { waitUntilReady: { values: { maxWait: 60 } } };
const quickly = { retry: { values: { maxAttempts: 3, interval: 0.01, backoffRate: 1 } } };

const userOf = (json: unknown) => (json as { user_id: string }).user_id;
const wrongUser = answer(400, plaidError('USER_ERROR', 'USER_NOT_FOUND', 'no such user'));
const later = (status: number, type: string, code: string, seconds: number): Script =>
  answerText(status, 'application/json', JSON.stringify(plaidError(type, code, 'later')), {
    'retry-after': String(seconds),
  });

test('a node that stops at an error creates nothing more, though many items wait concurrently', async () => {
  server.play((response, request, index) =>
    (userOf(request.json) === 'usr_0' ? wrongUser : answer(200, { request_id: 'r' }))(
      response,
      request,
      index,
    ),
  );
  const parameters = withOptions(byFields(CREATE, report(USER)), {
    ...twoAtOnce,
    ...waitUntilReady,
  });
  const run = await runPlaidCheck(server, parameters, many(60));
  expect(run.status).toBe('error');
  expect(run.error?.message).toBe('no such user (USER_NOT_FOUND)');
  // The second was on its way with the first, another one may have taken its place.
  expect(server.requests.length).toBeLessThanOrEqual(4);
});

test('an item in a long pause is given up when another one fails, and is not what the error is about', async () => {
  server.play((response, request, index) =>
    (userOf(request.json) === 'usr_0'
      ? later(503, 'API_ERROR', 'PLANNED_MAINTENANCE', 300)
      : wrongUser)(response, request, index),
  );
  const parameters = withOptions(byFields(MONITORING, monitoring(USER)), twoAtOnce);
  const run = await runPlaidCheck(server, parameters, many(2));
  expect(run.error).toMatchObject({
    message: 'no such user (USER_NOT_FOUND)',
    context: { itemIndex: 1 },
  });
  expect(server.requests).toHaveLength(2);
});

test('a Retry-After of an hour fails its item immediately, and delays no other', async () => {
  server.play((response, request, index) =>
    (index === 0
      ? later(429, 'RATE_LIMIT_EXCEEDED', 'RATE_LIMIT', 3600)
      : answer(200, { request_id: 'r' }))(response, request, index),
  );
  const parameters = withOptions(byFields(MONITORING, monitoring(USER)), {
    throttling: { values: { concurrency: 1, requestsPerSecond: 0 } },
  });
  const run = await runPlaidCheck(server, parameters, many(5), goOn);
  expect(factsOf(run)).toMatchObject({
    error_code: 'RATE_LIMIT',
    attempts: [{ http_status: 429 }],
  });
  expect(run.json.slice(1)).toEqual(Array.from({ length: 4 }, () => ({ request_id: 'r' })));
});

describe('a report that was created and then could not be looked at', () => {
  const broken: Script = (response, request, index) =>
    (request.path === CREATE.path
      ? answer(200, { request_id: 'created' })
      : answer(500, plaidError('API_ERROR', 'INTERNAL_SERVER_ERROR', 'broken')))(
      response,
      request,
      index,
    );
  // The outage lasts longer than the wait, which goes on until Max Wait.
  const shortWait = { waitUntilReady: { values: { maxWait: 1 } } };
  const parameters = withOptions(byFields(CREATE, report(USER)), { ...shortWait, ...quickly });

  test('is said to be created, under Continue On Fail', async () => {
    server.play(broken);
    const run = await runPlaidCheck(server, parameters, many(1), goOn);
    const { kind, error_code, next_step, attempts = [] } = factsOf(run);
    expect(kind).toBe('not_ready');
    expect(error_code).toBe('INTERNAL_SERVER_ERROR');
    expect(next_step).toMatch(/^A report was created.*Do not create it again/);
    // The creation, and looks of up to three attempts each: after an outage there is at least one look more.
    expect(attempts.length).toBeGreaterThan(4);
    expect(server.requests.filter(({ path }) => path === CREATE.path)).toHaveLength(1);
  });

  test('is said to be created, in the error the node stops with', async () => {
    server.play(broken);
    const { error } = await runPlaidCheck(server, parameters, many(1));
    expect(readable(error?.description)).toMatch(/A report was created/);
  });
});

test('where the node stops, its error gives the outcome of the other items', async () => {
  const sandbox = await startSandbox({ readyAfterMs: 300 });
  try {
    const get = withOptions(byFields(BASE_REPORT, { user_id: '={{ $json.user }}' }), ONE_BY_ONE);
    await runPlaidCheck(sandbox, withOptions(byFields(CREATE, report()), wait(30)));
    const users = [AMARA, 'usr_nobody', AMARA, AMARA].map((user) => ({ user }));
    const { error } = await runPlaidCheck(sandbox, get, users);
    expect(error).toMatchObject({ context: { itemIndex: 1 } });
    expect(error?.description).toContain('Of the other 3 items, 1 succeeded, and 2 were not sent');
  } finally {
    await sandbox.close();
  }
});
