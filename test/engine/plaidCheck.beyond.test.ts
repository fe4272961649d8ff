import { setTimeout as sleep } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { AMARA, DANIEL, report } from '../support/applications';
import { plaidError } from '../support/failures';
import {
  byFields,
  CREATE,
  ONE_BY_ONE,
  PARTNER_INSIGHTS,
  runPlaidCheck,
  withOptions,
  type Operation,
} from '../support/runPlaidCheck';
import { answer, reset, startScriptedServer, type Script } from '../support/scriptedServer';

/** What the node does beyond one request for each item: previews, several products, new reports, other endpoints. */

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 300 });
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const paths = () => sandbox.requests.map(({ path }) => path);
const goOn = { onError: 'continueRegularOutput' } as const;

const BASE_REPORT: Operation = {
  resource: 'checkReport',
  operation: 'getBaseReport',
  path: '/cra/check_report/base_report/get',
};
const FULL_REPORT: Operation = {
  resource: 'checkReport',
  operation: 'getFullReport',
  path: '/cra/check_report',
};

const wait = (maxWait: number) => ({ waitUntilReady: { values: { maxWait } } });
const settings = Object.fromEntries(
  Object.entries(report()).filter(([name]) => name !== 'user_id'),
);
const ifExpired = { createIfExpired: { values: settings } };

describe('Preview Request', () => {
  const preview = { previewRequest: true };

  test('outputs the request with the keys masked, and sends nothing', async () => {
    const { json } = await runPlaidCheck(sandbox, withOptions(byFields(CREATE, report()), preview));
    expect(json).toEqual([
      {
        method: 'POST',
        url: `${sandbox.url}/cra/check_report/create`,
        headers: {
          'Content-Type': 'application/json',
          'PLAID-CLIENT-ID': '********',
          'PLAID-SECRET': '********',
          'Plaid-Version': '2020-09-14',
        },
        body: report(),
        may_be_billed: true,
      },
    ]);
    expect(JSON.stringify(json)).not.toContain(sandbox.clientId);
    expect(JSON.stringify(json)).not.toContain(sandbox.secret);
    expect(sandbox.requests).toEqual([]);
  });

  test('checks the request all the same', async () => {
    const wrong = withOptions(byFields(CREATE, { ...report(), user_id: ' ' }), preview);
    const { json } = await runPlaidCheck(sandbox, wrong, [{}], goOn);
    expect(json).toMatchObject([{ error: { kind: 'invalid_request' } }]);
  });

  test('masks what secret fields hold, such as an SSN', async () => {
    const create = { resource: 'user', operation: 'create', path: '/user/create' };
    const id_numbers = [{ value: '078051120', type: 'us_ssn' }];
    const body = { client_user_id: 'applicant-1', identity: { id_numbers } };
    const { json } = await runPlaidCheck(sandbox, withOptions(byFields(create, body), preview));
    expect(json).toMatchObject([
      {
        body: {
          client_user_id: 'applicant-1',
          identity: { id_numbers: [{ value: '********', type: 'us_ssn' }] },
        },
      },
    ]);
    expect(JSON.stringify(json)).not.toContain('078051120');
  });

  test('shows each request of a full report', async () => {
    const body = { user_id: AMARA, products: ['lend_score', 'partner_insights'] };
    const { json } = await runPlaidCheck(
      sandbox,
      withOptions(byFields(FULL_REPORT, body), preview),
    );
    expect(json).toMatchObject([
      {
        requests: [
          { product: 'lend_score', body: { user_id: AMARA } },
          { product: 'partner_insights', url: `${sandbox.url}${PARTNER_INSIGHTS.path}` },
        ],
      },
    ]);
    expect(sandbox.requests).toEqual([]);
  });

  test('of a call that Plaid says nothing of, it says nothing', async () => {
    const get = { resource: 'user', operation: 'get', path: '/user/get' };
    const { json } = await runPlaidCheck(
      sandbox,
      withOptions(byFields(get, { user_id: AMARA }), preview),
    );
    expect(json).toMatchObject([{ may_be_billed: null }]);
  });
});

describe('Wait Until Ready', () => {
  test('Create comes back when the report can be read', async () => {
    const { json } = await runPlaidCheck(
      sandbox,
      withOptions(byFields(CREATE, report()), wait(30)),
    );
    expect(json).toEqual([
      { request_id: expect.any(String), report_status: 'ready', waited_ms: expect.any(Number) },
    ]);
    expect(paths()[0]).toBe(CREATE.path);
    expect(
      paths()
        .slice(1)
        .every((path) => path === BASE_REPORT.path),
    ).toBe(true);
    expect(sandbox.reportsCreated(AMARA)).toBe(1);
  });

  test('a read comes back with the report, for many items side by side', async () => {
    const users = [AMARA, DANIEL];
    await runPlaidCheck(
      sandbox,
      byFields(CREATE, report('={{ $json.user }}')),
      users.map((user) => ({ user })),
    );
    const read = withOptions(byFields(BASE_REPORT, { user_id: '={{ $json.user }}' }), wait(30));
    const { json } = await runPlaidCheck(
      sandbox,
      read,
      users.map((user) => ({ user })),
    );
    expect(json).toEqual(users.map(() => expect.objectContaining({ report: expect.any(Object) })));
  });

  test('a report that could not be made is told of as that, and not as one to read', async () => {
    const plaid = await startScriptedServer();
    try {
      const why = plaidError('CHECK_REPORT_ERROR', 'DATA_UNAVAILABLE', 'not enough data');
      plaid.play((response, request, index) => {
        const play =
          request.path === CREATE.path ? answer(200, { request_id: 'made-1' }) : answer(400, why);
        play(response, request, index);
      });
      const { json } = await runPlaidCheck(
        plaid,
        withOptions(byFields(CREATE, report()), wait(5)),
        [{}],
        goOn,
      );
      const [{ error }] = json as [{ error: Record<string, unknown> }];
      expect(error).toMatchObject({
        kind: 'report_failed',
        error_code: 'DATA_UNAVAILABLE',
        message: 'Plaid could not make the report: not enough data (DATA_UNAVAILABLE)',
        next_step: expect.stringContaining("Link's update mode"),
      });
      expect(error.next_step).not.toMatch(/Get Base Report/);
    } finally {
      await plaid.close();
    }
  });

  test('an item whose report takes too long fails, and says not to create it again', async () => {
    const slow = await startSandbox({ readyAfterMs: 60_000 });
    try {
      const { json } = await runPlaidCheck(
        slow,
        withOptions(byFields(CREATE, report()), wait(1)),
        [{}],
        goOn,
      );
      expect(json).toMatchObject([
        {
          error: {
            kind: 'not_ready',
            error_code: 'PRODUCT_NOT_READY',
            message: 'The report was not ready within 1 seconds (PRODUCT_NOT_READY)',
            next_step: expect.stringContaining('Do not create it again'),
          },
        },
      ]);
      expect(slow.reportsCreated(AMARA)).toBe(1);
    } finally {
      await slow.close();
    }
  });

  test('a report that Plaid does not see right after it was created is waited for', async () => {
    const plaid = await startScriptedServer();
    try {
      const none = plaidError('CONSUMER_REPORT_ERROR', 'CONSUMER_REPORT_EXPIRED', 'expired');
      plaid.play((response, request, index) => {
        const play = index === 1 ? answer(400, none) : answer(200, { request_id: `r${index}` });
        play(response, request, index);
      });
      const { json } = await runPlaidCheck(
        plaid,
        withOptions(byFields(CREATE, report()), wait(30)),
      );
      expect(json).toMatchObject([{ request_id: 'r0', report_status: 'ready' }]);
      expect(plaid.requests).toHaveLength(3);
    } finally {
      await plaid.close();
    }
  });

  test('a look that fails says that a report was created, and by which request', async () => {
    const plaid = await startScriptedServer();
    try {
      const refused = plaidError('INVALID_INPUT', 'INVALID_PRODUCT', 'not enabled');
      plaid.play((response, request, index) => {
        const play = index === 0 ? answer(200, { request_id: 'made-1' }) : answer(400, refused);
        play(response, request, index);
      });
      const create = withOptions(byFields(CREATE, report()), wait(30));
      const { json } = await runPlaidCheck(plaid, create, [{}], goOn);
      expect(json).toMatchObject([
        {
          error: {
            error_code: 'INVALID_PRODUCT',
            message: expect.stringContaining('A report was created'),
            next_step: expect.stringMatching(/request_id made-1.*Do not create it again/),
          },
        },
      ]);
    } finally {
      await plaid.close();
    }
  });

  test('an error of another kind ends the wait at once', async () => {
    const read = withOptions(byFields(BASE_REPORT, { user_id: 'usr_nobody' }), wait(60));
    const { json } = await runPlaidCheck(sandbox, read, [{}], goOn);
    expect(json).toMatchObject([{ error: { error_code: 'USER_NOT_FOUND' } }]);
    expect(sandbox.requests).toHaveLength(1);
  });
});

describe('Create Report If Expired', () => {
  const read = withOptions(byFields(BASE_REPORT, { user_id: AMARA }), ifExpired);

  test('makes a report where there is none, once, and reads it', async () => {
    const { json } = await runPlaidCheck(sandbox, read);
    expect(json).toMatchObject([{ report: expect.any(Object) }]);
    expect(sandbox.requests.find(({ path }) => path === CREATE.path)?.json).toEqual(report());
    expect(sandbox.reportsCreated(AMARA)).toBe(1);
  });

  test('makes one where it has expired', async () => {
    await runPlaidCheck(sandbox, read);
    sandbox.clock.advance(25 * 60 * 60 * 1000);
    const { json } = await runPlaidCheck(sandbox, read);
    expect(json).toMatchObject([{ report: expect.any(Object) }]);
    expect(sandbox.reportsCreated(AMARA)).toBe(2);
  });

  test('makes none where there is one', async () => {
    await runPlaidCheck(sandbox, read);
    await runPlaidCheck(sandbox, read);
    expect(sandbox.reportsCreated(AMARA)).toBe(1);
  });

  test('makes one report where several items name the same user', async () => {
    const { json } = await runPlaidCheck(sandbox, read, [{}, {}, {}]);
    expect(json).toEqual(json.map(() => expect.objectContaining({ report: expect.any(Object) })));
    expect(json).toHaveLength(3);
    expect(sandbox.reportsCreated(AMARA)).toBe(1);
  });

  test('is not passed over where it was added but not filled in', async () => {
    const empty = withOptions(byFields(BASE_REPORT, { user_id: AMARA }), { createIfExpired: {} });
    const { json } = await runPlaidCheck(sandbox, empty, [{}], goOn);
    expect(json).toMatchObject([{ error: { kind: 'invalid_request' } }]);
    expect(sandbox.requests).toEqual([]);
  });

  test('says that a shared report can not be made anew', async () => {
    const shared = byFields(BASE_REPORT, { third_party_user_token: 'third-party-token' });
    const { json } = await runPlaidCheck(sandbox, withOptions(shared, ifExpired), [{}], goOn);
    expect(json).toMatchObject([
      {
        error: {
          problems: [
            { path: 'Create Report If Expired', message: expect.stringContaining('shares') },
          ],
        },
      },
    ]);
  });

  describe.each([
    ['at once', {}],
    ['one after the other', ONE_BY_ONE],
  ])('for items of one user, sent %s', (_, how) => {
    const asked = (values: object) =>
      withOptions(byFields(BASE_REPORT, { user_id: AMARA }), {
        ...how,
        createIfExpired: { values: { ...settings, ...values } },
      });

    test('is refused by name where they ask for different reports', async () => {
      const { json } = await runPlaidCheck(
        sandbox,
        asked({ days_requested: '={{ $json.days }}' }),
        [{ days: 90 }, { days: 365 }],
        goOn,
      );
      expect(json[0]).toHaveProperty('report');
      expect(json[1]).toMatchObject({
        error: {
          kind: 'report_conflict',
          message: expect.stringContaining('different days_requested'),
          problems: [{ path: 'Create Report If Expired.days_requested' }],
          may_have_succeeded: false,
        },
      });
      expect(sandbox.reportsCreated(AMARA)).toBe(1);
    });

    test('is made once where they ask for the same one', async () => {
      const { json } = await runPlaidCheck(
        sandbox,
        asked({ days_requested: '={{ $json.days }}' }),
        [{ days: 90 }, { days: '90' }],
        goOn,
      );
      expect(json).toMatchObject([{ report: {} }, { report: {} }]);
      expect(sandbox.reportsCreated(AMARA)).toBe(1);
    });
  });

  test('is checked before anything is sent', async () => {
    const values = { ...settings, days_requested: 0 };
    const wrong = withOptions(byFields(BASE_REPORT, { user_id: AMARA }), {
      createIfExpired: { values },
    });
    const { json } = await runPlaidCheck(sandbox, wrong, [{}], goOn);
    expect(json).toMatchObject([
      {
        error: {
          kind: 'invalid_request',
          problems: [{ path: 'Create Report If Expired.days_requested' }],
        },
      },
    ]);
    expect(sandbox.requests).toEqual([]);
  });

  test('is off by itself: a missing report is an error', async () => {
    const { json } = await runPlaidCheck(
      sandbox,
      byFields(BASE_REPORT, { user_id: AMARA }),
      [{}],
      goOn,
    );
    expect(json).toMatchObject([{ error: { error_code: 'CONSUMER_REPORT_NOT_FOUND' } }]);
    expect(sandbox.reportsCreated(AMARA)).toBe(0);
  });
});

describe('Get Full Report', () => {
  const products = [
    'base_report',
    'cashflow_insights',
    'income_insights',
    'lend_score',
    'network_insights',
    'partner_insights',
  ];
  const get = byFields(FULL_REPORT, { user_id: AMARA, products });
  const create = () => runPlaidCheck(sandbox, withOptions(byFields(CREATE, report()), wait(30)));

  test('gives all products in one item, each as its own endpoint gives it', async () => {
    await create();
    sandbox.clearRequests();
    const { json } = await runPlaidCheck(sandbox, get);
    expect(json).toHaveLength(1);
    const [item] = json as [Record<string, unknown>];
    expect(Object.keys(item).sort()).toEqual([...products, 'errors'].sort());
    expect(item.errors).toEqual({});
    expect(paths().sort()).toEqual(products.map((name) => `/cra/check_report/${name}/get`).sort());
    expect(sandbox.requests.map(({ json: body }) => body)).toEqual(
      products.map(() => ({ user_id: AMARA })),
    );
  });

  test('in short, gives the facts of each', async () => {
    await create();
    const { json } = await runPlaidCheck(sandbox, { ...get, output: 'simplified' });
    expect(json).toMatchObject([
      {
        lend_score: { lend_score: expect.any(Number) },
        base_report: { item_count: expect.any(Number) },
      },
    ]);
    expect(JSON.stringify(json).length).toBeLessThan(20_000);
  });

  test('keeps the error of one product beside the answers of the others', async () => {
    const plaid = await startScriptedServer();
    try {
      const income = '/cra/check_report/income_insights/get';
      const error = plaidError('CHECK_REPORT_ERROR', 'DATA_UNAVAILABLE', 'no income data');
      plaid.play((response, request, index) => {
        const play =
          request.path === income ? answer(400, error) : answer(200, { from: request.path });
        play(response, request, index);
      });
      const { json, status } = await runPlaidCheck(plaid, get);
      expect(status).toBe('success');
      const others = products.filter((name) => name !== 'income_insights');
      expect(json).toEqual([
        {
          ...Object.fromEntries(
            others.map((name) => [name, { from: `/cra/check_report/${name}/get` }]),
          ),
          errors: { income_insights: expect.objectContaining({ error_code: 'DATA_UNAVAILABLE' }) },
        },
      ]);

      plaid.play(answer(400, error));
      const failed = await runPlaidCheck(plaid, get, [{}], goOn);
      expect(failed.json).toMatchObject([{ error: { error_code: 'DATA_UNAVAILABLE' } }]);
    } finally {
      await plaid.close();
    }
  });

  test('makes a missing report once for all of them', async () => {
    const { json } = await runPlaidCheck(sandbox, withOptions(get, ifExpired));
    expect(json).toMatchObject([{ errors: {}, lend_score: expect.any(Object) }]);
    expect(sandbox.reportsCreated(AMARA)).toBe(1);
  });
});

describe('Custom API Call', () => {
  const call = (customPath: string, customBody: string, options = {}) => ({
    resource: 'customCall',
    operation: 'send',
    customPath,
    customBody,
    options,
  });

  test('sends the JSON to the path with the keys of the credential', async () => {
    const body = { count: 1, offset: 0, country_codes: ['US'] };
    const { json } = await runPlaidCheck(sandbox, call('/institutions/get', JSON.stringify(body)));
    expect(json).toMatchObject([{ institutions: [expect.any(Object)] }]);
    expect(sandbox.requests).toMatchObject([
      { path: '/institutions/get', json: body, headers: { 'plaid-secret': sandbox.secret } },
    ]);
  });

  test.each([
    'institutions/get',
    '//evil.example/get',
    'https://evil.example/get',
    '/institutions/get?x=1',
    '/institutions/../get',
    '/institutions/get#x',
    '/\\evil.example',
    '/a/%2e%2e/b',
    ' ',
  ])('the path %j is refused before anything is sent', async (path) => {
    const { json } = await runPlaidCheck(sandbox, call(path, '{}'), [{}], goOn);
    expect(json).toMatchObject([
      { error: { kind: 'invalid_request', problems: [{ path: 'Path' }] } },
    ]);
    expect(sandbox.requests).toEqual([]);
  });

  test('keys in the JSON are refused, and JSON that is none', async () => {
    const { json } = await runPlaidCheck(
      sandbox,
      call('/institutions/get', '={{ $json.body }}'),
      [{ body: '{"secret":"x"}' }, { body: 'no JSON' }],
      goOn,
    );
    expect(json).toMatchObject([
      { error: { problems: [{ path: 'secret' }] } },
      { error: { problems: [{ message: expect.stringContaining('expected a JSON object') }] } },
    ]);
    expect(sandbox.requests).toEqual([]);
  });

  test('a PDF comes out as a file', async () => {
    await runPlaidCheck(sandbox, withOptions(byFields(CREATE, report()), wait(30)));
    const body = JSON.stringify({ user_id: AMARA });
    const { outputs } = await runPlaidCheck(sandbox, call('/cra/check_report/pdf/get', body));
    expect(outputs[0]).toMatchObject([
      {
        json: { request_id: expect.any(String) },
        binary: { data: { mimeType: 'application/pdf', fileName: `report-${AMARA}.pdf` } },
      },
    ]);
  });
});

describe('Options that can not be read', () => {
  test.each([
    [
      'an expression that fails',
      { batching: { values: { concurrency: '={{ $("Nobody").item.json.n }}' } } },
    ],
    ['a number that is none', { batching: { values: { concurrency: 'many' } } }],
  ])('%s: each item tells so, where the node goes on', async (_, options) => {
    const get = withOptions(byFields(BASE_REPORT, { user_id: AMARA }), options);
    const { json, status } = await runPlaidCheck(sandbox, get, [{}, {}], goOn);
    expect(status).toBe('success');
    expect(json).toMatchObject([{ error: { kind: 'not_sent' } }, { error: { kind: 'not_sent' } }]);
    expect(sandbox.requests).toEqual([]);
  });
});

test('where the node stops, its error tells what became of the other items', async () => {
  const get = withOptions(byFields(BASE_REPORT, { user_id: '={{ $json.user }}' }), ONE_BY_ONE);
  await runPlaidCheck(sandbox, withOptions(byFields(CREATE, report()), wait(30)));
  const users = [AMARA, 'usr_nobody', AMARA, AMARA].map((user) => ({ user }));
  const { error } = await runPlaidCheck(sandbox, get, users);
  expect(error).toMatchObject({ context: { itemIndex: 1 } });
  expect(error?.description).toContain('Of the other 3 items, 1 succeeded, and 2 were not sent');
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

describe('waiting for a new report', () => {
  const OLD = '2026-01-15T08:00:00Z';
  const BASE = BASE_REPORT.path;
  const created = answer(200, { request_id: 'created' });
  const reportOf = (facts: object) =>
    answer(200, { report: { report_id: 'r', ...facts }, request_id: 'read' });
  const error = (status: number, type: string, code: string) =>
    answer(status, plaidError(type, code, code));
  const notReady = error(400, 'CONSUMER_REPORT_ERROR', 'PRODUCT_NOT_READY');
  const down = error(503, 'API_ERROR', 'INTERNAL_SERVER_ERROR');
  const now = () => new Date(Date.now() + 1000).toISOString();

  /** Runs Create, whose reads are answered by the scripts in turn, the last one from then on. */
  async function waiting(reads: ReadonlyArray<() => Script>, maxWait = 30, asked = report()) {
    const plaid = await startScriptedServer();
    try {
      let read = 0;
      plaid.play((response, request, index) => {
        const script =
          request.path === BASE ? reads[Math.min(read++, reads.length - 1)]?.() : created;
        script?.(response, request, index);
      });
      const retry = { retry: { values: { maxAttempts: 3, interval: 0 } } };
      const parameters = withOptions(byFields(CREATE, asked), { ...wait(maxWait), ...retry });
      const { json } = await runPlaidCheck(plaid, parameters, [{}], goOn);
      const paths = plaid.requests.map(({ path }) => path);
      return {
        item: json[0],
        creations: paths.filter((path) => path === CREATE.path).length,
        reads: paths.filter((path) => path === BASE).length,
      };
    } finally {
      await plaid.close();
    }
  }

  test('an older report is not the new one', async () => {
    const old = () => reportOf({ date_generated: OLD });
    const { item, creations, reads } = await waiting([
      old,
      old,
      () => reportOf({ date_generated: now() }),
    ]);
    expect(item).toMatchObject({ report_status: 'ready' });
    expect({ creations, reads }).toEqual({ creations: 1, reads: 3 });
  });

  test('neither is one with another client report ID, whatever its time', async () => {
    const { item, reads } = await waiting(
      [
        () => reportOf({ date_generated: now(), client_report_id: 'loan-1' }),
        () => reportOf({ date_generated: now(), client_report_id: 'loan-2' }),
      ],
      30,
      { ...report(), client_report_id: 'loan-2' } as ReturnType<typeof report>,
    );
    expect(item).toMatchObject({ report_status: 'ready' });
    expect(reads).toBe(2);
  });

  test('an older report that Plaid keeps readable meanwhile is not taken for it', async () => {
    const keeping = await startSandbox({ readyAfterMs: 1000, keepsOldReport: true });
    try {
      const create = withOptions(byFields(CREATE, report()), wait(30));
      const read = async () => {
        const { json } = await runPlaidCheck(keeping, byFields(BASE_REPORT, { user_id: AMARA }));
        return (json[0] as { report: { report_id: string } }).report.report_id;
      };
      await runPlaidCheck(keeping, create);
      const old = await read();
      // Plaid's times are whole seconds.
      await sleep(2100);
      const { json } = await runPlaidCheck(keeping, create);
      expect(json).toMatchObject([{ report_status: 'ready' }]);
      expect((json[0] as { waited_ms: number }).waited_ms).toBeGreaterThanOrEqual(900);
      expect(await read()).not.toBe(old);
    } finally {
      await keeping.close();
    }
  });

  test('one that does not say when it was made is taken for the new one', async () => {
    const { item, reads } = await waiting([() => reportOf({})]);
    expect(item).toMatchObject({ report_status: 'ready' });
    expect(reads).toBe(1);
  });

  test('the end of the wait tells that only an older one was there', async () => {
    const { item, creations } = await waiting([() => reportOf({ date_generated: OLD })], 1);
    expect(item).toMatchObject({
      error: {
        kind: 'not_ready',
        message: expect.stringContaining('Plaid still returns an older one'),
        next_step: expect.stringContaining('A report was created (request_id created)'),
        may_have_succeeded: true,
      },
    });
    expect(creations).toBe(1);
  });

  test('a short outage does not end it', async () => {
    const outage = [down, down, down, down, reset, reset, reset].map((script) => () => script);
    const { item, creations, reads } = await waiting([
      () => notReady,
      ...outage,
      () => reportOf({ date_generated: now() }),
    ]);
    expect(item).toMatchObject({ report_status: 'ready' });
    expect(creations).toBe(1);
    expect(reads).toBe(9);
  });

  test('an outage until Max Wait tells the last error', async () => {
    const { item } = await waiting([() => notReady, () => down], 2);
    expect(item).toMatchObject({
      error: {
        kind: 'not_ready',
        message: expect.stringMatching(
          /not ready within 2 seconds; the last poll failed: .*INTERNAL/,
        ),
        error_code: 'INTERNAL_SERVER_ERROR',
        request_id: 'req-4kT1',
        next_step: expect.stringContaining('A report was created'),
      },
    });
  });

  test('an error that no wait mends ends it at once', async () => {
    const refused = error(400, 'INVALID_INPUT', 'INVALID_API_KEYS');
    const { item, reads } = await waiting([() => refused]);
    expect(item).toMatchObject({ error: { error_code: 'INVALID_API_KEYS' } });
    expect(reads).toBe(1);
  });

  test.each(['poll', 'pause'])(
    'Max Wait of %s has an end: nothing is sent beyond it',
    async (way) => {
      const values = { maxWait: 9e12, ...(way === 'pause' && { how: 'pause' }) };
      const parameters = withOptions(byFields(CREATE, report()), { waitUntilReady: { values } });
      const { json } = await runPlaidCheck(sandbox, parameters, [{}], goOn);
      expect(json).toMatchObject([
        {
          error: {
            kind: 'not_sent',
            message: expect.stringContaining(
              'Wait Until Ready > Max Wait (Seconds): expected a number from 1 to 604800',
            ),
          },
        },
      ]);
      expect(sandbox.requests).toEqual([]);
    },
  );
});
