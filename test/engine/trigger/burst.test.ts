import { startSandbox, type Sandbox } from '../../../sandbox/server';
import { listenTrigger, TRIGGER, triggerNode } from '../../support/workflows/listenTrigger';
import { READY } from '../../support/samples/webhookSamples';

const BURST = 1_000;

let sandbox: Sandbox;

beforeAll(async () => {
  // No repeats; and time enough on a busy machine, as sender and receiver share one process.
  sandbox = await startSandbox({ webhooks: { repeatAfterMs: [], timeoutMs: 60_000 } });
});
afterAll(() => sandbox.close());

test('of a burst of genuine webhooks, none is lost and none comes twice', async () => {
  const trigger = await listenTrigger(sandbox);
  const users = Array.from({ length: BURST }, (_, n) => `usr_${n}`);
  const deliveries = await Promise.all(
    users.map((user_id) => sandbox.sendWebhook(trigger.url, { ...READY, user_id })),
  );
  const items = await trigger.items();
  const keyRequests = sandbox.requests.filter(({ path }) => /verification_key/.test(path));
  const delivered = deliveries.filter((one) => one.delivered && one.attempts.length === 1);
  console.log(
    `${BURST} genuine webhooks at once: ${delivered.length} accepted at the first try, ${items.length} executions, ${keyRequests.length} request for a key`,
  );
  expect(delivered.length).toBe(BURST);
  expect(items.map(({ user_id }) => user_id).sort()).toEqual(users.sort());
  expect(new Set(items.map(({ event_key }) => event_key)).size).toBe(BURST);
  expect(keyRequests).toHaveLength(1);
  expect(trigger.warnings()).toEqual([]);
  await trigger.close();
});

test('the workflow goes on with the item, and what it does is kept apart', async () => {
  const after = {
    id: 'after',
    name: 'After',
    type: 'n8n-nodes-base.set',
    typeVersion: 3.4,
    position: [200, 0] as [number, number],
    parameters: {
      mode: 'raw',
      jsonOutput: '={{ { user: $json.user_id, products: $json.body.successful_products } }}',
      options: {},
    },
  };
  const workflow = {
    nodes: [triggerNode(), after],
    connections: { [TRIGGER]: { main: [[{ node: 'After', type: 'main' as const, index: 0 }]] } },
  };
  const trigger = await listenTrigger(sandbox, {}, { workflow });
  await sandbox.sendWebhook(trigger.url, READY);
  const [run] = await Promise.all(trigger.executions);
  expect(run?.nodes.After?.[0]?.outputs[0]?.map(({ json }) => json)).toEqual([
    { user: READY.user_id, products: READY.successful_products },
  ]);
  await trigger.close();
});

test('a bad expression in the filters is answered with 503, so that Plaid sends the webhook again', async () => {
  const events = '={{ $("Nobody").item.json.events }}';
  const trigger = await listenTrigger(sandbox, { events });
  const { attempts } = await sandbox.sendWebhook(trigger.url, READY);
  expect(attempts.map(({ status }) => status)).toEqual([503]);
  expect(trigger.executions).toEqual([]);
  expect(trigger.warnings()).toEqual([
    expect.stringMatching(/^warn: Plaid Check Trigger failed to process a webhook \(\w+\)$/),
  ]);
  await trigger.close();
});
