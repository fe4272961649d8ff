import type {
  CraCheckReportBaseReportGetResponse,
  CraServicingSubscriptionListResponse,
  UserGetResponse,
  UserItemsGetResponse,
} from 'plaid';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { ask, createReportBody, monitoringBody, newUser, post, refusal } from './client';
import { startReceiver } from './receiver';

const AMARA = 'usr_demo_amara_okafor';
const DANIEL = 'usr_demo_daniel_reyes';
const BASE = '/cra/check_report/base_report/get';
const LINK = '/sandbox/public_token/create';

describe('users and their Items', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ readyAfterMs: 0 });
  });
  afterAll(() => sandbox.close());
  beforeEach(() => sandbox.reset());

  const itemsOf = async (user_id: string) =>
    (await ask<UserItemsGetResponse>(sandbox, '/user/items/get', { user_id })).items;
  const idsOf = async (user_id: string) => (await itemsOf(user_id)).map(({ item_id }) => item_id);
  const link = (user_id: string, more: object = {}) =>
    ask(sandbox, LINK, {
      user_id,
      institution_id: 'ins_109511',
      initial_products: ['cra_base_report'],
      ...more,
    });
  const reported = async (user_id: string) => {
    await ask(sandbox, '/cra/check_report/create', createReportBody(user_id));
    const body = { user_id };
    const { report } = await ask<CraCheckReportBaseReportGetResponse>(sandbox, BASE, body);
    return report.items.map(({ item_id }) => item_id);
  };

  test('a public token of the Sandbox links the bank to the user', async () => {
    const user_id = await newUser(sandbox);
    await link(user_id, { options: { webhook: 'https://lender.example/hook' } });
    expect(await itemsOf(user_id)).toMatchObject([
      {
        institution_id: 'ins_109511',
        institution_name: 'Tartan Bank',
        webhook: 'https://lender.example/hook',
        error: null,
      },
    ]);
    expect(await reported(user_id)).toEqual(await idsOf(user_id));
  });

  test('removed Items are in no list and no new report', async () => {
    await link(AMARA);
    const [first = '', second = ''] = await idsOf(AMARA);
    const before = await reported(AMARA);
    expect(before).toEqual([first, second]);
    const foreign = await idsOf(DANIEL);
    const remove = (item_ids: string[]) => ({ user_id: AMARA, item_ids });
    const path = '/user/items/remove';
    expect(await refusal(sandbox, path, remove([first, ...foreign]))).toMatchObject({
      status: 400,
      error_type: 'ITEM_ERROR',
      error_code: 'ITEM_NOT_FOUND',
    });
    expect(await idsOf(AMARA)).toEqual([first, second]);
    await ask(sandbox, path, remove([first]));
    expect(await idsOf(AMARA)).toEqual([second]);
    expect(await reported(AMARA)).toEqual([second]);
    await ask(sandbox, path, remove([second]));
    expect(await idsOf(AMARA)).toEqual([]);
    // Whoever removed all Items has to go through Link again.
    await ask(sandbox, '/cra/check_report/create', createReportBody(AMARA));
    expect(await refusal(sandbox, BASE, { user_id: AMARA })).toMatchObject({
      error_code: 'DATA_UNAVAILABLE',
    });
    await link(AMARA);
    expect(await reported(AMARA)).toHaveLength(1);
  });

  test('associated Items leave the user who had them', async () => {
    const user_id = await newUser(sandbox);
    const moved = await idsOf(AMARA);
    const path = '/user/items/associate';
    const unknown = { user_id, item_ids: [...moved, 'none'] };
    expect(await refusal(sandbox, path, unknown)).toMatchObject({ error_code: 'ITEM_NOT_FOUND' });
    expect(await idsOf(AMARA)).toEqual(moved);
    await ask(sandbox, path, { user_id, item_ids: [...moved, ...moved] });
    expect(await idsOf(AMARA)).toEqual([]);
    expect(await idsOf(user_id)).toEqual(moved);
    expect(await reported(user_id)).toEqual(moved);
    await ask(sandbox, path, { user_id, item_ids: moved });
    expect(await idsOf(user_id)).toEqual(moved);
  });

  test('reset logins: the Items say so, their webhook hears of it, reports do without them', async () => {
    const receiver = await startReceiver();
    await link(AMARA, { options: { webhook: receiver.url } });
    const [first = '', second = ''] = await idsOf(AMARA);
    const reset = (item_ids: string[] | null) =>
      ask(sandbox, '/sandbox/user/reset_login', { user_id: AMARA, item_ids });
    const errors = async () => (await itemsOf(AMARA)).map(({ error }) => error?.error_code);
    await reset([second]);
    expect(await errors()).toEqual([undefined, 'ITEM_LOGIN_REQUIRED']);
    await sandbox.webhooksSettled();
    expect(receiver.received.map(({ body }) => body)).toMatchObject([
      {
        webhook_type: 'ITEM',
        webhook_code: 'ERROR',
        item_id: second,
        user_id: AMARA,
        error: { error_code: 'ITEM_LOGIN_REQUIRED' },
      },
    ]);
    expect(await reported(AMARA)).toEqual([first]);
    await reset(null);
    expect(await errors()).toEqual(['ITEM_LOGIN_REQUIRED', 'ITEM_LOGIN_REQUIRED']);
    await ask(sandbox, '/cra/check_report/create', createReportBody(AMARA));
    const { json } = await post(sandbox, BASE, { user_id: AMARA });
    expect(json).toMatchObject({
      error_code: 'DATA_UNAVAILABLE',
      causes: [{ item_id: first }, { item_id: second }],
    });
    await receiver.close();
  });

  test('a removed identity is gone, the user is not', async () => {
    await ask(sandbox, '/user/identity/remove', { user_id: AMARA });
    const user = await ask<UserGetResponse>(sandbox, '/user/get', { user_id: AMARA });
    expect(user).toMatchObject({ user_id: AMARA, identity: null });
    expect(await reported(AMARA)).toHaveLength(1);
  });

  test('terminated products end subscriptions and leave reports', async () => {
    const create = '/cra/servicing/subscription/create';
    const products = [{ product: 'cra_base_report', version: '1' }];
    const { subscription_id } = await ask(sandbox, create, {
      user_id: AMARA,
      scope: 'CLIENT_USER',
      products,
    });
    await reported(AMARA);
    const reason_code = 'CONSUMER_LOAN_PAID_OFF';
    await ask(sandbox, '/user/products/terminate', { user_id: AMARA, reason_code });
    const list = '/cra/servicing/subscription/list';
    const body = { user_id: AMARA };
    const listed = await ask<CraServicingSubscriptionListResponse>(sandbox, list, body);
    expect(listed.subscriptions).toEqual([]);
    const gone = { status: 404, error_code: 'SUBSCRIPTION_NOT_FOUND' };
    const get = '/cra/servicing/subscription/get';
    expect(await refusal(sandbox, get, { subscription_id })).toMatchObject(gone);
    const insights = '/cra/monitoring_insights/get';
    expect(await refusal(sandbox, insights, monitoringBody(AMARA))).toMatchObject(gone);
    await ask(sandbox, BASE, { user_id: AMARA });
  });

  test.each([
    ['/user/get', {}],
    ['/user/items/get', {}],
    ['/user/items/remove', { item_ids: [] }],
    ['/user/identity/remove', {}],
    ['/user/products/terminate', { reason_code: 'OTHER' }],
    ['/user/third_party_token/create', { third_party_client_id: 'partner' }],
    ['/sandbox/user/reset_login', {}],
    ['/cra/servicing/subscription/list', {}],
    [BASE, {}],
  ])('a removed user is unknown to %s', async (path, more) => {
    await ask(sandbox, '/user/remove', { user_id: AMARA });
    const refused = await refusal(sandbox, path, { user_id: AMARA, ...more });
    expect(refused.error_code).toBe('USER_NOT_FOUND');
  });

  test('a third party’s token lasts a day at most, or as long as asked', async () => {
    await reported(AMARA);
    const share = async (hours: number | null) => {
      const expiration_time = hours && new Date(sandbox.clock.now() + hours * 3_600_000);
      const { third_party_user_token } = await ask(sandbox, '/user/third_party_token/create', {
        user_id: AMARA,
        third_party_client_id: 'partner',
        expiration_time: expiration_time ? expiration_time.toISOString() : null,
      });
      return { third_party_user_token };
    };
    const [hour, week] = [await share(1), await share(24 * 7)];
    const codes = () =>
      Promise.all(
        [hour, week].map(async (body) => (await post(sandbox, BASE, body)).json.error_code),
      );
    expect(await codes()).toEqual([undefined, undefined]);
    sandbox.clock.advance(3_600_000);
    expect(await codes()).toEqual(['USER_NOT_FOUND', undefined]);
    sandbox.clock.advance(23 * 3_600_000);
    expect(await codes()).toEqual(['USER_NOT_FOUND', 'USER_NOT_FOUND']);
    sandbox.clock.set(Date.now());
  });
});
