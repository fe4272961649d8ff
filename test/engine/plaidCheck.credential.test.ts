import { AMARA, report } from '../support/samples/applications';
import { factsOf } from '../support/faults/failures';
import { byFields, CREATE, runPlaidCheck } from '../support/workflows/runPlaidCheck';
import {
  answer,
  startScriptedServer,
  type ScriptedServer,
} from '../support/servers/scriptedServer';

/** A credential whose fields hold expressions, as a service for several tenants may have. */

let plaid: ScriptedServer;
let other: ScriptedServer;

beforeAll(async () => {
  [plaid, other] = await Promise.all([startScriptedServer(), startScriptedServer()]);
});
afterAll(async () => {
  await Promise.all([plaid.close(), other.close()]);
});
beforeEach(() => {
  for (const server of [plaid, other]) server.play(answer(200, { request_id: 'r' }));
});

const parameters = byFields(CREATE, { ...report(), user_id: AMARA });
const goOn = { onError: 'continueRegularOutput' } as const;
const secrets = (server: ScriptedServer) =>
  server.requests.map(({ headers }) => headers['plaid-secret']);
const tenants = (...names: string[]) => names.map((tenant) => ({ tenant, url: plaid.url }));

const perItem = () => ({ url: plaid.url, secret: '={{ $json.tenant }}' });

describe('values that differ from item to item', () => {
  test('are refused before anything is sent, and not repeated', async () => {
    const { error } = await runPlaidCheck(perItem(), parameters, tenants('secret-a', 'secret-b'));
    expect(error?.message).toMatch(/different values for different items/);
    expect(`${error?.message} ${error?.description}`).not.toMatch(/secret-[ab]/);
    expect(plaid.requests).toEqual([]);
  });

  test('fail every item where the node goes on, as no item is sent with the keys of another', async () => {
    const items = tenants('secret-a', 'secret-a', 'secret-b');
    const run = await runPlaidCheck(perItem(), parameters, items, goOn);
    expect(run.json).toHaveLength(3);
    for (const item of [0, 1, 2]) {
      expect(factsOf(run, item)).toMatchObject({ kind: 'not_sent', may_have_succeeded: false });
    }
    expect(JSON.stringify(run.json)).not.toMatch(/secret-[ab]/);
    expect(plaid.requests).toEqual([]);
  });

  test('are found at the last of many items', async () => {
    const items = tenants(...Array.from({ length: 50 }, () => 'secret-a'), 'secret-b');
    const { error } = await runPlaidCheck(perItem(), parameters, items);
    expect(error?.message).toMatch(/different values for different items/);
    expect(plaid.requests).toEqual([]);
  });

  test('are refused for the address too', async () => {
    const items = [{ url: plaid.url }, { url: other.url }];
    const { error } = await runPlaidCheck({ url: '={{ $json.url }}' }, parameters, items);
    expect(error?.message).toMatch(/different values for different items/);
    expect([...plaid.requests, ...other.requests]).toEqual([]);
  });
});

test.each([
  '={{ $itemIndex === 37 ? "secret-b" : "secret-a" }}',
  '={{ $thisItem?.json.other ?? "secret-a" }}',
  '={{ $json.other || "secret-a" }}',
  '={{ $input.all()[$itemIndex]?.json.other ?? "secret-a" }}',
])('values that differ at one item of many are refused: %s', async (secret) => {
  const items = Array.from({ length: 50 }, (_, item) => (item === 37 ? { other: 'secret-b' } : {}));
  const { error } = await runPlaidCheck({ url: plaid.url, secret }, parameters, items);
  expect(error?.message).toMatch(/different values for different items/);
  expect(plaid.requests).toEqual([]);
});

test('a credential without expressions is read as often for many items as for two', async () => {
  const readsFor = async (items: number) => {
    let reads = 0;
    const account = { url: plaid.url, secret: 'secret-of-all' };
    const onCredentialRead = async () => void reads++;
    const input = tenants(...Array.from({ length: items }, () => 'one'));
    const { json } = await runPlaidCheck(account, parameters, input, {}, { onCredentialRead });
    expect(json).toHaveLength(items);
    return reads;
  };
  expect(await readsFor(50)).toBe(await readsFor(2));
});

test('values that are the same for all items are used', async () => {
  const { json } = await runPlaidCheck(perItem(), parameters, tenants('secret-a', 'secret-a'));
  expect(json).toHaveLength(2);
  expect(secrets(plaid)).toEqual(['secret-a', 'secret-a']);
});

test('one item is sent with its own value', async () => {
  await runPlaidCheck(perItem(), parameters, tenants('secret-b'));
  expect(secrets(plaid)).toEqual(['secret-b']);
});
