import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { openPage } from './support/browser';
import { executionsOf, issues, succeeded } from './support/examples';
import { executeStep, outputPanel, shownOutput } from './support/execution';
import { choose, fill } from './support/parameters';
import { postWebhook } from './support/plaid';
import { editor } from './support/shared';
import { until } from './support/until';
import {
  makeWorkflow,
  openNode,
  openPlaidCheck,
  openWorkflow,
  PLAID_CHECK_TRIGGER,
} from './support/workflows';

const TRIGGER = 'When a Report Is Ready';

const READY = {
  webhook_type: 'CHECK_REPORT',
  webhook_code: 'CHECK_REPORT_READY',
  user_id: 'usr_of_the_trigger_test',
  successful_products: ['cra_base_report'],
  failed_products: [],
  environment: 'sandbox',
};
const BODY = JSON.stringify(READY);

const ITEM = {
  event_key: expect.stringMatching(/^\d{4}-\d\d-\d\d\.\w{32}$/),
  delivery_key: expect.stringMatching(/^\d{4}-\d\d-\d\d\.\w{32}$/),
  content_key: expect.stringMatching(/^\w{32}$/),
  webhook_type: READY.webhook_type,
  webhook_code: READY.webhook_code,
  user_id: READY.user_id,
  environment: READY.environment,
  received_at: expect.any(String),
  body: READY,
};

/** A workflow of the trigger and a node after it: its id, and the addresses that n8n gives to its webhook. */
async function makeTriggered(event = 'CHECK_REPORT.CHECK_REPORT_READY') {
  const webhookId = randomUUID();
  const id = await makeWorkflow(
    [
      {
        name: TRIGGER,
        type: PLAID_CHECK_TRIGGER,
        parameters: { events: [event], filters: {} },
        webhookId,
      },
      { name: 'Go On', type: 'n8n-nodes-base.noOp' },
    ],
    'Report ready',
  );
  const at = (folder: string) => `${editor().url}/${folder}/${webhookId}/webhook`;
  return { id, production: at('webhook'), test: at('webhook-test') };
}

const sign = (body = BODY) => editor().sandbox.signWebhook(body);

it('an active workflow runs once for a genuine webhook, and for no other', async () => {
  const { id, production } = await makeTriggered();
  expect(await postWebhook(production, BODY, sign())).toBe(404);
  const { versionId } = await editor().rest.call<{ versionId: string }>(
    'GET',
    `/rest/workflows/${id}`,
  );
  await editor().rest.call('POST', `/rest/workflows/${id}/activate`, { versionId });
  // n8n takes a moment to open the address.
  await until(async () => expect(await postWebhook(production, BODY)).toBe(401));

  const token = sign();
  const [head, claims] = token.split('.');
  const notChosen = JSON.stringify({ ...READY, webhook_code: 'CHECK_REPORT_FAILED' });
  expect(await postWebhook(production, `${BODY} `, token)).toBe(401);
  expect(await postWebhook(production, BODY, `${head}.${claims}.${'A'.repeat(86)}`)).toBe(401);
  expect(await postWebhook(production, notChosen, sign(notChosen))).toBe(200);
  expect(await postWebhook(production, BODY, token)).toBe(200);
  expect(await postWebhook(production, BODY, token)).toBe(200);

  const [execution] = await succeeded(editor().rest, id);
  expect(execution?.mode).toBe('webhook');
  expect(await executionsOf(editor().rest, id)).toHaveLength(1);

  const { delivered, attempts } = await editor().sandbox.sendWebhook(production, {
    ...READY,
    user_id: 'usr_another',
  });
  expect(delivered).toBe(true);
  expect(attempts).toHaveLength(1);
  expect(await succeeded(editor().rest, id, 2)).toHaveLength(2);

  // A line for each that was refused, and nothing of what it held.
  const lines = editor()
    .log()
    .split('\n')
    .filter((line) => line.includes('Plaid Check Trigger rejected a webhook'));
  expect(lines).toHaveLength(3);
  expect(lines.join('\n')).not.toContain(READY.user_id);
  expect(lines.join('\n')).not.toContain(String(claims));
  await editor().rest.call('POST', `/rest/workflows/${id}/deactivate`, {});
});

describe('in the editor', () => {
  let page: Page;

  beforeAll(async () => {
    page = await openPage();
  });

  it('is found among the triggers, ready to be used for the event a person chose', async () => {
    await page.goto('/workflow/new');
    await page.getByTestId('canvas-add-button').getByRole('button').first().click();
    await page.getByTestId('node-creator-search-bar').fill('report ready');
    const results = page.getByTestId('item-iterator-item');
    await results.filter({ hasText: 'Plaid Check' }).first().click();
    await results.getByText('On report ready', { exact: true }).click();
    await page.getByTestId('ndv').waitFor();
    await until(async () => {
      const events = page.getByTestId('parameter-input-events');
      expect(await events.innerText()).toBe('Check Report: Ready');
    });
  });

  it('shows both addresses, says where to put them, and listens for a test event', async () => {
    const { id, production, test } = await makeTriggered();
    await openWorkflow(page, id);
    expect(await issues(page).count()).toBe(0);
    await openNode(page, TRIGGER);
    const panel = page.getByTestId('ndv');
    await panel.getByText(/Plaid sends webhooks to the URL you give it/).waitFor();
    await panel.getByText('Webhook URLs').click();
    await until(async () => expect(await panel.innerText()).toContain(test));
    await panel.getByText('Production URL', { exact: true }).click();
    await until(async () => expect(await panel.innerText()).toContain(production));

    await panel.getByTestId('trigger-execute-button').first().click();
    await panel.getByText('Listening for test event').waitFor();
    expect(await postWebhook(test, BODY, 'forged')).toBe(401);
    expect(await postWebhook(test, BODY, sign())).toBe(200);
    await outputPanel(page).getByTestId('run-data-item-count').waitFor();
    expect(await shownOutput(page)).toEqual([ITEM]);
  });

  it('is fired by Sandbox: Fire Webhook with its own Test URL', async () => {
    const { id, test } = await makeTriggered('CHECK_REPORT.USER_CHECK_REPORT_READY');
    await openWorkflow(page, id);
    await openNode(page, TRIGGER);
    const panel = page.getByTestId('ndv');
    await panel.getByText('Webhook URLs').click();
    await until(async () => expect(await panel.innerText()).toContain(test));
    await panel.getByTestId('trigger-execute-button').first().click();
    await panel.getByText('Listening for test event').waitFor();

    // Another tab, where a person fires it.
    const other = await openPage();
    await openPlaidCheck(other, { resource: 'sandbox', operation: 'fireWebhook' });
    await fill(other, 'user_id', 'usr_demo_mei_lin');
    await choose(other, 'webhook_code', 'User Check Report Ready');
    await fill(other, 'webhook', test);
    await executeStep(other);
    expect(await outputPanel(other).innerText()).not.toContain('Not sent');
    await other.context().close();

    await outputPanel(page).getByTestId('run-data-item-count').waitFor();
    expect(await shownOutput(page)).toMatchObject([
      {
        webhook_type: 'CHECK_REPORT',
        webhook_code: 'USER_CHECK_REPORT_READY',
        user_id: 'usr_demo_mei_lin',
      },
    ]);
  });
});
