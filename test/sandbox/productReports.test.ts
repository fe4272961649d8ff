import type { CraReportGetResponse, LinkTokenCreateResponse, UserItemsGetResponse } from 'plaid';
import { loadOracle } from '../../sandbox/oracle';
import { DISCONNECTED_USER, startSandbox, type Sandbox } from '../../sandbox/server';
import { ask, createReportBody, newUser, post, refusal } from './client';
import { startReceiver, verified, type Receiver } from './receiver';

const USER = 'usr_demo_tasha_green';
const CREATE = '/cra/report/create';
const GET = '/cra/report/get';
const LINK = '/link/token/create';
const MINUTE = 60_000;

/** Every product of Plaid Check that a report can have. */
const PRODUCTS = [
  'cra_base_report',
  'cra_income_insights',
  'cra_partner_insights',
  'cra_network_insights',
  'cra_cashflow_insights',
  'cra_lend_score',
  'cra_qualify',
  'cra_home_lending',
].map((product) => ({ product, version: 'V1' }));

const [BASE, INCOME] = PRODUCTS;
const LEND_SCORE = { product: 'cra_lend_score', version: 'V1' };

describe('reports of the newer API', () => {
  let sandbox: Sandbox;
  let receiver: Receiver;
  beforeAll(async () => {
    // A minute: nothing becomes ready unless a test moves the clock.
    sandbox = await startSandbox({ readyAfterMs: MINUTE });
    receiver = await startReceiver();
  });
  afterAll(async () => {
    await sandbox.close();
    await receiver.close();
  });
  beforeEach(() => {
    sandbox.faults.clear();
    sandbox.reset();
    receiver.clear();
  });

  const stage = {
    decision_stage: 'DECISIONING',
    consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
  };
  const createBody = (user_id: string, more: object = {}) => ({
    user_id,
    products: [BASE, INCOME],
    ...stage,
    ...more,
  });
  const create = (user_id: string, more: object = {}) =>
    ask<{ report_id: string; request_id: string }>(sandbox, CREATE, createBody(user_id, more));
  const createWithWebhook = (user_id: string, more: object = {}) =>
    create(user_id, { webhook: receiver.url, ...more });
  const getBody = (user_id: string, more: object = {}) => ({
    user_id,
    products: [BASE, INCOME],
    ...stage,
    ...more,
  });
  const productsOf = async (user_id: string, more: object = {}) => {
    const { report } = await ask<CraReportGetResponse>(sandbox, GET, getBody(user_id, more));
    return report.products as unknown as {
      product: string;
      version: string;
      metadata: Record<string, unknown> | null;
      attributes: Record<string, unknown> | null;
      errors: { error_type: string; error_code: string }[];
    }[];
  };
  const refusedRead = (more: object = {}) => refusal(sandbox, GET, getBody(USER, more));
  const webhooks = async () => {
    sandbox.clock.advance(MINUTE);
    await sandbox.webhooksSettled();
    return receiver.received.map(({ body }) => body);
  };
  const named = (...products: object[]) => products;

  test('are created, made after a while, and read by their id or as the newest', async () => {
    const { report_id, request_id } = await create(USER);
    expect([report_id, request_id]).toEqual([expect.any(String), expect.any(String)]);
    for (const more of [{}, { report_id }]) {
      expect(await refusedRead(more)).toMatchObject({
        status: 400,
        error_type: 'CRA_REPORT_ERROR',
        error_code: 'PRODUCT_NOT_READY',
      });
    }
    sandbox.clock.advance(MINUTE);
    expect(await productsOf(USER, { report_id })).toEqual(await productsOf(USER));
    expect(await productsOf(USER)).toMatchObject([
      { ...BASE, errors: [] },
      { ...INCOME, errors: [] },
    ]);
    expect([sandbox.productReportsCreated(USER), sandbox.reportsCreated(USER)]).toEqual([1, 0]);
  });

  test('are missing, unknown or expired with the error type of the newer API', async () => {
    const missing = { error_type: 'CRA_REPORT_ERROR', error_code: 'CONSUMER_REPORT_NOT_FOUND' };
    expect(await refusedRead()).toMatchObject(missing);
    await create(USER);
    sandbox.clock.advance(MINUTE);
    expect(await refusedRead({ report_id: 'none' })).toMatchObject(missing);
    sandbox.clock.advance(24 * 60 * MINUTE);
    expect(await refusedRead()).toMatchObject({
      error_type: 'CRA_REPORT_ERROR',
      error_code: 'CONSUMER_REPORT_EXPIRED',
    });
  });

  test('leave the older one readable until they are ready, if Plaid does so', async () => {
    const keeping = await startSandbox({ readyAfterMs: MINUTE, keepsOldReport: true });
    try {
      const make = async (client_report_id: string) => {
        const body = createBody(USER, { client_report_id });
        const { report_id } = await ask<{ report_id: string }>(keeping, CREATE, body);
        return report_id;
      };
      const read = (report_id?: string) => post(keeping, GET, getBody(USER, { report_id }));
      await make('first');
      expect((await read()).json.error_code).toBe('PRODUCT_NOT_READY');
      keeping.clock.advance(MINUTE);
      const second = await make('second');
      expect((await read()).status).toBe(200);
      expect((await read(second)).json.error_code).toBe('PRODUCT_NOT_READY');
      keeping.clock.advance(MINUTE);
      expect((await read(second)).status).toBe(200);
    } finally {
      await keeping.close();
    }
  });

  test('are not those of the legacy API', async () => {
    await create(USER);
    sandbox.clock.advance(MINUTE);
    const legacy = await refusal(sandbox, '/cra/check_report/base_report/get', { user_id: USER });
    expect(legacy.error_code).toBe('CONSUMER_REPORT_NOT_FOUND');
  });

  test('hold every product, those without types of their own as their legacy calls answer them', async () => {
    await create(USER, { products: PRODUCTS });
    await ask(sandbox, '/cra/check_report/create', createReportBody(USER));
    sandbox.clock.advance(MINUTE);
    const all = await productsOf(USER, { products: PRODUCTS });
    expect(all.map(({ product, version, errors }) => ({ product, version, errors }))).toEqual(
      PRODUCTS.map((product) => ({ ...product, errors: [] })),
    );
    const legacy = async (path: string) =>
      (await ask<{ report: object }>(sandbox, `/cra/check_report/${path}/get`, { user_id: USER }))
        .report;
    const attributesOf = (name: string) =>
      all.find(({ product }) => product === name)?.attributes ?? {};
    expect(await legacy('base_report')).toMatchObject(attributesOf('cra_base_report'));
    expect(await legacy('partner_insights')).toMatchObject(attributesOf('cra_partner_insights'));
    expect(await legacy('network_insights')).toMatchObject(attributesOf('cra_network_insights'));
    expect(await legacy('lend_score')).toMatchObject(attributesOf('cra_lend_score'));
    expect(await legacy('cashflow_insights')).toMatchObject({
      attributes: attributesOf('cra_cashflow_insights'),
    });
    for (const { product, attributes, metadata } of all) {
      expect([product, Object.keys(attributes ?? {}).length > 0]).toEqual([product, true]);
      expect([product, metadata?.item_count]).toEqual([product, 1]);
    }
  });

  test('accept a product of a name that is not public', async () => {
    const product = { product: 'cra_lend_score_complete', version: 'V1' };
    await create(USER, { products: [product] });
    sandbox.clock.advance(MINUTE);
    expect(await productsOf(USER, { products: [product] })).toMatchObject([
      { ...product, errors: [] },
    ]);
  });

  test.each([
    [undefined, 365],
    [1, 180],
    [400, 400],
  ])('with %p days requested cover %i', async (days_requested, covered) => {
    await create(USER, { days_requested });
    sandbox.clock.advance(MINUTE);
    const [base] = await productsOf(USER);
    expect(base?.attributes?.days_requested).toBe(covered);
  });

  test('apply the options of Income Insights', async () => {
    const income_insights_filter = {
      included_categories: ['*'],
      excluded_categories: ['EARNED_INCOME.*'],
    };
    const options = { income_insights_version: 'II2', income_insights_filter };
    await create(USER, { products: [{ ...INCOME, options }] });
    sandbox.clock.advance(MINUTE);
    const [income] = await productsOf(USER, { products: [INCOME] });
    expect(income?.attributes?.income_streams).toEqual([]);
  });

  test('end in a webhook that fits its schema and is signed', async () => {
    const { report_id } = await createWithWebhook(USER, {
      scope: 'CLIENT_USER',
      client_report_id: 'loan-4711',
    });
    sandbox.clock.advance(MINUTE - 1000);
    expect(receiver.received).toEqual([]);
    const [body, ...others] = await webhooks();
    expect(others).toEqual([]);
    expect((await loadOracle()).checkType('CraReportReadyWebhook', body)).toEqual([]);
    expect(body).toEqual({
      webhook_type: 'CRA_REPORT',
      webhook_code: 'CRA_REPORT_READY',
      user_id: USER,
      client_user_id: 'applicant_tasha_green',
      report_id,
      client_report_id: 'loan-4711',
      scope: 'CLIENT_USER',
      successful_products: [BASE, INCOME],
      failed_products: [],
      generated_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+Z$/) as string,
      error_code: null,
      environment: 'sandbox',
    });
    for (const hook of receiver.received) await verified(sandbox, hook);
  });

  test('can fail in part: the webhook has both lists, the answer the reason', async () => {
    sandbox.faults.set({
      reports: [{ product: 'cra_lend_score', code: 'INSUFFICIENT_TRANSACTION_DATA', user: USER }],
    });
    const products = named(BASE ?? {}, LEND_SCORE);
    await createWithWebhook(USER, { products });
    await createWithWebhook('usr_demo_mei_lin', { products });
    const [body, ofSomebodyElse] = await webhooks();
    expect((await loadOracle()).checkType('CraReportReadyWebhook', body)).toEqual([]);
    expect(body).toMatchObject({
      scope: 'PLAID_NETWORK',
      client_report_id: null,
      successful_products: [BASE],
      failed_products: [LEND_SCORE],
      error_code: null,
    });
    expect(body?.generated_time).not.toBeNull();
    expect(ofSomebodyElse).toMatchObject({ successful_products: products, failed_products: [] });
    sandbox.faults.clear();
    expect(await productsOf(USER, { products })).toMatchObject([
      { ...BASE, errors: [] },
      {
        ...LEND_SCORE,
        metadata: null,
        attributes: null,
        errors: [{ error_type: 'CRA_REPORT_ERROR', error_code: 'INSUFFICIENT_TRANSACTION_DATA' }],
      },
    ]);
  });

  test.each([
    ['INSUFFICIENT_TRANSACTION_DATA', 'DATA_UNAVAILABLE'],
    ['INTERNAL_SERVER_ERROR', 'INTERNAL_SERVER_ERROR'],
  ])('fail whole where every product fails with %s: the webhook says %s', async (code, reason) => {
    sandbox.faults.set({ reports: [{ product: '*', code }] });
    await createWithWebhook(USER);
    const [body] = await webhooks();
    expect((await loadOracle()).checkType('CraReportReadyWebhook', body)).toEqual([]);
    expect(body).toMatchObject({
      successful_products: [],
      failed_products: [BASE, INCOME],
      generated_time: null,
      error_code: reason,
    });
    const errors = (await productsOf(USER)).flatMap((product) => product.errors);
    expect(errors.map(({ error_code }) => error_code)).toEqual([code, code]);
    expect(sandbox.faults.struck[code]).toBe(2);
  });

  test('of a bank that cannot be read fail, and name the Item to repair', async () => {
    const { user_id } = DISCONNECTED_USER;
    await createWithWebhook(user_id);
    expect(await webhooks()).toMatchObject([
      { successful_products: [], generated_time: null, error_code: 'DATA_UNAVAILABLE' },
    ]);
    const { items } = await ask<UserItemsGetResponse>(sandbox, '/user/items/get', { user_id });
    const cause = { item_id: items[0]?.item_id, error_code: 'ITEM_LOGIN_REQUIRED' };
    expect(await productsOf(user_id)).toMatchObject(
      [BASE, INCOME].map((product) => ({
        ...product,
        attributes: null,
        errors: [{ error_code: 'DATA_UNAVAILABLE', causes: [cause] }],
      })),
    );
  });

  test('are refused to a person who reported fraud, by every call that would make or read one', async () => {
    const code = 'USER_ON_IDENTITY_THEFT_OR_FRAUD_BLOCK';
    sandbox.faults.set({ reports: [{ code, user: USER }] });
    const link = { client_name: 'Lender', language: 'en', country_codes: ['US'], user_id: USER };
    const calls = [
      [CREATE, createBody(USER)],
      [GET, getBody(USER)],
      ['/cra/check_report/create', createReportBody(USER)],
      [LINK, { ...link, products: ['cra_base_report'], cra_options: { days_requested: 365 } }],
    ] as const;
    const refused = await Promise.all(calls.map(([path, body]) => refusal(sandbox, path, body)));
    expect(refused.map(({ status, error_code }) => [status, error_code])).toEqual(
      calls.map(() => [400, code]),
    );
    const types = refused.map(({ error_type }) => error_type === 'CRA_REPORT_ERROR');
    expect(types).toEqual([true, true, false, false]);
    expect(sandbox.productReportsCreated(USER)).toBe(0);
    await create('usr_demo_mei_lin');
    expect((await post(sandbox, LINK, { ...link, products: ['transactions'] })).status).toBe(200);
  });

  test('can be made to fail from another process', async () => {
    const reports = [{ product: 'cra_lend_score', code: 'NO_ACCOUNTS' }];
    const body = JSON.stringify({ reports });
    const headers = { 'content-type': 'application/json' };
    await fetch(`${sandbox.url}/_sandbox/faults`, { method: 'POST', headers, body });
    await create(USER, { products: [LEND_SCORE] });
    sandbox.clock.advance(MINUTE);
    expect(await productsOf(USER, { products: [LEND_SCORE] })).toMatchObject([
      { attributes: null, errors: [{ error_code: 'NO_ACCOUNTS' }] },
    ]);
  });

  test('are refused where the bank gives too little history', async () => {
    const code = 'INSTITUTION_TRANSACTION_HISTORY_NOT_SUPPORTED';
    sandbox.faults.set({ reports: [{ code }] });
    const refused = await refusal(sandbox, CREATE, createBody(USER, { days_required: 180 }));
    expect(refused).toMatchObject({ error_type: 'CRA_REPORT_ERROR', error_code: code });
    expect(refused.error_message).toContain('days_required');
  });

  test('do not call back for a user who was removed, nor after a reset, nor without a webhook', async () => {
    await createWithWebhook(USER);
    await ask(sandbox, '/user/remove', { user_id: USER });
    await create('usr_demo_mei_lin');
    expect(await webhooks()).toEqual([]);
    await createWithWebhook('usr_demo_mei_lin');
    sandbox.reset();
    expect(await webhooks()).toEqual([]);
  });

  test.each([
    [{ products: undefined }, 'missing: products'],
    [{ decision_stage: undefined }, 'missing: decision_stage'],
    [{ consumer_report_permissible_purpose: undefined }, 'consumer_report_permissible_purpose'],
    [{ user_id: undefined }, 'missing: user_id'],
    [{ user_token: 'user-sandbox-1' }, 'not recognized by this endpoint: user_token'],
    [{ products: [] }, 'products must be a non-empty array'],
    [{ products: ['cra_base_report'] }, 'products[0] must be an object'],
    [{ products: [{ product: 'cra_qualify' }] }, 'missing: products[0].version'],
    [{ products: [{ ...BASE, options: 'all' }] }, 'products[0].options must be an object'],
    [{ products: [{ ...BASE, colour: 1 }] }, 'products[0].colour'],
    [{ decision_stage: 'LATER' }, 'decision_stage must be one of'],
    [{ scope: 'EVERYBODY' }, 'scope must be one of'],
    [{ days_requested: 732 }, 'days_requested must be at most 731'],
    [{ days_requested: 180.5 }, 'days_requested must be an integer'],
    [{ days_required: '90' }, 'days_required must be an integer'],
    [{ include_investments: 'yes' }, 'include_investments must be a boolean'],
    [{ client_report_id: 4711 }, 'client_report_id must be a string'],
    [{ webhook: 'example' }, 'webhook must be a valid URL'],
  ])('are refused with %j', async (damage, message) => {
    const refused = await refusal(sandbox, CREATE, createBody(USER, damage));
    expect(refused).toMatchObject({ status: 400, error_type: 'INVALID_REQUEST' });
    expect(refused.error_message).toContain(message);
  });

  test('keep what the SDK says of the three products that it has types for', async () => {
    const oracle = await loadOracle();
    const answered = (product: string, attributes: object) => ({
      report: {
        retrieved_time: '2026-11-27T12:00:00Z',
        scope: 'CLIENT_USER',
        ...stage,
        products: [{ product, version: 'V1', metadata: null, attributes, errors: [] }],
      },
      user_id: USER,
      warnings: [],
      request_id: 'a',
    });
    expect(oracle.checkResponse(GET, answered('cra_lend_score', { any: 1 }))).toEqual([]);
    expect(oracle.checkResponse(GET, answered('cra_home_lending', { any: 1 }))).not.toEqual([]);
  });

  describe('from Link', () => {
    const link = (user_id: string, more: object = {}) => ({
      client_name: 'Lender',
      language: 'en',
      country_codes: ['US'],
      user_id,
      webhook: receiver.url,
      products: ['cra_base_report'],
      consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
      cra_report_parameter: {
        products: [BASE, LEND_SCORE],
        decision_stage: 'PREQUALIFICATION',
        scope: 'CLIENT_USER',
        client_report_id: 'loan-1',
        days_requested: 400,
        days_required: 90,
        include_investments: false,
      },
      ...more,
    });

    test('a session ends in the webhook of the newer API', async () => {
      const user_id = await newUser(sandbox);
      const { link_token } = await ask<LinkTokenCreateResponse>(sandbox, LINK, link(user_id));
      sandbox.finishLink(link_token);
      expect(await webhooks()).toMatchObject([
        {
          webhook_code: 'CRA_REPORT_READY',
          user_id,
          client_report_id: 'loan-1',
          scope: 'CLIENT_USER',
          successful_products: [BASE, LEND_SCORE],
          report_id: expect.any(String) as string,
        },
      ]);
      const report_id = receiver.received[0]?.body.report_id;
      const [base] = await productsOf(user_id, { report_id, products: [BASE] });
      expect(base?.attributes?.days_requested).toBe(400);
      expect(sandbox.reportsCreated(user_id)).toBe(0);
    });

    test.each([
      [{ user_id: undefined }, 'user_id'],
      [{ consumer_report_permissible_purpose: undefined }, 'consumer_report_permissible_purpose'],
      [{ cra_report_parameter: { decision_stage: 'DECISIONING' } }, 'products'],
      [{ cra_report_parameter: { products: [BASE] } }, 'decision_stage'],
    ])('a token is refused with %j', async (damage, message) => {
      const refused = await refusal(sandbox, LINK, link(USER, damage));
      expect(refused.error_code).toBe('INVALID_CONFIGURATION');
      expect(refused.error_message).toContain(message);
    });

    test('its parameter is judged as that of create', async () => {
      const cra_report_parameter = { ...link(USER).cra_report_parameter, days_requested: 732 };
      const refused = await refusal(sandbox, LINK, link(USER, { cra_report_parameter }));
      expect(refused.error_message).toContain('cra_report_parameter.days_requested');
    });
  });
});
