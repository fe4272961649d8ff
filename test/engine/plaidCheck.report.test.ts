import type { INodeParameters } from 'n8n-workflow';
import { runWithWait, type WaitingRun } from '../../engine';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { AMARA } from '../support/samples/applications';
import { answer, startScriptedServer } from '../support/servers/scriptedServer';
import { post } from '../support/workflows/listenTrigger';
import { PLAID_CHECK, plaidCheckWorkflow } from '../support/workflows/plaidCheckWorkflow';
import { goOn, wait } from '../support/workflows/reportRuns';
import {
  byFields,
  byJson,
  credentialFor,
  runPlaidCheck,
  withOptions,
  type Operation,
} from '../support/workflows/runPlaidCheck';

const CREATE: Operation = { resource: 'report', operation: 'create', path: '/cra/report/create' };
const GET: Operation = { resource: 'report', operation: 'get', path: '/cra/report/get' };

const BASE = { product: 'cra_base_report', version: 'V1' };
const QUALIFY = { product: 'cra_qualify', version: 'V1' };
const stage = {
  decision_stage: 'DECISIONING',
  consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
};
const read = { user_id: AMARA, products: [BASE, QUALIFY], ...stage };
const incomeOptions = { income_insights_version: 'II2' };
const INCOME = { product: 'cra_income_insights', version: 'V1', options: incomeOptions };
const creation = { ...read, products: [BASE, INCOME], webhook: 'https://example.com/plaid' };

/** The option as it is added in the editor. */
const IF_MISSING = { createReportIfExpired: { values: { days_requested: 365 } } };

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 300, webhooks: { repeatAfterMs: [] } });
});
afterAll(async () => await sandbox.close());
beforeEach(() => {
  sandbox.faults.clear();
  sandbox.reset();
});

const run = (
  operation: Operation,
  body: Parameters<typeof byFields>[1],
  options: INodeParameters = {},
  items: Array<Record<string, string>> = [{}],
) => runPlaidCheck({ ...sandbox }, withOptions(byFields(operation, body), options), items, goOn);

const sent = (path: string) =>
  sandbox.requests.filter((request) => request.path === path).map(({ json }) => json);

describe('Check Report: Create', () => {
  test('sends every field as it is filled in, with the options of a product as an object', async () => {
    const body = {
      ...creation,
      scope: 'CLIENT_USER',
      client_report_id: 'loan-17',
      days_requested: 400,
      days_required: 90,
      include_investments: true,
    };
    const { json } = await run(CREATE, body);
    const user_id = AMARA;
    expect(json).toEqual([
      { report_id: expect.any(String), request_id: expect.any(String), user_id },
    ]);
    expect(sent(CREATE.path)).toEqual([body]);
  });

  test('takes products that this version does not know', async () => {
    const body = { ...read, products: [{ product: 'cra_lend_score_complete', version: 'V2' }] };
    await run(CREATE, body);
    expect(sent(CREATE.path)).toEqual([body]);
  });

  test('takes a list that an expression gives as JSON', async () => {
    const parameters = byJson(CREATE, '={{ { ...$json.rest, products: $json.products } }}');
    const { products, ...rest } = creation;
    const items = [{ rest, products }] as unknown as Array<Record<string, string>>;
    await runPlaidCheck({ ...sandbox }, parameters, items);
    expect(sent(CREATE.path)).toEqual([creation]);
  });

  test.each([
    [
      'the options of Income Insights',
      { products: [{ ...INCOME, options: { income_insights_version: 'II9' } }] },
      'products[0].options.income_insights_version',
    ],
    ['days in the wrong order', { days_requested: 200, days_required: 300 }, 'days_required'],
    ['too many days', { days_requested: 732 }, 'days_requested'],
    ['a stage that Plaid does not have', { decision_stage: 'LATER' }, 'decision_stage'],
    ['no products', { products: [] }, 'products'],
  ])('refuses %s before anything is sent', async (_, wrong, path) => {
    const parameters = byJson(CREATE, JSON.stringify({ ...creation, ...wrong }));
    const { json } = await runPlaidCheck({ ...sandbox }, parameters, [{}], goOn);
    expect(json).toMatchObject([{ error: { kind: 'invalid_request', problems: [{ path }] } }]);
    expect(sent(CREATE.path)).toEqual([]);
  });

  test('is not retried when it may have succeeded, and says how to verify', async () => {
    sandbox.faults.set({
      rules: [{ path: CREATE.path, faults: [{ kind: 'cut_connection', carriedOut: true }] }],
    });
    const { json } = await run(CREATE, creation);
    expect(sent(CREATE.path)).toHaveLength(1);
    expect(sandbox.productReportsCreated(AMARA)).toBe(1);
    expect(json).toMatchObject([
      {
        error: {
          may_have_succeeded: true,
          next_step: expect.stringMatching(/Activity Log.*do not create another report/),
        },
      },
    ]);
  });
});

describe('Wait Until Ready with Check Report: Create', () => {
  test('polls the created report by its ID, and outputs it with its products by outcome', async () => {
    sandbox.faults.set({ reports: [{ code: 'DATA_UNAVAILABLE', product: INCOME.product }] });
    const { json } = await run(CREATE, creation, wait(20));
    const { product, version } = INCOME;
    expect(json).toMatchObject([
      {
        report_id: expect.any(String),
        report_status: 'ready',
        waited_ms: expect.any(Number),
        successful_products: [BASE],
        failed_products: [{ product, version }],
        report: {
          products: [
            { ...BASE, errors: [] },
            { product, attributes: null },
          ],
        },
      },
    ]);
    const [{ report_id } = {}] = json as Array<{ report_id?: string }>;
    const polls = sent(GET.path);
    expect(polls.length).toBeGreaterThan(0);
    const { user_id } = read;
    const expected = { user_id, ...stage, products: [BASE, { product, version }], report_id };
    expect(polls).toEqual(polls.map(() => expected));
    expect(sent(CREATE.path)).toHaveLength(1);
  });

  test('fails with the reason when no product was made', async () => {
    sandbox.faults.set({ reports: [{ code: 'DATA_UNAVAILABLE', product: '*' }] });
    const { json } = await run(CREATE, creation, wait(20));
    expect(json).toMatchObject([
      {
        error: {
          kind: 'report_failed',
          error_code: 'DATA_UNAVAILABLE',
          message: expect.stringContaining('cra_base_report, cra_income_insights'),
          may_have_succeeded: true,
        },
      },
    ]);
    expect(sent(CREATE.path)).toHaveLength(1);
  });

  test('says which report to read when the time is over', async () => {
    const slow = await startSandbox({ readyAfterMs: 3_600_000 });
    const parameters = withOptions(byFields(CREATE, creation), wait(1));
    const { json } = await runPlaidCheck({ ...slow }, parameters, [{}], goOn);
    expect(json).toMatchObject([
      {
        error: {
          kind: 'not_ready',
          error_code: 'PRODUCT_NOT_READY',
          next_step: expect.stringMatching(
            /A report was created \(report_id [\w-]+, .*read it with Check Report: Get and its report ID/,
          ),
        },
      },
    ]);
    await slow.close();
  });

  test('waits for a report of which Plaid returns some products already', async () => {
    const server = await startScriptedServer();
    const unfinished = { error_type: 'CRA_REPORT_ERROR', error_code: 'PRODUCT_NOT_READY' };
    const products = (errors: object[]) => [
      { ...BASE, metadata: null, attributes: {}, errors: [] },
      { ...QUALIFY, metadata: null, attributes: {}, errors },
    ];
    let polls = 0;
    server.play((response, request, index) => {
      const json =
        request.path === CREATE.path
          ? { report_id: 'report-1', request_id: 'request-1' }
          : {
              report: { products: products(polls++ === 0 ? [unfinished] : []) },
              warnings: [],
              request_id: 'request-2',
            };
      answer(200, json)(response, request, index);
    });
    const parameters = withOptions(byFields(CREATE, { ...read }), wait(20));
    const { json } = await runPlaidCheck({ ...server }, parameters);
    expect(polls).toBe(2);
    expect(json).toMatchObject([{ report_status: 'ready', failed_products: [] }]);
    await server.close();
  });
});

describe('Check Report: Get', () => {
  test('outputs every product whole, and lists all of them in the simplified form', async () => {
    await run(CREATE, { ...read, products: [BASE, QUALIFY] }, wait(20));
    const whole = await run(GET, read);
    expect(whole.json).toMatchObject([
      { user_id: AMARA, report: { products: [{ ...BASE }, { ...QUALIFY }] } },
    ]);
    const [{ report } = { report: { products: [] } }] = whole.json as Array<{
      report: { products: Array<{ attributes: object }> };
    }>;
    for (const { attributes } of report.products) expect(attributes).not.toEqual({});
    const parameters = { ...byFields(GET, read), output: 'simplified' };
    const { json } = await runPlaidCheck({ ...sandbox }, parameters);
    expect(json).toMatchObject([
      {
        user_id: AMARA,
        products: [{ ...BASE }, { ...QUALIFY }],
        other_products: [BASE.product],
        qualify_attributes: { example_lend_score: expect.any(Number) },
      },
    ]);
  });

  test('waits until the report is ready, and creates none', async () => {
    await run(CREATE, creation);
    const { json } = await run(GET, { ...read, products: [BASE] }, wait(20));
    expect(json).toMatchObject([{ report: { products: [{ ...BASE, errors: [] }] } }]);
    expect(sandbox.productReportsCreated(AMARA)).toBe(1);
  });

  test('is shown instead of sent with Preview Request', async () => {
    const { json } = await run(GET, read, { previewRequest: true });
    expect(json).toMatchObject([
      { url: expect.stringContaining(GET.path), body: read, may_be_billed: true },
    ]);
    expect(sandbox.requests).toEqual([]);
  });
});

describe('Create Report If Missing or Expired', () => {
  test('creates one report of what is read, waits for it and reads it by its ID', async () => {
    const { json } = await run(GET, read, IF_MISSING);
    expect(json).toMatchObject([{ report: { products: [{ ...BASE }, { ...QUALIFY }] } }]);
    expect(sent(CREATE.path)).toEqual([{ ...read, days_requested: 365 }]);
    expect(sent(GET.path).at(-1)).toMatchObject({ report_id: expect.any(String) });
  });

  test('reads a report that is there', async () => {
    await run(CREATE, creation, wait(20));
    await run(GET, { ...read, products: [BASE] }, IF_MISSING);
    expect(sandbox.productReportsCreated(AMARA)).toBe(1);
  });

  test('creates one report for items that read the same, and takes products of its own', async () => {
    const items = [
      [BASE, QUALIFY],
      [QUALIFY, BASE],
      [BASE, QUALIFY],
    ].map((products) => ({
      body: JSON.stringify({ ...read, products }),
    }));
    const products = { values: [locatedIncome, located(QUALIFY), located(BASE)] };
    const values = { days_requested: 200, products };
    const parameters = {
      resource: 'report',
      operation: 'get',
      specifyRequest: 'json',
      jsonBody: '={{ $json.body }}',
      options: { createReportIfExpired: { values } },
    };
    await runPlaidCheck({ ...sandbox }, parameters, items, goOn);
    expect(sent(CREATE.path)).toEqual([
      { ...read, products: [BASE, INCOME, QUALIFY], days_requested: 200 },
    ]);
  });

  test('creates none that lacks a product that is read', async () => {
    const values = { days_requested: 200, products: { values: [located(BASE)] } };
    const { json } = await run(GET, read, { createReportIfExpired: { values } });
    expect(json).toMatchObject([
      {
        error: {
          kind: 'invalid_request',
          problems: [{ path: 'Create Report If Missing or Expired.products' }],
        },
      },
    ]);
    expect(sandbox.requests).toEqual([]);
  });

  test('fails where Plaid could make none of the products', async () => {
    sandbox.faults.set({ reports: [{ code: 'DATA_UNAVAILABLE', product: '*' }] });
    const { json } = await run(GET, read, IF_MISSING);
    expect(json).toMatchObject([
      { error: { kind: 'report_failed', error_code: 'DATA_UNAVAILABLE' } },
    ]);
    expect(sandbox.productReportsCreated(AMARA)).toBe(1);
  });

  test.each([
    ['an error of another product', 'DATA_UNAVAILABLE'],
    ['a product in the making', 'PRODUCT_NOT_READY'],
  ])('names a fraud block rather than %s, and polls no more', async (_, other) => {
    const block = 'USER_ON_IDENTITY_THEFT_OR_FRAUD_BLOCK';
    sandbox.faults.set({
      reports: [
        { code: other, product: BASE.product },
        { code: block, product: QUALIFY.product },
      ],
    });
    const { json } = await run(GET, read, IF_MISSING);
    expect(json).toMatchObject([{ error: { kind: 'report_failed', error_code: block } }]);
    expect(sandbox.productReportsCreated(AMARA)).toBe(1);
  });

  test('a product that is listed twice is refused', async () => {
    const { json } = await run(GET, { ...read, products: [BASE, BASE] });
    expect(json).toMatchObject([
      { error: { kind: 'invalid_request', problems: [{ path: 'products[1]' }] } },
    ]);
    expect(sandbox.requests).toEqual([]);
  });

  const located = ({ product, version }: { product: string; version: string }) => ({
    product: { __rl: true, mode: 'list', value: product },
    version,
  });

  const locatedIncome = {
    product: { __rl: true, mode: 'list', value: INCOME.product },
    version: 'V1',
    additionalFields: { options: JSON.stringify(incomeOptions) },
  };

  test('refuses to create a report that is named by its ID', async () => {
    const { json } = await run(GET, { ...read, report_id: 'report-1' }, IF_MISSING);
    expect(json).toMatchObject([
      {
        error: {
          kind: 'invalid_request',
          problems: [{ path: 'Create Report If Missing or Expired' }],
        },
      },
    ]);
    expect(sandbox.requests).toEqual([]);
  });
});

describe('a person who has reported fraud or identity theft', () => {
  const BLOCK = 'USER_ON_IDENTITY_THEFT_OR_FRAUD_BLOCK';
  const toPerson = {
    error_code: BLOCK,
    next_step: expect.stringMatching(/Verify who the applicant is/),
  };
  const RETRY_ALL = { retry: { values: { retryUncertain: true, maxAttempts: 5, interval: 0 } } };

  test.each([
    ['a creation', CREATE, creation, wait(20)],
    ['a read that waits', GET, read, wait(20)],
    ['a read that creates', GET, read, IF_MISSING],
  ])('ends %s at once, and nothing more is sent', async (_, operation, body, options) => {
    sandbox.faults.set({ reports: [{ code: BLOCK }] });
    const { json } = await run(operation, body, { ...options, ...RETRY_ALL });
    expect(json).toMatchObject([{ error: toPerson }]);
    expect(sandbox.requests).toHaveLength(1);
  });

  test.each([['CRA_REPORT_ERROR'], ['CONSUMER_REPORT_ERROR'], ['INVALID_INPUT'], [null]])(
    'is recognized by the code when the type is %s',
    async (error_type) => {
      const server = await startScriptedServer();
      server.play(answer(500, { error_type, error_code: BLOCK, error_message: '' }));
      const parameters = withOptions(byFields(CREATE, creation), RETRY_ALL);
      const { json } = await runPlaidCheck({ ...server }, parameters, [{}], goOn);
      expect(json).toMatchObject([{ error: { ...toPerson, may_have_succeeded: false } }]);
      expect(server.requests).toHaveLength(1);
      await server.close();
    },
  );

  test('is told when it turns up after the report was created, and no other one is created', async () => {
    const server = await startScriptedServer();
    server.play((response, request, index) =>
      request.path === CREATE.path
        ? answer(200, { report_id: 'report-1', request_id: 'r' })(response, request, index)
        : answer(400, { error_type: 'CRA_REPORT_ERROR', error_code: BLOCK })(
            response,
            request,
            index,
          ),
    );
    const parameters = withOptions(byFields(CREATE, creation), { ...wait(20), ...RETRY_ALL });
    const { json } = await runPlaidCheck({ ...server }, parameters, [{}], goOn);
    expect(json).toMatchObject([{ error: { kind: 'report_failed', ...toPerson } }]);
    expect(server.requests).toHaveLength(2);
    await server.close();
  });
});

describe("Pause Until Plaid's Webhook", () => {
  const PAUSE = { waitUntilReady: { values: { waitMode: 'webhook', maxWait: 300 } } };
  const runs: WaitingRun[] = [];
  afterEach(async () => {
    await Promise.all(runs.splice(0).map((one) => one.close()));
  });

  async function pause(): Promise<WaitingRun> {
    const parameters = withOptions(byFields(CREATE, creation), PAUSE);
    const waiting = await runWithWait({
      workflow: plaidCheckWorkflow(parameters, [{}], goOn),
      credentials: { plaidCheckApi: credentialFor({ ...sandbox }) },
    });
    runs.push(waiting);
    return waiting;
  }

  const outputs = async (waiting: WaitingRun) =>
    (await waiting.resumed)?.nodes[PLAID_CHECK]?.[0]?.outputs[0]?.map(({ json }) => json);

  /** Lets the sandbox finish its reports and send their webhooks. */
  async function finish() {
    sandbox.clock.advance(60_000);
    await sandbox.webhooksSettled();
  }

  test('goes on with both lists when some products failed', async () => {
    sandbox.faults.set({ reports: [{ code: 'DATA_UNAVAILABLE', product: INCOME.product }] });
    const waiting = await pause();
    expect(waiting.first.status).toBe('waiting');
    await finish();
    expect(await outputs(waiting)).toMatchObject([
      {
        report_id: expect.any(String),
        report_status: 'ready',
        successful_products: [BASE],
        failed_products: [{ product: INCOME.product, version: 'V1' }],
        error_code: null,
      },
    ]);
    expect(sent(CREATE.path)).toMatchObject([
      { webhook: expect.stringContaining('/webhook-waiting/') },
    ]);
  });

  test.each(['DATA_UNAVAILABLE', 'INTERNAL_SERVER_ERROR'])(
    'fails with the reason when no product was made: %s',
    async (code) => {
      sandbox.faults.set({ reports: [{ code, product: '*' }] });
      const waiting = await pause();
      await finish();
      expect(await outputs(waiting)).toMatchObject([
        {
          error: {
            kind: 'report_failed',
            error_code: code,
            message: expect.stringContaining(code),
            next_step: expect.stringMatching(/\w/),
            may_have_succeeded: true,
          },
        },
      ]);
      expect(sent(CREATE.path)).toHaveLength(1);
    },
  );

  test.each([
    ['about another report', { report_id: 'another' }],
    [
      'of the legacy API',
      { webhook_type: 'CHECK_REPORT', webhook_code: 'USER_CHECK_REPORT_READY' },
    ],
    ['about another event', { webhook_code: 'CRA_REPORT_UPDATED' }],
    ['about another user', { user_id: 'usr_other' }],
  ])('keeps waiting at a webhook %s, and takes one without a report ID', async (_, other) => {
    const slow = { webhook_type: 'CRA_REPORT', webhook_code: 'CRA_REPORT_READY', user_id: AMARA };
    const ready = {
      ...slow,
      report_id: null,
      successful_products: [BASE],
      failed_products: [],
      error_code: null,
    };
    const waiting = await pause();
    const [{ webhook } = { webhook: '' }] = sent(CREATE.path) as Array<{ webhook: string }>;
    const send = (body: object) => {
      const text = JSON.stringify(body);
      return post(webhook, text, {
        'content-type': 'application/json',
        'plaid-verification': sandbox.signWebhook(text),
      });
    };
    expect((await send({ ...ready, ...other })).status).toBe(200);
    expect(waiting.resumed).toBeUndefined();
    expect((await send(ready)).status).toBe(200);
    expect(await outputs(waiting)).toMatchObject([
      { report_id: expect.any(String), report_status: 'ready' },
    ]);
  });
});

describe('Link Token: Create with CRA Report Parameter', () => {
  const LINK: Operation = {
    resource: 'linkToken',
    operation: 'create',
    path: '/link/token/create',
  };
  const parameter = {
    products: [BASE, INCOME],
    decision_stage: 'DECISIONING',
    scope: 'CLIENT_USER',
    client_report_id: 'loan-17',
    days_requested: 400,
    days_required: 90,
    include_investments: true,
  };
  const session = {
    user_id: AMARA,
    client_name: 'Lender',
    language: 'en',
    country_codes: ['US'],
    consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
    cra_report_parameter: parameter,
    hosted_link: {},
  };

  test('creates the report when the session ends, which Check Report: Get reads', async () => {
    const body = {
      ...session,
      products: ['cra_base_report'],
      hosted_link: { is_mobile_app: true },
    };
    const { json } = await run(LINK, body);
    expect(sent(LINK.path)).toEqual([body]);
    const [{ hosted_link_url } = {}] = json as Array<{ hosted_link_url?: string }>;
    sandbox.finishLink(String(hosted_link_url));
    expect(sandbox.productReportsCreated(AMARA)).toBe(1);
    const read = { user_id: AMARA, products: [BASE], ...stage };
    const got = await run(GET, read, wait(20));
    expect(got.json).toMatchObject([{ report: { products: [{ ...BASE, errors: [] }] } }]);
  });

  test.each([
    ['products', { products: [] }],
    ['decision_stage', { decision_stage: 'LATER' }],
    ['days_required', { days_required: 500 }],
    ['days_requested', { days_requested: 732 }],
    [
      'products[1].options.income_insights_version',
      { products: [BASE, { ...INCOME, options: {} }] },
    ],
  ])('is checked like Check Report: Create: %s', async (name, wrong) => {
    const body = { ...session, cra_report_parameter: { ...parameter, ...wrong } };
    const { json } = await runPlaidCheck(
      { ...sandbox },
      byJson(LINK, JSON.stringify(body)),
      [{}],
      goOn,
    );
    const path = `cra_report_parameter.${name}`;
    expect(json).toMatchObject([{ error: { kind: 'invalid_request', problems: [{ path }] } }]);
    expect(sandbox.requests).toEqual([]);
  });

  test('needs the purpose', async () => {
    const { consumer_report_permissible_purpose, ...body } = session;
    expect(consumer_report_permissible_purpose).toBe('EXTENSION_OF_CREDIT');
    const parameters = byJson(LINK, JSON.stringify(body));
    const { json } = await runPlaidCheck({ ...sandbox }, parameters, [{}], goOn);
    expect(json).toMatchObject([
      { error: { problems: [{ path: 'consumer_report_permissible_purpose' }] } },
    ]);
  });
});
