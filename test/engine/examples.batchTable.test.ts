import {
  createDataTables,
  listen,
  runWorkflow,
  type DataTables,
  type RunResult,
  type WorkflowJson,
} from '../../engine';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { CREATE, credentialFor } from '../support/workflows/runPlaidCheck';
import { readExample } from '../support/workflows/readExample';

/** The two workflows for batches: one orders the reports, the other reads each when its webhook comes, or later without. */

const ORDER = readExample('batch-create');
const COLLECT = readExample('batch-collect');
const TABLE = 'Plaid Check Batch';
/** Read by the second workflow alone: the first one looks at the base report. */
const LEND_SCORE = '/cra/check_report/lend_score/get';

const APPLICANTS = 100;
/** Every tenth webhook does not come, and every seventh comes twice. */
const isLost = (index: number) => index % 10 === 3;
const isTwice = (index: number) => index % 7 === 0;

const users = Array.from({ length: APPLICANTS }, (_, index) => ({
  user_id: `usr_batch_${index}`,
  given_name: 'Applicant',
  family_name: String(index),
  archetype: 'gig_worker' as const,
}));
const HOUR_MS = 3_600_000;

let sandbox: Sandbox;
let dataTables: DataTables;

beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 0, users });
  dataTables = createDataTables();
});
afterAll(() => sandbox.close());

const credentials = () => ({ plaidCheckApi: credentialFor(sandbox) });

async function run(workflow: WorkflowJson): Promise<RunResult> {
  const result = await runWorkflow({ workflow, dataTables, credentials: credentials() });
  expect([result.status, result.error]).toEqual(['success', undefined]);
  return result;
}

/** The workflow with another node of a name. */
const withNode = (workflow: WorkflowJson, name: string, change: object): WorkflowJson => ({
  ...workflow,
  nodes: workflow.nodes.map((node) => (node.name === name ? { ...node, ...change } : node)),
});

const order = () => {
  const applications = users.map(({ user_id }, index) => ({
    application_id: `BATCH-${index}`,
    user_id,
  }));
  const jsonOutput = JSON.stringify({ webhook: 'https://example.com/plaid', applications });
  return withNode(ORDER, 'Applications', { parameters: { mode: 'raw', jsonOutput, options: {} } });
};

/** What a schedule starts, started at once. */
const sweep = () => {
  const started = withNode(COLLECT, 'Every 15 Minutes', {
    type: 'n8n-nodes-base.manualTrigger',
    typeVersion: 1,
    parameters: {},
  });
  return { ...started, nodes: started.nodes.filter(({ name }) => name !== 'When Plaid Calls') };
};

const statuses = () => dataTables.rows(TABLE).map(({ status }) => status);
const countOf = (status: string) => statuses().filter((one) => one === status).length;
const sentTo = (path: string) => sandbox.requests.filter((one) => one.path === path);

/** Moves the table's clock on, as a row is left over only after an hour. */
const letAnHourPass = (status: string) =>
  dataTables.change(
    TABLE,
    { status },
    {
      createdAt: new Date(Date.now() - 2 * HOUR_MS),
      updatedAt: new Date(Date.now() - 2 * HOUR_MS),
    },
  );

test('orders each report once, however often it runs', async () => {
  await run(order());
  await run(order());
  expect(statuses()).toEqual(Array(APPLICANTS).fill('open'));
  expect(sentTo(CREATE.path)).toHaveLength(APPLICANTS);
}, 120_000);

test('reads each report once by its webhook, whatever copies come', async () => {
  const listener = await listen({ workflow: COLLECT, dataTables, credentials: credentials() });
  const events = users.flatMap(({ user_id }, index) => {
    const event = {
      webhook_type: 'CHECK_REPORT',
      webhook_code: 'USER_CHECK_REPORT_READY',
      user_id,
    };
    if (isLost(index)) return [];
    return isTwice(index) ? [event, { ...event, is_hosted_link: false }] : [event];
  });
  const answers = await Promise.all(
    events.map(async (event) => {
      const body = JSON.stringify({ ...event, environment: 'sandbox' });
      const headers = {
        'content-type': 'application/json',
        'plaid-verification': sandbox.signWebhook(body),
      };
      return (await fetch(listener.url, { method: 'POST', headers, body })).status;
    }),
  );
  expect(new Set(answers)).toEqual(new Set([200]));
  await Promise.all(listener.executions);
  await listener.close();
  const lost = users.filter((_, index) => isLost(index)).length;
  expect([countOf('read'), countOf('open')]).toEqual([APPLICANTS - lost, lost]);
}, 120_000);

test('reads what no webhook came for after an hour, and what a killed run had claimed', async () => {
  await run(sweep());
  expect(countOf('open')).toBe(users.filter((_, index) => isLost(index)).length);
  letAnHourPass('open');
  await run(sweep());
  expect(statuses()).toEqual(Array(APPLICANTS).fill('read'));
  const reads = sentTo(LEND_SCORE).map(({ json }) => (json as { user_id: string }).user_id);
  expect(reads.sort()).toEqual(users.map(({ user_id }) => user_id).sort());

  dataTables.change(TABLE, { application_id: 'BATCH-5' }, { status: 'reading' });
  letAnHourPass('reading');
  await run(sweep());
  expect(statuses()).toEqual(Array(APPLICANTS).fill('read'));
  expect(sandbox.billed.filter(({ event }) => event === 'cra_base_report')).toHaveLength(
    APPLICANTS,
  );
}, 120_000);
