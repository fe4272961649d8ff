import {
  startScriptedServer,
  answer,
  type ScriptedServer,
} from '../support/servers/scriptedServer';
import { factsOf } from '../support/faults/failures';
import { goOn } from '../support/workflows/reportRuns';
import type { Wanted } from '../support/workflows/fillIn';
import {
  byFields,
  byJson,
  CREATE,
  credentialFor,
  runPlaidCheck,
  type Operation,
} from '../support/workflows/runPlaidCheck';

/**
 * Where webhooks may go: https only, as Plaid requires; to a stand-in for Plaid on this machine also plain http on this
 * machine, which is the only address of an n8n that is tried there.
 */

let server: ScriptedServer;

beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());
beforeEach(() => server.play(answer(200, { request_id: 'r1' })));

const FIRE: Operation = {
  resource: 'sandbox',
  operation: 'fireWebhook',
  path: '/sandbox/user/fire_webhook',
};
const SUBSCRIBE: Operation = {
  resource: 'monitoring',
  operation: 'subscribe',
  path: '/cra/monitoring_insights/subscribe',
};
const PUBLIC_TOKEN: Operation = {
  resource: 'sandbox',
  operation: 'createPublicToken',
  path: '/sandbox/public_token/create',
};

const fire = (webhook: string): Wanted => ({
  user_id: 'usr_1',
  webhook_type: 'CHECK_REPORT',
  webhook_code: 'USER_CHECK_REPORT_READY',
  webhook,
});

const HERE = 'http://127.0.0.1:5678/webhook-test/7/webhook';

test.each<[string, Operation, Wanted]>([
  ['Fire Webhook', FIRE, fire(HERE)],
  ['Monitoring: Subscribe', SUBSCRIBE, { user_id: 'usr_1', webhook: HERE }],
  [
    'Check Report: Create',
    CREATE,
    {
      user_id: 'usr_1',
      webhook: HERE,
      days_requested: 365,
      consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
    },
  ],
  [
    'a field in a group, Create Public Token',
    PUBLIC_TOKEN,
    {
      user_id: 'usr_1',
      institution_id: 'ins_109508',
      initial_products: ['cra_base_report'],
      options: { webhook: HERE },
    },
  ],
])('%s sends an address of this machine as it is, by fields and as JSON', async (_, op, body) => {
  for (const parameters of [byFields(op, body), byJson(op, JSON.stringify(body))]) {
    const { json, status } = await runPlaidCheck(server, parameters);
    expect([status, json]).toEqual(['success', [{ request_id: 'r1', user_id: 'usr_1' }]]);
  }
  expect(server.requests.map(({ json }) => json)).toEqual([body, body]);
});

test('the report that an option creates may have such a webhook, too', async () => {
  const expired = {
    error_type: 'CHECK_REPORT_ERROR',
    error_code: 'CONSUMER_REPORT_EXPIRED',
    error_message: 'The report has expired',
  };
  server.play((response, request, index) =>
    (index === 0 ? answer(400, expired) : answer(200, { request_id: 'r1' }))(
      response,
      request,
      index,
    ),
  );
  await runPlaidCheck(server, {
    ...byFields(
      {
        resource: 'checkReport',
        operation: 'getBaseReport',
        path: '/cra/check_report/base_report/get',
      },
      { user_id: 'usr_1' },
    ),
    options: {
      createIfExpired: {
        values: {
          webhook: HERE,
          days_requested: 365,
          consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
        },
      },
    },
  });
  expect(server.requests.map(({ path }) => path)).toContain('/cra/check_report/create');
  const created = server.requests.find(({ path }) => path === '/cra/check_report/create');
  expect(created?.json).toMatchObject({ webhook: HERE });
});

test.each([
  'http://localhost:5678/hook',
  'http://LOCALHOST/hook',
  'HTTP://127.0.0.1',
  'http://127.8.9.10:1/hook?x=1',
  'http://[::1]:5678/hook',
  'http://[0:0:0:0:0:0:0:1]/hook',
])('%s is this machine', async (webhook) => {
  await runPlaidCheck(server, byFields(FIRE, fire(webhook)));
  expect(server.requests.map(({ json }) => json)).toEqual([fire(webhook)]);
});

test.each([
  'http://example.com/hook',
  'http://localhost.evil.com/hook',
  'http://127.0.0.1.evil.com/hook',
  'http://evil.com/localhost',
  'http://evil.com#localhost',
  'http://localhost@evil.com/hook',
  'http://evil.com:80@localhost/hook',
  'http://evil.com\\@localhost/hook',
  'http:\\\\localhost/hook',
  'http:/localhost/hook',
  'http:localhost',
  'http://',
  'http://192.168.0.2/hook',
  'http://10.0.0.1/hook',
  'http://0.0.0.0/hook',
  'http://[::2]/hook',
  'ftp://localhost/hook',
  'ws://localhost/hook',
  'localhost:5678/hook',
])('%s is not: nothing is sent', async (webhook) => {
  const run = await runPlaidCheck(server, byFields(FIRE, fire(webhook)), [{}], goOn);
  expect(factsOf(run)).toMatchObject({ kind: 'invalid_request' });
  expect(JSON.stringify(run.json)).toContain('must be an https URL');
  expect(server.requests).toEqual([]);
});

test.each([
  ["Plaid's Sandbox", { environment: 'sandbox', clientId: 'c', secret: 's' }],
  ["Plaid's Production", { environment: 'production', clientId: 'c', secret: 's' }],
  ['a gateway elsewhere', credentialFor({ url: 'https://localhost.example.com' })],
])('%s takes https only', async (_, plaidCheckApi) => {
  const run = await runPlaidCheck(server, byFields(FIRE, fire(HERE)), [{}], goOn, {
    credentials: { plaidCheckApi },
  });
  expect(factsOf(run)).toMatchObject({ kind: 'invalid_request' });
  expect(JSON.stringify(run.json)).toContain('must be an https URL');
});
