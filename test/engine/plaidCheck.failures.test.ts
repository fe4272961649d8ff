import type { INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { AMARA, DANIEL, ENDPOINTS, insights, report } from '../support/samples/applications';
import { factsOf, plaidError, readable, type Facts } from '../support/faults/failures';
import {
  byFields,
  CLIENT_ID,
  CREATE,
  CREDIT_PROFILE,
  MONITORING,
  PARTNER_INSIGHTS,
  runPlaidCheck,
  type Account,
  type Operation,
  ONCE,
  ONE_BY_ONE,
  withOptions,
} from '../support/workflows/runPlaidCheck';
import {
  answer,
  answerText,
  cutHalfway,
  drip,
  hang,
  hangHalfway,
  reset,
  startScriptedServer,
  type Script,
  type ScriptedServer,
} from '../support/servers/scriptedServer';

let server: ScriptedServer;

beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());
beforeEach(() => server.play(answer(200, { request_id: 'r1' })));

const GONE_THROUGH = /may have succeeded/;

/** What the title of an error says where the request may have taken effect. */
const stakeOf = (path: string): string => {
  if (path === CREATE.path) return '; the report may have been created';
  const isBilled = [PARTNER_INSIGHTS.path, CREDIT_PROFILE.path].includes(path);
  return isBilled ? '; the request may have succeeded and be billed' : '';
};

/** The node's parameters with a timeout, seconds. */
const timedOutAfter = (parameters: INodeParameters, timeout: number): INodeParameters => ({
  ...parameters,
  options: { timeout },
});

/**
 * Runs a request that fails, once with Continue On Fail and once without: the facts of the item, and
 * the error n8n stops at, which must tell the same.
 */
async function failing(account: Account, asked: INodeParameters): Promise<Facts> {
  const onError = 'continueRegularOutput';
  const parameters = withOptions(asked, ONCE);
  const { attempts, ...facts } = factsOf(
    await runPlaidCheck(account, parameters, [{}], { onError }),
  );
  const stopped = await runPlaidCheck(account, parameters);
  expect(stopped.status).toBe('error');
  expect(stopped.json).toEqual([]);
  const { error } = stopped;
  const fromPlaid = !['not_sent', 'invalid_request'].includes(facts.kind);
  expect(error).toMatchObject({
    name: fromPlaid ? 'NodeApiError' : 'NodeOperationError',
    message: facts.message,
    node: { name: 'Plaid Check' },
    context: { itemIndex: 0 },
  });
  if (facts.http_status !== null)
    expect(error).toMatchObject({ httpCode: String(facts.http_status) });
  const description = readable(error?.description);
  const { kind, http_status, next_step, error_type, error_code } = facts;
  const { documentation_url, display_message, request_id } = facts;
  expect(attempts ?? []).toEqual(
    fromPlaid ? [attempt({ result: kind, http_status, error_code, request_id })] : [],
  );
  for (const said of [next_step, error_type, error_code, documentation_url, display_message])
    if (said !== null) expect(description).toContain(said);
  return facts;
}

const attempt = (facts: object) => ({
  ...facts,
  started_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  duration_ms: expect.any(Number),
});

test('an answer that is nested too deep to be stored is an error, and n8n can save that', async () => {
  const deep = `{"request_id":"r1","deep":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`;
  server.play(answerText(200, 'application/json', deep));
  const facts = await failing(server, withOptions(byFields(CREATE, report()), {}));
  expect(facts).toMatchObject({
    kind: 'unreadable_response',
    message: expect.stringContaining('nested more than 500 levels deep'),
    http_status: 200,
    request_id: 'r1',
    may_have_succeeded: true,
  });
  const goesOn = { onError: 'continueRegularOutput' } as const;
  const run = await runPlaidCheck(server, byFields(CREATE, report()), [{}], goesOn);
  expect(JSON.stringify(structuredClone(run.json))).toContain('"request_id":"r1"');
});

const NOTHING_KNOWN = {
  http_status: null,
  error_type: null,
  error_code: null,
  error_message: null,
  display_message: null,
  request_id: null,
  documentation_url: null,
  may_have_succeeded: false,
};

describe("Plaid's own errors", () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({ readyAfterMs: 60_000 });
  });
  afterAll(() => sandbox.close());
  beforeEach(() => sandbox.reset());

  const get = byFields(PARTNER_INSIGHTS, insights());

  async function createReport(): Promise<void> {
    const { error } = await runPlaidCheck(sandbox, byFields(CREATE, report()));
    expect(error?.message).toBeUndefined();
  }

  async function reportError(error_code: string): Promise<Facts> {
    const facts = await failing(sandbox, get);
    expect(facts).toEqual({
      kind: 'plaid_error',
      message: `${facts.error_message} (${error_code})`,
      next_step: expect.any(String),
      http_status: 400,
      error_type: 'CONSUMER_REPORT_ERROR',
      error_code,
      error_message: expect.stringMatching(/consumer report/),
      display_message: null,
      request_id: expect.stringMatching(/^\w{15}$/),
      documentation_url: expect.stringMatching(/^https:\/\/plaid\.com\/docs\//),
      may_have_succeeded: false,
    });
    expect(sandbox.requests.map(({ requestId }) => requestId)).toContain(facts.request_id);
    return facts;
  }

  test('PRODUCT_NOT_READY', async () => {
    await createReport();
    expect((await reportError('PRODUCT_NOT_READY')).next_step).toMatch(/still creating it.*Wait/);
  });

  test('CONSUMER_REPORT_EXPIRED, a day after the report was ready', async () => {
    await createReport();
    sandbox.clock.advance(60_000);
    const { error } = await runPlaidCheck(sandbox, get);
    expect(error?.message).toBeUndefined();
    sandbox.clock.advance(24 * 60 * 60 * 1000);
    const { next_step } = await reportError('CONSUMER_REPORT_EXPIRED');
    expect(next_step).toMatch(/24 hours.*Check Report \(Legacy API\): Create/);
  });

  test('CONSUMER_REPORT_NOT_FOUND', async () => {
    const { next_step } = await reportError('CONSUMER_REPORT_NOT_FOUND');
    expect(next_step).toMatch(/Check Report \(Legacy API\): Create/);
  });

  test('INVALID_API_KEYS', async () => {
    const facts = await failing({ ...sandbox, secret: 'of-another-account' }, get);
    expect(facts).toMatchObject({
      kind: 'plaid_error',
      message: 'invalid client_id or secret provided (INVALID_API_KEYS)',
      next_step: expect.stringMatching(/Sandbox and Production have different secrets/),
      http_status: 400,
      error_type: 'INVALID_INPUT',
      error_code: 'INVALID_API_KEYS',
    });
  });

  test('a request that Plaid itself finds wrong', async () => {
    const options = { extraBodyFields: '{"unheard_of":1}' };
    const facts = await failing(sandbox, { ...get, options });
    expect(facts).toMatchObject({
      error_type: 'INVALID_REQUEST',
      error_code: 'UNKNOWN_FIELDS',
      message: expect.stringContaining('unheard_of'),
      next_step: 'Remove the fields that Plaid names, or correct their spelling',
    });
  });

  test.each([400, 500])(
    'a person on a fraud block, with HTTP %i: for a person to look at, never retried',
    async (status) => {
      const code = 'USER_ON_IDENTITY_THEFT_OR_FRAUD_BLOCK';
      // Its type differs from call to call, so the code alone decides.
      server.play(answer(status, plaidError('CRA_REPORT_ERROR', code, 'the user is blocked')));
      const parameters = byFields(CREATE, report());
      const run = await runPlaidCheck(server, parameters, [{}], {
        onError: 'continueRegularOutput',
      });
      expect(factsOf(run)).toMatchObject({
        kind: 'plaid_error',
        error_code: code,
        may_have_succeeded: false,
        next_step: expect.stringMatching(/Verify who the applicant is; do not retry the request/),
      });
      expect(server.requests).toHaveLength(1);
    },
  );

  test('a bank without enough history', async () => {
    const code = 'INSTITUTION_TRANSACTION_HISTORY_NOT_SUPPORTED';
    server.play(answer(400, plaidError('CRA_REPORT_ERROR', code, 'not enough history')));
    const { next_step } = await failing(server, get);
    expect(next_step).toMatch(/another bank in Link/);
  });

  test('RATE_LIMIT_EXCEEDED', async () => {
    const body = plaidError('RATE_LIMIT_EXCEEDED', 'RATE_LIMIT', 'too many requests');
    server.play(answer(429, body));
    expect(await failing(server, get)).toEqual({
      kind: 'plaid_error',
      message: 'too many requests (RATE_LIMIT)',
      next_step: expect.stringMatching(/Wait a minute/),
      http_status: 429,
      error_type: 'RATE_LIMIT_EXCEEDED',
      error_code: 'RATE_LIMIT',
      error_message: 'too many requests',
      display_message: null,
      request_id: 'req-4kT1',
      documentation_url: 'https://plaid.com/docs/errors/?of=RATE_LIMIT&at=api',
      may_have_succeeded: false,
    });
  });

  test.each(
    ENDPOINTS.map((endpoint) => ({ ...endpoint, parameters: byFields(endpoint, endpoint.body()) })),
  )('INTERNAL_SERVER_ERROR of $path', async ({ path, parameters }) => {
    server.play(
      answer(500, plaidError('API_ERROR', 'INTERNAL_SERVER_ERROR', 'an unexpected error occurred')),
    );
    const facts = await failing(server, parameters);
    expect(facts).toMatchObject({
      kind: 'plaid_error',
      message: `an unexpected error occurred (INTERNAL_SERVER_ERROR)${stakeOf(path)}`,
      http_status: 500,
      error_type: 'API_ERROR',
      request_id: 'req-4kT1',
    });
    expectUncertainty(path, facts);
  });

  test('an error whose messages are empty still says what is wrong', async () => {
    server.play(answer(400, plaidError('CONSUMER_REPORT_ERROR', 'PRODUCT_NOT_READY', '')));
    const { message, error_message } = await failing(server, get);
    expect(message).toBe('The report is not ready yet (PRODUCT_NOT_READY)');
    expect(error_message).toBe('');
  });

  test("Plaid's message for end users is shown too", async () => {
    const body = plaidError('USER_ERROR', 'SOME_NEW_CODE', 'technical words');
    const extras = { display_message: 'Please call <us> & ask', suggested_action: 'Do the dance' };
    server.play(answer(400, { ...body, ...extras, documentation_url: null }));
    expect(await failing(server, get)).toMatchObject({
      message: 'technical words (SOME_NEW_CODE)',
      display_message: 'Please call <us> & ask',
      next_step: 'Do the dance',
      documentation_url: 'https://plaid.com/docs/errors/',
    });
  });
});

/**
 * Only a call that creates, bills or leaves an inquiry may do harm when it is sent a second time, and only
 * where the answer (status 0: there was none) leaves open whether the first one took effect.
 */
function expectUncertainty(
  path: string,
  facts: Pick<Facts, 'next_step' | 'may_have_succeeded'>,
  status = 0,
): void {
  const mayDoHarm = path !== MONITORING.path && (status < 300 || status >= 500);
  expect(facts.may_have_succeeded).toBe(mayDoHarm);
  if (mayDoHarm) expect(facts.next_step).toMatch(GONE_THROUGH);
  else expect(facts.next_step).not.toMatch(GONE_THROUGH);
}

const PAGE = '<!DOCTYPE html>\n<html><body>Bad gateway</body></html>';

describe('something other than JSON of Plaid', () => {
  const cases: Array<[string, Script, number, RegExp]> = [
    ['a web page with 502', answerText(502, 'text/html', PAGE), 502, /a web page with HTTP 502/],
    [
      'a web page with 200',
      answerText(200, 'text/html', PAGE),
      200,
      /a web page with its response/,
    ],
    [
      'an empty body with 500',
      answerText(500, 'application/json', ''),
      500,
      /an empty body with HTTP 500/,
    ],
    [
      'an empty body with 200',
      answerText(200, 'application/json', ''),
      200,
      /an empty body with its response/,
    ],
    [
      'JSON that is cut, with 200',
      answerText(200, 'application/json', '{"request_id":"abc'),
      200,
      /incomplete or broken JSON/,
    ],
    [
      'a list with 200',
      answerText(200, 'application/json', '[{"request_id":"a"}]'),
      200,
      /unknown content/,
    ],
    [
      'plain text with 404',
      answerText(404, 'text/plain', 'no such page'),
      404,
      /content of the type text\/plain with HTTP 404/,
    ],
    [
      'JSON of someone else with 403',
      answer(403, { message: 'Forbidden' }),
      403,
      /instead of Plaid's JSON/,
    ],
  ];
  const endpoints: ReadonlyArray<Operation> = [CREATE, PARTNER_INSIGHTS];
  const both = cases.flatMap(([name, script, status, message]) =>
    endpoints.map((endpoint) => ({ name, script, status, message, ...endpoint })),
  );

  test.each(both)('$name, from $path', async ({ script, status, message, ...endpoint }) => {
    server.play(script);
    const body = endpoint.path === CREATE.path ? report() : insights();
    const facts = await failing(server, byFields(endpoint, body));
    expect(facts).toEqual({
      ...NOTHING_KNOWN,
      kind: 'unreadable_response',
      message: expect.stringMatching(message),
      next_step: expect.stringMatching(/credential has a custom base URL/),
      may_have_succeeded: expect.any(Boolean),
      http_status: status,
    });
    expectUncertainty(endpoint.path, facts, status);
  });
});

describe('a redirect', () => {
  let other: ScriptedServer;

  beforeAll(async () => {
    other = await startScriptedServer();
  });
  afterAll(() => other.close());

  test.each([301, 302, 303, 307, 308])(
    '%i is not followed: the keys go nowhere else',
    async (status) => {
      other.play(answer(200, { request_id: 'elsewhere' }));
      const location = `${other.url}/cra/monitoring_insights/get`;
      server.play(answerText(status, 'text/html', PAGE, { location }));
      const facts = await failing(server, byFields(PARTNER_INSIGHTS, insights()));
      expect(other.requests).toEqual([]);
      expect(server.requests[0]?.headers['plaid-client-id']).toBe(CLIENT_ID);
      expect(facts).toEqual({
        ...NOTHING_KNOWN,
        kind: 'unreadable_response',
        message: expect.stringContaining(`HTTP ${status}`),
        next_step: expect.stringMatching(/redirects are not followed.*base URL/),
        http_status: status,
      });
    },
  );
});

describe('no answer', () => {
  const NOWHERE = 'https://nowhere.invalid';

  test('a host that DNS does not know', async () => {
    expect(await failing({ url: NOWHERE }, byFields(CREATE, report()))).toEqual({
      ...NOTHING_KNOWN,
      kind: 'host_not_found',
      message: 'The host nowhere.invalid could not be found',
      next_step: expect.stringMatching(/network.*base URL/),
    });
  });

  test('a port that nobody listens at', async () => {
    const gone = await startScriptedServer();
    await gone.close();
    const facts = await failing(gone, byFields(CREATE, report()));
    expect(facts).toEqual({
      ...NOTHING_KNOWN,
      kind: 'connection_failed',
      message: `${gone.host} refused the connection`,
      next_step: expect.stringMatching(/network.*base URL/),
    });
    expect(facts.next_step).not.toMatch(GONE_THROUGH);
  });

  const broken = [
    { name: 'cut once the request was read', script: reset, when: 'before it responded' },
    { name: 'cut within the answer', script: cutHalfway, when: 'in the middle of its response' },
  ];
  const late = [
    { name: 'nothing comes', script: hang },
    { name: 'half an answer comes', script: hangHalfway },
    { name: 'an answer comes in drops that never end', script: drip },
  ];
  const atEach = <T>(cases: T[]) =>
    cases.flatMap((one) =>
      ENDPOINTS.map(({ path, body, ...rest }) => ({
        ...one,
        path,
        parameters: byFields({ path, ...rest }, body()),
      })),
    );

  test.each(atEach(broken))(
    '$path: the connection is $name',
    async ({ script, path, parameters, when }) => {
      server.play(script);
      const facts = await failing(server, parameters);
      expect(facts).toEqual({
        ...NOTHING_KNOWN,
        kind: 'connection_failed',
        message: `${server.host} closed the connection ${when}${stakeOf(path)}`,
        next_step: expect.any(String),
        may_have_succeeded: expect.any(Boolean),
      });
      expectUncertainty(path, facts);
    },
  );

  test.each(atEach(late))(
    '$path: $name within the timeout',
    async ({ script, path, parameters }) => {
      server.play(script);
      const facts = await failing(server, timedOutAfter(parameters, 0.2));
      expect(facts).toEqual({
        ...NOTHING_KNOWN,
        kind: 'timeout',
        message: `${server.host} did not respond within 0.2 seconds${stakeOf(path)}`,
        next_step: expect.stringMatching(/option Timeout/),
        may_have_succeeded: expect.any(Boolean),
      });
      expectUncertainty(path, facts);
      expect(server.requests).toHaveLength(2);
      await server.allConnectionsClosed();
    },
  );
});

describe('a credential without usable keys', () => {
  test.each([
    [{ clientId: '' }, 'client ID', 'is empty'],
    [{ secret: '   ' }, 'secret', 'is empty'],
    [{ secret: '\u79d8\u5bc6' }, 'secret', 'contains an invalid character'],
    [{ secret: 'ab\ncd' }, 'secret', 'contains an invalid character'],
    [{ clientId: 'a\u2028b' }, 'client ID', 'contains an invalid character'],
  ])('%j: nothing is sent', async (keys, name, wrong) => {
    server.play(answer(200, { request_id: 'r' }));
    expect(await failing({ url: server.url, ...keys }, byFields(CREATE, report()))).toEqual({
      ...NOTHING_KNOWN,
      kind: 'not_sent',
      message: `Not sent: The ${name} in the Plaid Check credential ${wrong}; copy it again from the Plaid Dashboard`,
      next_step: null,
    });
    expect(server.requests).toEqual([]);
  });
});

describe('a credential that leads nowhere', () => {
  test.each([
    ['http://plaid.example.com', /must start with https:\/\//],
    ['http://127.0.0.1.example.com', /must start with https:\/\//],
    ['http://localhost.example.com:80', /must start with https:\/\//],
    ['plaid.example.com', /not a valid URL/],
    ['', /not a valid URL/],
    ['ftp://plaid.example.com', /not a valid URL/],
    ['https://plaid.example.com/?a=b', /without a user name, "\?"/],
  ])('base URL %j', async (url, message) => {
    expect(await failing({ url }, byFields(CREATE, report()))).toEqual({
      ...NOTHING_KNOWN,
      kind: 'not_sent',
      message: expect.stringMatching(message),
      next_step: null,
    });
  });
});

const FAILED_EXPRESSION =
  'Not sent: the expression in the field user_id failed: Referenced node doesn\'t exist (node "Nobody")';

describe('good and bad items together', () => {
  const request = byFields(MONITORING, {
    user_id: '={{ $json.ask ? $("Nobody").item.json.id : $json.user }}',
    consumer_report_permissible_purpose: '={{ $json.purpose ?? "ACCOUNT_REVIEW_CREDIT" }}',
  });
  const get = withOptions(request, ONE_BY_ONE);
  const items = [
    { user: AMARA },
    { user: 'usr_nobody' },
    { user: DANIEL, purpose: 'CURIOSITY' },
    { user: AMARA, ask: true },
    { user: '' },
    { user: DANIEL },
  ];
  const failed = (facts: Partial<Facts>) => ({ error: expect.objectContaining(facts) });
  const failures = [
    failed({ kind: 'plaid_error', error_code: 'USER_NOT_FOUND', http_status: 400 }),
    failed({
      kind: 'invalid_request',
      problems: [
        {
          path: 'consumer_report_permissible_purpose',
          label: 'Permissible Purpose',
          message:
            'must be one of "ACCOUNT_REVIEW_CREDIT", "WRITTEN_INSTRUCTION_OTHER", got "CURIOSITY"',
        },
      ],
    }),
    failed({
      kind: 'not_sent',
      message: FAILED_EXPRESSION,
    }),
    failed({
      kind: 'invalid_request',
      problems: [
        {
          path: 'user_id',
          label: 'User ID',
          message: 'is required, as Identify User By is set to User ID',
        },
      ],
    }),
  ];
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());
  beforeEach(() => sandbox.clearRequests());

  const asked = () => sandbox.requests.map(({ json }) => (json as { user_id: string }).user_id);
  const good = (index: number) =>
    expect.objectContaining({ request_id: sandbox.requests[index]?.requestId });

  test('Continue: all in order, each paired with its own', async () => {
    const run = await runPlaidCheck(sandbox, get, items, { onError: 'continueRegularOutput' });
    expect(run.status).toBe('success');
    expect(asked()).toEqual([AMARA, 'usr_nobody', DANIEL]);
    expect(run.outputs).toEqual([
      [good(0), ...failures, good(2)].map((json, item) => ({ json, pairedItem: { item } })),
    ]);
  });

  test('Continue (using error output): the bad ones leave by the second output, with their input', async () => {
    const run = await runPlaidCheck(sandbox, get, items, { onError: 'continueErrorOutput' });
    expect(run.status).toBe('success');
    expect(asked()).toEqual([AMARA, 'usr_nobody', DANIEL]);
    expect(run.outputs).toEqual([
      [
        { json: good(0), pairedItem: { item: 0 } },
        { json: good(2), pairedItem: { item: 5 } },
      ],
      failures.map(({ error }, index) => ({
        json: { ...items[index + 1], error },
        pairedItem: { item: index + 1 },
      })),
    ]);
  });

  test('Stop: where one item is bad, nothing is sent for any, as each call may be billed', async () => {
    const run = await runPlaidCheck(sandbox, get, items);
    expect(run.status).toBe('error');
    expect(run.error).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 2 } });
    expect(run.error?.message).toMatch(/^Not sent: 3 of 6 items have problems, the first one: /);
    expect(run.outputs).toEqual([]);
    expect(asked()).toEqual([]);
  });

  test("Stop: Plaid's error names its item, and no later item is sent", async () => {
    const run = await runPlaidCheck(sandbox, get, [...items.slice(0, 2), ...items.slice(5)]);
    expect(run.status).toBe('error');
    expect(run.error).toMatchObject({ name: 'NodeApiError', context: { itemIndex: 1 } });
    expect(run.outputs).toEqual([]);
    expect(asked()).toEqual([AMARA, 'usr_nobody']);
  });

  test('Stop: an expression that fails is an error of its item', async () => {
    const run = await runPlaidCheck(sandbox, get, [items[0] ?? {}, items[3] ?? {}]);
    expect(run.error).toMatchObject({
      name: 'NodeOperationError',
      message: FAILED_EXPRESSION,
      context: { itemIndex: 1 },
    });
  });
});
