import type { Page } from 'playwright-core';
import { readExample, executionsOf } from './support/examples';
import { makeApplications, type Application } from './support/applications';
import { openPage } from './support/browser';
import { findTable, type TestTable } from './support/dataTables';
import { runs } from './support/execution';
import { editor } from './support/shared';
import { until } from './support/until';
import { openWorkflow, readyCredential } from './support/workflows';

/**
 * Five ways to break examples/night-job.json in a real n8n. However it breaks and is run again: nobody gets a second
 * report, and nobody is decided on without the score.
 */

const TABLE = 'Night Job Decisions';
const CREATE = '/cra/check_report/create';
const LEND_SCORE = '/cra/check_report/lend_score/get';

interface Row {
  application_id: string;
  status: string;
  decision: string | null;
  lend_score: number | null;
  reason: string | null;
}

interface NodeJson {
  name: string;
  type: string;
  parameters: Record<string, unknown>;
  onError?: string;
  credentials?: object;
}

let page: Page;
let all: Application[];
let good: Application[];
let bad: Application[];

beforeEach(async () => {
  ({ all, good, bad } = await makeApplications());
  page = await openPage({ viewport: { width: 1600, height: 800 } });
});

afterEach(async () => {
  editor().sandbox.faults.set({});
  await page.context().close();
  await (await decisions())?.remove();
});

const decisions = (): Promise<TestTable<Row> | undefined> => findTable<Row>(TABLE);
const rows = async () => (await (await decisions())?.rows()) ?? [];

/** Makes the example's workflow, for these applications. */
async function makeNightJob(
  applications: readonly object[],
  change: (node: NodeJson) => Partial<NodeJson> = () => ({}),
): Promise<string> {
  const { nodes, ...workflow } = readExample('night-job') as unknown as { nodes: NodeJson[] };
  const credential = await readyCredential();
  const changed = nodes.map((node) => ({
    ...node,
    ...(node.credentials && { credentials: { plaidCheckApi: credential } }),
    ...(node.name === 'Applications' && {
      parameters: { ...node.parameters, jsonOutput: JSON.stringify({ applications }) },
    }),
    ...change(node),
  }));
  const { id } = await editor().rest.call<{ id: string }>('POST', '/rest/workflows', {
    ...workflow,
    id: undefined,
    nodes: changed,
  });
  return id;
}

/** Changes nodes of a workflow as a person does, and saves it. */
async function edit(id: string, change: (node: NodeJson) => Partial<NodeJson>): Promise<void> {
  const { rest } = editor();
  const { nodes, versionId } = await rest.call<{ nodes: NodeJson[]; versionId: string }>(
    'GET',
    `/rest/workflows/${id}`,
  );
  const changed = nodes.map((node) => ({ ...node, ...change(node) }));
  await rest.call('PATCH', `/rest/workflows/${id}`, { nodes: changed, versionId });
}

const withApplications = (applications: readonly object[]) => (node: NodeJson) =>
  node.name === 'Applications'
    ? { parameters: { ...node.parameters, jsonOutput: JSON.stringify({ applications }) } }
    : {};

/** Runs the workflow by hand. Returns how it ended. */
async function run(id: string): Promise<string> {
  await openWorkflow(page, id);
  return await runs(page, () => clickStart());
}

async function clickStart(): Promise<void> {
  await page.locator('[data-test-id="canvas-node"][data-node-name="Start"]').hover();
  await page.getByTestId('execute-workflow-button-Start').click();
}

const statuses = async (id: string) =>
  (await executionsOf(editor().rest, id)).map(({ status }) => status);

/** How many reports the stand-in made for each of the good applicants: Plaid bills each of them. */
const made = () => good.map(({ user_id }) => editor().sandbox.reportsCreated(user_id));
const onceEach = () => good.map(() => 1);

/** Every good applicant is decided, on a score or by a person; the others are listed. */
async function expectAllDecided(): Promise<void> {
  const saved = await rows();
  expect(saved).toHaveLength(all.length);
  const named = (status: string) =>
    saved
      .filter((row) => row.status === status)
      .map((row) => row.application_id)
      .sort();
  expect(named('DECIDED')).toEqual(good.map((one) => one.application_id));
  expect(named('FAILED')).toEqual(bad.map((one) => one.application_id));
  expectNobodyDecidedOnNothing(saved);
  expect(saved.filter(({ decision }) => decision === 'APPROVE').length).toBeGreaterThan(0);
  expect(made()).toEqual(onceEach());
}

/** Who is approved has a score, and who could not be decided has a reason and no decision. */
function expectNobodyDecidedOnNothing(saved: readonly Row[]): void {
  for (const { status, decision, lend_score, reason } of saved) {
    if (decision === 'APPROVE') expect(lend_score).toBeGreaterThanOrEqual(60);
    if (status === 'FAILED') expect([decision, lend_score]).toEqual(['', null]);
    expect(reason).not.toBe('');
  }
}

it('Executions > Retry, after a run that stopped at one applicant', async () => {
  // Such as before anybody has set On Error.
  const rowsSent = all.filter((one) => one.user_id.startsWith('usr_'));
  const id = await makeNightJob(rowsSent, ({ name }) =>
    name === 'Create Report' ? { onError: 'stopWorkflow' } : {},
  );
  expect(await run(id)).toBe('error');
  expect(await rows()).toEqual([]);

  const retry = async (how: RegExp, ended: string[]) => {
    await page.goto(`/workflow/${id}/executions`);
    await page.getByTestId('execution-preview-retry-button').click();
    await page.getByText(how).click();
    await until(async () => expect(await statuses(id)).toEqual(ended));
  };
  await retry(/Retry with original workflow/, ['error', 'error']);
  expect(Math.max(...made())).toBe(1);
  expect(await rows()).toEqual([]);

  await edit(id, ({ name }) =>
    name === 'Create Report' ? { onError: 'continueErrorOutput' } : {},
  );
  await retry(/Retry with currently saved workflow/, ['success', 'error', 'error']);
  bad = bad.filter((one) => rowsSent.includes(one));
  all = rowsSent;
  await expectAllDecided();
});

it('a product that is down for some, and a creation that Plaid does not confirm', async () => {
  const [first, second, third] = good.map(({ user_id }) => user_id);
  editor().sandbox.faults.set({
    rules: [
      ...[first, second].map((about) => ({
        path: LEND_SCORE,
        about,
        faults: [{ kind: 'unavailable_page' as const }],
      })),
      { path: CREATE, about: third, faults: [{ kind: 'reset', carriedOut: true }] },
    ],
  });
  const id = await makeNightJob(all);
  expect(await run(id)).toBe('success');
  const saved = await rows();
  const failed = saved.filter(({ status }) => status === 'FAILED');
  expect(failed).toHaveLength(bad.length + 3);
  expectNobodyDecidedOnNothing(saved);
  expect(failed.filter(({ reason }) => /may have been created/.test(reason ?? ''))).toHaveLength(1);
  expect(made()).toEqual(onceEach());

  editor().sandbox.faults.set({});
  editor().sandbox.clearRequests();
  expect(await run(id)).toBe('success');
  await expectAllDecided();
  // The failures alone were sent.
  expect(new Set(usersAsked())).toEqual(new Set([first, second, third, 'usr_nobody_knows']));
});

const usersAsked = () =>
  editor().sandbox.requests.map(({ json }) => (json as { user_id: string }).user_id);

it.each(['user_id', 'application_id'])('a column %s that was renamed', async (column) => {
  const renamed = all.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name === column ? 'renamed' : name, value]),
    ),
  );
  const id = await makeNightJob(renamed);
  await run(id);
  expect(usersAsked()).toEqual([]);
  expect((await rows()).filter(({ status }) => status === 'DECIDED')).toEqual([]);

  await edit(id, withApplications(all));
  await (await decisions())?.remove();
  expect(await run(id)).toBe('success');
  await expectAllDecided();
});

it('n8n killed in the middle, and run again', async () => {
  const { sandbox } = editor();
  sandbox.faults.set({ rules: [{ path: CREATE, faults: [{ kind: 'slow_first_byte', ms: 3000 }] }] });
  const id = await makeNightJob(all);
  await openWorkflow(page, id);
  await clickStart();
  await until(() => expect(made().filter((count) => count > 0).length).toBeGreaterThan(5));
  await editor().restart({ kill: true });
  const before = made().filter((count) => count > 0).length;
  expect(before).toBeLessThan(good.length);
  expect(await rows()).toEqual([]);

  sandbox.faults.set({});
  await page.context().close();
  page = await openPage({ viewport: { width: 1600, height: 800 } });
  expect(await run(id)).toBe('success');
  await expectAllDecided();
});

it('run twice by hand: one after the other, and at the same time', async () => {
  const id = await makeNightJob(all);
  const other = await openPage({ viewport: { width: 1600, height: 800 } });
  try {
    await openWorkflow(other, id);
    await openWorkflow(page, id);
    await clickStart();
    const [first, second] = await Promise.all([
      runs(other, async () => {
        await other.locator('[data-test-id="canvas-node"][data-node-name="Start"]').hover();
        await other.getByTestId('execute-workflow-button-Start').click();
      }),
      until(async () => expect((await statuses(id)).length).toBe(2)),
    ]);
    expect([first, second]).toEqual(['success', undefined]);
    await until(async () => expect(await statuses(id)).toEqual(['success', 'success']));
  } finally {
    await other.context().close();
  }
  expect(made()).toEqual(onceEach());
  expect(await run(id)).toBe('success');
  await expectAllDecided();
});
