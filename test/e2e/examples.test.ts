import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { DEMO_USERS } from '../../sandbox/server';
import { openPage } from './support/browser';
import {
  greenNodes,
  importChanged,
  importExample,
  issues,
  readExample,
  succeeded,
  warnings,
} from './support/examples';
import { documentationScreenshot } from './support/screenshots';
import { editor } from './support/shared';
import { until } from './support/until';
import { canvasNode, openWorkflow } from './support/workflows';

/** Wide and low, as the examples are. */
const VIEWPORT = { width: 1600, height: 800 };

let page: Page;

beforeEach(async () => {
  page = await openPage({ viewport: VIEWPORT });
  editor().sandbox.reset();
});

afterEach(() => page.context().close());

const EVERYBODY = DEMO_USERS.map(({ user_id }) => user_id);

/** The users that a path was answered 200 for, each once. */
const answeredFor = (path: string) =>
  new Set(
    editor()
      .sandbox.requests.filter((request) => request.path === path && request.status === 200)
      .map(({ json }) => (json as { user_id: string }).user_id),
  );

describe.each([
  {
    name: 'underwriting',
    paths: [
      '/cra/check_report/create',
      '/cra/check_report/base_report/get',
      '/cra/check_report/income_insights/get',
      '/cra/check_report/partner_insights/get',
      '/cra/credit_profile/report/get',
    ],
    green: ['Get Base Report', 'Get Credit Profile', 'Decision', 'Reasons', 'Approved'],
    idle: ['Could Not Decide', 'Verify Identity', 'Could Not Subscribe'],
  },
  {
    name: 'decision-policy',
    paths: [
      '/cra/check_report/create',
      '/cra/check_report/base_report/get',
      '/cra/check_report/income_insights/get',
      '/cra/check_report/lend_score/get',
    ],
    green: ['Add Policy', 'Log the Decision', 'Adverse Action Notice', 'Approved', 'Compare'],
    idle: ['Could Not Decide'],
  },
  {
    // After the one that logs decisions.
    name: 'backtest',
    paths: [],
    green: ['Saved Items', 'Decision', 'Before and After', 'Summary'],
    idle: ['Example Items'],
  },
  {
    name: 'nightly-monitoring',
    paths: ['/cra/monitoring_insights/get'],
    // Whether anybody needs a look depends on the day.
    green: ['Get Monitoring Insights', 'Key Figures', 'Reasons for Review', 'Needs Review?'],
    idle: ['Could Not Check'],
  },
  {
    name: 'night-job',
    paths: ['/cra/check_report/create', '/cra/check_report/lend_score/get'],
    green: ['Not Decided Yet', 'Decision', 'Could Not Decide', 'Save Result', 'Summary'],
    idle: [],
  },
  {
    name: 'batch-ultrafico',
    paths: ['/cra/check_report/create', '/cra/check_report/partner_insights/get'],
    green: ['Applicants', 'Create Report', 'Get UltraFICO Scores', 'Best First', 'Scores CSV'],
    idle: [],
  },
  {
    name: 'route-outcomes',
    paths: ['/cra/check_report/base_report/get'],
    green: ['Get or Create Base Report', 'Ready', 'Failed'],
    idle: ['Not Ready', 'Must Relink', 'Needs Review'],
  },
  {
    name: 'decision-both-apis',
    paths: ['/cra/report/create', '/cra/report/get'],
    green: ['Which API?', 'Facts', 'Decision', 'Approved', 'Declined'],
    idle: ['Get Income (Legacy API)', 'Unknown API', 'Could Not Decide'],
  },
  {
    name: 'compare-apis',
    paths: ['/cra/report/get', '/cra/check_report/base_report/get'],
    green: ['Current Report', 'Legacy Income Insights', 'Both', 'All Facts'],
    idle: ['Could Not Compare'],
  },
  {
    name: 'verify-receipt',
    paths: ['/cra/check_report/base_report/get'],
    green: ['Get or Create Base Report', 'Hash the Answer', 'Is It Unchanged?', 'Accepted'],
    idle: ['Rejected'],
  },
])('The example $name', ({ name, paths, green, idle }) => {
  it('imports without a warning and runs green', async () => {
    const id = await importExample(page, name);
    const { nodes } = readExample(name);
    const notes = await page.getByTestId('sticky').count();
    expect(notes + (await canvasNode(page).count())).toBe(nodes.length);
    expect(await issues(page).count()).toBe(0);
    expect(await warnings(page).allInnerTexts()).toEqual([]);

    await page.getByTestId('execute-workflow-button').click();
    const [execution] = await succeeded(editor().rest, id);
    expect(execution?.mode).toBe('manual');
    await until(async () => expect(await greenNodes(page)).toEqual(expect.arrayContaining(green)));
    const ran = await greenNodes(page);
    for (const node of idle) expect(ran).not.toContain(node);
    expect(await issues(page).count()).toBe(0);
    expect(await warnings(page).allInnerTexts()).toEqual([]);
    for (const path of paths) expect(answeredFor(path)).toEqual(new Set(EVERYBODY));

    await openWorkflow(page, id);
    await documentationScreenshot(page, `example-${name}`);
  });
});

it('the example lifecycle-report-api invites with one click, and its webhooks do the rest', async () => {
  const { rest, sandbox } = editor();
  const { id, nodes } = readExample('lifecycle-report-api');
  await openWorkflow(page, id);
  const notes = await page.getByTestId('sticky').count();
  expect(notes + (await canvasNode(page).count())).toBe(nodes.length);
  expect(await issues(page).count()).toBe(0);
  await documentationScreenshot(page, 'example-lifecycle-report-api');

  // With two triggers, each has a button of its own; the one below the canvas waits for a webhook.
  await canvasNode(page, 'Start').hover();
  await page.getByTestId('execute-workflow-button-Start').click();
  await until(async () => expect(await greenNodes(page)).toContain('Invitation'));
  expect(await greenNodes(page)).not.toContain('Could Not Invite');
  const [{ id: executionId = '' } = {}] = await succeeded(rest, id);
  const { data } = await rest.call<{ data: string }>('GET', `/rest/executions/${executionId}`);
  const invitations = new Set(data.match(/https?:\/\/[^"]+\/hosted_link\/[^"]+/g));
  expect(invitations.size).toBe(2);
  for (const address of invitations) sandbox.finishLink(address);
  await sandbox.webhooksSettled();
  // The invitation, and a report for each of the two.
  const modes = (await succeeded(rest, id, 3)).map(({ mode }) => mode);
  expect(modes.filter((mode) => mode === 'webhook').length).toBeGreaterThanOrEqual(2);
  expect(modes).toContain('manual');
});

it('the example nightly-monitoring fires on its schedule once it is published', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plaid-check-e2e-'));
  const id = await importChanged(page, folder, 'nightly-monitoring', ({ nodes }) => {
    const trigger = nodes.find(({ type }) => type === 'n8n-nodes-base.scheduleTrigger');
    if (!trigger) throw new Error('The example has no Schedule Trigger');
    // A night is too long to wait for.
    trigger.parameters = { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } };
  });
  try {
    await page.getByTestId('workflow-open-publish-modal-button').click();
    await page.getByTestId('workflow-publish-button').click();
    await page.getByTestId('workflow-active-version-indicator').waitFor();
    const executions = await succeeded(editor().rest, id, 2);
    expect(new Set(executions.map(({ mode }) => mode))).toEqual(new Set(['trigger']));
    expect(answeredFor('/cra/monitoring_insights/get')).toEqual(new Set(EVERYBODY));
  } finally {
    await editor().rest.call('POST', `/rest/workflows/${id}/deactivate`, {});
    await rm(folder, { recursive: true, force: true });
  }
});

it('the example read-before-expiry reads each report once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plaid-check-e2e-'));
  const id = await importChanged(page, folder, 'read-before-expiry', ({ nodes }) => {
    const settings = nodes.find(({ name }) => name === 'Settings');
    const { assignments } = settings?.parameters.assignments as {
      assignments: { value: number }[];
    };
    // A day is too long to wait for.
    for (const one of assignments) one.value = 0;
  });
  try {
    await documentationScreenshot(page, 'example-read-before-expiry');
    const reads = () =>
      editor().sandbox.requests.filter(({ path }) => path === '/cra/check_report/lend_score/get');
    for (const [index, trigger] of ['Start', 'Every Hour', 'Every Hour'].entries()) {
      await canvasNode(page, trigger).hover();
      await page.getByTestId(`execute-workflow-button-${trigger}`).click();
      await succeeded(editor().rest, id, index + 1);
      // By then the reports are ready.
      editor().sandbox.clock.advance(60_000);
      const read = index === 0 ? [] : EVERYBODY;
      expect(
        reads()
          .map(({ json }) => (json as { user_id: string }).user_id)
          .sort(),
      ).toEqual([...read].sort());
    }
    expect(await warnings(page).allInnerTexts()).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
