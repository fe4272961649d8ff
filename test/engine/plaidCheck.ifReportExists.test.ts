import type { INodeParameters } from 'n8n-workflow';
import { runWithWait } from '../../engine';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { AMARA, DANIEL, report } from '../support/samples/applications';
import { plaidError } from '../support/faults/failures';
import {
  answer,
  answerText,
  hang,
  reset,
  startScriptedServer,
  type Script,
} from '../support/servers/scriptedServer';
import { PLAID_CHECK, plaidCheckWorkflow } from '../support/workflows/plaidCheckWorkflow';
import { BASE_REPORT, goOn, wait } from '../support/workflows/reportRuns';
import {
  byFields,
  CREATE,
  credentialFor,
  ONE_BY_ONE,
  runPlaidCheck,
  withOptions,
  type Operation,
} from '../support/workflows/runPlaidCheck';
import type { Wanted } from '../support/workflows/fillIn';

const HOUR = 60 * 60 * 1000;

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 0 });
});
afterAll(async () => await sandbox.close());
beforeEach(() => {
  sandbox.clock.set(Date.now());
  sandbox.reset();
});

const ifReportExists = (values: INodeParameters) => ({ ifReportExists: { values } });
const SAME_ID = ifReportExists({ mode: 'sameClientReportId' });
const notOlderThan = (maxAge: number | string) => ifReportExists({ mode: 'notOlderThan', maxAge });

const asked = (client_report_id = 'loan-1', user?: string) => ({
  ...report(user),
  client_report_id,
});
const creating = (options: INodeParameters, body: Wanted = asked(), operation = CREATE) =>
  withOptions(byFields(operation, body), options);

const REPORT_CREATE: Operation = {
  resource: 'report',
  operation: 'create',
  path: '/cra/report/create',
};
const REPORT_GET = '/cra/report/get';
const QUALIFY = { product: 'cra_qualify', version: 'V1' };
const productReport = (products: Wanted[] = [QUALIFY]) => ({
  user_id: AMARA,
  products,
  decision_stage: 'DECISIONING',
  consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
});

describe('Check Report: Create, with If a Report Exists', () => {
  const paths = () => sandbox.requests.map(({ path }) => path);

  test('two runs at the same time make one report', async () => {
    // Slow enough that both would find nothing.
    const slow = { kind: 'slow_first_byte' as const, ms: 300 };
    sandbox.faults.set({ rules: [{ path: BASE_REPORT.path, faults: [slow] }] });
    try {
      const runs = [1, 2].map(() => runPlaidCheck(sandbox, creating(SAME_ID)));
      const outputs = (await Promise.all(runs)).flatMap(({ json }) => json);
      expect(outputs).toHaveLength(2);
      expect(outputs).toContainEqual(expect.objectContaining({ report_status: 'existing' }));
      expect(paths().filter((path) => path === CREATE.path)).toHaveLength(1);
    } finally {
      sandbox.faults.set({});
    }
  });

  test('a run that waits for a report holds no other run up', async () => {
    const slow = await startSandbox({ readyAfterMs: HOUR });
    try {
      await runPlaidCheck(slow, byFields(CREATE, asked()));
      let isWaiting = true;
      const first = runPlaidCheck(slow, creating({ ...SAME_ID, ...wait(5) }), [{}], goOn);
      const waiting = first.then(({ json }) => {
        isWaiting = false;
        return json;
      });
      const { json } = await runPlaidCheck(slow, creating(SAME_ID));
      expect(json).toMatchObject([{ report_status: 'being_made' }]);
      expect(isWaiting).toBe(true);
      expect(await waiting).toMatchObject([{ error: { kind: 'not_ready' } }]);
      expect(slow.reportsCreated(AMARA)).toBe(1);
    } finally {
      await slow.close();
    }
  });

  test('reads first, creates where there is none, and uses the report of the same ID from then on', async () => {
    const first = await runPlaidCheck(sandbox, creating(SAME_ID));
    expect(first.json).toEqual([{ user_id: AMARA, request_id: expect.any(String) }]);
    expect(paths()).toEqual([BASE_REPORT.path, CREATE.path]);
    for (const again of [1, 2]) {
      const { json } = await runPlaidCheck(sandbox, creating(SAME_ID));
      expect(json).toMatchObject([
        { report_status: 'existing', report: { client_report_id: 'loan-1' } },
      ]);
      expect(paths()).toHaveLength(2 + again);
    }
    expect(sandbox.reportsCreated(AMARA)).toBe(1);
  });

  test('Create Another looks for nothing', async () => {
    const parameters = creating(ifReportExists({ mode: 'createAnother' }));
    await runPlaidCheck(sandbox, parameters);
    await runPlaidCheck(sandbox, parameters);
    expect(paths()).toEqual([CREATE.path, CREATE.path]);
  });

  test('a report with another ID, or without one, leads to a new one', async () => {
    await runPlaidCheck(sandbox, byFields(CREATE, report()));
    await runPlaidCheck(sandbox, creating(SAME_ID, asked('loan-1')));
    await runPlaidCheck(sandbox, creating(SAME_ID, asked('loan-2')));
    await runPlaidCheck(sandbox, creating(SAME_ID, asked('loan-2')));
    expect(sandbox.reportsCreated(AMARA)).toBe(3);
  });

  test('an expired report leads to a new one', async () => {
    await runPlaidCheck(sandbox, creating(SAME_ID));
    sandbox.clock.advance(25 * HOUR);
    await runPlaidCheck(sandbox, creating(SAME_ID));
    expect(sandbox.reportsCreated(AMARA)).toBe(2);
  });

  test.each([
    ['no ID', report()],
    ['a blank ID', asked('={{ "  " }}')],
    ['an ID that an expression does not give', asked('={{ $json.id }}')],
  ])('sends nothing where the request has %s', async (_, body) => {
    const { json } = await runPlaidCheck(sandbox, creating(SAME_ID, body), [{}], goOn);
    expect(json).toMatchObject([
      {
        error: {
          kind: 'invalid_request',
          problems: [
            {
              path: 'client_report_id',
              message: expect.stringMatching(/required.*If a Report Exists/),
            },
          ],
        },
      },
    ]);
    expect(sandbox.requests).toEqual([]);
  });

  test.each(['', ' ', null])('does not create blindly where its action is %j', async (mode) => {
    const options = ifReportExists({ mode: '={{ $json.mode }}' });
    await runPlaidCheck(sandbox, creating(options), [{ mode }]);
    await runPlaidCheck(sandbox, creating(options), [{ mode }]);
    expect(sandbox.reportsCreated(AMARA)).toBe(1);
  });

  test('the same ID with more days than the report covers is refused', async () => {
    await runPlaidCheck(sandbox, creating(SAME_ID, { ...asked(), days_requested: 200 }));
    const more = { ...asked(), days_requested: 730 };
    const { json } = await runPlaidCheck(sandbox, creating(SAME_ID, more), [{}], goOn);
    expect(json).toMatchObject([
      {
        error: {
          kind: 'report_conflict',
          message: expect.stringContaining('covers only 200 days'),
          may_have_succeeded: false,
        },
      },
    ]);
    expect(sandbox.reportsCreated(AMARA)).toBe(1);
  });

  test.each([
    ['24 h, 3 h later', 24, 3 * HOUR, 1],
    ['2 h, 3 h later', 2, 3 * HOUR, 2],
    ['half an hour, 29 min later', 0.5, 29 * 60_000, 1],
    ['half an hour, 31 min later', 0.5, 31 * 60_000, 2],
    ['0 h, at once', 0, 0, 2],
  ])('uses one not older than %s', async (_, hours, later, created) => {
    await runPlaidCheck(sandbox, creating(notOlderThan(hours), report()));
    sandbox.clock.advance(later);
    const { json } = await runPlaidCheck(sandbox, creating(notOlderThan(hours), report()));
    expect(json).toMatchObject([created === 1 ? { report_status: 'existing' } : {}]);
    expect(sandbox.reportsCreated(AMARA)).toBe(created);
  });

  test('goes by the clock of Plaid, however wrong that of n8n is', async () => {
    sandbox.clock.advance(-50 * HOUR);
    await runPlaidCheck(sandbox, creating(notOlderThan(1), report()));
    await runPlaidCheck(sandbox, creating(notOlderThan(1), report()));
    expect(sandbox.reportsCreated(AMARA)).toBe(1);
  });

  test('does not use a report of fewer days than are asked for, whatever its age', async () => {
    await runPlaidCheck(sandbox, creating(notOlderThan(24), { ...report(), days_requested: 200 }));
    await runPlaidCheck(sandbox, creating(notOlderThan(24), report()));
    expect(sandbox.reportsCreated(AMARA)).toBe(2);
  });

  test.each([
    ['at once', {}],
    ['one after another', ONE_BY_ONE],
  ])('creates once for items of the same user and ID, sent %s', async (_, how) => {
    const body = asked('={{ $json.id }}', '={{ $json.user }}');
    const items = [
      { user: AMARA, id: 'loan-1' },
      { user: DANIEL, id: 'loan-1' },
      { user: AMARA, id: 'loan-1' },
      { user: AMARA, id: 'loan-1' },
    ];
    const parameters = creating({ ...SAME_ID, ...how, includeAttempts: true }, body);
    const { json } = await runPlaidCheck(sandbox, parameters, items);
    expect(json).toHaveLength(4);
    const ids = json.map((one) => (one as { request_id: string }).request_id);
    expect([ids[2], ids[3]]).toEqual([ids[0], ids[0]]);
    expect(sandbox.reportsCreated(AMARA)).toBe(1);
    expect(sandbox.reportsCreated(DANIEL)).toBe(1);
    expect(sandbox.requests).toHaveLength(4);
  });

  test('items of one user with different requests: the first is created, the other is refused by name', async () => {
    const body = { ...asked('loan-1'), days_requested: '={{ $json.days }}' };
    const items = [{ days: 365 }, { days: 730 }, { days: 365 }];
    const { json } = await runPlaidCheck(sandbox, creating(SAME_ID, body), items, goOn);
    expect(json).toMatchObject([
      { request_id: expect.any(String) },
      { error: { kind: 'report_conflict', problems: [{ path: 'days_requested' }] } },
      { request_id: expect.any(String) },
    ]);
    expect(sandbox.reportsCreated(AMARA)).toBe(1);
  });

  test('a user whom Plaid does not know fails, and the other items do not', async () => {
    const body = asked('loan-1', '={{ $json.user }}');
    const users = [{ user: AMARA }, { user: 'usr_nobody' }, { user: DANIEL }];
    const { json } = await runPlaidCheck(sandbox, creating(SAME_ID, body), users, goOn);
    expect(json).toMatchObject([
      { request_id: expect.any(String) },
      { error: { error_code: 'USER_NOT_FOUND', may_have_succeeded: false } },
      { request_id: expect.any(String) },
    ]);
    expect(sandbox.requests.filter(({ path }) => path === CREATE.path)).toHaveLength(2);
  });

  test('Preview Request shows what is read first and then created, and sends nothing', async () => {
    const { json } = await runPlaidCheck(sandbox, creating({ ...SAME_ID, previewRequest: true }));
    expect(json).toMatchObject([
      {
        requests: [
          {
            url: `${sandbox.url}${BASE_REPORT.path}`,
            body: { user_id: AMARA },
            may_be_billed: true,
          },
          { url: `${sandbox.url}${CREATE.path}`, body: asked(), may_be_billed: true },
        ],
      },
    ]);
    expect(sandbox.requests).toEqual([]);
  });
});

describe('a report that is still being made', () => {
  let slow: Sandbox;
  beforeAll(async () => {
    slow = await startSandbox({ readyAfterMs: 400 });
  });
  afterAll(async () => await slow.close());
  beforeEach(() => slow.reset());

  test('is told as that where the node does not wait', async () => {
    await runPlaidCheck(slow, creating(SAME_ID));
    const { json } = await runPlaidCheck(slow, creating(SAME_ID));
    expect(json).toEqual([
      { user_id: AMARA, report_status: 'being_made', request_id: expect.any(String) },
    ]);
    expect(slow.reportsCreated(AMARA)).toBe(1);
  });

  test('is waited for where the node waits, and then judged by its ID', async () => {
    await runPlaidCheck(slow, creating(SAME_ID));
    const same = await runPlaidCheck(slow, creating({ ...SAME_ID, ...wait(20) }));
    expect(same.json).toMatchObject([{ report_status: 'existing', waited_ms: expect.any(Number) }]);
    expect(slow.reportsCreated(AMARA)).toBe(1);
    const other = creating({ ...SAME_ID, ...wait(20) }, asked('loan-2'));
    expect((await runPlaidCheck(slow, other)).json).toMatchObject([{ report_status: 'ready' }]);
    expect(slow.reportsCreated(AMARA)).toBe(2);
  });

  test('items that share a creation wait for it once', async () => {
    const parameters = creating({ ...SAME_ID, ...wait(20) });
    const { json } = await runPlaidCheck(slow, parameters, [{}, {}, {}]);
    expect(json).toMatchObject(Array(3).fill({ report_status: 'ready' }));
    expect(slow.reportsCreated(AMARA)).toBe(1);
  });

  test('is not created again where it does not become ready in time', async () => {
    const never = await startSandbox({ readyAfterMs: HOUR });
    try {
      await runPlaidCheck(never, creating(SAME_ID));
      const { json } = await runPlaidCheck(never, creating({ ...SAME_ID, ...wait(1) }), [{}], goOn);
      expect(json).toMatchObject([{ error: { kind: 'not_ready' } }]);
      expect(never.reportsCreated(AMARA)).toBe(1);
    } finally {
      await never.close();
    }
  });
});

describe('a look that fails never leads to a creation', () => {
  const once = { retry: { values: { maxAttempts: 2, interval: 0 } } };

  async function looking(script: Script, options = SAME_ID, operation = CREATE, body?: Wanted) {
    const plaid = await startScriptedServer();
    try {
      plaid.play(script);
      const parameters = creating({ ...options, ...once }, body, operation);
      const { json } = await runPlaidCheck(plaid, parameters, [{}], goOn);
      return { item: json[0], paths: plaid.requests.map(({ path }) => path) };
    } finally {
      await plaid.close();
    }
  }

  test.each([
    ['503', answer(503, plaidError('API_ERROR', 'INTERNAL_SERVER_ERROR', 'down')), 2],
    ['a broken connection', reset, 2],
    ['a web page', answerText(200, 'text/html', '<html></html>'), 2],
    ['wrong keys', answer(400, plaidError('INVALID_INPUT', 'INVALID_API_KEYS', 'keys')), 1],
    [
      'a fraud block',
      answer(400, plaidError('CHECK_REPORT_ERROR', 'USER_ON_IDENTITY_THEFT_OR_FRAUD_BLOCK', 'no')),
      1,
    ],
    ['missing data', answer(400, plaidError('CHECK_REPORT_ERROR', 'DATA_UNAVAILABLE', 'no')), 1],
    ['data of an Item', answer(400, plaidError('ITEM_ERROR', 'PRODUCT_NOT_READY', 'no')), 1],
  ])('%s', async (_, script, reads) => {
    const { item, paths } = await looking(script);
    expect(item).toMatchObject({
      error: {
        message: expect.stringContaining('Nothing was created'),
        may_have_succeeded: false,
      },
    });
    expect(paths).toEqual(Array(reads).fill(BASE_REPORT.path));
  });

  test('a report without a time has no age that could be compared', async () => {
    const none = answer(200, { report: { report_id: 'r' }, request_id: 'read' });
    const { item, paths } = await looking(none, notOlderThan(24));
    expect(item).toMatchObject({
      error: { kind: 'report_conflict', message: expect.stringContaining('when it was generated') },
    });
    expect(paths).toEqual([BASE_REPORT.path]);
  });

  test('a read of the report API may be billed, and says so', async () => {
    const down = answer(503, plaidError('API_ERROR', 'INTERNAL_SERVER_ERROR', 'down'));
    const { item, paths } = await looking(down, notOlderThan(24), REPORT_CREATE, productReport());
    expect(item).toMatchObject({
      error: {
        message: expect.stringContaining('Nothing was created'),
        may_have_succeeded: true,
        next_step: expect.stringContaining('Activity Log'),
      },
    });
    expect(paths).toEqual([REPORT_GET]);
  });

  test('the ID of a report of the report API is compared where Plaid tells it', async () => {
    const told = (client_report_id: string | null) =>
      answer(200, {
        report: {
          client_report_id,
          products: [
            { ...QUALIFY, metadata: { generated_time: '2026-01-01T00:00:00Z' }, errors: [] },
          ],
        },
        request_id: 'read',
      });
    const body = { ...productReport(), client_report_id: 'loan-1' };
    const same = await looking(told('loan-1'), SAME_ID, REPORT_CREATE, body);
    expect(same.item).toMatchObject({ report_status: 'existing' });
    expect(same.paths).toEqual([REPORT_GET]);
    for (const other of ['loan-2', null]) {
      const { paths } = await looking(told(other), SAME_ID, REPORT_CREATE, body);
      expect(paths).toEqual([REPORT_GET, REPORT_CREATE.path]);
    }
  });

  test('an unfinished report of the report API is used where it has the same ID or tells none, and no report ID is made up', async () => {
    const unfinished = (client_report_id?: string) =>
      answer(200, {
        report: {
          ...(client_report_id && { client_report_id }),
          products: [
            {
              ...QUALIFY,
              errors: [{ error_type: 'CRA_REPORT_ERROR', error_code: 'PRODUCT_NOT_READY' }],
            },
          ],
        },
        request_id: 'read',
      });
    const body = { ...productReport(), client_report_id: 'loan-1' };
    for (const same of ['loan-1', undefined]) {
      const { item, paths } = await looking(unfinished(same), SAME_ID, REPORT_CREATE, body);
      expect(item).toEqual({ user_id: AMARA, report_status: 'being_made', request_id: 'read' });
      expect(paths).toEqual([REPORT_GET]);
    }
    const another = await looking(unfinished('loan-2'), SAME_ID, REPORT_CREATE, body);
    expect(another.paths).toEqual([REPORT_GET, REPORT_CREATE.path]);
  });
});

describe('Check Report: Create, with If a Report Exists', () => {
  const create = async (options: INodeParameters, body: Wanted = productReport()) =>
    (await runPlaidCheck(sandbox, creating(options, body, REPORT_CREATE), [{}], goOn)).json[0];

  test('uses a report not older than the hours, and outputs what it read', async () => {
    await create(notOlderThan(2));
    const used = await create(notOlderThan(2));
    expect(used).toMatchObject({
      report_status: 'existing',
      report: { products: [QUALIFY] },
      successful_products: [QUALIFY],
      failed_products: [],
    });
    sandbox.clock.advance(3 * HOUR);
    await create(notOlderThan(2));
    expect(sandbox.productReportsCreated(AMARA)).toBe(2);
  });

  test('the same ID can not be told from the report, so that none is created', async () => {
    const body = { ...productReport(), client_report_id: 'loan-1' };
    await create(SAME_ID, body);
    expect(await create(SAME_ID, body)).toMatchObject({
      error: {
        kind: 'report_conflict',
        message: expect.stringContaining('does not say which client report ID'),
        next_step: expect.stringContaining('Use It If Not Older Than'),
      },
    });
    expect(sandbox.productReportsCreated(AMARA)).toBe(1);
  });

  test('items of one run with the same user and ID create once', async () => {
    const body = { ...productReport(), client_report_id: '={{ $json.id }}' };
    const parameters = creating(SAME_ID, body, REPORT_CREATE);
    const ids = [{ id: 'loan-1' }, { id: 'loan-1' }, { id: 'loan-1' }];
    const { json } = await runPlaidCheck(sandbox, parameters, ids, goOn);
    expect(new Set(json.map((one) => (one as { report_id: string }).report_id)).size).toBe(1);
    expect(sandbox.productReportsCreated(AMARA)).toBe(1);
  });

  test('a report without a product that is asked for is another report', async () => {
    const made = { ...QUALIFY, metadata: { generated_time: new Date().toISOString() }, errors: [] };
    const read = answer(200, { report: { products: [made] }, request_id: 'read' });
    const plaid = await startScriptedServer();
    try {
      plaid.play(read);
      const body = productReport([QUALIFY, { product: 'cra_lend_score', version: 'V2' }]);
      await runPlaidCheck(plaid, creating(notOlderThan(2), body, REPORT_CREATE), [{}], goOn);
      expect(plaid.requests.map(({ path }) => path)).toEqual([REPORT_GET, REPORT_CREATE.path]);
    } finally {
      await plaid.close();
    }
  });

  test('Preview Request shows both requests', async () => {
    expect(await create({ ...notOlderThan(2), previewRequest: true })).toMatchObject({
      requests: [
        { url: `${sandbox.url}${REPORT_GET}`, may_be_billed: true },
        { url: `${sandbox.url}${REPORT_CREATE.path}`, may_be_billed: true },
      ],
    });
    expect(sandbox.requests).toEqual([]);
  });
});

describe('with Pause Until Plaid’s Webhook', () => {
  const PAUSE = { waitUntilReady: { values: { waitMode: 'webhook', maxWait: 300 } } };

  async function pausing() {
    const run = await runWithWait({
      workflow: plaidCheckWorkflow(creating({ ...SAME_ID, ...PAUSE }), [{}]),
      credentials: { plaidCheckApi: credentialFor(sandbox) },
    });
    await run.close();
    return {
      status: run.first.status,
      item: run.first.nodes[PLAID_CHECK]?.[0]?.outputs[0]?.[0]?.json,
    };
  }

  test('pauses for a report that it creates, and not for one that exists', async () => {
    expect(await pausing()).toMatchObject({ status: 'waiting' });
    expect(await pausing()).toMatchObject({
      status: 'success',
      item: { report_status: 'existing', report: { client_report_id: 'loan-1' } },
    });
    expect(sandbox.reportsCreated(AMARA)).toBe(1);
  });
});

test('Stop during the look creates nothing', async () => {
  const plaid = await startScriptedServer();
  try {
    const stop = new AbortController();
    plaid.play((response, request, index) => {
      stop.abort();
      hang(response, request, index);
    });
    const { status } = await runPlaidCheck(
      plaid,
      creating(SAME_ID),
      [{}],
      {},
      { signal: stop.signal },
    );
    expect(status).toBe('canceled');
    expect(plaid.requests.map(({ path }) => path)).toEqual([BASE_REPORT.path]);
  } finally {
    await plaid.close();
  }
});
