import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEditor, type Editor } from '../../launcher/index';
import { executionsOf, readExample, type ExampleNode } from '../e2e/support/examples';
import { until } from '../e2e/support/until';

/**
 * The two workflows for batches in a real n8n: 1,000 reports, one in ten webhooks lost, and n8n restarted in the middle. Each
 * report is read, and by one execution alone.
 */

const REPORTS = 1_000;
/** Rows that are read when n8n is restarted. */
const MIDDLE = 300;
const LOST_SHARE = 0.1;
const TABLE = 'Plaid Check Batch';
const CREATE = '/cra/check_report/create';
const LEND_SCORE = '/cra/check_report/lend_score/get';
const WITHIN_MS = 600_000;
/** Reports become ready by the stand-in's clock, which the test moves. */
const READY_AFTER_MS = 3_600_000;
/** Executions that run at once while webhooks come: a Plaid that takes minutes for a report sends no more. */
const AT_ONCE = 10;
/** Plaid waits for 30 s before it sends a webhook again, and four times longer each time. */
const SHORTER_DELAYS_MS = [3_000, 6_000, 12_000, 24_000, 48_000];

const users = Array.from({ length: REPORTS }, (_, index) => ({
  user_id: `usr_batch_${String(index).padStart(4, '0')}`,
  given_name: 'Applicant',
  family_name: String(index),
  archetype: 'gig_worker' as const,
}));

interface Row {
  user_id: string;
  status: string;
  lend_score: number | null;
  reason: string | null;
}

let home: string;
let editor: Editor;
const order = readExample('batch-create').id;
const collect = readExample('batch-collect').id;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'plaid-check-night-'));
  const webhooks = { repeatAfterMs: SHORTER_DELAYS_MS };
  // For bursts of webhooks: docs/webhooks.md
  const env = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };
  editor = await startEditor({
    home,
    env,
    sandbox: { readyAfterMs: READY_AFTER_MS, users, webhooks },
  });
  editor.sandbox.faults.set({ seed: 7, webhooks: [{ fault: 'lost', share: LOST_SHARE }] });
});
afterAll(async () => {
  await editor?.stop();
  await rm(home, { recursive: true, force: true, maxRetries: 3 });
});

/** Changes a node of a workflow and publishes it, as a person does. */
async function edit(id: string, change: (node: ExampleNode) => object): Promise<void> {
  const { rest } = editor;
  const { nodes, versionId, active } = await rest.call<{
    nodes: ExampleNode[];
    versionId: string;
    active: boolean;
  }>('GET', `/rest/workflows/${id}`);
  const changed = nodes.map((node) => ({
    ...node,
    parameters: { ...node.parameters, ...change(node) },
  }));
  const saved = await rest.call<{ versionId: string }>('PATCH', `/rest/workflows/${id}`, {
    nodes: changed,
    versionId,
  });
  if (active)
    await rest.call('POST', `/rest/workflows/${id}/activate`, { versionId: saved.versionId });
}

const start = (id: string, trigger: string) =>
  editor.rest.call('POST', `/rest/workflows/${id}/run`, { triggerToStartFrom: { name: trigger } });

/** Executions of a workflow that have not ended. */
async function running(workflowId: string): Promise<number> {
  const filter = encodeURIComponent(JSON.stringify({ workflowId, status: ['new', 'running'] }));
  const { results } = await editor.rest.call<{ results: unknown[] }>(
    'GET',
    `/rest/executions?filter=${filter}`,
  );
  return results.length;
}

const fewerThan = (workflow: string, count: number) =>
  until(async () => expect(await running(workflow)).toBeLessThan(count), WITHIN_MS);

/** How the newest execution of a workflow ended. */
async function ended(id: string): Promise<string | undefined> {
  await fewerThan(id, 1);
  return (await executionsOf(editor.rest, id))[0]?.status;
}

/** Makes reports ready in the order of their creation, as quickly as n8n reads them, until enough are read. */
async function letBeReady(from: number, to: number, enough: number): Promise<number> {
  let at = from;
  while (at < to && reads() < enough) {
    at += STEP_MS;
    await until(async () => {
      // It runs on by itself.
      editor.sandbox.clock.set(at + READY_AFTER_MS);
      expect(await running(collect)).toBeLessThan(AT_ONCE);
    }, WITHIN_MS);
  }
  return at;
}
/** Some reports are created meanwhile. */
const STEP_MS = 250;

const reads = () => editor.sandbox.done(LEND_SCORE);

async function rows(): Promise<Row[]> {
  const { rest } = editor;
  const { id: project } = await rest.call<{ id: string }>('GET', '/rest/projects/personal');
  const tables = `/rest/projects/${project}/data-tables`;
  const { data } = await rest.call<{ data: { id: string; name: string }[] }>(
    'GET',
    `${tables}?take=200`,
  );
  const table = data.find(({ name }) => name === TABLE);
  if (!table) return [];
  const all: Row[] = [];
  for (let skip = 0; skip < REPORTS; skip += PAGE) {
    const path = `${tables}/${table.id}/rows?take=${PAGE}&skip=${skip}&sortBy=id:asc`;
    all.push(...(await rest.call<{ data: Row[] }>('GET', path)).data);
  }
  return all;
}
const PAGE = 200;

const countOf = (all: readonly Row[], status: string) =>
  all.filter((row) => row.status === status).length;

/** How often the stand-in processed a request of each user, by how often. */
function timesOf(path: string): Record<number, number> {
  const times: Record<number, number> = {};
  for (const { user_id } of users) {
    const done = editor.sandbox.done(path, user_id);
    times[done] = (times[done] ?? 0) + 1;
  }
  return times;
}

test('0 reports expire unread and 0 are read twice', async () => {
  const startedAt = Date.now();
  const tell = (what: string) =>
    console.log(`${((Date.now() - startedAt) / 1000).toFixed(0)} s: ${what}`);
  const applications = users.map(({ user_id }, index) => ({
    application_id: `BATCH-${index}`,
    user_id,
  }));
  await edit(order, ({ name, parameters }) => {
    if (name !== 'Applications') return {};
    const { webhook } = JSON.parse(String(parameters.jsonOutput)) as { webhook: string };
    return { jsonOutput: JSON.stringify({ webhook, applications }) };
  });
  await start(order, 'Start');
  await until(() => expect(editor.sandbox.done(CREATE)).toBeGreaterThan(0), WITHIN_MS);
  const orderedFrom = editor.sandbox.clock.now() - STEP_MS;
  expect(await ended(order)).toBe('success');
  const orderedUntil = editor.sandbox.clock.now();
  tell('all reports are ordered');
  const middle = await letBeReady(orderedFrom, orderedUntil, MIDDLE);
  await editor.restart();
  tell(`n8n was restarted: ${JSON.stringify(countStatuses(await rows()))}`);
  await letBeReady(middle, orderedUntil, REPORTS);
  await editor.sandbox.webhooksSettled();
  await fewerThan(collect, 1);
  const unheard = await rows();
  tell(`every webhook has come or is lost: ${JSON.stringify(countStatuses(unheard))}`);
  const { webhook_lost: lost = 0 } = editor.sandbox.faults.struck;
  expect(lost).toBeGreaterThan(REPORTS * LOST_SHARE * 0.5);
  expect(countOf(unheard, 'read') + countOf(unheard, 'open') + countOf(unheard, 'reading')).toBe(
    REPORTS,
  );

  // The hour after which the second workflow reads what no webhook came for is over.
  await edit(collect, ({ parameters }) =>
    JSON.parse(JSON.stringify(parameters).replaceAll('{ hours: 1 }', '{ seconds: 1 }')),
  );
  await start(collect, 'Every 15 Minutes');
  expect(await ended(collect)).toBe('success');
  const all = await rows();
  tell(`${lost} webhooks were lost: ${JSON.stringify(countStatuses(all))}`);
  tell(
    `creations by user: ${JSON.stringify(timesOf(CREATE))}, reads: ${JSON.stringify(timesOf(LEND_SCORE))}`,
  );
  expect(countStatuses(all)).toEqual({ read: REPORTS });
  expect(timesOf(CREATE)).toEqual({ 1: REPORTS });
  expect(timesOf(LEND_SCORE)).toEqual({ 1: REPORTS });
});

function countStatuses(all: readonly Row[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of all) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
