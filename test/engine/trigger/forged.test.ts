import { createMaterial, FORGERIES, type Material } from '../../support/forgeries';
import { leaksOf } from '../../support/process/leaks';
import { listenTrigger, type TriggerListener } from '../../support/workflows/listenTrigger';
import { CLIENT_ID, SECRET } from '../../support/workflows/runPlaidCheck';
import type { ScriptedServer } from '../../support/servers/scriptedServer';
import { READY } from '../../support/samples/webhookSamples';
import { keyOf, seconds, startKeyServer } from '../../support/servers/webhookSigner';

const BODY = JSON.stringify(READY);

let material: Material;
let plaid: ScriptedServer;
let trigger: TriggerListener;

beforeAll(async () => {
  material = createMaterial(BODY);
  plaid = await startKeyServer([keyOf(material.plaid), keyOf(material.retired, 1_700_000_000)]);
  trigger = await listenTrigger({ url: plaid.url });
});
afterAll(() => Promise.all([trigger.close(), plaid.close()]));

const send = (token: string | undefined, body: string | Buffer = BODY, type?: string) =>
  trigger.post(body, token, type);

describe('forged and damaged webhooks', () => {
  const seen = { refused: 0, accepted: 0 };
  const count = (status: number) => (seen[status < 400 ? 'accepted' : 'refused'] += 1);

  test.each(FORGERIES)('$name', async ({ forge, status = 401 }) => {
    const before = { executions: trigger.executions.length, warnings: trigger.warnings().length };
    const { token, body, type } = forge(material);
    const sent = await send(token, body, type);
    count(sent.status);
    expect(sent.status).toBe(status);
    expect(trigger.executions).toHaveLength(before.executions);
    // One line for each the node has looked at.
    const lines = trigger.warnings().slice(before.warnings);
    expect(lines).toEqual(
      status === 401
        ? [expect.stringMatching(/^warn: Plaid Check Trigger rejected a webhook: /)]
        : [],
    );
  });

  test('none is accepted, and Plaid is asked for few keys', () => {
    console.log(
      `${FORGERIES.length} forged or damaged webhooks: ${seen.refused} refused, ${seen.accepted} accepted; ${plaid.requests.length} requests for keys`,
    );
    expect(FORGERIES.length).toBeGreaterThanOrEqual(40);
    expect(seen).toEqual({ refused: FORGERIES.length, accepted: 0 });
    expect(trigger.executions).toEqual([]);
    // Plaid's own, the retired one, and the three made up that could be ids.
    expect(plaid.requests).toHaveLength(5);
  });

  test('the log says why, and nothing of what came', () => {
    const { plaid: signer, own, retired, token } = material;
    const secrets = [CLIENT_ID, SECRET, READY.user_id, READY.webhook_code, signer.keyId];
    const parts = [...token.split('.'), own.keyId, retired.keyId];
    expect(trigger.log.length).toBeGreaterThan(FORGERIES.length / 2);
    expect(leaksOf([...secrets, ...parts], trigger.log)).toEqual([]);
    expect(new Set(trigger.warnings()).size).toBeGreaterThanOrEqual(9);
  });

  test('whoever sends one is not told why', async () => {
    const answers = await Promise.all([send(undefined), send('x.y.z'), send(material.token, '{}')]);
    expect(new Set(answers.map(({ text }) => text))).toEqual(
      new Set(['{"message":"Unauthorized"}']),
    );
  });
});

describe('control: genuine webhooks', () => {
  const { stringify } = JSON;
  const of = (body: string, claims: object = {}, header: object = {}) => {
    const { plaid: signer } = material;
    return signer.signed({ ...signer.header, ...header }, { ...signer.claims(body), ...claims });
  };
  const another = (n: number) => stringify({ ...READY, user_id: `usr_${n}` });

  test.each<[string, () => { body: string | Buffer; token: string; type?: string }]>([
    ['the one that was forged', () => ({ body: BODY, token: material.token })],
    [
      'nearly 5 minutes old',
      () => ({ body: another(1), token: of(another(1), { iat: seconds() - 290 }) }),
    ],
    [
      'by a clock that is ahead',
      () => ({ body: another(2), token: of(another(2), { iat: seconds() + 25 }) }),
    ],
    ['as text', () => ({ body: another(3), token: of(another(3)), type: 'text/plain' })],
    [
      'of no known type',
      () => ({ body: another(4), token: of(another(4)), type: 'application/octet-stream' }),
    ],
    [
      'as a form',
      () => ({
        body: another(5),
        token: of(another(5)),
        type: 'application/x-www-form-urlencoded',
      }),
    ],
    [
      'without a type in its header',
      () => ({ body: another(6), token: of(another(6), {}, { typ: undefined }) }),
    ],
    [
      'with more claims',
      () => ({ body: another(7), token: of(another(7), { aud: ['n8n', { a: 1 }] }) }),
    ],
    ['laid out', () => ({ body: stringify(READY, null, 2), token: of(stringify(READY, null, 2)) })],
    ['in other letters', () => ({ body: another(8) + ' \n', token: of(another(8) + ' \n') })],
  ])('%s', async (_name, make) => {
    const before = trigger.executions.length;
    const { body, token, type } = make();
    expect(await send(token, body, type)).toMatchObject({ status: 200 });
    expect(trigger.executions).toHaveLength(before + 1);
    expect((await trigger.items()).at(-1)?.body).toEqual(JSON.parse(String(body)));
  });

  test.each(['null', '[]', '"text"', '7', 'true', '', 'no JSON', '{"a":1', '\ufeff{}'])(
    'a body of %j is refused, though it is rightly signed',
    async (body) => {
      const before = trigger.executions.length;
      const { status } = await send(of(body), body, 'application/octet-stream');
      expect(status).toBe(400);
      expect(trigger.executions).toHaveLength(before);
      expect(trigger.warnings().at(-1)).toMatch(/its body isn't a JSON object$/);
    },
  );
});
