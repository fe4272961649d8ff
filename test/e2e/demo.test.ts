import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { PROJECT } from '../../launcher/paths';
import { openPage } from './support/browser';
import { outputPanel, runs, savedData, shownOutput } from './support/execution';
import { documentationScreenshot } from './support/screenshots';
import { settled } from './support/settled';
import { editor } from './support/shared';
import { signIn } from './support/signIn';
import { until } from './support/until';
import {
  canvasNode,
  makeWorkflow,
  openNode,
  openWorkflow,
  PLAID_CHECK_TRIGGER,
} from './support/workflows';

/** The README's way to a decided applicant without a Plaid account, from signing in on. */

/** The longest that it may take, in ms. */
const MAX_MS = 60_000;

const readme = readFileSync(join(PROJECT, 'README.md'), 'utf8');
const [, workflow = ''] =
  /## Try it without an account\n[^]*?```json\n([^]*?)```/.exec(readme) ?? [];

let page: Page;
let credentialId: string | undefined;

beforeEach(async () => {
  page = await openPage({ viewport: { width: 1440, height: 800 } });
  await page.context().clearCookies();
  editor().sandbox.clearRequests();
});

afterEach(async () => {
  await page.context().close();
  if (credentialId) await editor().rest.call('DELETE', `/rest/credentials/${credentialId}`);
});

/** Pastes a text onto the canvas, as a person does who has copied it. */
async function paste(text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await page.keyboard.press('ControlOrMeta+V');
}

async function createDemoCredential(): Promise<void> {
  await page.getByTestId('node-credentials-select').click();
  await page.getByTestId('node-credentials-select-item-new').click();
  const dialog = page.locator('.el-dialog[data-test-id="editCredential-modal"]');
  await dialog.locator('[data-parameter-path="environment"]').click();
  await page
    .locator('.el-select-dropdown__item:visible')
    .filter({ hasText: 'Demo (No Plaid Account)' })
    .click();
  await until(async () => {
    expect(await dialog.locator('[data-parameter-path="clientId"]').count()).toBe(0);
    expect(await dialog.locator('[data-parameter-path="secret"]').count()).toBe(0);
  });
  const [answer] = await Promise.all([
    page.waitForResponse(
      (response) =>
        response.url().endsWith('/rest/credentials') && response.request().method() === 'POST',
    ),
    dialog.getByTestId('credential-save-button').click(),
  ]);
  const { data } = (await answer.json()) as { data: { id: string; name: string } };
  credentialId = data.id;
  // Saving a credential that works closes the dialog.
  await dialog.waitFor({ state: 'hidden' });
  const chosen = page.getByTestId('node-credentials-select').locator('input');
  await until(async () => expect(await chosen.inputValue()).toBe(data.name));
  await settled(page);
}

it('from signing in to decided applicants, in less than a minute', async () => {
  const started = Date.now();
  await signIn(page);
  await page.goto('/workflow/new');
  await page.getByTestId('canvas-add-button').waitFor();
  await paste(workflow);
  await canvasNode(page, 'Decision').waitFor();
  await openNode(page, 'Get Full Report');
  await createDemoCredential();
  await page.keyboard.press('Escape');
  const status = await runs(page, () => page.getByTestId('execute-workflow-button').click());
  if (status !== 'success') throw new Error((await savedData()).slice(-5000));
  await openNode(page, 'Decision');
  const output = outputPanel(page);
  await output.getByText('APPROVE').first().waitFor();
  const took = Date.now() - started;
  for (const text of ['DECLINE', 'REVIEW', 'usr_demo_thin_file', 'true']) {
    await output.getByText(text, { exact: true }).first().waitFor();
  }
  await documentationScreenshot(page, 'demo');

  await page.keyboard.press('Escape');
  await openNode(page, 'Get Full Report');
  await output.getByText('Demo data: the credential has the environment Demo').waitFor();
  await documentationScreenshot(page, 'demo-hint');
  expect(editor().sandbox.requests).toEqual([]);
  console.log(`From signing in to decided demo applicants: ${took} ms`);
  expect(took).toBeLessThan(MAX_MS);
});

it('the trigger starts with a demo event when a browser opens its Test URL', async () => {
  const { rest, url } = editor();
  const credential = await rest.call<{ id: string; name: string }>('POST', '/rest/credentials', {
    name: 'Demo',
    type: 'plaidCheckApi',
    data: { environment: 'demo' },
  });
  credentialId = credential.id;
  const webhookId = randomUUID();
  const trigger = { name: 'On Low Balance', type: PLAID_CHECK_TRIGGER, webhookId };
  const events = ['CASH_FLOW_UPDATES.LOW_BALANCE_DETECTED'];
  const nodes = [{ ...trigger, parameters: { events, filters: {} } }];
  const id = await makeWorkflow(nodes, 'Demo event', credential);
  await signIn(page);
  await openWorkflow(page, id);
  await openNode(page, 'On Low Balance');
  const panel = page.getByTestId('ndv');
  await panel.getByTestId('trigger-execute-button').first().click();
  await panel.getByText('Listening for test event').waitFor();
  const tab = await page.context().newPage();
  await tab.goto(`${url}/webhook-test/${webhookId}/webhook`);
  await tab.close();
  await outputPanel(page).getByTestId('run-data-item-count').waitFor();
  expect(await shownOutput(page)).toMatchObject([
    { webhook_code: 'LOW_BALANCE_DETECTED', user_id: 'usr_demo_approved', demo: true },
  ]);
});
