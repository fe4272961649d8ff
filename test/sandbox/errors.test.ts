import { connect } from 'node:net';
import { SANDBOX_SECRET, startSandbox, type Sandbox } from '../../sandbox/server';
import { createReportBody, monitoringBody, post, type Reply } from './client';

const USER = 'usr_demo_mei_lin';
const CREATE = '/cra/check_report/create';

describe('refusals', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());

  const expectError = (reply: Reply, status: number, type: string, code: string) => {
    expect(reply.status).toBe(status);
    expect(reply.json).toEqual({
      error_type: type,
      error_code: code,
      error_message: expect.stringMatching(/./),
      display_message: null,
      documentation_url: expect.stringMatching(/^https:\/\/plaid\.com\/docs\//),
      suggested_action: null,
      request_id: expect.stringMatching(/^[A-Za-z0-9]{15}$/),
    });
    expect(reply.text).not.toContain(SANDBOX_SECRET);
  };

  test.each([
    ['a wrong secret', { 'plaid-secret': 'wrong' }, 'INVALID_INPUT', 'INVALID_API_KEYS'],
    ['a wrong client id', { 'plaid-client-id': 'wrong' }, 'INVALID_INPUT', 'INVALID_API_KEYS'],
    ['no secret', { 'plaid-secret': undefined }, 'INVALID_REQUEST', 'MISSING_FIELDS'],
    ['another content type', { 'content-type': 'text/plain' }, 'INVALID_REQUEST', 'INVALID_BODY'],
  ])('%s', async (_what, headers, type, code) => {
    const reply = await post(sandbox, '/user/get', { user_id: USER }, headers);
    expectError(reply, 400, type, code);
  });

  test('absent keys are named', async () => {
    const none = { 'plaid-secret': undefined, 'plaid-client-id': undefined };
    const { json } = await post(sandbox, '/user/get', { user_id: USER }, none);
    expect(json.error_message).toBe('the following required fields are missing: client_id, secret');
  });

  test.each([
    ['cut-off JSON', '{"user_id": ', 'INVALID_BODY'],
    ['an empty body', '', 'INVALID_BODY'],
    ['a list', [], 'INVALID_BODY'],
    ['an unknown field', { user_id: USER, shoe_size: 43 }, 'UNKNOWN_FIELDS'],
    ['a missing field', {}, 'MISSING_FIELDS'],
    ['a field of a wrong type', { user_id: 4711 }, 'INVALID_FIELD'],
  ])('%s', async (_what, body, code) => {
    expectError(await post(sandbox, '/user/get', body), 400, 'INVALID_REQUEST', code);
  });

  test.each([
    ['an unknown path', '/cra/check_report/burn', 404, 'INVALID_REQUEST', 'NOT_FOUND'],
    ['the root', '/', 404, 'INVALID_REQUEST', 'NOT_FOUND'],
  ])('%s', async (_what, path, status, type, code) => {
    expectError(await post(sandbox, path, {}), status, type, code);
  });

  test('GET on an endpoint', async () => {
    const response = await fetch(`${sandbox.url}/user/get`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error_code: 'NOT_FOUND' });
  });

  test.each(['/user/get', '/user/remove', '/cra/check_report/base_report/get'])(
    'an unknown user on %s',
    async (path) => {
      const reply = await post(sandbox, path, { user_id: 'usr_nobody' });
      expectError(reply, 400, 'USER_ERROR', 'USER_NOT_FOUND');
    },
  );

  test('a body beyond all measure', async () => {
    const reply = await post(sandbox, '/user/get', { user_id: 'x'.repeat(11 * 1024 * 1024) });
    expectError(reply, 400, 'INVALID_REQUEST', 'INVALID_BODY');
  });

  test('no report yet', async () => {
    const reply = await post(sandbox, '/cra/check_report/pdf/get', { user_id: USER });
    expectError(reply, 400, 'CONSUMER_REPORT_ERROR', 'CONSUMER_REPORT_NOT_FOUND');
  });

  test('the keys may stand in the body, and are never answered or listed', async () => {
    const none = { 'plaid-secret': undefined, 'plaid-client-id': undefined };
    const body = { user_id: USER, client_id: sandbox.clientId, secret: sandbox.secret };
    const reply = await post(sandbox, '/user/get', body, none);
    expect(reply.status).toBe(200);
    expect(reply.text).not.toContain(sandbox.secret);
    const wrong = await post(sandbox, '/user/get', { ...body, secret: 'not-this-one' }, none);
    expectError(wrong, 400, 'INVALID_INPUT', 'INVALID_API_KEYS');

    const listed = await (await fetch(`${sandbox.url}/_sandbox/requests`)).text();
    expect(listed).toContain('/user/get');
    expect(listed).not.toContain(sandbox.secret);
    expect(listed).not.toContain('not-this-one');
  });

  test('every request has an id of its own, and is recorded with it', async () => {
    sandbox.clearRequests();
    const replies = [
      await post(sandbox, CREATE, createReportBody(USER)),
      await post(sandbox, CREATE, createReportBody(USER, { days_requested: 'many' })),
      await post(sandbox, '/cra/monitoring_insights/get', monitoringBody(USER), {
        'plaid-secret': 'x',
      }),
    ];
    const ids = replies.map(({ json }) => json.request_id);
    expect(new Set(ids).size).toBe(3);
    expect(sandbox.requests.map(({ requestId }) => requestId)).toEqual(ids);
    expect(sandbox.requests.map(({ status }) => status)).toEqual([200, 400, 400]);
    expect(sandbox.requests[0]).toMatchObject({
      method: 'POST',
      path: CREATE,
      json: createReportBody(USER),
      bodyText: JSON.stringify(createReportBody(USER)),
      headers: { 'plaid-client-id': sandbox.clientId, 'plaid-secret': sandbox.secret },
    });
  });

  test('other keys and only those, where a sandbox is told so', async () => {
    const other = await startSandbox({ clientId: 'my-client', secret: 'my-secret' });
    const own = { 'plaid-client-id': 'my-client', 'plaid-secret': 'my-secret' };
    expect((await post(other, '/user/get', { user_id: USER }, own)).status).toBe(200);
    expect((await post(other, '/user/get', { user_id: USER })).status).toBe(400);
    await other.close();
  });

  test('close drops a connection that waits', async () => {
    const other = await startSandbox();
    const socket = connect(Number(new URL(other.url).port), '127.0.0.1');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.on('error', () => undefined);
    socket.write('POST /user/get HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
    await other.close();
    await closed;
    await expect(fetch(other.url)).rejects.toThrow();
  });
});
