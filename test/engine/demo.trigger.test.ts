import type { INodeParameters } from 'n8n-workflow';
import { DEMO_CREDENTIAL } from '../support/workflows/runDemo';
import { listenTrigger, type TriggerListener } from '../support/workflows/listenTrigger';

/** The demo event of the trigger: for a browser that opens the Test URL, and for nobody else. */

const listeners: TriggerListener[] = [];
afterEach(async () => {
  await Promise.all(listeners.splice(0).map((one) => one.close()));
});

async function listen(parameters: INodeParameters, { test = true, isDemo = true } = {}) {
  const listener = await listenTrigger({ url: 'https://plaid.example.com' }, parameters, {
    test,
    ...(isDemo && { credentials: { plaidCheckApi: DEMO_CREDENTIAL } }),
  });
  listeners.push(listener);
  return listener;
}

const ALL = { events: ['*'] };

test.each<[string, INodeParameters, object]>([
  [
    'a report that is ready',
    ALL,
    {
      webhook_type: 'CRA_REPORT',
      webhook_code: 'CRA_REPORT_READY',
      user_id: 'usr_demo_approved',
      report_id: expect.stringMatching(/^de30/),
    },
  ],
  [
    'the first of the chosen events that the demo has, about a chosen user',
    {
      events: ['LINK.*', 'CASH_FLOW_UPDATES.LOW_BALANCE_DETECTED'],
      filters: { userIds: 'usr_other, usr_demo_declined' },
    },
    {
      webhook_type: 'CASH_FLOW_UPDATES',
      webhook_code: 'LOW_BALANCE_DETECTED',
      user_id: 'usr_demo_declined',
    },
  ],
  [
    'a legacy report that is ready',
    { events: ['CHECK_REPORT.*'] },
    { webhook_code: 'USER_CHECK_REPORT_READY', body: { item_ids: [expect.any(String)] } },
  ],
])('%s', async (_, parameters, event) => {
  const listener = await listen(parameters);
  const response = await fetch(listener.url);
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('Demo event sent. Return to the editor.');
  const [item, ...others] = await listener.items();
  expect(others).toEqual([]);
  expect(item).toMatchObject({
    demo: true,
    event_key: expect.stringMatching(/^\d{4}-\d\d-\d\d\.[0-9a-f]{32}$/),
    environment: 'sandbox',
    ...event,
  });
});

test.each<[string, INodeParameters, RegExp]>([
  ['none of the chosen events', { events: ['LINK.*'] }, /none of the chosen Events/],
  [
    'no chosen user',
    { ...ALL, filters: { userIds: 'usr_9' } },
    /the filter User IDs names no user/,
  ],
  [
    'another environment',
    { ...ALL, filters: { environment: 'production' } },
    /the filter Environment excludes it/,
  ],
])('where the demo has %s, the page says so and nothing starts', async (_, parameters, message) => {
  const listener = await listen(parameters);
  const response = await fetch(listener.url);
  expect(await response.json()).toEqual({ message: expect.stringMatching(message) });
  expect(await listener.items()).toEqual([]);
});

test.each([
  ['at a production URL', { test: false, isDemo: true }],
  ['with a credential that has keys', { test: true, isDemo: false }],
])('%s a browser gets 405 and starts nothing', async (_, options) => {
  const listener = await listen(ALL, options);
  const response = await fetch(listener.url);
  expect(response.status).toBe(405);
  expect(await listener.items()).toEqual([]);
});

test('a webhook that somebody posts is refused, as nothing can have signed it', async () => {
  const listener = await listen(ALL, { test: false });
  const header = Buffer.from(JSON.stringify({ alg: 'ES256', kid: 'forged', typ: 'JWT' }));
  const claims = Buffer.from(JSON.stringify({ iat: Math.floor(Date.now() / 1000) }));
  const token = `${header.toString('base64url')}.${claims.toString('base64url')}.AAAA`;
  const { status } = await listener.post(JSON.stringify({ webhook_type: 'CRA_REPORT' }), token);
  expect(status).toBe(401);
  expect(await listener.items()).toEqual([]);
});
