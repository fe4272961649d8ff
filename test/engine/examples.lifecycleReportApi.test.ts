import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  listen,
  runWorkflow,
  type Listener,
  type RunResult,
  type WorkflowJson,
} from '../../engine';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { post } from '../support/workflows/listenTrigger';
import { credentialFor } from '../support/workflows/runPlaidCheck';

/** A whole life with Plaid's current report API, in the real engine: Link creates the report, one request reads it. */

const FILE = join(__dirname, '..', '..', 'examples', 'lifecycle-report-api.json');
const EXAMPLE = 'https://example.com/plaid/webhook';

/** The example, with what a person would fill in. */
function example(webhook = EXAMPLE, paidBack = 'LIFE-0000'): WorkflowJson {
  const text = readFileSync(FILE, 'utf8').replaceAll(EXAMPLE, webhook);
  return JSON.parse(text.replace('LIFE-0000', paidBack)) as WorkflowJson;
}

/** The part that a trigger starts, as a workflow is run from one of its triggers. */
function startingAt(workflow: WorkflowJson, other: string): WorkflowJson {
  return { ...workflow, nodes: workflow.nodes.filter(({ name }) => name !== other) };
}

let sandbox: Sandbox;
let plaid: Listener;

const jsonOf = ({ nodes }: RunResult, name: string) =>
  (nodes[name] ?? []).flatMap(({ outputs }) => outputs.flat().map(({ json }) => json));

async function inAll(name: string) {
  const results = await Promise.all(plaid.executions);
  for (const { status, error } of results) expect([status, error]).toEqual(['success', undefined]);
  return results.flatMap((result) => jsonOf(result, name));
}

async function settled(): Promise<void> {
  let before: number;
  do {
    before = plaid.executions.length;
    await sandbox.webhooksSettled();
    await Promise.all(plaid.executions);
    await sandbox.webhooksSettled();
  } while (plaid.executions.length > before);
}

const answered = (path: string) =>
  sandbox.requests
    .filter((request) => request.path === path && request.status === 200)
    .map(({ json }) => json as Record<string, unknown>);

async function live(paidBack?: string) {
  plaid = await listen({
    // The trigger's own address is known only once it listens, so the subscription's is that of the report.
    workflow: startingAt(example(undefined, paidBack), 'Start'),
    credentials: { plaidCheckApi: credentialFor(sandbox) },
  });
}

beforeEach(async () => {
  sandbox = await startSandbox({ readyAfterMs: 100, webhooks: { repeatAfterMs: [] } });
});
afterEach(async () => {
  await plaid.close();
  await sandbox.close();
});

async function invite() {
  const result = await runWorkflow({
    workflow: startingAt(example(plaid.url), 'When Plaid Calls'),
    credentials: { plaidCheckApi: credentialFor(sandbox) },
  });
  expect([result.status, result.error]).toEqual(['success', undefined]);
  expect(jsonOf(result, 'Could Not Invite')).toEqual([]);
  const invitations = jsonOf(result, 'Invitation') as Array<{ send_to: string; user_id: string }>;
  expect(invitations).toHaveLength(2);
  return invitations;
}

test('applicants link a bank, and each report is read in one request and decided on', async () => {
  await live();
  const invitations = await invite();
  for (const { send_to } of invitations) sandbox.finishLink(send_to);
  await settled();
  expect(await inAll('Could Not Continue')).toEqual([]);
  const decisions = await inAll('Decision');
  expect(decisions.map(({ application_id }) => application_id).sort()).toEqual([
    'LIFE-2001',
    'LIFE-2002',
  ]);
  for (const decision of decisions) {
    expect(decision).toMatchObject({
      lend_score: expect.any(Number),
      monthly_net_income: expect.any(Number),
      failed_products: '',
    });
  }
  const reads = answered('/cra/report/get').filter(
    ({ decision_stage }) => decision_stage === 'DECISIONING',
  );
  expect(reads).toHaveLength(2);
  for (const { products } of reads) expect(products).toHaveLength(3);
  expect(answered('/cra/report/create')).toEqual([]);
  for (const { user_id } of invitations) expect(sandbox.productReportsCreated(user_id)).toBe(1);
  expect(answered('/cra/servicing/subscription/create')).toHaveLength(
    decisions.filter(({ decision }) => decision === 'APPROVE').length,
  );
});

test('an update is read with the same request, and the loan that is paid back ends with its user', async () => {
  await live('LIFE-2001');
  const invitations = await invite();
  for (const { send_to } of invitations) sandbox.finishLink(send_to);
  await settled();
  const approved = (await inAll('Loan Opened')).map(({ application_id }) => application_id);
  expect(approved).toContain('LIFE-2001');
  // The example's address is nobody's, so its webhooks are delivered here.
  const updates = sandbox.webhooks
    .map(({ body }) => body as Record<string, unknown>)
    .filter(({ webhook_code }) => webhook_code === 'CRA_REPORT_UPDATED');
  for (const body of updates) {
    const text = JSON.stringify(body);
    const { status } = await post(plaid.url, text, {
      'content-type': 'application/json',
      'plaid-verification': sandbox.signWebhook(text),
    });
    expect(status).toBe(200);
  }
  await settled();
  expect(await inAll('Could Not Continue')).toEqual([]);
  const read = await inAll('Update');
  expect(read.map(({ application_id }) => application_id).sort()).toEqual(approved.sort());
  for (const update of read)
    expect(update).toMatchObject({ monthly_net_income: expect.any(Number) });
  expect(await inAll('Loan Closed')).toEqual([{ application_id: 'LIFE-2001', status: 'REMOVED' }]);
  expect(answered('/cra/servicing/subscription/delete')).toHaveLength(1);
  expect(answered('/user/remove')).toHaveLength(1);
});

test('a report with a failed product goes to a person, and one without products ends apart', async () => {
  await live();
  const [first, second] = await invite();
  sandbox.faults.set({
    reports: [
      { code: 'DATA_UNAVAILABLE', product: '*', user: first?.user_id },
      { code: 'DATA_UNAVAILABLE', product: 'cra_base_report', user: second?.user_id },
    ],
  });
  for (const one of [first, second]) if (one) sandbox.finishLink(one.send_to);
  await settled();
  expect(await inAll('Could Not Continue')).toMatchObject([
    { user_id: first?.user_id, error_code: 'DATA_UNAVAILABLE' },
  ]);
  expect(await inAll('For a Person to Review')).toMatchObject([
    { application_id: 'LIFE-2002', failed_products: 'cra_base_report' },
  ]);
  expect(answered('/cra/report/get')).toHaveLength(1);
});

describe('the decision', () => {
  const CALL = 'When Plaid Calls';
  const FACTS = {
    user_id: 'usr_1',
    has_fraud_alert: false,
    is_complete: true,
    currency: 'USD',
    current_monthly_net_income: 1500,
    qualify_attributes: { example_lend_score: 15 },
  };

  /** The decision about a report as given. */
  async function decide(change: object) {
    const names = [CALL, 'Get New Report', 'Decision'];
    const nodes = example()
      .nodes.filter(({ name }) => names.includes(name))
      .map((node) =>
        node.name === CALL
          ? { ...node, type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} }
          : node,
      );
    const to = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
    const body = { client_report_id: 'LIFE-1', failed_products: [] };
    const result = await runWorkflow({
      workflow: {
        ...example(),
        nodes,
        connections: { [CALL]: to('Get New Report'), 'Get New Report': to('Decision') },
        pinData: {
          [CALL]: [{ json: { body } }],
          'Get New Report': [{ json: { ...FACTS, ...change }, pairedItem: { item: 0 } }],
        },
      } as WorkflowJson,
      credentials: {},
    });
    expect([result.status, result.error]).toEqual(['success', undefined]);
    return jsonOf(result, 'Decision').map(({ decision }) => decision);
  }

  test.each([
    ['all is known and good', {}, 'APPROVE'],
    ['there is a fraud alert', { has_fraud_alert: true }, 'REVIEW'],
    ['fraud alerts are unknown', { has_fraud_alert: null }, 'REVIEW'],
    ['a bank could not be read', { is_complete: false }, 'REVIEW'],
    ['income is in another currency', { currency: 'CAD' }, 'REVIEW'],
    ['income is unknown', { current_monthly_net_income: null }, 'REVIEW'],
    ['there is no income', { current_monthly_net_income: 0 }, 'REVIEW'],
    ['the score is unknown', { qualify_attributes: {} }, 'REVIEW'],
  ])('where %s', async (_, change, decision) => {
    expect(await decide(change)).toEqual([decision]);
  });
});
