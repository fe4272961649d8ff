import type { Page } from 'playwright-core';
import { DEMO_USERS, startSandbox, type Sandbox } from '../../sandbox/server';
import { openPage } from './support/browser';
import { executionsOf } from './support/examples';
import { executeStep, outputPanel } from './support/execution';
import { documentationScreenshot } from './support/screenshots';
import { editor } from './support/shared';
import { until } from './support/until';
import {
  makeWorkflow,
  openNode,
  openWorkflow,
  PLAID_CHECK,
  START,
  type NodeSpec,
} from './support/workflows';

const CREATE = '/cra/check_report/create';
const [A, B, C, D] = DEMO_USERS.map(({ user_id }) => user_id);
const NOBODY = 'usr_nobody';

let plaid: Sandbox;
let page: Page;
let credential: { id: string; name: string };

beforeAll(async () => {
  plaid = await startSandbox({ readyAfterMs: 3_600_000, webhooks: { repeatAfterMs: [] } });
  const { url, clientId, secret } = plaid;
  credential = await editor().rest.call('POST', '/rest/credentials', {
    name: 'Plaid of the retries',
    type: 'plaidCheckApi',
    data: { environment: 'custom', customBaseUrl: url, clientId, secret },
  });
  page = await openPage();
});
beforeEach(() => plaid.reset());
afterAll(async () => {
  // An imported example must find one credential only.
  await editor().rest.call('DELETE', `/rest/credentials/${credential.id}`);
  await plaid.close();
});

const users = (...ids: Array<string | undefined>): NodeSpec[] => [
  {
    name: 'List',
    type: 'n8n-nodes-base.set',
    typeVersion: 3.4,
    parameters: { mode: 'raw', jsonOutput: JSON.stringify({ user: ids }) },
  },
  {
    name: 'Users',
    type: 'n8n-nodes-base.splitOut',
    parameters: { fieldToSplitOut: 'user', options: {} },
  },
];

const create = {
  resource: 'checkReport',
  operation: 'create',
  user_id: '={{ $json.user }}',
  consumer_report_permissible_purpose: 'ACCOUNT_REVIEW_CREDIT',
  days_requested: 90,
  webhook: 'https://example.com/plaid-webhook',
};

const statuses = async (id: string) =>
  (await executionsOf(editor().rest, id)).map(({ status }) => status);
const sent = () => plaid.requests.filter(({ path }) => path === CREATE).length;

it('Executions > Retry makes no second report, and sends the one that failed', async () => {
  const id = await makeWorkflow(
    [
      START,
      ...users(A, B, C, NOBODY, D),
      { name: 'Create', type: PLAID_CHECK, parameters: create },
    ],
    'Five applicants',
    credential,
  );
  await openWorkflow(page, id);
  await page.getByTestId('execute-workflow-button').click();
  await until(async () => expect(await statuses(id)).toEqual(['error']));
  const made = () => [A, B, C, D].map((user) => plaid.reportsCreated(user ?? ''));
  expect(made()).toEqual([1, 1, 1, 1]);
  expect(sent()).toBe(5);

  await page.goto(`/workflow/${id}/executions`);
  await page.getByTestId('execution-preview-retry-button').click();
  await page.getByText('Retry with original workflow').click();
  await until(async () => expect(await statuses(id)).toEqual(['error', 'error']));
  expect(made()).toEqual([1, 1, 1, 1]);
  expect(sent()).toBe(6);

  // The cause is corrected: the workflow goes on to the end.
  const corrected = {
    ...create,
    user_id: `={{ $json.user === "${NOBODY}" ? "${A}" : $json.user }}`,
  };
  const { rest } = editor();
  const workflow = await rest.call<{ nodes: Array<{ name: string }>; versionId: string }>(
    'GET',
    `/rest/workflows/${id}`,
  );
  const nodes = workflow.nodes.map((node) =>
    node.name === 'Create' ? { ...node, parameters: corrected } : node,
  );
  await rest.call('PATCH', `/rest/workflows/${id}`, { nodes, versionId: workflow.versionId });
  const [last] = await executionsOf(rest, id);
  const again = await rest.call<{ status: string }>('POST', `/rest/executions/${last?.id}/retry`, {
    loadWorkflow: true,
  });
  expect(again.status).toBe('success');
  expect(made()).toEqual([2, 1, 1, 1]);
  expect(sent()).toBe(7);
});

it('hints at the output warn of many billed requests and of Retry On Fail', async () => {
  const fifty = Array.from({ length: 50 }, (_, index) => DEMO_USERS[index % 4]?.user_id);
  const id = await makeWorkflow(
    [START, ...users(...fifty), { name: 'Create', type: PLAID_CHECK, parameters: create }],
    'Fifty applicants',
    credential,
  );
  const { rest } = editor();
  const workflow = await rest.call<{ nodes: Array<{ name: string }>; versionId: string }>(
    'GET',
    `/rest/workflows/${id}`,
  );
  const nodes = workflow.nodes.map((node) =>
    node.name === 'Create' ? { ...node, retryOnFail: true } : node,
  );
  await rest.call('PATCH', `/rest/workflows/${id}`, { nodes, versionId: workflow.versionId });
  await openWorkflow(page, id);
  await openNode(page, 'Create');
  await executeStep(page);
  await outputPanel(page).getByText('Plaid may bill 50 requests of this run').waitFor();
  await outputPanel(page).getByText("n8n's setting Retry On Fail is on").waitFor();
  await documentationScreenshot(page, 'hints');
});
