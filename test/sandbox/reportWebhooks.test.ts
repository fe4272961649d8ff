import type { CraCheckReportBaseReportGetResponse, UserItemsGetResponse } from 'plaid';
import { DISCONNECTED_USER, startSandbox, type Sandbox } from '../../sandbox/server';
import { ask, createReportBody, newLegacyUser, newUser, post } from './client';
import { startReceiver, verified, type Receiver } from './receiver';

const USER = 'usr_demo_tasha_green';
const CREATE = '/cra/check_report/create';
const READ = '/cra/check_report/base_report/get';
const FIRE = '/sandbox/user/fire_webhook';

describe('webhooks of reports', () => {
  let sandbox: Sandbox;
  let receiver: Receiver;
  beforeAll(async () => {
    // A minute: nothing becomes ready unless a test moves the clock.
    sandbox = await startSandbox({ readyAfterMs: 60_000, webhooks: { repeatAfterMs: [10] } });
    receiver = await startReceiver();
  });
  afterAll(async () => {
    await sandbox.close();
    await receiver.close();
  });
  beforeEach(() => {
    sandbox.reset();
    receiver.clear();
  });

  const create = (user_id: string, more: object = {}) =>
    ask(sandbox, CREATE, createReportBody(user_id, { webhook: receiver.url, ...more }));
  const itemsOf = (user_id: string) =>
    ask<UserItemsGetResponse>(sandbox, '/user/items/get', { user_id });
  const bodies = async () => {
    sandbox.clock.advance(60_000);
    await sandbox.webhooksSettled();
    return receiver.received.map(({ body }) => body);
  };

  test('tell when a report is ready, and not before', async () => {
    await create(USER, { products: ['cra_income_insights', 'cra_base_report'] });
    sandbox.clock.advance(59_000);
    expect((await post(sandbox, READ, { user_id: USER })).json.error_code).toBe(
      'PRODUCT_NOT_READY',
    );
    expect(receiver.received).toEqual([]);
    expect(await bodies()).toEqual([
      {
        webhook_type: 'CHECK_REPORT',
        webhook_code: 'USER_CHECK_REPORT_READY',
        user_id: USER,
        successful_products: ['cra_base_report', 'cra_income_insights'],
        failed_products: [],
        item_ids: (await itemsOf(USER)).items.map(({ item_id }) => item_id),
        environment: 'sandbox',
      },
    ]);
    await ask(sandbox, READ, { user_id: USER });
    const [hook] = receiver.received;
    if (hook) await verified(sandbox, hook);
    expect(receiver.received).toHaveLength(1);
  });

  test('come by themselves, once the report can be read', async () => {
    const quick = await startSandbox({ readyAfterMs: 30 });
    const statuses: number[] = [];
    const reader = await startReceiver((_count, _request, reply) => {
      void post(quick, READ, { user_id: USER }).then(({ status }) => {
        statuses.push(status);
        reply.end();
      });
    });
    await ask(quick, CREATE, createReportBody(USER, { webhook: reader.url }));
    await quick.webhooksSettled();
    expect(statuses).toEqual([200]);
    await quick.close();
    await reader.close();
  });

  test('have their older names for who is named by a user_token', async () => {
    const { user_token, user_id } = await newLegacyUser(sandbox);
    const body = createReportBody('', { webhook: receiver.url, user_token });
    await ask(sandbox, CREATE, { ...body, user_id: undefined });
    expect(await bodies()).toMatchObject([{ webhook_code: 'CHECK_REPORT_READY', user_id }]);
  });

  test('tell that a report failed, why, and what the user can repair', async () => {
    const { user_id } = DISCONNECTED_USER;
    await create(user_id, { products: ['cra_lend_score'] });
    const { items } = await itemsOf(user_id);
    const error = { error_type: 'ITEM_ERROR', error_code: 'ITEM_LOGIN_REQUIRED' };
    expect(items).toMatchObject([{ error }]);
    const cause = { ...error, item_id: items[0]?.item_id };
    expect(await bodies()).toMatchObject([
      {
        webhook_code: 'USER_CHECK_REPORT_FAILED',
        user_id,
        error: {
          error_type: 'CHECK_REPORT_ERROR',
          error_code: 'DATA_UNAVAILABLE',
          causes: [cause],
        },
        repairable_items: [cause],
        failed_products: ['cra_base_report', 'cra_lend_score'],
      },
    ]);
    const { status, json } = await post(sandbox, READ, { user_id });
    expect([status, json.error_code, json.causes]).toEqual([
      400,
      'DATA_UNAVAILABLE',
      [expect.objectContaining(cause)],
    ]);
  });

  test('come for each report, also for one that was replaced', async () => {
    await create(USER);
    await create(USER);
    expect(await bodies()).toHaveLength(2);
  });

  test('do not come for a user who was removed, nor after a reset', async () => {
    await create(USER);
    await ask(sandbox, '/user/remove', { user_id: USER });
    expect(await bodies()).toEqual([]);
    await create('usr_demo_mei_lin');
    sandbox.reset();
    expect(await bodies()).toEqual([]);
  });

  test('the first report of a user links their bank', async () => {
    const user_id = await newUser(sandbox);
    expect((await itemsOf(user_id)).items).toEqual([]);
    await create(user_id);
    const { items } = await itemsOf(user_id);
    expect(items).toHaveLength(1);
    expect(await bodies()).toMatchObject([{ item_ids: [items[0]?.item_id] }]);
    const { report } = await ask<CraCheckReportBaseReportGetResponse>(sandbox, READ, { user_id });
    expect(report.items.map(({ item_id }) => item_id)).toEqual([items[0]?.item_id]);
  });

  test.each(['CHECK_REPORT_READY', 'CHECK_REPORT_FAILED'])(
    'can be fired at will: %s and its newer name',
    async (code) => {
      const codes = [code, `USER_${code}`];
      for (const webhook_code of codes) {
        const request = { webhook_type: 'CHECK_REPORT', webhook_code, webhook: receiver.url };
        const reply = await ask(sandbox, FIRE, { user_id: USER, ...request });
        expect(reply).toMatchObject({ webhook_fired: true });
        await sandbox.webhooksSettled();
      }
      expect(receiver.received.map(({ body }) => body)).toMatchObject(
        codes.map((webhook_code) => ({
          webhook_type: 'CHECK_REPORT',
          webhook_code,
          user_id: USER,
          environment: 'sandbox',
        })),
      );
      expect(sandbox.reportsCreated(USER)).toBe(0);
    },
  );

  test('of nobody are not fired', async () => {
    const request = { webhook_type: 'CHECK_REPORT', webhook_code: 'CHECK_REPORT_READY' };
    const body = { ...request, user_id: 'usr_nobody', webhook: receiver.url };
    expect((await post(sandbox, FIRE, body)).json.error_code).toBe('USER_NOT_FOUND');
    expect(await bodies()).toEqual([]);
  });
});
