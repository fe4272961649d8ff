import type { IDataObject } from 'n8n-workflow';
import {
  createDataTables,
  runWorkflow,
  type DataTables,
  type RunResult,
  type WorkflowJson,
} from '../../engine';
import { DEMO_USERS, PERSONAS, startSandbox, type Sandbox } from '../../sandbox/server';
import { credentialFor } from '../support/workflows/runPlaidCheck';
import { readExample } from '../support/workflows/readExample';

/** The night job in the real engine: everybody gets a row, the failures are the next run's, and nobody is billed twice. */

const NIGHT_JOB = readExample('night-job');

const DECISIONS = 'Night Job Decisions';

let sandbox: Sandbox;
let dataTables: DataTables;

beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 300 });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.reset();
  sandbox.faults.set({});
  dataTables = createDataTables();
});

async function run(workflow = NIGHT_JOB): Promise<IDataObject> {
  const result: RunResult = await runWorkflow({
    workflow,
    dataTables,
    credentials: { plaidCheckApi: credentialFor(sandbox) },
  });
  expect([result.status, result.error]).toEqual(['success', undefined]);
  const [summary, ...others] = (result.nodes.Summary ?? []).flatMap(({ outputs }) =>
    outputs.flat(),
  );
  expect(others).toEqual([]);
  return summary?.json ?? {};
}

/** The same job for other applications. */
function withApplications(change: (text: string) => string): WorkflowJson {
  const nodes = NIGHT_JOB.nodes.map((node) =>
    node.name === 'Applications'
      ? {
          ...node,
          parameters: {
            ...node.parameters,
            jsonOutput: change(String(node.parameters.jsonOutput)),
          },
        }
      : node,
  );
  return { ...NIGHT_JOB, nodes };
}

const created = () => DEMO_USERS.map(({ user_id }) => sandbox.reportsCreated(user_id));
const rows = () =>
  dataTables
    .rows(DECISIONS)
    .map(({ application_id, status, decision }) => [application_id, status, decision]);

test('decides on everybody it can, and lists the others with the reason', async () => {
  const summary = await run();
  expect(summary).toEqual({
    decided_today: 5,
    failed: 3,
    failures: [
      expect.stringMatching(/^APP-2003: Not sent: User ID is required/),
      expect.stringMatching(/^APP-2005: Not sent: User ID must be .* got "customer-10482"/),
      expect.stringMatching(/^APP-2007: Not sent: User ID must be .* got "priya.nair@example.com"/),
    ],
  });
  expect(created()).toEqual([1, 1, 1, 1, 1]);
  expect(rows()).toEqual([
    ['APP-2001', 'DECIDED', 'APPROVE'],
    ['APP-2002', 'DECIDED', 'REFER'],
    ['APP-2004', 'DECIDED', 'APPROVE'],
    ['APP-2006', 'DECIDED', 'APPROVE'],
    ['APP-2008', 'DECIDED', 'REFER'],
    ['APP-2003', 'FAILED', ''],
    ['APP-2005', 'FAILED', ''],
    ['APP-2007', 'FAILED', ''],
  ]);
});

test('run again after the rows are corrected, it sends the failures alone', async () => {
  await run();
  sandbox.clearRequests();
  const [someone] = PERSONAS;
  const summary = await run(
    withApplications((text) => text.replace('customer-10482', someone?.user_id ?? '')),
  );
  expect(summary).toMatchObject({ decided_today: 6, failed: 2 });
  expect(created()).toEqual([1, 1, 1, 1, 1]);
  expect(new Set(sandbox.requests.map(({ json }) => (json as IDataObject).user_id))).toEqual(
    new Set([someone?.user_id]),
  );
  expect(dataTables.rows(DECISIONS)).toHaveLength(8);
});

test('a product that is down decides on nobody, and the next run needs no second report', async () => {
  sandbox.faults.set({
    rules: [
      { path: '/cra/check_report/lend_score/get', faults: [{ kind: 'planned_maintenance' }] },
    ],
  });
  const summary = await run();
  expect(summary).toMatchObject({ decided_today: 0, failed: 8 });
  expect(rows().map(([, status, decision]) => `${status} ${decision}`)).toEqual(
    Array(8).fill('FAILED '),
  );
  sandbox.faults.set({});
  expect(await run()).toMatchObject({ decided_today: 5, failed: 3 });
  expect(created()).toEqual([1, 1, 1, 1, 1]);
});

test('nobody is approved without a score, with a fraud alert or with a bank that was not read', async () => {
  const traits = {
    no_scores: 'No LendScore',
    fraud_alert: 'A fraud alert, or unknown',
    item_failed: 'Not every bank could be read',
  };
  const applications = Object.keys(traits).map((trait) => ({
    application_id: trait,
    user_id: `usr_persona_${trait}`,
  }));
  await run(withApplications(() => JSON.stringify({ applications })));
  expect(rows()).toEqual(Object.keys(traits).map((trait) => [trait, 'DECIDED', 'REFER']));
  expect(dataTables.rows(DECISIONS).map(({ reason }) => reason)).toEqual(Object.values(traits));
});

test('a column that was renamed sends nothing', async () => {
  const summary = await run(withApplications((text) => text.replaceAll('"user_id"', '"customer"')));
  expect(summary).toMatchObject({ decided_today: 0, failed: 8 });
  expect(sandbox.requests).toEqual([]);
});
