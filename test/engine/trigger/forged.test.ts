import {
  createMaterial,
  FORGERIES,
  GENUINE,
  KEY_PATH,
  LOOKUPS,
  sendForged,
  startForgersPlaid,
  type Forged,
  type Material,
} from '../../support/forgeries';
import { leaksOf } from '../../support/process/leaks';
import { listenTrigger, type TriggerListener } from '../../support/workflows/listenTrigger';
import { CLIENT_ID, SECRET } from '../../support/workflows/runPlaidCheck';
import type { ScriptedServer } from '../../support/servers/scriptedServer';
import { READY } from '../../support/samples/webhookSamples';

const BODY = JSON.stringify({ ...READY, note: 'José' });

let material: Material;
let plaid: ScriptedServer;
let trigger: TriggerListener;

beforeAll(async () => {
  material = createMaterial(BODY);
  plaid = await startForgersPlaid(material);
  trigger = await listenTrigger({ url: plaid.url });
});
afterAll(() => Promise.all([trigger.close(), plaid.close()]));

const send = (forged: Forged) => sendForged(trigger.url, forged, material);

const LINES: Readonly<Record<number, RegExp>> = {
  401: /^warn: Plaid Check Trigger rejected a webhook: /,
  503: /^warn: Plaid Check Trigger could not verify a webhook: /,
};

describe('forged and damaged webhooks', () => {
  const seen = { refused: 0, accepted: 0 };
  const distinct = new Set<string>();
  const count = (status: number) => (seen[status < 400 ? 'accepted' : 'refused'] += 1);

  test.each(FORGERIES)('$name', async ({ forge, status }) => {
    const before = { executions: trigger.executions.length, warnings: trigger.warnings().length };
    const forged = forge(material);
    const sent = await send(forged);
    count(sent.status);
    distinct.add(JSON.stringify([forged.token, forged.headers, forged.type, String(forged.body)]));
    expect(sent.status).toBe(status);
    expect(trigger.executions).toHaveLength(before.executions);
    // One line for each the node has looked at.
    const lines = trigger.warnings().slice(before.warnings);
    expect(lines).toEqual(LINES[status] ? [expect.stringMatching(LINES[status])] : []);
  });

  test('none is accepted, and Plaid is asked for few keys', () => {
    console.log(
      `${distinct.size} forged or damaged webhooks: ${seen.refused} refused, ${seen.accepted} accepted; ${plaid.requests.length} requests for keys`,
    );
    // Two unsigned ones may coincide, as their times follow the clock.
    expect(distinct.size).toBeGreaterThanOrEqual(FORGERIES.length - 2);
    expect(distinct.size).toBeGreaterThanOrEqual(250);
    expect(seen).toEqual({ refused: FORGERIES.length, accepted: 0 });
    expect(trigger.executions).toEqual([]);
    // Once for each key, and nowhere else.
    expect(plaid.requests.filter(({ path }) => path !== KEY_PATH)).toEqual([]);
    expect(plaid.requests).toHaveLength(LOOKUPS);
  });

  test('the log says why, and nothing of what came', () => {
    const { plaid: signer, own, retired, token } = material;
    const secrets = [CLIENT_ID, SECRET, READY.user_id, READY.webhook_code, signer.keyId];
    const parts = [...token.split('.'), own.keyId, retired.keyId];
    expect(trigger.log.length).toBeGreaterThan(FORGERIES.length / 2);
    expect(leaksOf([...secrets, ...parts], trigger.log)).toEqual([]);
    expect(new Set(trigger.warnings()).size).toBeGreaterThanOrEqual(9);
  });

  test('the sender is not told why', async () => {
    const answers = await Promise.all(
      [{ token: undefined }, { token: 'x.y.z' }, { body: '{}' }].map(send),
    );
    expect(new Set(answers.map(({ text }) => text))).toEqual(
      new Set(['{"message":"Unauthorized"}']),
    );
  });
});

describe('control: genuine webhooks', () => {
  test.each(GENUINE.map(([name, make], index) => ({ name, make, index })))(
    '$name',
    async ({ make, index }) => {
      const before = trigger.executions.length;
      const genuine = make(material.plaid, { ...READY, user_id: `usr_${index}` });
      expect(await send(genuine)).toMatchObject({ status: 200 });
      expect(trigger.executions).toHaveLength(before + 1);
      expect((await trigger.items()).at(-1)?.body).toEqual(JSON.parse(genuine.body));
    },
  );

  test('the one that was forged', async () => {
    const before = trigger.executions.length;
    expect(await send({})).toMatchObject({ status: 200 });
    expect(trigger.executions).toHaveLength(before + 1);
  });

  test.each(['null', '[]', '"text"', '7', 'true', '', 'no JSON', '{"a":1', '\ufeff{}'])(
    'a body of %j is refused, though it is rightly signed',
    async (body) => {
      const before = trigger.executions.length;
      const { status } = await send({
        token: material.plaid.token(body),
        body,
        type: 'application/octet-stream',
      });
      expect(status).toBe(400);
      expect(trigger.executions).toHaveLength(before);
      expect(trigger.warnings().at(-1)).toMatch(/its body isn't a JSON object$/);
    },
  );
});
