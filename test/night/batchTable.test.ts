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
/** Webhooks that are sent when n8n is restarted. */
const MIDDLE = 300;
/** Every tenth webhook does not come, and every seventh comes twice. */
const isLost = (index: number) => index % 10 === 3;
const isTwice = (index: number) => index % 7 === 0;
const TABLE = 'Plaid Check Batch';
const CREATE = '/cra/check_report/create';
const LEND_SCORE = '/cra/check_report/lend_score/get';
const WITHIN_MS = 600_000;
/** Reports become ready by the stand-in's clock, which the test moves. */
const READY_AFTER_MS = 3_600_000;
/** Reports that are not read yet though their webhook was sent. */
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
  // Those of the stand-in come all at once when its clock is moved, so the test sends them instead.
  editor.sandbox.faults.set({ webhooks: [{ fault: 'lost' }] });
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

/** Sends the webhooks of some reports, no faster than n8n reads them: Plaid takes minutes for reports, and not all at once. */
async function sendWebhooks(url: string, some: readonly { index: number; user_id: string }[]) {
  const readBefore = reads();
  let sent = 0;
  for (const { index, user_id } of some) {
    await until(() => expect(sent - (reads() - readBefore)).toBeLessThan(AT_ONCE), WITHIN_MS);
    const event = {
      webhook_type: 'CHECK_REPORT',
      webhook_code: 'USER_CHECK_REPORT_READY',
      user_id,
    };
    sent++;
    for (let copy = 0; copy <= Number(isTwice(index)); copy++)
      void editor.sandbox.sendWebhook(url, { ...event, environment: 'sandbox' });
  }
}

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
  let webhook = '';
  await edit(order, ({ name, parameters }) => {
    if (name !== 'Applications') return {};
    ({ webhook } = JSON.parse(String(parameters.jsonOutput)) as { webhook: string });
    return { jsonOutput: JSON.stringify({ webhook, applications }) };
  });
  await start(order, 'Start');
  expect(await ended(order)).toBe('success');
  tell('all reports are ordered');
  editor.sandbox.clock.advance(READY_AFTER_MS);
  await editor.sandbox.webhooksSettled();
  editor.sandbox.faults.clear();
  const heard = users
    .map(({ user_id }, index) => ({ index, user_id }))
    .filter(({ index }) => !isLost(index));
  await sendWebhooks(webhook, heard.slice(0, MIDDLE));
  // With executions in the middle of a read.
  await editor.restart();
  tell(`n8n was restarted: ${JSON.stringify(countStatuses(await rows()))}`);
  await sendWebhooks(webhook, heard.slice(MIDDLE));
  await editor.sandbox.webhooksSettled();
  await fewerThan(collect, 1);
  const unheard = await rows();
  tell(`every webhook has come or is lost: ${JSON.stringify(countStatuses(unheard))}`);
  const lost = REPORTS - heard.length;
  expect(countOf(unheard, 'read')).toBeGreaterThanOrEqual(heard.length - AT_ONCE);

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
