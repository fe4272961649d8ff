import type { Page } from 'playwright-core';
import { openPage } from './support/browser';
import { greenNodes, issues, readExample, succeeded } from './support/examples';
import { documentationScreenshot } from './support/screenshots';
import { editor } from './support/shared';
import { until } from './support/until';
import { canvasNode, openWorkflow } from './support/workflows';

/** The pair of examples as `npm start` imports them: one click on part 1, its invitations accepted, and part 2 goes on. */

let page: Page;

beforeEach(async () => {
  page = await openPage({ viewport: { width: 1600, height: 800 } });
  editor().sandbox.reset();
});

afterEach(() => page.context().close());

async function openExample(file: string): Promise<string> {
  const { id, nodes } = readExample(file);
  await openWorkflow(page, id);
  const notes = await page.getByTestId('sticky').count();
  expect(notes + (await canvasNode(page).count())).toBe(nodes.length);
  expect(await issues(page).count()).toBe(0);
  await documentationScreenshot(page, `example-${file}`);
  return id;
}

interface Table {
  id: string;
  name: string;
  projectId: string;
}

/** The rows of a data table, as n8n's Data tables tab shows them. */
async function rowsOf(name: string): Promise<Record<string, unknown>[]> {
  const { rest } = editor();
  const { data: tables } = await rest.call<{ data: Table[] }>('GET', '/rest/data-tables-global');
  const table = tables.find((one) => one.name === name);
  if (!table) throw new Error(`n8n has no data table ${name}: ${JSON.stringify(tables)}`);
  const path = `/rest/projects/${table.projectId}/data-tables/${table.id}/rows`;
  return (await rest.call<{ data: Record<string, unknown>[] }>('GET', path)).data;
}

it('a whole life: invitations, reports, decisions, a loan reported, servicing', async () => {
  const { rest, sandbox } = editor();
  const report = await openExample('lifecycle-report');
  const apply = await openExample('lifecycle-apply');
  await page.getByTestId('execute-workflow-button').click();
  await succeeded(rest, apply);
  await until(async () => expect(await greenNodes(page)).toContain('Invitation'));
  expect(await greenNodes(page)).not.toContain('Could Not Invite');

  const links = sandbox.requests.filter(({ path }) => path === '/link/token/create');
  expect(links.map(({ status }) => status)).toEqual([200, 200, 200]);
  const records = await rowsOf('Plaid Check Borrowers');
  expect(records.map(({ application_id }) => application_id).sort()).toEqual([
    'LIFE-1001',
    'LIFE-1002',
    'LIFE-1003',
  ]);
  for (const { send_to } of records) sandbox.finishLink(String(send_to));
  await sandbox.webhooksSettled();

  // A report for each, and an update for each of the two loans.
  const executions = await succeeded(rest, report, 5);
  expect(executions).toHaveLength(5);
  expect(new Set(executions.map(({ mode }) => mode))).toEqual(new Set(['webhook']));
  expect([...sandbox.loans().keys()]).toEqual(['LIFE-1001']);
  const answered = (path: string) =>
    sandbox.requests.filter((request) => request.path === path && request.status === 200);
  expect(answered('/cra/servicing/subscription/create')).toHaveLength(2);
  expect(answered('/cra/report/get')).toHaveLength(2);
  expect(answered('/cra/check_report/pdf/get')).toHaveLength(3);
});
