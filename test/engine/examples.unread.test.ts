import {
  createDataTables,
  runWorkflow,
  type DataTables,
  type RunResult,
  type WorkflowJson,
} from '../../engine';
import { DEMO_USERS, startSandbox, type Sandbox } from '../../sandbox/server';
import { CREATE, credentialFor } from '../support/workflows/runPlaidCheck';
import { readExample } from '../support/workflows/readExample';

/** The example that reads reports before their 24 hours end: once, and not those that somebody has read. */

const EXAMPLE = readExample('read-before-expiry');
const TABLE = 'Plaid Check Unread Reports';
const READ = '/cra/check_report/lend_score/get';
const HOUR_MS = 3_600_000;
const USERS = DEMO_USERS.map(({ user_id }) => user_id);
const [FIRST = '', SECOND = ''] = USERS;

let sandbox: Sandbox;
let dataTables: DataTables;
beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 0 });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  sandbox.reset();
  sandbox.clock.set(Date.now());
  dataTables = createDataTables();
  await run('Start');
});

/** Runs the part behind one trigger; a schedule starts at once. */
async function run(
  trigger: 'Start' | 'Every Hour',
  plaid = sandbox,
  steps: Partial<WorkflowJson['nodes'][number]> = {},
  example = EXAMPLE,
): Promise<RunResult> {
  const result = await tryRun(trigger, plaid, steps, example);
  expect([result.status, result.error]).toEqual(['success', undefined]);
  return result;
}

async function tryRun(
  trigger: 'Start' | 'Every Hour',
  plaid: Sandbox,
  steps: Partial<WorkflowJson['nodes'][number]>,
  example = EXAMPLE,
): Promise<RunResult> {
  const other = trigger === 'Start' ? 'Every Hour' : 'Start';
  const nodes = example.nodes
    .map((node) => (node.name === 'Your Steps' ? { ...node, ...steps } : node))
    .filter(({ name }) => name !== other)
    .map((node) =>
      node.name === trigger
        ? { ...node, type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} }
        : node,
    );
  const workflow: WorkflowJson = { ...example, nodes };
  const credentials = { plaidCheckApi: credentialFor(plaid) };
  return runWorkflow({ workflow, dataTables, credentials });
}

/** Lets time pass, at the stand-in and in the table. */
function pass(hours: number): void {
  sandbox.clock.advance(hours * HOUR_MS);
  for (const { id, created_at, updatedAt } of dataTables.rows(TABLE)) {
    const before = (time: unknown) => new Date(Date.parse(String(time)) - hours * HOUR_MS);
    const times = { created_at: before(created_at), updatedAt: before(updatedAt) };
    dataTables.change(TABLE, { id }, times);
  }
}

const rows = () =>
  Object.fromEntries(
    dataTables.rows(TABLE).map(({ user_id, status }) => [String(user_id), status]),
  );
const all = (status: string) => Object.fromEntries(USERS.map((user_id) => [user_id, status]));
const sentTo = (path: string) =>
  sandbox.requests
    .filter((request) => request.path === path)
    .map(({ json }) => (json as { user_id: string }).user_id)
    .sort();
const told = ({ nodes }: RunResult) =>
  (nodes['Not Read'] ?? []).flatMap(({ outputs: [first = []] }) =>
    first.map(({ json }) => [json.user_id, json.status, json.reason]),
  );
const everybody = [...USERS].sort();

test('each report is created and noted once, however often it runs', async () => {
  expect(rows()).toEqual(all('created'));
  const before = dataTables.rows(TABLE);
  await run('Start');
  expect(sentTo(CREATE.path)).toEqual(everybody);
  expect(dataTables.rows(TABLE)).toEqual(before);
});

test('a row that was read stays so, and one that fails is tried once in a run and again in the next', async () => {
  dataTables.change(TABLE, { user_id: SECOND }, { status: 'read' });
  dataTables.change(TABLE, { user_id: FIRST }, { status: 'failed', user_id: 'usr_nobody' });
  const created = sentTo(CREATE.path).length;
  const nobody = structuredClone(EXAMPLE);
  for (const { name, parameters } of nobody.nodes) {
    if (name !== 'Applicants') continue;
    parameters.jsonOutput = String(parameters.jsonOutput).replace(FIRST, 'usr_nobody');
  }
  for (let times = 0; times < 2; times++) {
    const { nodes } = await run('Start', sandbox, {}, nobody);
    expect(rows()).toMatchObject({ usr_nobody: 'failed', [SECOND]: 'read' });
    const failed = nodes['Could Not Create']?.flatMap(({ outputs }) => outputs.flat());
    expect(failed?.map(({ json }) => json.user_id)).toEqual(['usr_nobody']);
  }
  expect(sentTo(CREATE.path).filter((user_id) => user_id !== 'usr_nobody')).toHaveLength(created);
});

test('what is unread after 23 hours is read once, and what somebody has read is left alone', async () => {
  pass(19);
  expect(told(await run('Every Hour'))).toEqual([]);
  expect(rows()).toEqual(all('created'));
  dataTables.change(TABLE, { user_id: FIRST }, { status: 'read' });
  pass(4);
  expect(told(await run('Every Hour'))).toEqual([]);
  expect(rows()).toEqual(all('read'));
  await run('Every Hour');
  expect(sentTo(READ)).toEqual(everybody.filter((user_id) => user_id !== FIRST));
  const scores = dataTables.rows(TABLE).filter(({ lend_score }) => typeof lend_score === 'number');
  expect(scores).toHaveLength(USERS.length - 1);
});

test('two runs that overlap read each report once', async () => {
  pass(23);
  await Promise.all([run('Every Hour'), run('Every Hour')]);
  expect(rows()).toEqual(all('read'));
  expect(sentTo(READ)).toEqual(everybody);
});

test('what expired unread is told once and not read', async () => {
  dataTables.change(TABLE, { user_id: FIRST }, { status: 'read' });
  pass(24.1);
  const lost = told(await run('Every Hour'));
  expect(lost).toHaveLength(USERS.length - 1);
  expect(lost).toContainEqual([SECOND, 'expired', 'Nobody read the report within 24 hours']);
  expect(rows()).toEqual({ ...all('expired'), [FIRST]: 'read' });
  expect(told(await run('Every Hour'))).toEqual([]);
  expect(sentTo(READ)).toEqual([]);
});

test('a row that a stopped run has claimed is read an hour later, or told if it has expired', async () => {
  pass(22.5);
  dataTables.change(TABLE, {}, { status: 'reading', updatedAt: new Date() });
  await run('Every Hour');
  expect(sentTo(READ)).toEqual([]);
  pass(1.2);
  await run('Every Hour');
  expect(rows()).toEqual(all('read'));

  dataTables.change(TABLE, { user_id: SECOND }, { status: 'reading' });
  pass(1.2);
  const lost = told(await run('Every Hour'));
  expect(lost).toEqual([[SECOND, 'expired', expect.stringMatching(/./)]]);
  expect(rows()).toEqual({ ...all('read'), [SECOND]: 'expired' });
});

test('what a run has read but not handled when it stopped is read again', async () => {
  pass(21);
  const stops = {
    type: 'n8n-nodes-base.stopAndError',
    typeVersion: 1,
    parameters: { errorMessage: 'The disk is full' },
  };
  const { status, error } = await tryRun('Every Hour', sandbox, stops);
  expect([status, error?.message]).toEqual(['error', 'The disk is full']);
  expect(rows()).toEqual(all('reading'));
  pass(1.2);
  await run('Every Hour');
  expect(rows()).toEqual(all('read'));
  expect(sentTo(READ)).toEqual([...everybody, ...everybody].sort());
});

test('steps may change the items: the row of each report is saved', async () => {
  pass(21);
  const parameters = { mode: 'raw', jsonOutput: '={{ { handled: true } }}', options: {} };
  await run('Every Hour', sandbox, { type: 'n8n-nodes-base.set', typeVersion: 3.4, parameters });
  expect(rows()).toEqual(all('read'));
  const scores = dataTables.rows(TABLE).filter(({ lend_score }) => typeof lend_score === 'number');
  expect(scores).toHaveLength(USERS.length);
});

test('a row that failed has the time of the report that Start finds, so that it is read in time', async () => {
  sandbox.reset();
  sandbox.clock.set(Date.now() - 10 * HOUR_MS);
  dataTables = createDataTables();
  await run('Start');
  sandbox.clock.set(Date.now());
  dataTables.change(TABLE, { user_id: FIRST }, { status: 'failed' });
  await run('Start');
  expect(rows()).toEqual(all('created'));
  expect(sentTo(CREATE.path)).toEqual(everybody);
  pass(11);
  await run('Every Hour');
  expect(rows()).toEqual({ ...all('created'), [FIRST]: 'read' });
});

test('a report that is not there is told, and one that is not ready is read by a later run', async () => {
  pass(21);
  sandbox.reset();
  const lost = told(await run('Every Hour'));
  expect(lost).toHaveLength(USERS.length);
  expect(new Set(lost.map(([, status]) => status))).toEqual(new Set(['failed']));

  const slow = await startSandbox({ readyAfterMs: 22 * HOUR_MS });
  dataTables = createDataTables();
  await run('Start', slow);
  pass(21);
  slow.clock.advance(21 * HOUR_MS);
  expect(told(await run('Every Hour', slow))).toEqual([]);
  expect(rows()).toEqual(all('created'));
  pass(2);
  slow.clock.advance(2 * HOUR_MS);
  await run('Every Hour', slow);
  expect(rows()).toEqual(all('read'));
  await slow.close();
});
