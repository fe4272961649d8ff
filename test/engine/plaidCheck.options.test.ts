import { startSandbox, type Sandbox } from '../../sandbox/server';
import { AMARA, report } from '../support/samples/applications';
import { BASE_REPORT, goOn, ifExpired } from '../support/workflows/reportRuns';
import { answer, startScriptedServer } from '../support/servers/scriptedServer';
import { byFields, CREATE, runPlaidCheck, withOptions } from '../support/workflows/runPlaidCheck';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 300 });
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

describe("Unknown choices of the node's own", () => {
  test.each([
    [
      'a wait mode',
      withOptions(byFields(CREATE, report()), {
        waitUntilReady: { values: { waitMode: 'Pause', maxWait: 60 } },
      }),
      'Not sent: the option Wait Until Ready > Wait Mode must be one of "poll", "webhook", got "Pause"',
    ],
    [
      'an output',
      { ...byFields(BASE_REPORT, { user_id: AMARA }), output: 'Simplified' },
      'Not sent: Output must be one of "full", "selected", "simplified", got "Simplified"',
    ],
  ])('%s is refused with the choices, and nothing is sent', async (_, parameters, message) => {
    const { json } = await runPlaidCheck(sandbox, parameters, [{}], goOn);
    expect(json).toMatchObject([{ error: { kind: 'not_sent', message } }]);
    expect(sandbox.requests).toEqual([]);
  });
});

describe('an expression that gives nothing is refused', () => {
  test.each([
    ['Save IDs to Execution Data', { saveIds: '={{ [] }}' }],
    ['Save IDs to Execution Data', { saveIds: '={{ "" }}' }],
    ['Add Receipt', { addReceipt: '={{ [] }}' }],
    [
      'Wait Until Ready > Max Wait (Seconds)',
      { waitUntilReady: { values: { maxWait: '={{ "" }}' } } },
    ],
    [
      'Wait Until Ready > Max Wait (Seconds)',
      { waitUntilReady: { values: { maxWait: '={{ $json.none }}' } } },
    ],
    [
      'Throttling > Requests Per Second',
      { throttling: { values: { requestsPerSecond: '={{ "" }}' } } },
    ],
  ])('%s: %j', async (label, options) => {
    const create = withOptions(byFields(CREATE, report()), options);
    const { json } = await runPlaidCheck(sandbox, create, [{}], goOn);
    const message = expect.stringMatching(
      `^Not sent: the option ${label.replace(/[()]/g, '.')} must be `,
    );
    expect(json).toMatchObject([{ error: { kind: 'not_sent', message } }]);
    expect(sandbox.requests).toEqual([]);
  });

  test.each(['ifReportExists', 'throttling', 'waitUntilReady'])(
    'so is %s without its entry',
    async (name) => {
      const create = withOptions(byFields(CREATE, report()), { [name]: {} });
      const { json } = await runPlaidCheck(sandbox, create, [{}], goOn);
      expect(json).toMatchObject([{ error: { kind: 'not_sent' } }]);
      expect(sandbox.requests).toEqual([]);
    },
  );
});

describe('Options that can not be read', () => {
  test.each([
    [
      'an expression that fails',
      { throttling: { values: { concurrency: '={{ $("Nobody").item.json.n }}' } } },
    ],
    ['a number that is none', { throttling: { values: { concurrency: 'many' } } }],
  ])('%s: each item tells so, where the node goes on', async (_, options) => {
    const get = withOptions(byFields(BASE_REPORT, { user_id: AMARA }), options);
    const { json, status } = await runPlaidCheck(sandbox, get, [{}, {}], goOn);
    expect(status).toBe('success');
    expect(json).toMatchObject([{ error: { kind: 'not_sent' } }, { error: { kind: 'not_sent' } }]);
    expect(sandbox.requests).toEqual([]);
  });
});

test('Include Attempts tells of each request beside the answer', async () => {
  const read = withOptions(byFields(BASE_REPORT, { user_id: AMARA }), {
    ...ifExpired,
    includeAttempts: true,
  });
  const { json } = await runPlaidCheck(sandbox, read);
  const [{ attempts, duration_ms }] = json as [{ attempts: object[]; duration_ms: number }];
  expect(attempts).toHaveLength(sandbox.requests.length);
  expect(attempts).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ result: 'plaid_error', error_code: 'CONSUMER_REPORT_NOT_FOUND' }),
      expect.objectContaining({ result: 'ok', http_status: 200 }),
    ]),
  );
  expect(duration_ms).toBeGreaterThan(0);
});

test.each([
  ['an option of the first item is wrong', { maxWait: '={{ $json.maxWait }}' }],
  [
    'the first item has an option that fails',
    { maxWait: '={{ $json.first ? $("Nobody").item.json.n : 5 }}' },
  ],
])('the limits of the run hold where %s', async (_, values) => {
  const server = await startScriptedServer();
  try {
    let inFlight = 0;
    let most = 0;
    server.play((response, request, index) => {
      most = Math.max(most, ++inFlight);
      setTimeout(() => {
        inFlight--;
        answer(200, { report: {}, request_id: 'r' })(response, request, index);
      }, 20);
    });
    const get = withOptions(byFields(BASE_REPORT, { user_id: AMARA }), {
      waitUntilReady: { values },
      throttling: { values: { concurrency: 1 } },
    });
    const items = Array.from({ length: 8 }, (_, index) => ({
      maxWait: index === 0 ? 'abc' : 5,
      first: index === 0,
    }));
    const { json } = await runPlaidCheck(server, get, items, goOn);
    expect(json[0]).toHaveProperty('error');
    expect(json).toHaveLength(8);
    expect(most).toBe(1);
  } finally {
    await server.close();
  }
});
