import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { MAX_TOKEN_AGE_MS } from '../../../nodes/PlaidCheck/webhooks/verify';
import { startSandbox, type Sandbox } from '../../../sandbox/server';
import { listenTrigger, type TriggerListener } from '../../support/workflows/listenTrigger';
import { answer, startScriptedServer } from '../../support/servers/scriptedServer';
import { READY, UPDATED } from '../../support/samples/webhookSamples';
import { createSigner, keyOf, seconds, type Signer } from '../../support/servers/webhookSigner';

const BODY = JSON.stringify(READY);

let sandbox: Sandbox;
let trigger: TriggerListener;
/** What n8n does where it saves a new execution. */
let onStart: () => Promise<void>;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  onStart = saved;
  trigger = await listenTrigger(sandbox, {}, { onStart: () => onStart() });
});
afterEach(() => trigger.close());

const sign = (body = BODY) => sandbox.signWebhook(body);
const send = async (token: string, body = BODY) => (await trigger.post(body, token)).status;

/** Something that happens when the test says so. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

const passed = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const saved = async () => {};
const notSaved = () => Promise.reject(new Error('the database is locked'));

/** From now on n8n waits for `open` where it saves a new execution, and then does what `save` does. */
function holdStart(save: () => Promise<void>) {
  const begun = gate();
  const { open, opened } = gate();
  onStart = async () => {
    begun.open();
    await opened;
    await save();
  };
  return { begun: begun.opened, open };
}

/** Sends a webhook and does not wait for the answer. */
async function sendAndHangUp(token: string, begun: Promise<void>): Promise<void> {
  const impatient = request(trigger.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'plaid-verification': token },
  });
  const gone = new Promise((resolve) => impatient.once('close', resolve));
  impatient.on('error', () => {});
  impatient.end(BODY);
  await begun;
  impatient.destroy();
  await gone;
}

test('the same signature again: 200, and no second execution', async () => {
  const token = sign();
  expect([await send(token), await send(token), await send(token)]).toEqual([200, 200, 200]);
  expect(trigger.executions).toHaveLength(1);
  expect(trigger.warnings()).toEqual([]);
});

describe('the event key of the same content with a new signature', () => {
  const keys = async () => (await trigger.items()).map(({ event_key }) => event_key);

  test('is another one when the previous webhook was acknowledged: this is a new event', async () => {
    expect([await send(sign()), await send(sign()), await send(sign())]).toEqual([200, 200, 200]);
    expect(new Set(await keys()).size).toBe(3);
  });

  test('is another one for two that come at the same time', async () => {
    expect(await Promise.all([send(sign()), send(sign())])).toEqual([200, 200]);
    expect(new Set(await keys()).size).toBe(2);
  });

  test('is the same when the one before was not answered well, as it is a repeat then', async () => {
    // The execution is started, and the answer does not arrive.
    const { begun, open } = holdStart(saved);
    await sendAndHangUp(sign(), begun);
    onStart = saved;
    expect(await send(sign())).toBe(200);
    open();
    while (trigger.executions.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    const [repeat, first] = await keys();
    expect(repeat).toBe(first);
    // It was acknowledged: what comes now is a new event.
    expect(await send(sign())).toBe(200);
    expect((await keys())[2]).not.toBe(first);
  });

  test('and what never started does not lend its key to two', async () => {
    onStart = notSaved;
    expect([await send(sign()), await send(sign())]).toEqual([500, 500]);
    onStart = saved;
    expect([await send(sign()), await send(sign())]).toEqual([200, 200]);
    expect(new Set(await keys()).size).toBe(2);
  });
});

test('a copy that waits for the key until its signature is too old is still a copy', async () => {
  const [old, fresh] = [createSigner(), createSigner()];
  const asked = gate();
  const held = gate();
  let isHeld = false;
  const plaid = await startScriptedServer();
  plaid.play((response, request, index) => {
    const { key_id } = request.json as { key_id: string };
    const isHeldBack = key_id === old.keyId && isHeld;
    if (isHeldBack) asked.open();
    const script = answer(200, keyOf(key_id === old.keyId ? old : fresh));
    void (isHeldBack ? held.opened : Promise.resolve()).then(() =>
      script(response, request, index),
    );
  });
  const other = await listenTrigger(plaid);
  const from = (signer: Signer, iat: number) => {
    const token = signer.signed(signer.header, { ...signer.claims(BODY), iat });
    return () => other.post(BODY, token);
  };
  const signedAt = seconds() - 297;
  const sendOld = from(old, signedAt);
  expect(await sendOld()).toMatchObject({ status: 200 });
  // A new key makes n8n ask for the old one again, which takes long.
  expect(await from(fresh, seconds())()).toMatchObject({ status: 200 });
  isHeld = true;
  const copy = sendOld();
  await asked.opened;
  const tooOldAt = signedAt * 1000 + MAX_TOKEN_AGE_MS;
  await new Promise((resolve) => setTimeout(resolve, tooOldAt + 50 - Date.now()));
  expect(await from(fresh, seconds())()).toMatchObject({ status: 200 });
  held.open();
  expect(await copy).toMatchObject({ status: 200 });
  expect(other.executions).toHaveLength(3);
  await Promise.all([other.close(), plaid.close()]);
});

test('twenty copies at once start one execution', async () => {
  const token = sign();
  const statuses = await Promise.all(Array.from({ length: 20 }, () => send(token)));
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(trigger.executions).toHaveLength(1);
});

test('the signature turned over, which is valid too, counts as the same', async () => {
  const token = sign();
  const [head, claims, signature = ''] = token.split('.');
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const made = Buffer.from(signature, 'base64url');
  const s = order - BigInt(`0x${made.toString('hex', 32)}`);
  made.write(s.toString(16).padStart(64, '0'), 32, 'hex');
  const turned = `${head}.${claims}.${made.toString('base64url')}`;
  expect(turned).not.toBe(token);
  expect([await send(token), await send(turned)]).toEqual([200, 200]);
  expect(trigger.executions).toHaveLength(1);

  // It is valid indeed: the first to come is accepted.
  const other = await listenTrigger(sandbox);
  expect(await other.post(BODY, turned)).toMatchObject({ status: 200 });
  expect(other.executions).toHaveLength(1);
  await other.close();
});

test('each trigger hears of a webhook that is sent to several', async () => {
  const other = await listenTrigger(sandbox);
  const token = sign();
  await Promise.all([send(token), other.post(BODY, token)]);
  expect([trigger.executions.length, other.executions.length]).toEqual([1, 1]);
  await other.close();
});

describe('a copy of what was not acknowledged starts nothing, and the same event signed anew does', () => {
  const newKeys = async () => new Set((await trigger.items()).map(({ event_key }) => event_key));

  test('n8n could not save the execution', async () => {
    const token = sign();
    onStart = notSaved;
    expect(await send(token)).toBe(500);
    onStart = saved;
    expect([await send(token), await send(token)]).toEqual([503, 503]);
    expect(trigger.executions).toEqual([]);
    expect(await send(sign())).toBe(200);
    expect(await send(token)).toBe(503);
    expect(trigger.executions).toHaveLength(1);
  });

  test('copies that come meanwhile wait, and are not answered as if it had started', async () => {
    const token = sign();
    const { begun, open } = holdStart(notSaved);
    const first = send(token);
    await begun;
    const copies = [send(token), send(token)];
    // Both have been looked at once a webhook that came after them has.
    await send('no token');
    open();
    expect(await first).toBe(500);
    expect(await Promise.all(copies)).toEqual([503, 503]);
    onStart = saved;
    expect(await send(sign())).toBe(200);
    expect(trigger.executions).toHaveLength(1);
  });

  test.each([
    ['until n8n has started it', saved],
    ['and n8n could not save it', notSaved],
  ])('the sender hangs up ten times %s', async (_, save) => {
    const token = sign();
    const { begun, open } = holdStart(save);
    await sendAndHangUp(token, begun);
    const others = Array.from({ length: 8 }, () => sendAndHangUp(token, Promise.resolve()));
    await Promise.all(others);
    expect(await send(token)).toBe(503);
    open();
    const started = save === saved ? 1 : 0;
    while (trigger.executions.length < started) await passed(10);
    await passed(50);
    expect(await send(token)).toBe(503);
    expect(trigger.executions).toHaveLength(started);
    onStart = saved;
    // Plaid's own retry is one and the same event.
    expect(await send(sign())).toBe(200);
    expect(trigger.executions).toHaveLength(started + 1);
    expect((await newKeys()).size).toBe(1);
  });

  test('the sender hangs up before the node has looked', async () => {
    const token = sign();
    for (let n = 0; n < 10; n++) {
      const socket = connect(Number(new URL(trigger.url).port), '127.0.0.1');
      socket.end(
        [
          `POST ${new URL(trigger.url).pathname} HTTP/1.1`,
          'host: localhost',
          'content-type: application/json',
          `content-length: ${BODY.length}`,
          `plaid-verification: ${token}`,
          '',
          BODY,
        ].join('\r\n'),
        () => socket.resetAndDestroy(),
      );
      await once(socket, 'close');
    }
    await passed(50);
    await send(token);
    expect(trigger.executions.length).toBeLessThanOrEqual(1);
  });
});

test('a webhook that was not chosen at first starts nothing, however often it comes', async () => {
  const deaf = await listenTrigger(sandbox, { events: ['CHECK_REPORT.CHECK_REPORT_FAILED'] });
  const token = sign();
  const sent = [await deaf.post(BODY, token), await deaf.post(BODY, token)];
  expect(sent.map(({ status }) => status)).toEqual([200, 200]);
  expect(deaf.executions).toEqual([]);
  await deaf.close();
});

test('while the editor listens for a test event: one execution, whatever came before it', async () => {
  const events = ['CHECK_REPORT.CHECK_REPORT_READY'];
  const test = await listenTrigger(sandbox, { events }, { test: true });
  const updated = JSON.stringify(UPDATED);
  expect(await test.post(BODY, 'forged')).toMatchObject({ status: 401 });
  expect(await test.post(updated, sign(updated))).toMatchObject({ status: 200 });
  expect(test.executions).toEqual([]);
  expect(await test.post(BODY, sign())).toMatchObject({ status: 200 });
  expect(await test.items()).toMatchObject([{ webhook_code: 'CHECK_REPORT_READY' }]);
  expect(await test.post(BODY, sign())).toMatchObject({ status: 404 });
  await test.close();
});
