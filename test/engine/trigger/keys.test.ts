import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { LOOKUP_BURST, LOOKUP_INTERVAL_MS } from '../../../nodes/PlaidCheck/webhooks/keyRateLimit';
import { startSandbox, type Sandbox } from '../../../sandbox/server';
import { plaidError } from '../../support/faults/failures';
import { leaksOf } from '../../support/process/leaks';
import {
  listenTrigger,
  triggerNode,
  type TriggerListener,
} from '../../support/workflows/listenTrigger';
import {
  answer,
  answerText,
  cutHalfway,
  drip,
  hang,
  reset,
  startScriptedServer,
  type Script,
  type ScriptedServer,
} from '../../support/servers/scriptedServer';
import { READY } from '../../support/samples/webhookSamples';
import { createSigner, keyOf, startKeyServer } from '../../support/servers/webhookSigner';

const body = (n: number) => JSON.stringify({ ...READY, user_id: `usr_${n}` });

let sandbox: Sandbox;
let trigger: TriggerListener;

beforeEach(async () => {
  sandbox = await startSandbox();
  trigger = await listenTrigger(sandbox);
});
afterEach(() => Promise.all([trigger.close(), sandbox.close()]));

/** Sends a webhook signed by the sandbox. Its status. */
async function send(n: number, options: { keyId?: string } = {}): Promise<number> {
  const { status } = await trigger.post(body(n), sandbox.signWebhook(body(n), options));
  return status;
}

/** As Plaid does: sends again until it is answered with 200. The statuses before that. */
async function untilAccepted(sendOnce: () => Promise<number>): Promise<number[]> {
  const statuses: number[] = [];
  for (;;) {
    const status = await sendOnce();
    if (status === 200) return statuses;
    statuses.push(status);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const keyRequests = () =>
  sandbox.requests.filter(({ path }) => path === '/webhook_verification_key/get');

test('a key is fetched once, with the credential, however many webhooks come at the same time', async () => {
  const statuses = await Promise.all(Array.from({ length: 50 }, (_, n) => send(n)));
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(trigger.executions).toHaveLength(50);
  expect(keyRequests()).toHaveLength(1);
  expect(keyRequests()[0]).toMatchObject({
    status: 200,
    headers: { 'plaid-client-id': sandbox.clientId, 'plaid-secret': sandbox.secret },
  });
  await send(51);
  expect(keyRequests()).toHaveLength(1);
});

test('two triggers with the same account share what they know, those of other accounts do not', async () => {
  await send(1);
  const same = await listenTrigger(sandbox);
  const { status } = await same.post(body(1), sandbox.signWebhook(body(1)));
  expect(status).toBe(200);
  expect(keyRequests()).toHaveLength(1);
  await same.close();

  const stranger = await listenTrigger({ url: sandbox.url, clientId: 'x', secret: 'y' });
  const refused = await stranger.post(body(1), sandbox.signWebhook(body(1)));
  expect(refused.status).toBe(503);
  expect(keyRequests()).toHaveLength(2);
  await stranger.close();
});

test("Plaid's keys change: the new one is believed at once, the retired one no more", async () => {
  await send(1);
  const retired = sandbox.signWebhook(body(2));
  sandbox.rotateWebhookKey();
  expect(await send(3)).toBe(200);
  expect(await trigger.post(body(2), retired)).toMatchObject({ status: 401 });
  expect(trigger.warnings()).toEqual([expect.stringContaining('Plaid has retired its key')]);
  expect(trigger.executions).toHaveLength(2);
  expect(keyRequests()).toHaveLength(3);
  // What is known of both is remembered.
  await trigger.post(body(2), retired);
  expect(await send(4)).toBe(200);
  expect(keyRequests()).toHaveLength(3);
});

test('a flood of made-up keys asks Plaid no more often than the budget allows, and locks nobody out', async () => {
  expect(await send(0)).toBe(200);
  const before = keyRequests().length;
  const forger = createSigner();
  const flood = 1_000;
  const started = Date.now();
  const statuses: Record<number, number> = {};
  for (let sent = 0; sent < flood; sent += 50) {
    const batch = Array.from({ length: 50 }, async (_, index) => {
      const made = { ...forger.header, kid: `made-up-${sent + index}` };
      const token = forger.signed(made, forger.claims(body(0)));
      const { status } = await trigger.post(body(0), token);
      statuses[status] = (statuses[status] ?? 0) + 1;
    });
    // Genuine ones with the known key come through all the while.
    await Promise.all([...batch, send(sent + 1).then((status) => expect(status).toBe(200))]);
  }
  const allowed = LOOKUP_BURST + Math.ceil((Date.now() - started) / LOOKUP_INTERVAL_MS);
  const asked = keyRequests().length - before;
  console.log(
    `${flood} webhooks with made-up keys: ${asked} requests to Plaid, at most ${allowed} allowed; answered ${JSON.stringify(statuses)}`,
  );
  expect(asked).toBeGreaterThan(0);
  expect(asked).toBeLessThanOrEqual(allowed);
  // What could not be asked about is to be sent again: it could have been a new key of Plaid's.
  expect(statuses).toEqual({ 401: asked, 503: flood - asked });
  expect(trigger.executions).toHaveLength(1 + flood / 50);

  // A genuine new key in the middle of it is put off at the worst, and accepted when Plaid repeats the webhook.
  sandbox.rotateWebhookKey();
  const repeats = await untilAccepted(() => send(-1));
  expect(repeats.filter((status) => status !== 503)).toEqual([]);
  expect(trigger.executions).toHaveLength(2 + flood / 50);
});

describe('Plaid can not be asked', () => {
  let plaid: ScriptedServer;
  let other: ScriptedServer;
  const signer = createSigner();
  const token = (n: number) => signer.token(body(n));

  beforeEach(async () => {
    [plaid, other] = await Promise.all([startScriptedServer(), startScriptedServer()]);
    await trigger.close();
    trigger = await listenTrigger(plaid);
  });
  afterEach(() => Promise.all([plaid.close(), other.close()]));

  const toElsewhere: Script = (...args) =>
    answerText(307, 'text/plain', '', { location: `${other.url}/taken` })(...args);
  const jwk = keyOf(signer);
  const apiError = plaidError('API_ERROR', 'INTERNAL_SERVER_ERROR', 'oh');
  const tooMany = plaidError('RATE_LIMIT_EXCEEDED', 'RATE_LIMIT', 'slow');

  test.each<[string, Script]>([
    ['it fails', answer(500, apiError)],
    ['it is overloaded', answer(503, {})],
    ['it has had too many requests', answer(429, tooMany)],
    ['it closes the connection', reset],
    ['it breaks off', cutHalfway],
    ['it says nothing', hang],
    ['its answer never ends', drip],
    ['it sends on to another address', toElsewhere],
    ['a web page answers', answerText(200, 'text/html', '<html>')],
    ['nothing answers', answerText(204, 'text/html', '')],
    ['it is not there', answer(404, {})],
    ['its key is no ES256 key', answer(200, { ...jwk, key: { ...jwk.key, crv: 'P-384' } })],
  ])(
    '%s: 503, and accepted when it is sent again',
    async (_name, script) => {
      plaid.play(script);
      const first = token(1);
      expect(await trigger.post(body(1), first)).toMatchObject({ status: 503 });
      expect(trigger.executions).toEqual([]);
      expect(trigger.warnings()).toEqual([
        expect.stringMatching(/^warn: Plaid Check Trigger could not verify a webhook: /),
      ]);
      expect(leaksOf(['usr_1', signer.keyId, ...first.split('.')], trigger.log)).toEqual([]);
      expect(other.requests).toEqual([]);

      plaid.play(answer(200, jwk));
      await untilAccepted(async () => (await trigger.post(body(1), token(1))).status);
      expect(trigger.executions).toHaveLength(1);
      // Plaid was given a rest in between, though webhooks kept coming.
      expect(plaid.requests).toHaveLength(1);
    },
    20_000,
  );

  test('the address does not exist', async () => {
    const gone = await listenTrigger({ url: 'https://nowhere.invalid' });
    expect(await gone.post(body(1), token(1))).toMatchObject({ status: 503 });
    expect(gone.warnings()).toEqual([expect.stringContaining('nowhere.invalid')]);
    await gone.close();
  });
});

describe('the credential is not right', () => {
  const SECRET = 'zq7secret8b2f6key3y';
  const CLIENT = 'zq7client0d1e5id9x';
  const settings = { clientId: CLIENT, secret: SECRET };
  const custom = { environment: 'custom', ...settings };

  test.each<[string, ICredentialDataDecryptedObject | undefined, RegExp]>([
    ['its keys are refused', undefined, /rejected the Plaid Check credential \(INVALID_API_KEYS\)/],
    [
      'its address is none',
      { ...custom, customBaseUrl: 'nonsense' },
      /credential.*not a valid URL/,
    ],
    [
      'its secret is empty',
      { ...custom, customBaseUrl: 'https://plaid.example.com', secret: '' },
      /secret.*is empty/,
    ],
    ['its environment is gone', { ...settings, environment: 'development' }, /has no environment/],
  ])('%s: 503 and a line in the log that names it', async (_name, data, line) => {
    const own = await listenTrigger(
      { url: sandbox.url, ...settings },
      {},
      {
        ...(data && { credentials: { plaidCheckApi: data } }),
      },
    );
    expect(await own.post(body(1), sandbox.signWebhook(body(1)))).toMatchObject({ status: 503 });
    expect(own.executions).toEqual([]);
    expect(own.warnings()).toEqual([expect.stringMatching(line)]);
    expect(leaksOf([SECRET, CLIENT], own.log)).toEqual([]);
    await own.close();
  });

  test('there is none', async () => {
    const nodes = [{ ...triggerNode(), credentials: {} }];
    const own = await listenTrigger(sandbox, {}, { workflow: { nodes, connections: {} } });
    expect(await own.post(body(1), sandbox.signWebhook(body(1)))).toMatchObject({ status: 503 });
    expect(own.warnings()).toEqual([expect.stringMatching(/credential/)]);
    await own.close();
  });
});

test('a credential with a stale secret does not stand in the way of one with the right secret', async () => {
  const stale = await listenTrigger({ ...sandbox, secret: 'stale' });
  const token = sandbox.signWebhook(body(1));
  expect(await stale.post(body(1), token)).toMatchObject({ status: 503 });
  expect(await trigger.post(body(1), token)).toMatchObject({ status: 200 });
  await stale.close();
});

test('a retired key that was never used here is refused too', async () => {
  const signer = createSigner();
  const plaid = await startKeyServer([keyOf(signer, 1_700_000_000)]);
  const own = await listenTrigger(plaid);
  expect(await own.post(body(1), signer.token(body(1)))).toMatchObject({ status: 401 });
  await Promise.all([own.close(), plaid.close()]);
});

test('a burst of webhooks with six keys in turns saves nothing in the workflow', async () => {
  const signers = Array.from({ length: 6 }, () => createSigner());
  const plaid = await startKeyServer(signers.map((signer) => keyOf(signer)));
  const staticData = {};
  const own = await listenTrigger(plaid, {}, { staticData });
  try {
    const burst = Array.from({ length: 10 }, () => signers).flat();
    const answers = await Promise.all(
      burst.map((signer, n) => own.post(body(n), signer.token(body(n)))),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(own.executions).toHaveLength(burst.length);
    const asked = plaid.requests.map(({ json }) => (json as { key_id: string }).key_id);
    expect(new Set(asked)).toEqual(new Set(signers.map(({ keyId }) => keyId)));
    // n8n would write it to its database with each webhook that changes it.
    expect(staticData).toEqual({});
  } finally {
    await Promise.all([own.close(), plaid.close()]);
  }
});
