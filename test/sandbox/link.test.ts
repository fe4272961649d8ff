import type {
  CraCheckReportBaseReportGetResponse,
  LinkTokenCreateResponse,
  LinkTokenGetResponse,
  UserItemsGetResponse,
} from 'plaid';
import { DISCONNECTED_USER, startSandbox, type Sandbox } from '../../sandbox/server';
import { ask, newLegacyUser, newUser, post, refusal } from './client';
import { startReceiver, verified, type Receiver } from './receiver';

const CREATE = '/link/token/create';
const GET = '/link/token/get';
const MINUTE = 60_000;

describe('Link', () => {
  let sandbox: Sandbox;
  let receiver: Receiver;
  let user_id: string;
  beforeAll(async () => {
    sandbox = await startSandbox({ readyAfterMs: MINUTE });
    receiver = await startReceiver();
  });
  afterAll(async () => {
    await sandbox.close();
    await receiver.close();
  });
  beforeEach(async () => {
    sandbox.reset();
    receiver.clear();
    user_id = await newUser(sandbox);
  });

  const session = { client_name: 'Lender & <Sons>', language: 'en', country_codes: ['US'] };
  const forReport = (more: object = {}) => ({
    ...session,
    user_id,
    webhook: receiver.url,
    products: ['cra_base_report', 'cra_income_insights'],
    cra_options: { days_requested: 400, client_report_id: 'loan-1' },
    consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
    hosted_link: {},
    ...more,
  });
  const create = (body: object) => ask<LinkTokenCreateResponse>(sandbox, CREATE, body);
  const get = (link_token: string) => ask<LinkTokenGetResponse>(sandbox, GET, { link_token });
  const itemsOf = async (id = user_id) =>
    (await ask<UserItemsGetResponse>(sandbox, '/user/items/get', { user_id: id })).items;
  const codes = async () => {
    await sandbox.webhooksSettled();
    return receiver.received.map(({ body }) => body.webhook_code);
  };

  test('a token knows what it was made with, and how long it lasts', async () => {
    const lifetimes = [
      [{}, 240],
      [{ hosted_link: {} }, 30],
      [{ hosted_link: { delivery_method: 'sms' } }, 24 * 60],
      [{ hosted_link: { url_lifetime_seconds: 600, delivery_method: 'email' } }, 10],
      [{ update: { user: true }, user_id }, 30],
    ] as const;
    for (const [more, minutes] of lifetimes) {
      const { link_token, hosted_link_url } = await create({ ...session, ...more });
      expect(link_token).toMatch(/^link-sandbox-[0-9a-f-]{36}$/);
      expect(Boolean(hosted_link_url)).toBe('hosted_link' in more);
      const { created_at, expiration } = await get(link_token);
      expect(Date.parse(String(expiration)) - Date.parse(String(created_at))).toBe(
        minutes * MINUTE,
      );
    }
    const { link_token } = await create(forReport({ redirect_uri: 'https://lender.example/done' }));
    expect(await get(link_token)).toMatchObject({
      user_id,
      link_sessions: [],
      metadata: {
        client_name: session.client_name,
        language: 'en',
        country_codes: ['US'],
        initial_products: ['cra_base_report', 'cra_income_insights'],
        redirect_uri: 'https://lender.example/done',
        webhook: receiver.url,
      },
    });
  });

  test('a hosted session links a bank, and its report comes with webhooks', async () => {
    const { hosted_link_url = '', link_token } = await create(forReport());
    expect(hosted_link_url.startsWith(`${sandbox.url}/`)).toBe(true);
    expect(await itemsOf()).toEqual([]);

    const shown = await fetch(hosted_link_url);
    expect([shown.status, shown.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    const page = await shown.text();
    expect(page.match(/<button>/g)).toHaveLength(1);
    expect(page).toContain('Lender &amp; &lt;Sons&gt;');
    expect(await itemsOf()).toEqual([]);

    expect((await fetch(hosted_link_url, { method: 'POST' })).status).toBe(200);
    const [item, ...others] = await itemsOf();
    expect(others).toEqual([]);
    expect(page).toContain(`<button>Link ${item?.institution_name}</button>`);

    const { link_sessions = [] } = await get(link_token);
    const [{ link_session_id, results, on_success } = { link_session_id: '' }] = link_sessions;
    const [added] = results?.item_add_results ?? [];
    expect(added?.institution).toEqual({
      institution_id: item?.institution_id,
      name: item?.institution_name,
    });
    expect(on_success?.public_token).toBe(added?.public_token);
    expect(results?.cra_item_add_results).toMatchObject([{ item_id: item?.item_id }]);

    const read = '/cra/check_report/base_report/get';
    expect((await post(sandbox, read, { user_id })).json.error_code).toBe('PRODUCT_NOT_READY');
    sandbox.clock.advance(MINUTE);
    const { report } = await ask<CraCheckReportBaseReportGetResponse>(sandbox, read, { user_id });
    expect(report).toMatchObject({ days_requested: 400, client_report_id: 'loan-1' });
    expect(report.items.map(({ item_id }) => item_id)).toEqual([item?.item_id]);
    const accounts = report.items[0]?.accounts.map(({ account_id }) => account_id);
    expect(accounts).toEqual(added?.accounts.map(({ id }) => id));

    await sandbox.webhooksSettled();
    const about = { webhook_type: 'LINK', link_token, link_session_id, environment: 'sandbox' };
    const public_token = added?.public_token;
    const bodies = receiver.received.map(({ body }) => body);
    expect(bodies).toHaveLength(4);
    expect(bodies).toEqual(
      expect.arrayContaining([
        { ...about, webhook_code: 'ITEM_ADD_RESULT', public_token },
        {
          ...about,
          webhook_code: 'SESSION_FINISHED',
          status: 'SUCCESS',
          public_token,
          public_tokens: [public_token],
          user_id,
        },
        { ...about, webhook_code: 'EVENTS', events: link_sessions[0]?.events },
        expect.objectContaining({
          webhook_code: 'USER_CHECK_REPORT_READY',
          user_id,
          successful_products: ['cra_base_report', 'cra_income_insights'],
        }),
      ]),
    );
    for (const hook of receiver.received) await verified(sandbox, hook);
  });

  test('a test goes through it by its URL or its token', async () => {
    const byUrl = await create(forReport());
    sandbox.finishLink(String(byUrl.hosted_link_url));
    sandbox.finishLink((await create(forReport())).link_token);
    const items = await itemsOf();
    expect(new Set(items.map(({ institution_id }) => institution_id)).size).toBe(2);
    expect(() => sandbox.finishLink(byUrl.link_token)).toThrow('finished');
    expect(() => sandbox.finishLink('link-sandbox-none')).toThrow('invalid link_token');
    expect(await itemsOf()).toHaveLength(2);
    // What a second bank adds stands in the report beside the first, without counting income twice.
    sandbox.clock.advance(MINUTE);
    const path = '/cra/check_report/base_report/get';
    const { report } = await ask<CraCheckReportBaseReportGetResponse>(sandbox, path, { user_id });
    const everyday = report.items.filter(({ accounts }) =>
      accounts.some(({ transactions }) => transactions.length > 0),
    );
    expect([report.items.length, everyday.length]).toEqual([2, 1]);
  });

  test('only hosted and multi-item sessions send LINK webhooks, only report products a report', async () => {
    const plain = { ...session, user_id, webhook: receiver.url, products: ['transactions'] };
    sandbox.finishLink((await create(plain)).link_token);
    expect(await codes()).toEqual([]);
    sandbox.finishLink((await create({ ...plain, enable_multi_item_link: true })).link_token);
    expect((await codes()).sort()).toEqual(['EVENTS', 'ITEM_ADD_RESULT', 'SESSION_FINISHED']);
    receiver.clear();
    sandbox.finishLink((await create(forReport({ hosted_link: undefined }))).link_token);
    sandbox.clock.advance(MINUTE);
    expect(await codes()).toEqual(['USER_CHECK_REPORT_READY']);
  });

  test('a user_token gets the webhooks of older integrations', async () => {
    const { user_token } = await newLegacyUser(sandbox);
    const { link_token } = await create(forReport({ user_id: undefined, user_token }));
    sandbox.finishLink(link_token);
    sandbox.clock.advance(MINUTE);
    expect(await codes()).toContain('CHECK_REPORT_READY');
  });

  test('links the bank that is asked for, also for somebody unknown', async () => {
    const { link_token } = await create({ ...session, institution_id: 'ins_109511' });
    sandbox.finishLink(link_token);
    const { link_sessions = [], ...token } = await get(link_token);
    expect(token).not.toHaveProperty('user_id');
    expect(link_sessions[0]?.results?.item_add_results).toMatchObject([
      { institution: { institution_id: 'ins_109511', name: 'Tartan Bank' } },
    ]);
  });

  test('update mode repairs the connection instead of adding one', async () => {
    const id = DISCONNECTED_USER.user_id;
    const [before] = await itemsOf(id);
    expect(before?.error).toMatchObject({ error_code: 'ITEM_LOGIN_REQUIRED' });
    const { link_token, hosted_link_url = '' } = await create(
      forReport({ user_id: id, update: { user: true } }),
    );
    expect(await (await fetch(hosted_link_url)).text()).toContain('<button>Repair</button>');
    sandbox.finishLink(link_token);
    expect(await itemsOf(id)).toEqual([{ ...before, error: null }]);
    const { link_sessions = [] } = await get(link_token);
    expect(link_sessions[0]?.results).toMatchObject({
      item_add_results: [],
      cra_update_results: [{ item_id: before?.item_id }],
    });
    sandbox.clock.advance(MINUTE);
    expect((await codes()).sort()).toEqual([
      'EVENTS',
      'SESSION_FINISHED',
      'USER_CHECK_REPORT_READY',
    ]);
  });

  test('afterwards the user is sent to where the client wants them', async () => {
    const completion_redirect_uri = 'https://lender.example/thanks';
    const { hosted_link_url = '' } = await create(
      forReport({ hosted_link: { completion_redirect_uri } }),
    );
    const reply = await fetch(hosted_link_url, { method: 'POST', redirect: 'manual' });
    expect([reply.status, reply.headers.get('location')]).toEqual([303, completion_redirect_uri]);
  });

  test('a page that is finished, expired or nobody’s explains itself and links nothing', async () => {
    const done = await create(forReport());
    sandbox.finishLink(done.link_token);
    const late = await create(forReport());
    sandbox.clock.advance(31 * MINUTE);
    const urls = [done.hosted_link_url, late.hosted_link_url, `${sandbox.url}/hosted_link/none`];
    for (const method of ['GET', 'POST']) {
      const pages = await Promise.all(
        urls.map(async (url) => {
          const reply = await fetch(String(url), { method });
          return [reply.status, /finished|expired|invalid/.exec(await reply.text())?.[0]];
        }),
      );
      expect(pages).toEqual([
        [400, 'finished'],
        [400, 'expired'],
        [400, 'invalid'],
      ]);
    }
    expect(await itemsOf()).toHaveLength(1);
  });

  test.each([
    ['user_id', 'user_id or user_token'],
    ['cra_options', 'cra_options'],
    ['consumer_report_permissible_purpose', 'consumer_report_permissible_purpose'],
  ])('refuses report products without %s', async (field, named) => {
    const refused = await refusal(sandbox, CREATE, forReport({ [field]: undefined }));
    expect(refused).toMatchObject({ status: 400, error_code: 'INVALID_CONFIGURATION' });
    expect(refused.error_message).toContain(named);
  });

  test('refuses an unknown user and an unknown token', async () => {
    expect(await refusal(sandbox, CREATE, { ...session, user_id: 'usr_nobody' })).toMatchObject({
      error_code: 'USER_NOT_FOUND',
    });
    expect(await refusal(sandbox, GET, { link_token: 'link-sandbox-none' })).toMatchObject({
      status: 400,
      error_type: 'INVALID_INPUT',
      error_code: 'INVALID_LINK_TOKEN',
    });
  });
});
