import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import {
  DEMO_USERS,
  DISCONNECTED_USER,
  startSandbox,
  type RecordedRequest,
  type Sandbox,
} from '../../sandbox/server';
import { openPage } from './support/browser';
import { executionsOf, issues } from './support/examples';
import { executeStep, shownOutput } from './support/execution';
import { addField, choose, field, groups, shownFields } from './support/parameters';
import { postWebhook } from './support/plaid';
import { documentationScreenshot } from './support/screenshots';
import { editor } from './support/shared';
import { until } from './support/until';
import { makeWorkflow, openNode, openWorkflow, PLAID_CHECK, START } from './support/workflows';

const CREATE = '/cra/check_report/create';
const READ = '/cra/check_report/base_report/get';

const READY = DEMO_USERS[0]?.user_id ?? '';
const TOO_LATE = DEMO_USERS[1]?.user_id ?? '';
const FAILED = DISCONNECTED_USER.user_id;

const READY_AFTER_MS = 3_600_000;

const purpose = { consumer_report_permissible_purpose: 'ACCOUNT_REVIEW_CREDIT' };

/** A Plaid that takes its time: its webhooks come when the test moves its clock. */
let plaid: Sandbox;

let credential: { id: string; name: string };

beforeAll(async () => {
  plaid = await startSandbox({ readyAfterMs: READY_AFTER_MS, webhooks: { repeatAfterMs: [] } });
  const { url, clientId, secret } = plaid;
  credential = await editor().rest.call('POST', '/rest/credentials', {
    name: 'Plaid that takes its time',
    type: 'plaidCheckApi',
    data: { environment: 'custom', customBaseUrl: url, clientId, secret },
  });
});
beforeEach(() => plaid.reset());
afterAll(async () => {
  // An imported example must find one credential only.
  await editor().rest.call('DELETE', `/rest/credentials/${credential.id}`);
  await plaid.close();
});

/** An active workflow that creates a report for the user that it is called with, pauses, and reads the report. */
async function makePausing() {
  const webhookId = randomUUID();
  const id = await makeWorkflow(
    [
      {
        name: 'When Asked',
        type: 'n8n-nodes-base.webhook',
        typeVersion: 2,
        parameters: { httpMethod: 'POST', path: webhookId, options: {} },
        webhookId,
      },
      {
        name: 'Create and Wait',
        type: PLAID_CHECK,
        parameters: {
          resource: 'checkReport',
          operation: 'create',
          user_id: '={{ $json.body.user_id }}',
          ...purpose,
          days_requested: 90,
          options: {
            waitUntilReady: {
              values: { waitMode: 'webhook', maxWait: '={{ $json.body.max_wait }}' },
            },
          },
        },
      },
      {
        name: 'Read',
        type: PLAID_CHECK,
        parameters: {
          resource: 'checkReport',
          operation: 'getBaseReport',
          user_id: '={{ $json.user_id }}',
          ...purpose,
        },
      },
    ],
    'Create, pause, read',
    credential,
  );
  const { rest } = editor();
  const { versionId } = await rest.call<{ versionId: string }>('GET', `/rest/workflows/${id}`);
  await rest.call('POST', `/rest/workflows/${id}/activate`, { versionId });
  return { id, address: `${editor().url}/webhook/${webhookId}` };
}

const requests = (path: string, userId: string): RecordedRequest[] =>
  plaid.requests.filter(
    (request) => request.path === path && (request.json as { user_id?: string }).user_id === userId,
  );

const webhookFor = (userId: string) =>
  String((requests(CREATE, userId)[0]?.json as { webhook?: string }).webhook);

const statuses = async (id: string) =>
  Object.fromEntries((await executionsOf(editor().rest, id)).map((one) => [one.id, one.status]));

it('an execution waits in the database, survives a restart of n8n, and goes on with genuine webhooks only', async () => {
  const { id, address } = await makePausing();
  const executionOf = new Map<string, string>();
  for (const [user, maxWait] of [
    [READY, 300],
    [FAILED, 300],
    [TOO_LATE, 1],
  ] as const) {
    const before = Object.keys(await statuses(id));
    const body = JSON.stringify({ user_id: user, max_wait: maxWait });
    await until(async () => expect(await postWebhook(address, body)).toBe(200));
    await until(async () => {
      const now = await statuses(id);
      const [added = ''] = Object.keys(now).filter((one) => !before.includes(one));
      expect(now[added]).toBe('waiting');
      executionOf.set(user, added);
    });
  }
  const [ready = '', failed = '', tooLate = ''] = [...executionOf.values()];
  expect(webhookFor(READY)).toContain(`/webhook-waiting/${ready}/node-1?signature=`);

  await editor().restart();

  // The time of this one has passed meanwhile: n8n notices when it looks again.
  await until(async () => expect((await statuses(id))[tooLate]).toBe('error'));
  expect(await statuses(id)).toMatchObject({ [ready]: 'waiting', [failed]: 'waiting' });
  expect(await detailsOf(tooLate)).toContain("Plaid's webhook did not arrive within 1 seconds");

  const forged = JSON.stringify({
    webhook_type: 'CHECK_REPORT',
    webhook_code: 'USER_CHECK_REPORT_READY',
    user_id: READY,
    environment: 'sandbox',
  });
  const token = plaid.signWebhook(forged);
  expect(await postWebhook(webhookFor(READY), forged)).toBe(401);
  expect(await postWebhook(webhookFor(READY), `${forged} `, token)).toBe(401);
  expect(
    await postWebhook(webhookFor(READY), forged, `${token.slice(0, -86)}${'A'.repeat(86)}`),
  ).toBe(401);
  // Genuine, but not what this execution waits for.
  const other = JSON.stringify({ ...JSON.parse(forged), user_id: TOO_LATE });
  expect(await postWebhook(webhookFor(READY), other, plaid.signWebhook(other))).toBe(200);
  expect(await statuses(id)).toMatchObject({ [ready]: 'waiting', [failed]: 'waiting' });
  expect(requests(READ, READY)).toHaveLength(0);

  // The reports are done now, and Plaid says so: once each, signed.
  plaid.clock.advance(READY_AFTER_MS);
  await plaid.webhooksSettled();
  await until(async () =>
    expect(await statuses(id)).toEqual({
      [ready]: 'success',
      [failed]: 'error',
      [tooLate]: 'error',
    }),
  );
  expect(requests(READ, READY).map(({ status }) => status)).toEqual([200]);
  expect(requests(READ, FAILED)).toHaveLength(0);
  expect(requests(READ, TOO_LATE)).toHaveLength(0);
  expect(await detailsOf(failed)).toContain('Plaid could not make the report');
  expect(plaid.webhooks.map(({ url, status }) => [url, status])).toEqual(
    expect.arrayContaining([
      [webhookFor(READY), 200],
      [webhookFor(FAILED), 200],
      // Nobody waits for it any more.
      [webhookFor(TOO_LATE), 409],
    ]),
  );
  // n8n's own Retry comes to the same end: it asks Plaid for nothing.
  for (const execution of [failed, tooLate]) {
    const again = await editor().rest.call<{ status: string }>(
      'POST',
      `/rest/executions/${execution}/retry`,
      { loadWorkflow: false },
    );
    expect(again.status).toBe('error');
  }
  for (const user of [READY, FAILED, TOO_LATE]) {
    expect(requests(CREATE, user)).toHaveLength(1);
  }
  await editor().rest.call('POST', `/rest/workflows/${id}/deactivate`, {});
});

/** What n8n has saved of an execution, as text. */
async function detailsOf(executionId: string): Promise<string> {
  const { data } = await editor().rest.call<{ data: string }>(
    'GET',
    `/rest/executions/${executionId}`,
  );
  return data;
}

describe('in the editor', () => {
  let page: Page;

  beforeAll(async () => {
    page = await openPage();
  });

  it('the choice takes the place of the Webhook URL, and Execute Step waits until the webhook comes', async () => {
    const create = {
      resource: 'checkReport',
      operation: 'create',
      user_id: READY,
      ...purpose,
      days_requested: 90,
    };
    const id = await makeWorkflow(
      [START, { name: 'Create', type: PLAID_CHECK, parameters: create }],
      'Create and pause',
      credential,
    );
    await openWorkflow(page, id);
    await openNode(page, 'Create');
    await addField(groups(page, 'Options'), 'Wait Until Ready');
    expect(await shownFields(page)).toContain('webhook');
    await choose(page, 'options.waitUntilReady.values.waitMode', "Pause Until Plaid's Webhook");
    await field(page, 'webhook').waitFor({ state: 'hidden' });
    await page.getByText('Plaid must be able to reach this n8n at an https URL').waitFor();
    expect(await issues(page).count()).toBe(0);

    const executed = executeStep(page);
    await until(async () => expect(Object.values(await statuses(id))).toEqual(['waiting']));
    // What it waits for stands in the output panel of the open node.
    const waiting = page.getByText(
      /Waiting for Plaid's webhook that the report is ready\. If none arrives within \d+ seconds/,
    );
    await waiting.first().waitFor();
    await documentationScreenshot(page, 'waiting');
    plaid.clock.advance(READY_AFTER_MS);
    await executed;
    expect(await shownOutput(page)).toEqual([
      expect.objectContaining({
        webhook_code: 'USER_CHECK_REPORT_READY',
        user_id: READY,
        report_status: 'ready',
      }),
    ]);
    expect(requests(CREATE, READY)).toHaveLength(1);
  });
});
