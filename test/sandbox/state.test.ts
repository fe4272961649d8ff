import { DEMO_USERS, startSandbox, type Sandbox } from '../../sandbox/server';
import { createReportBody, legacyIdentity, monitoringBody, post } from './client';

const HOUR = 60 * 60 * 1000;
const USER = 'usr_demo_tasha_green';
const CREATE = '/cra/check_report/create';
const READ = '/cra/check_report/base_report/get';
const MONITOR = '/cra/monitoring_insights';

const identity = {
  name: { given_name: 'Ines', family_name: 'Moreau' },
  date_of_birth: '1990-03-14',
  emails: [{ data: 'ines.moreau@example.com', primary: true }],
  phone_numbers: [{ data: '+14155550199', primary: true }],
  addresses: [{ street_1: '12 Rue Street', city: 'Austin', country: 'US', primary: true }],
};

describe('what the sandbox remembers', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    // A minute: nothing becomes ready unless a test moves the clock.
    sandbox = await startSandbox({ readyAfterMs: 60_000 });
  });
  afterAll(() => sandbox.close());
  beforeEach(() => sandbox.reset());

  const codeOf = async (path: string, body: object) =>
    (await post(sandbox, path, body)).json.error_code;
  const read = () => codeOf(READ, { user_id: USER });
  const create = (more: object = {}) => post(sandbox, CREATE, createReportBody(USER, more));

  test('a report: not found, not ready, ready, expired, made again', async () => {
    expect(await read()).toBe('CONSUMER_REPORT_NOT_FOUND');
    expect((await create()).status).toBe(200);
    expect(await read()).toBe('PRODUCT_NOT_READY');
    sandbox.clock.advance(60_000);
    expect(await read()).toBeUndefined();
    sandbox.clock.advance(23 * HOUR);
    expect(await read()).toBeUndefined();
    sandbox.clock.advance(HOUR);
    expect(await read()).toBe('CONSUMER_REPORT_EXPIRED');
    await create();
    expect(await read()).toBe('PRODUCT_NOT_READY');
    sandbox.clock.advance(60_000);
    expect(await read()).toBeUndefined();
    expect(sandbox.reportsCreated(USER)).toBe(2);
    expect(sandbox.reportsCreated('usr_demo_mei_lin')).toBe(0);
  });

  test('creating again while a report is ready replaces it', async () => {
    await create({ client_report_id: 'first' });
    sandbox.clock.advance(60_000);
    await create({ client_report_id: 'second' });
    expect(await read()).toBe('PRODUCT_NOT_READY');
    sandbox.clock.advance(60_000);
    const { json } = await post(sandbox, READ, { user_id: USER });
    expect(json.report).toMatchObject({ client_report_id: 'second', days_requested: 365 });
  });

  test('a refused create starts nothing', async () => {
    expect((await create({ days_requested: 1000 })).status).toBe(400);
    expect(sandbox.reportsCreated(USER)).toBe(0);
    expect(await read()).toBe('CONSUMER_REPORT_NOT_FOUND');
  });

  test('one user’s report is not another’s', async () => {
    await create();
    sandbox.clock.advance(60_000);
    expect(await codeOf(READ, { user_id: 'usr_demo_mei_lin' })).toBe('CONSUMER_REPORT_NOT_FOUND');
  });

  test('monitoring follows its subscription', async () => {
    const { json } = await post(sandbox, '/user/create', { client_user_id: 'ines', identity });
    const user_id = String(json.user_id);
    const get = () => post(sandbox, `${MONITOR}/get`, monitoringBody(user_id));
    const subscribe = () =>
      post(sandbox, `${MONITOR}/subscribe`, { user_id, webhook: 'https://example.com/hook' });

    expect((await get()).json).toMatchObject({
      error_type: 'CRA_MONITORING_ERROR',
      error_code: 'SUBSCRIPTION_NOT_FOUND',
    });
    const { subscription_id } = (await subscribe()).json;
    expect((await get()).status).toBe(200);
    expect((await subscribe()).json.error_code).toBe('SUBSCRIPTION_ALREADY_EXISTS');
    expect((await post(sandbox, `${MONITOR}/unsubscribe`, { subscription_id })).status).toBe(200);
    expect(await codeOf(`${MONITOR}/unsubscribe`, { subscription_id })).toBe(
      'SUBSCRIPTION_NOT_FOUND',
    );
    expect((await get()).json.error_code).toBe('SUBSCRIPTION_NOT_FOUND');
  });

  test('every demo user is there with an active subscription', async () => {
    expect(DEMO_USERS).toHaveLength(5);
    for (const { user_id, given_name } of DEMO_USERS) {
      const { json } = await post(sandbox, '/user/get', { user_id });
      expect(json).toMatchObject({ user_id, identity: { name: { given_name } } });
      expect((await post(sandbox, `${MONITOR}/get`, monitoringBody(user_id))).status).toBe(200);
    }
  });

  test('a user: created, read, updated, removed', async () => {
    const created = (await post(sandbox, '/user/create', { client_user_id: 'ines', identity }))
      .json;
    expect(created.user_id).toMatch(/^usr_[A-Za-z0-9]{14}$/);
    expect(created).not.toHaveProperty('user_token');
    const { user_id } = created;
    expect((await post(sandbox, '/user/get', { user_id })).json).toMatchObject({
      user_id,
      client_user_id: 'ines',
      identity,
    });

    sandbox.clock.advance(HOUR);
    const renamed = { ...identity, name: { given_name: 'Ines', family_name: 'Okoro' } };
    await post(sandbox, '/user/update', { user_id, identity: renamed });
    const { json } = await post(sandbox, '/user/get', { user_id });
    expect(json.identity).toEqual(renamed);
    expect(Date.parse(String(json.updated_at))).toBeGreaterThan(
      Date.parse(String(json.created_at)),
    );

    await post(sandbox, CREATE, createReportBody(String(user_id)));
    expect((await post(sandbox, '/user/remove', { user_id })).status).toBe(200);
    for (const path of ['/user/get', '/user/remove', READ]) {
      expect(await codeOf(path, { user_id })).toBe('USER_NOT_FOUND');
    }
  });

  test('the legacy form gives a user_token that names the user', async () => {
    const body = { client_user_id: 'ines', consumer_report_user_identity: legacyIdentity };
    const { json } = await post(sandbox, '/user/create', body);
    expect(json.user_token).toMatch(/^user-sandbox-[0-9a-f-]{36}$/);
    const report = { ...createReportBody(''), user_id: undefined, user_token: json.user_token };
    const created = await post(sandbox, CREATE, report);
    expect(created.status).toBe(200);
    expect(sandbox.reportsCreated(String(json.user_id))).toBe(1);
    expect((await post(sandbox, '/user/get', { user_id: json.user_id })).json).toMatchObject({
      identity: { name: identity.name, addresses: [{ city: 'Austin', primary: true }] },
    });
    expect(await codeOf(READ, { user_token: 'user-sandbox-none' })).toBe('USER_NOT_FOUND');

    const upgraded = await post(sandbox, '/user/create', { ...body, with_upgraded_user: true });
    expect(upgraded.json).not.toHaveProperty('user_token');
  });

  test('a third party reads with a token until it is revoked', async () => {
    await create();
    sandbox.clock.advance(60_000);
    const { json } = await post(sandbox, '/user/third_party_token/create', {
      user_id: USER,
      third_party_client_id: 'partner',
    });
    const third_party_user_token = json.third_party_user_token;
    const readAsThirdParty = () => post(sandbox, READ, { third_party_user_token });
    expect((await readAsThirdParty()).status).toBe(200);
    await post(sandbox, '/user/third_party_token/remove', { third_party_user_token });
    expect((await readAsThirdParty()).json.error_code).toBe('USER_NOT_FOUND');
  });

  test('another process can steer the clock, list the requests and reset', async () => {
    const control = async (path: string, body: object) =>
      (await post(sandbox, `/_sandbox/${path}`, body)).json;
    await create();
    const before = sandbox.clock.now();
    const { now } = await control('clock', { advance_ms: 2 * HOUR });
    expect(Number(now)).toBeGreaterThanOrEqual(before + 2 * HOUR);
    expect(await read()).toBeUndefined();
    await control('clock', { now: Date.UTC(2031, 0, 1) });
    expect(new Date(sandbox.clock.now()).getUTCFullYear()).toBe(2031);
    expect((await post(sandbox, '/_sandbox/clock', { hours: 2 })).status).toBe(400);

    const listed = (await (await fetch(`${sandbox.url}/_sandbox/requests`)).json()) as object[];
    expect(listed.map((request) => 'path' in request && request.path)).toEqual([CREATE, READ]);

    await control('reset', {});
    expect(sandbox.requests).toHaveLength(0);
    expect(sandbox.reportsCreated(USER)).toBe(0);
    sandbox.clock.set(Date.now());
  });

  test('a sandbox can start with other applicants', async () => {
    const other = await startSandbox({
      users: [
        {
          user_id: 'usr_own',
          given_name: 'Own',
          family_name: 'Applicant',
          archetype: 'gig_worker',
        },
      ],
    });
    expect((await post(other, '/user/get', { user_id: 'usr_own' })).status).toBe(200);
    expect((await post(other, '/user/get', { user_id: USER })).status).toBe(400);
    await other.close();
  });
});
