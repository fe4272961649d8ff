import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { loadOracle } from '../../sandbox/oracle';
import { startSandbox, type Sandbox, type SentWebhook } from '../../sandbox/server';
import { isLocal } from '../../sandbox/webhooks/local';
import { post } from './client';
import { startReceiver, verified, type Receiver } from './receiver';

const BODY = {
  webhook_type: 'CHECK_REPORT',
  webhook_code: 'USER_CHECK_REPORT_READY',
  user_id: 'ü',
};

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const KEY_PATH = '/webhook_verification_key/get';

describe('webhooks', () => {
  let sandbox: Sandbox;
  const tried: SentWebhook[] = [];
  beforeAll(async () => {
    const onAttempt = (sent: SentWebhook) => void tried.push(sent);
    const webhooks = { repeatAfterMs: [10, 20, 40], onAttempt };
    sandbox = await startSandbox({ webhooks });
  });
  afterAll(() => sandbox.close());
  const receivers: Receiver[] = [];
  const listen: typeof startReceiver = async (respond) => {
    const receiver = await startReceiver(respond);
    receivers.push(receiver);
    return receiver;
  };
  afterEach(async () => {
    sandbox.reset();
    tried.length = 0;
    await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
  });

  const keyOf = async (key_id: unknown) => (await post(sandbox, KEY_PATH, { key_id })).json;
  const kidOf = (jwt: string) =>
    (JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString()) as { kid: string })
      .kid;

  test('is signed so that a receiver can verify it', async () => {
    const receiver = await listen();
    const delivery = await sandbox.sendWebhook(receiver.url, BODY);
    expect(delivery).toEqual({ delivered: true, attempts: sandbox.webhooks });
    const [hook] = receiver.received;
    if (!hook) throw new Error('nothing came');
    expect(hook).toMatchObject({ body: BODY, contentType: 'application/json' });
    const { header, iat, expiredAt } = await verified(sandbox, hook);
    expect(header).toEqual({
      alg: 'ES256',
      typ: 'JWT',
      kid: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(Number.isInteger(iat)).toBe(true);
    expect(Math.abs(Number(iat) - Date.now() / 1000)).toBeLessThan(60);
    expect(expiredAt).toBeNull();
    await expect(verified(sandbox, { ...hook, bodyText: `${hook.bodyText} ` })).rejects.toThrow();
    const other = `${sandbox.signWebhook('{}').split('.').slice(0, 2).join('.')}.${hook.verification.split('.')[2]}`;
    await expect(verified(sandbox, { ...hook, verification: other })).rejects.toThrow('signature');
  });

  test('is signed in real time, whatever the sandbox’s clock says', async () => {
    sandbox.clock.advance(365 * 24 * 60 * 60 * 1000);
    const receiver = await listen();
    await sandbox.sendWebhook(receiver.url, BODY);
    const [hook] = receiver.received;
    const { iat } = hook ? await verified(sandbox, hook) : {};
    expect(Math.abs(Number(iat) - Date.now() / 1000)).toBeLessThan(60);
    sandbox.clock.set(Date.now());
  });

  test('the JWT of any body, with a time and a key as asked', async () => {
    const bodyText = '{"a": 1}';
    const first = kidOf(sandbox.signWebhook(bodyText));
    const second = sandbox.rotateWebhookKey();
    const received = (verification: string) => ({
      bodyText,
      verification,
      body: {},
      contentType: '',
    });
    const old = await verified(
      sandbox,
      received(sandbox.signWebhook(bodyText, { keyId: first, iat: 17 })),
    );
    expect(old).toMatchObject({ header: { kid: first }, iat: 17, expiredAt: expect.any(Number) });
    const current = await verified(sandbox, received(sandbox.signWebhook(bodyText)));
    expect(current).toMatchObject({ header: { kid: second }, expiredAt: null });
    expect(kidOf(sandbox.signWebhook(bodyText, { keyId: 'nobodys' }))).toBe('nobodys');
  });

  test('keys rotate; retired ones are answered with the time they expired', async () => {
    const receiver = await listen();
    const before = sandbox.rotateWebhookKey();
    await sandbox.sendWebhook(receiver.url, BODY);
    const after = sandbox.rotateWebhookKey();
    await sandbox.sendWebhook(receiver.url, BODY);
    expect(receiver.received.map(({ verification }) => kidOf(verification))).toEqual([
      before,
      after,
    ]);
    sandbox.reset();

    const answers = [await keyOf(before), await keyOf(after)];
    expect(answers).toMatchObject([
      {
        key: {
          kid: before,
          alg: 'ES256',
          kty: 'EC',
          crv: 'P-256',
          use: 'sig',
          created_at: expect.any(Number),
          expired_at: expect.any(Number),
        },
      },
      { key: { kid: after, expired_at: null } },
    ]);
    const oracle = await loadOracle();
    for (const answer of answers) expect(oracle.checkResponse(KEY_PATH, answer)).toEqual([]);
    expect(JSON.stringify(answers)).not.toContain('"d"');
  });

  test('an unknown key id is Plaid’s error', async () => {
    const { status, json } = await post(sandbox, KEY_PATH, { key_id: 'nobodys' });
    expect([status, json.error_type, json.error_code]).toEqual([
      400,
      'INVALID_INPUT',
      'INVALID_WEBHOOK_VERIFICATION_KEY_ID',
    ]);
  });

  test('is repeated, freshly signed, until it is answered with 200', async () => {
    const receiver = await listen((count, _request, reply) => {
      reply.statusCode = count === 1 ? 500 : count === 2 ? 204 : 200;
      reply.end('some text');
    });
    const { delivered, attempts } = await sandbox.sendWebhook(receiver.url, BODY);
    expect(delivered).toBe(true);
    expect(attempts.map(({ attempt, status, againInMs }) => [attempt, status, againInMs])).toEqual([
      [1, 500, 10],
      [2, 204, 20],
      [3, 200, null],
    ]);
    expect(new Set(receiver.received.map(({ bodyText }) => bodyText)).size).toBe(1);
    expect(new Set(receiver.received.map(({ verification }) => verification)).size).toBe(3);
    for (const hook of receiver.received) await verified(sandbox, hook);
    expect(sandbox.webhooks).toEqual(attempts);
    expect(tried).toEqual(attempts);
  });

  test('an answer that is late is no answer', async () => {
    const slow = await listen((count, _request, reply) => count > 1 && void reply.end());
    // A busy machine may be late more than once.
    const repeatAfterMs = Array.from({ length: 50 }, () => 10);
    const hasty = await startSandbox({ webhooks: { timeoutMs: 200, repeatAfterMs } });
    const { delivered, attempts } = await hasty.sendWebhook(slow.url, BODY);
    expect(delivered).toBe(true);
    expect(attempts[0]).toMatchObject({ status: null, error: 'no answer within 200 ms' });
    await hasty.close();
  });

  test('an answer that never comes is late, however often memory is freed', async () => {
    const silent = await listen(() => undefined);
    const hasty = await startSandbox({ webhooks: { timeoutMs: 500, repeatAfterMs: [] } });
    const deliveries = Array.from({ length: 20 }, () => hasty.sendWebhook(silent.url, BODY));
    const freeing = setInterval(collectGarbage, 50);
    const ended = await Promise.all(deliveries).finally(() => clearInterval(freeing));
    const errors = ended.map(({ attempts }) => attempts[0]?.error);
    expect(errors).toEqual(errors.map(() => 'no answer within 500 ms'));
    await hasty.close();
  });

  test('a redirect and a closed door are no 200', async () => {
    const elsewhere = await listen();
    const moved = await listen(
      (_count, _request, reply) => void reply.writeHead(302, { location: elsewhere.url }).end(),
    );
    const closed = await startReceiver();
    await closed.close();
    const [redirected, refused] = await Promise.all(
      [moved.url, closed.url].map((url) => sandbox.sendWebhook(url, BODY)),
    );
    expect(redirected?.attempts.map(({ status }) => status)).toEqual([302, 302, 302, 302]);
    expect(elsewhere.received).toEqual([]);
    expect(refused).toMatchObject({ delivered: false });
    expect(refused?.attempts.map(({ error, againInMs }) => [error, againInMs])).toEqual(
      [10, 20, 40, null].map((again) => ['ECONNREFUSED', again]),
    );
  });

  test('leaves only for this machine and its network, unless told otherwise', async () => {
    const beyond = [
      'https://example.com/plaid',
      'https://93.184.216.34/',
      'http://[2606:4700::1111]/',
      'http://10.0.0.1.example.net/',
      'no URL',
    ];
    const deliveries = await Promise.all(beyond.map((url) => sandbox.sendWebhook(url, BODY)));
    expect(deliveries.map(({ delivered, attempts }) => [delivered, attempts.length])).toEqual(
      beyond.map(() => [false, 1]),
    );
    expect(new Set(sandbox.webhooks.map(({ error }) => error))).toEqual(
      new Set(['not sent: not a local address']),
    );
    const local = [
      'http://localhost:8',
      'http://n8n/',
      'http://host.docker.internal',
      'http://10.1.2.3',
    ];
    const near = [
      'http://172.16.0.1',
      'http://192.168.1.1:5678',
      'http://[::1]:1',
      'http://[fd00::1]',
    ];
    expect([...local, ...near].filter((url) => !isLocal(url))).toEqual([]);

    const bold = await startSandbox({ webhooks: { anywhere: true, repeatAfterMs: [] } });
    const { attempts } = await bold.sendWebhook('http://nobody.invalid/', BODY);
    expect(attempts).toMatchObject([{ error: expect.not.stringContaining('not sent') }]);
    await bold.close();
  });

  test('a burst: all arrive once, and are settled when they have', async () => {
    const receiver = await listen((count, _request, reply) => {
      reply.statusCode = count % 7 === 0 ? 503 : 200;
      reply.end();
    });
    // So many that it is no matter of luck which of them is refused.
    const repeatAfterMs = Array.from({ length: 30 }, () => 10);
    const busy = await startSandbox({ webhooks: { repeatAfterMs } });
    for (let event = 0; event < 300; event++) void busy.sendWebhook(receiver.url, { event });
    await busy.webhooksSettled();
    const arrived = busy.webhooks.filter(({ status }) => status === 200);
    const events = arrived.map(({ body }) => ('event' in body ? Number(body.event) : NaN));
    expect(events.sort((a, b) => a - b)).toEqual(Array.from({ length: 300 }, (_, event) => event));
    expect(receiver.received).toHaveLength(busy.webhooks.length);
    await busy.close();
  });

  test.each(['reset', 'close'] as const)('%s stops what is to be repeated', async (stop) => {
    const receiver = await listen((_count, _request, reply) => void reply.writeHead(500).end());
    const other = await startSandbox({ webhooks: { repeatAfterMs: [60_000] } });
    const delivery = other.sendWebhook(receiver.url, BODY);
    while (other.webhooks.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await other[stop]();
    await other.webhooksSettled();
    expect(await delivery).toMatchObject({
      delivered: false,
      attempts: [{ attempt: 1, againInMs: 60_000 }],
    });
    expect(other.webhooks).toHaveLength(stop === 'reset' ? 0 : 1);
    await other.close();
    expect(receiver.received).toHaveLength(1);
  });

  test('another process can list them', async () => {
    const receiver = await listen();
    await sandbox.sendWebhook(receiver.url, BODY);
    const listed = await (await fetch(`${sandbox.url}/_sandbox/webhooks`)).json();
    expect(listed).toEqual(sandbox.webhooks);
  });
});
