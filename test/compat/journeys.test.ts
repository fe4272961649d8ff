import { runWithWait } from '../../engine/index';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { AMARA, ENDPOINTS, monitoring, report } from '../support/samples/applications';
import { listenTrigger, post } from '../support/workflows/listenTrigger';
import { PLAID_CHECK, plaidCheckWorkflow } from '../support/workflows/plaidCheckWorkflow';
import { BASE_REPORT } from '../support/workflows/reportRuns';
import {
  byFields,
  byJson,
  CREATE,
  credentialFor,
  MONITORING,
  runPlaidCheck,
  withOptions,
  type Operation,
} from '../support/workflows/runPlaidCheck';
import { hang, startScriptedServer } from '../support/servers/scriptedServer';

/** What people do with the nodes, once each, in any release of n8n. */

let sandbox: Sandbox;
/** Its reports are not ready in time, so that only the test sends webhooks. */
let slow: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 200, webhooks: { repeatAfterMs: [] } });
  slow = await startSandbox({ readyAfterMs: 3_600_000, webhooks: { repeatAfterMs: [] } });
});
afterAll(() => Promise.all([sandbox.close(), slow.close()]));
beforeEach(() => {
  sandbox.reset();
  slow.reset();
});

const sent = (path: string, to = sandbox) => to.requests.filter((request) => request.path === path);

describe.each(ENDPOINTS)('$resource: $operation', ({ body, ...endpoint }) => {
  test.each([
    ['by fields', byFields(endpoint, body())],
    ['by JSON', byJson(endpoint, JSON.stringify(body()))],
  ])('%s: what is filled in is what arrives', async (_, parameters) => {
    const { status } = await runPlaidCheck(sandbox, parameters, [{}], {
      onError: 'continueRegularOutput',
    });
    expect(status).toBe('success');
    expect(sent(endpoint.path)).toMatchObject([
      {
        json: body(),
        headers: { 'plaid-client-id': sandbox.clientId, 'plaid-secret': sandbox.secret },
      },
    ]);
  });
});

test('a report is created, waited for and read', async () => {
  const poll = { waitUntilReady: { values: { maxWait: 30, pollInterval: 1 } } };
  await runPlaidCheck(sandbox, byFields(CREATE, report()));
  const read = withOptions(byFields(BASE_REPORT, { user_id: AMARA }), poll);
  const { json } = await runPlaidCheck(sandbox, read);
  expect(json).toEqual([expect.objectContaining({ request_id: expect.any(String) })]);
  expect(sent(CREATE.path)).toHaveLength(1);
});

describe("Pause Until Plaid's Webhook", () => {
  const pause = { waitUntilReady: { values: { waitMode: 'webhook', maxWait: 300 } } };
  const paused = () =>
    runWithWait({
      workflow: plaidCheckWorkflow(withOptions(byFields(CREATE, report()), pause), [{}]),
      credentials: { plaidCheckApi: credentialFor(slow) },
    });

  test('the webhook goes on with the execution, once', async () => {
    const run = await paused();
    expect(run.first.status).toBe('waiting');
    const { webhook } = sent(CREATE.path, slow)[0]?.json as { webhook: string };
    const ready = {
      webhook_type: 'CHECK_REPORT',
      webhook_code: 'USER_CHECK_REPORT_READY',
      user_id: AMARA,
    };
    const text = JSON.stringify(ready);
    const send = () =>
      post(webhook, text, {
        'content-type': 'application/json',
        'plaid-verification': slow.signWebhook(text),
      });
    expect((await send()).status).toBe(200);
    const result = await run.resumed;
    expect(result?.status).toBe('success');
    const [item] = result?.nodes[PLAID_CHECK]?.[0]?.outputs[0] ?? [];
    expect(item?.json).toMatchObject({ ...ready, report_status: 'ready' });
    expect((await send()).status).toBe(409);
    expect(sent(CREATE.path, slow)).toHaveLength(1);
    await run.close();
  });

  test('without a webhook the report is said to be created', async () => {
    const run = await paused();
    const { error, nodes } = await run.passDeadline();
    // n8n before 2.27 can't fail an execution that resumes, so there it is an item.
    const [item] = nodes[PLAID_CHECK]?.[0]?.outputs[0] ?? [];
    const told = error ?? (item?.json.error as { message: string } | undefined);
    expect(told?.message).toBe("Plaid's webhook did not arrive within 300 seconds");
    await run.close();
  });
});

test('a PDF is a file of the item', async () => {
  const getPdf: Operation = {
    resource: 'checkReport',
    operation: 'getPdf',
    path: '/cra/check_report/pdf/get',
  };
  await runPlaidCheck(sandbox, byFields(CREATE, report()));
  const poll = { waitUntilReady: { values: { maxWait: 30, pollInterval: 1 } } };
  const { outputs } = await runPlaidCheck(
    sandbox,
    withOptions(byFields(getPdf, { user_id: AMARA }), poll),
  );
  const { mimeType, data = '' } = outputs[0]?.[0]?.binary?.data ?? {};
  expect(mimeType).toBe('application/pdf');
  expect(Buffer.from(data, 'base64').toString('latin1')).toMatch(/^%PDF-/);
});

test('a webhook starts the workflow once, and a forged one does not', async () => {
  const trigger = await listenTrigger(sandbox);
  const body = JSON.stringify({
    webhook_type: 'CHECK_REPORT',
    webhook_code: 'USER_CHECK_REPORT_READY',
    user_id: AMARA,
    environment: 'sandbox',
  });
  const verification = sandbox.signWebhook(body);
  const changed = body.replace(AMARA, 'usr_other');
  expect((await trigger.post(changed, verification)).status).toBe(401);
  expect((await trigger.post(body, undefined)).status).toBe(401);
  expect((await trigger.post(body, verification)).status).toBe(200);
  expect((await trigger.post(body, verification)).status).toBe(200);
  expect(await trigger.items()).toEqual([expect.objectContaining({ user_id: AMARA })]);
  await trigger.close();
});

test.each([
  ['reads', byFields(MONITORING, monitoring()), ''],
  ['creates or bills', byFields(CREATE, report()), '; the report may have been created'],
])('Stop ends a request that %s at once', async (_, parameters, stake) => {
  const server = await startScriptedServer();
  const stop = new AbortController();
  server.play((...request) => {
    hang(...request);
    stop.abort();
  });
  const { signal } = stop;
  const { status, error } = await runPlaidCheck(server, parameters, [{}], {}, { signal });
  expect(status).toBe('canceled');
  expect(error?.message).toBe(`The execution was canceled${stake}`);
  await server.allConnectionsClosed();
  expect(server.requests).toHaveLength(1);
  await server.close();
});
