import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createDataTables,
  listen,
  type Listener,
  type RunResult,
  runWorkflow,
  type WorkflowJson,
} from '../../engine';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { ask, refusal } from '../sandbox/client';
import { post } from '../support/workflows/listenTrigger';
import { credentialFor } from '../support/workflows/runPlaidCheck';

/** A whole life, in the real engine: part 1 invites, Plaid's webhooks start part 2 until the user is gone. */

const EXAMPLES = join(__dirname, '..', '..', 'examples');

/** Where the examples keep their records. */
const BORROWERS = 'Plaid Check Borrowers';
const dataTables = createDataTables();

const REPORT_PATHS = [
  '/cra/check_report/base_report/get',
  '/cra/check_report/income_insights/get',
  '/cra/check_report/lend_score/get',
  '/cra/check_report/partner_insights/get',
  '/cra/check_report/network_insights/get',
  '/cra/check_report/pdf/get',
];

const readExample = (file: string) =>
  JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')) as WorkflowJson;

/** Part 1 with the trigger's address in it, as a person puts it there. */
function applyTo(webhook: string): WorkflowJson {
  const example = readExample('lifecycle-apply.json');
  const nodes = example.nodes.map((node) =>
    node.name === 'Applicants'
      ? {
          ...node,
          parameters: {
            ...node.parameters,
            jsonOutput: String(node.parameters.jsonOutput).replace(
              'https://example.com/plaid/webhook',
              webhook,
            ),
          },
        }
      : node,
  );
  return { ...example, nodes };
}

interface Invitation {
  application_id: string;
  user_id: string;
  send_to: string;
}

let sandbox: Sandbox;
let plaid: Listener;
/** What n8n does where it saves a new execution. */
let onStart = async () => {};

const jsonOf = ({ nodes }: RunResult, name: string) =>
  (nodes[name] ?? []).flatMap(({ outputs }) => outputs.flat().map(({ json }) => json));

/** What a node gave in all executions that webhooks have started. */
async function inAll(name: string) {
  const results = await Promise.all(plaid.executions);
  for (const { status, error } of results) expect([status, error]).toEqual(['success', undefined]);
  return results.flatMap((result) => jsonOf(result, name));
}

/** Waits until all webhooks have arrived and what they have started has come to its end, updates it led to included. */
async function settled(): Promise<void> {
  let before: number;
  do {
    before = plaid.executions.length;
    await sandbox.webhooksSettled();
    await Promise.all(plaid.executions);
    await sandbox.webhooksSettled();
  } while (plaid.executions.length > before);
}

/** Sends a webhook with a signature of its own, once. Its status. */
async function deliver(text: string, signal?: AbortSignal): Promise<number> {
  const { status } = await post(
    plaid.url,
    text,
    { 'content-type': 'application/json', 'plaid-verification': sandbox.signWebhook(text) },
    { signal },
  );
  return status;
}

/** The requests to a path that were answered 200. */
const answered = (path: string) =>
  sandbox.requests
    .filter((request) => request.path === path && request.status === 200)
    .map(({ json }) => json as Record<string, unknown>);

const usersAskedFor = (path: string) => answered(path).map(({ user_id }) => user_id);

function recordOf(userId: string) {
  const found = dataTables.rows(BORROWERS).filter(({ user_id }) => user_id === userId);
  expect(found).toHaveLength(1);
  return found[0];
}

let invitations: Invitation[];
const invited = (applicationId: string): Invitation => {
  const found = invitations.find(({ application_id }) => application_id === applicationId);
  if (!found) throw new Error(`${applicationId} was not invited`);
  return found;
};

beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 100 });
  plaid = await listen({
    onStart: () => onStart(),
    workflow: readExample('lifecycle-report.json'),
    credentials: { plaidCheckApi: credentialFor(sandbox) },
    dataTables,
  });
});

afterAll(async () => {
  await plaid.close();
  await sandbox.close();
});

// One life, told in order: each test goes on where the one before has ended.

test('part 1 makes a user of every applicant and gives the address of a hosted Link to send', async () => {
  const result = await runWorkflow({
    workflow: applyTo(plaid.url),
    credentials: { plaidCheckApi: credentialFor(sandbox) },
    dataTables,
  });
  expect([result.status, result.error]).toEqual(['success', undefined]);
  expect(jsonOf(result, 'Could Not Invite')).toEqual([]);
  invitations = jsonOf(result, 'Invitation') as unknown as Invitation[];
  expect(invitations.map(({ application_id }) => application_id).sort()).toEqual([
    'LIFE-1001',
    'LIFE-1002',
    'LIFE-1003',
  ]);
  for (const { send_to } of invitations) expect(send_to).toContain('/hosted_link/');
  const tokens = invitations.map(({ user_id }) => recordOf(user_id)?.user_token);
  expect(tokens.filter(Boolean)).toEqual([expect.stringMatching(/^user-sandbox-/)]);
  expect(recordOf(invited('LIFE-1001').user_id)?.user_token).toBe(tokens.find(Boolean));
  expect(JSON.stringify(invitations)).not.toContain('user-sandbox-');
});

test('once Plaid tells that the reports are ready, all of them are read and decided on', async () => {
  for (const { send_to } of invitations) sandbox.finishLink(send_to);
  await settled();

  expect(await inAll('Could Not Continue')).toEqual([]);
  const everybody = invitations.map(({ user_id }) => user_id).sort();
  for (const path of REPORT_PATHS) {
    expect([path, usersAskedFor(path).sort()]).toEqual([path, everybody]);
  }
  const decisions = await inAll('Decision');
  expect(decisions).toHaveLength(3);
  for (const decision of decisions) {
    expect(decision).toMatchObject({
      lend_score: expect.any(Number),
      cash_score: expect.any(Number),
      monthly_net_income: expect.any(Number),
      income_currency: 'USD',
      open_questions: [],
      lenders_connected: expect.any(Number),
    });
    expect(decision.pdf).toMatch(/\.pdf$/);
  }
  const pdfs = (await Promise.all(plaid.executions)).flatMap(({ nodes }) =>
    (nodes['Get PDF'] ?? []).flatMap(({ outputs: [items = []] }) =>
      items.map(({ binary }) => Buffer.from(String(binary?.data?.data), 'base64')),
    ),
  );
  expect(pdfs.map((pdf) => pdf.subarray(0, 5).toString())).toEqual(['%PDF-', '%PDF-', '%PDF-']);
  expect((await inAll('For a Person to Review')).map((one) => one.application_id)).toEqual([
    'LIFE-1003',
  ]);
});

test('loans are opened, and reported to Plaid where there is a user token', async () => {
  const opened = await inAll('Loan Opened');
  expect(opened.map((one) => [one.application_id, one.reported_to_plaid]).sort()).toEqual([
    ['LIFE-1001', true],
    ['LIFE-1002', false],
  ]);
  const { user_id } = invited('LIFE-1001');
  expect([...sandbox.loans()]).toEqual([
    [
      'LIFE-1001',
      expect.objectContaining({
        userId: user_id,
        registered: expect.objectContaining({ loan_amount: 6000, type: 'PERSONAL' }),
      }),
    ],
  ]);
});

test('a simulated update arrives for each loan that is serviced, and is read', async () => {
  expect(usersAskedFor('/cra/servicing/subscription/create')).toHaveLength(2);
  const updates = await inAll('Update');
  expect(updates.map(({ application_id }) => application_id).sort()).toEqual([
    'LIFE-1001',
    'LIFE-1002',
  ]);
  const announced = sandbox.webhooks
    .map(({ body }) => body as Record<string, unknown>)
    .filter(({ webhook_code }) => webhook_code === 'CRA_REPORT_UPDATED');
  expect(updates.map(({ report_id }) => report_id).sort()).toEqual(
    announced.map(({ report_id }) => report_id).sort(),
  );
  for (const body of answered('/cra/report/get')) {
    expect(body).toMatchObject({ decision_stage: 'SERVICING', scope: 'CLIENT_USER' });
  }
});

test('every webhook was answered 200, and the ones that nobody asked for started nothing', async () => {
  expect(new Set(sandbox.webhooks.map(({ status }) => status))).toEqual(new Set([200]));
  const codes = sandbox.webhooks.map(({ body }) => (body as { webhook_code: string }).webhook_code);
  expect(codes.filter((code) => code === 'SESSION_FINISHED')).toHaveLength(3);
  expect(plaid.executions).toHaveLength(3 + 2);
});

test('a report that could not be made ends apart, with the reason', async () => {
  const { user_id } = invited('LIFE-1003');
  const webhook = plaid.url;
  await ask(sandbox, '/sandbox/user/fire_webhook', {
    user_id,
    webhook,
    webhook_type: 'CHECK_REPORT',
    webhook_code: 'USER_CHECK_REPORT_FAILED',
  });
  await settled();
  expect(await inAll('Could Not Continue')).toEqual([
    {
      application_id: 'LIFE-1003',
      applicant: 'Grace Ikeda',
      error_code: expect.stringMatching(/^[A-Z_]+$/),
      reason: expect.stringMatching(/./),
      next_step: expect.stringContaining('Update Mode'),
    },
  ]);
});

test('a webhook that Plaid repeats, as the answer was lost, does nothing twice', async () => {
  const failed = sandbox.webhooks.find(({ body }) => /REPORT_FAILED/.test(JSON.stringify(body)));
  const text = JSON.stringify(failed?.body);
  const { executions } = plaid;
  const [before, ended] = [executions.length, await inAll('Could Not Continue')];
  const loseAnswer = new AbortController();
  let goOn = () => {};
  const repeated = new Promise<void>((resolve) => (goOn = resolve));
  onStart = async () => {
    onStart = async () => {};
    loseAnswer.abort();
    await repeated;
  };
  await expect(deliver(text, loseAnswer.signal)).rejects.toThrow(/aborted/);
  expect(await deliver(text)).toBe(200);
  goOn();
  while (executions.length < before + 2) await new Promise((resolve) => setTimeout(resolve, 10));
  await settled();
  expect(executions).toHaveLength(before + 2);
  expect(await inAll('Could Not Continue')).toHaveLength(ended.length + 1);
});

test.each([
  ['LIFE-1001', ['/cra/loans/unregister']],
  ['LIFE-1002', []],
])('%s is paid back: the next update ends loan, subscription and user', async (id, loanPaths) => {
  const { user_id } = invited(id);
  const listed = await ask(sandbox, '/cra/servicing/subscription/list', { user_id });
  const [subscription] = listed.subscriptions as { subscription_id: string }[];
  dataTables.change(BORROWERS, { user_id }, { paid_back: true });
  const before = sandbox.requests.length;
  await ask(sandbox, '/sandbox/cra/servicing/simulate', {
    subscription_id: subscription?.subscription_id,
  });
  await settled();

  const sent = sandbox.requests.slice(before).map(({ path, status }) => [path, status]);
  expect(sent).toEqual(
    [
      '/sandbox/cra/servicing/simulate',
      ...loanPaths,
      '/cra/servicing/subscription/list',
      '/cra/servicing/subscription/delete',
      '/user/remove',
    ].map((path) => [path, 200]),
  );
  expect(await inAll('Loan Closed')).toContainEqual(
    expect.objectContaining({ application_id: id, status: 'REMOVED' }),
  );
  expect(sandbox.loans().has(id)).toBe(false);
  expect(await refusal(sandbox, '/user/get', { user_id })).toMatchObject({
    error_code: expect.stringContaining('NOT_FOUND'),
  });
});

test('a webhook about somebody without a record says so, and does nothing else', async () => {
  const user_id = 'usr_demo_mei_lin';
  const before = sandbox.requests.length;
  await ask(sandbox, '/sandbox/user/fire_webhook', {
    user_id,
    webhook: plaid.url,
    webhook_type: 'CHECK_REPORT',
    webhook_code: 'USER_CHECK_REPORT_READY',
  });
  await settled();
  expect(await inAll('No Record')).toEqual([
    expect.objectContaining({ user_id, webhook_code: 'USER_CHECK_REPORT_READY' }),
  ]);
  expect(sandbox.requests).toHaveLength(before + 1);
});
