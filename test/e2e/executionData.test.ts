import type { Page } from 'playwright-core';
import { DEMO_USERS } from '../../sandbox/server';
import { openPage } from './support/browser';
import { executionsOf, greenNodes } from './support/examples';
import { executeStep, outputPanel } from './support/execution';
import { documentationScreenshot } from './support/screenshots';
import { editor } from './support/shared';
import { until } from './support/until';
import { makeWorkflow, openNode, openWorkflow, PLAID_CHECK, START } from './support/workflows';

/** What a run says beside its output: its bill, and the IDs of the applicant. */

const [{ user_id: USER } = { user_id: '' }] = DEMO_USERS;

const report = {
  consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
  days_requested: 365,
  webhook: 'https://example.com/plaid/webhook',
};
const read = {
  resource: 'checkReport',
  operation: 'getBaseReport',
  user_id: USER,
  output: 'simplified',
  options: { saveIds: true, includeBilling: true, createIfExpired: { values: report } },
};

let page: Page;
let credential: { id: string; name: string };

beforeAll(async () => {
  const { rest, sandbox } = editor();
  const { url, clientId, secret } = sandbox;
  sandbox.reset();
  credential = await rest.call('POST', '/rest/credentials', {
    name: 'Plaid of the applicant',
    type: 'plaidCheckApi',
    data: { environment: 'custom', customBaseUrl: url, clientId, secret },
  });
  page = await openPage();
});
// An imported example must find one credential only.
afterAll(async () => {
  await editor().rest.call('DELETE', `/rest/credentials/${credential.id}`);
});

it('the output has the bill of the run, and n8n the IDs of the applicant', async () => {
  const { rest } = editor();
  const ids = {
    name: 'IDs',
    type: 'n8n-nodes-base.code',
    typeVersion: 2,
    parameters: { jsCode: 'return [{ json: $execution.customData.getAll() }];' },
  };
  const id = await makeWorkflow(
    [START, { name: 'Get Base Report', type: PLAID_CHECK, parameters: read }, ids],
    'The run of an applicant',
    credential,
  );
  await openWorkflow(page, id);
  await openNode(page, 'Get Base Report');
  await executeStep(page);
  await outputPanel(page)
    .getByText('Plaid bills for this run: 1 × Base Report (cra_base_report)')
    .waitFor();
  await documentationScreenshot(page, 'billing');

  // A step alone is an execution of its own, without the IDs of the one before.
  await openWorkflow(page, id);
  await page.getByTestId('execute-workflow-button').click();
  await until(async () => expect(await greenNodes(page)).toContain('IDs'));
  await openNode(page, 'IDs');
  await outputPanel(page).getByText(USER).first().waitFor();
  await documentationScreenshot(page, 'execution-data');
  const [last] = await executionsOf(rest, id);
  const saved = await rest.call<{ customData: Record<string, string> }>(
    'GET',
    `/rest/executions/${last?.id}`,
  );
  expect(saved.customData).toMatchObject({ user_id: USER, report_id: expect.any(String) });
});
