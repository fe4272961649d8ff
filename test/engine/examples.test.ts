import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { IDataObject } from 'n8n-workflow';
import { ancestorItem, type RunResult, runWorkflow, type WorkflowJson } from '../../engine';
import { readApplicants, withApplicants } from '../../examples/demo/applicants';
import { failureOf } from '../../examples/demo/verdict';
import {
  DEMO_USERS,
  type Sandbox,
  SANDBOX_SECRET,
  type SandboxOptions,
  startSandbox,
} from '../../sandbox/server';
const ROOT = join(__dirname, '..', '..');
const ENDPOINTS = [
  '/cra/check_report/create',
  '/cra/check_report/base_report/get',
  '/cra/check_report/income_insights/get',
  '/cra/check_report/partner_insights/get',
  '/cra/credit_profile/report/get',
];

const example = JSON.parse(
  readFileSync(join(ROOT, 'examples', 'underwriting.json'), 'utf8'),
) as WorkflowJson;
const applicants = readApplicants(example);

/** The same workflow, whose read waits for so many seconds at most. */
function waiting(workflow: WorkflowJson, maxWait: number): WorkflowJson {
  const nodes = workflow.nodes.map((node) => {
    const options = node.parameters.options as IDataObject | undefined;
    if (!options?.waitUntilReady) return node;
    const changed = { ...options, waitUntilReady: { values: { maxWait } } };
    return { ...node, parameters: { ...node.parameters, options: changed } };
  });
  return { ...workflow, nodes } as WorkflowJson;
}

function runAgainst({ url, clientId, secret }: Sandbox, workflow: WorkflowJson) {
  const plaidCheckApi = { environment: 'custom', customBaseUrl: url, clientId, secret };
  return runWorkflow({ workflow, credentials: { plaidCheckApi } });
}

const itemsOf = ({ nodes }: RunResult, name: string, output = 0) =>
  (nodes[name] ?? []).flatMap(({ outputs }) => outputs[output] ?? []);

const answeredOk = (sandbox: Sandbox, path: string) =>
  sandbox.requests.filter((request) => request.path === path && request.status === 200);

const open: Sandbox[] = [];

async function openSandbox(options?: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  open.push(sandbox);
  return sandbox;
}

afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close();
});

describe('underwriting.json', () => {
  describe('as it is', () => {
    let result: RunResult;
    let requests: Sandbox['requests'];

    beforeAll(async () => {
      const sandbox = await startSandbox({ readyAfterMs: 2500 });
      result = await runAgainst(sandbox, example);
      requests = [...sandbox.requests];
      await sandbox.close();
    });

    test('every applicant is answered 200 by all five endpoints and gets a decision', () => {
      expect(result.error).toBeUndefined();
      expect(result.status).toBe('success');
      for (const path of ENDPOINTS) {
        const ok = requests.filter((request) => request.path === path && request.status === 200);
        // Several requests are under way at a time, so they need not arrive in the items' order.
        expect(ok.map(({ json }) => (json as { user_id: string }).user_id).sort()).toEqual(
          applicants.map(({ user_id }) => user_id).sort(),
        );
      }
      const decisions = itemsOf(result, 'Reasons').map(({ json }) => json);
      expect(decisions.map(({ applicant }) => applicant)).toEqual(
        applicants.map(({ name }) => name),
      );
      for (const { ultrafico_score, cash_score, lend_score, monthly_income } of decisions) {
        for (const figure of [ultrafico_score, cash_score, lend_score, monthly_income]) {
          expect(figure).toEqual(expect.any(Number));
        }
      }
      const suggestions = decisions.map(({ decision }) => decision);
      expect(new Set(suggestions)).toEqual(new Set(['APPROVE', 'REVIEW', 'DECLINE']));
      // A decline has specific reasons, and whoever a person looks at comes with what to look at.
      const texts = Object.values(
        itemsOf(result, 'Reason Texts')[0]?.json.lend_score as Record<string, string>,
      );
      for (const { decision, reasons } of decisions) {
        if (decision === 'APPROVE') expect(reasons).toEqual([]);
        if (decision === 'REVIEW')
          expect(reasons).toEqual(['The figures are between the cut-offs']);
        if (decision !== 'DECLINE') continue;
        expect(reasons).toHaveLength(4);
        for (const reason of reasons as string[]) expect(texts).toContain(reason);
      }
      expect(decisions.map(({ open_questions }) => open_questions)).toEqual(
        applicants.map(() => []),
      );
      expect(result.nodes).not.toHaveProperty('Could Not Decide');
      expect(result.nodes).not.toHaveProperty('Verify Identity');
    });

    test('the node itself waits for the reports, each asked for before it was ready', () => {
      expect(result.nodes['Get Base Report']).toHaveLength(1);
      expect(itemsOf(result, 'Get Base Report')).toHaveLength(applicants.length);
      const early = requests.filter(
        ({ path, status }) => path === '/cra/check_report/base_report/get' && status === 400,
      );
      const asked = early.map(({ json }) => (json as { user_id: string }).user_id);
      expect(new Set(asked)).toEqual(new Set(applicants.map(({ user_id }) => user_id)));
    });

    test('who is approved is subscribed to updates, and nobody else', () => {
      const approved = itemsOf(result, 'Reasons')
        .filter(({ json }) => json.decision === 'APPROVE')
        .map(({ json }) => json.user_id);
      expect(approved.length).toBeGreaterThan(0);
      const subscribed = requests.filter(
        ({ path, status }) => path === '/cra/servicing/subscription/create' && status === 200,
      );
      expect(subscribed.map(({ json }) => (json as { user_id: string }).user_id).sort()).toEqual(
        approved.sort(),
      );
      expect(itemsOf(result, 'Approved')).toHaveLength(approved.length);
      expect(result.nodes).not.toHaveProperty('Could Not Subscribe');
      expect(requests.filter(({ path }) => path.includes('monitoring'))).toEqual([]);
    });

    test('figures stay with the applicant they belong to', () => {
      const run = result.nodes.Decision?.[0];
      const scores = itemsOf(result, 'Decision').map((item) => {
        const insights = run && ancestorItem(result, run, item, 'Get Partner Insights');
        return [insights?.json.client_report_id, insights?.json.ultrafico_score];
      });
      expect(scores).toEqual(
        itemsOf(result, 'Decision').map(({ json }) => [json.application_id, json.ultrafico_score]),
      );
    });

    test('the request for partner insights holds UltraFICO and Prism settings, null as null', () => {
      const asked = requests
        .map(({ json }) => json as { user_id: string; partner_insights?: object })
        .find((json) => json.user_id === 'usr_demo_amara_okafor' && json.partner_insights);
      expect(asked).toEqual({
        user_id: 'usr_demo_amara_okafor',
        partner_insights: {
          fico: {
            fico_lender_id: 'EXAMPLE-LENDER',
            lender_application_id: 'APP-1001',
            ultrafico_score_requests: [
              {
                ultrafico_score_version: '1.0',
                base_fico_score: { bureau: 'EXPERIAN', score: 748, base_fico_score_version: '8' },
                request_correlation_id: 'APP-1001',
              },
            ],
          },
          prism_versions: { cashscore: '4.1', detect: '4.1', extend: null, insights: '4.1' },
        },
      });
    });
  });

  test('the waiting ends when a report never gets ready', async () => {
    const sandbox = await openSandbox({ readyAfterMs: 3_600_000 });
    const workflow = withApplicants(waiting(example, 2), applicants.slice(0, 1));
    const result = await runAgainst(sandbox, workflow);

    expect(result.status).toBe('success');
    const path = '/cra/check_report/base_report/get';
    expect(sandbox.requests.some((request) => request.path === path)).toBe(true);
    expect(itemsOf(result, 'Could Not Decide').map(({ json }) => json)).toEqual([
      expect.objectContaining({ applicant: 'Amara Okafor', error_code: 'PRODUCT_NOT_READY' }),
    ]);
    expect(result.nodes).not.toHaveProperty('Decision');
  });

  test('an applicant Plaid does not know ends apart, with the reason; the others go on', async () => {
    const sandbox = await openSandbox({ readyAfterMs: 0 });
    const [first, second, ...others] = applicants;
    if (!first || !second) throw new Error('The example needs two applicants');
    const stranger = { ...second, user_id: 'usr_nobody' };
    const result = await runAgainst(sandbox, withApplicants(example, [first, stranger, ...others]));

    expect(itemsOf(result, 'Could Not Decide').map(({ json }) => json)).toEqual([
      expect.objectContaining({
        applicant: second.name,
        user_id: 'usr_nobody',
        decision: 'NOT_DECIDED',
        error_code: expect.stringMatching(/^[A-Z_]+$/),
        reason: expect.stringMatching(/./),
      }),
    ]);
    expect(itemsOf(result, 'Reasons').map(({ json }) => json.applicant)).toEqual(
      [first, ...others].map(({ name }) => name),
    );
  });

  test('imports as it is: names are unique and wired, keys are not in it', () => {
    const names = example.nodes.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(example.nodes.map(({ id }) => id)).size).toBe(names.length);
    expect(new Set(example.nodes.map(({ position }) => position.join())).size).toBe(names.length);
    const targets = Object.values(example.connections).flatMap(({ main = [] }) =>
      main.flatMap((links) => (links ?? []).map(({ node }) => node)),
    );
    expect(names).toEqual(
      expect.arrayContaining([...Object.keys(example.connections), ...targets]),
    );
    expect(example.nodes.some(({ type }) => type === 'n8n-nodes-base.stickyNote')).toBe(true);
    const credentials = example.nodes.flatMap((node) => Object.entries(node.credentials ?? {}));
    expect(credentials).toHaveLength(ENDPOINTS.length + 1);
    for (const [type, details] of credentials) {
      expect([type, details.name]).toEqual(['plaidCheckApi', 'Plaid Check sandbox']);
      expect(Object.keys(details).sort()).toEqual(['id', 'name']);
    }
    expect(applicants.map(({ user_id, name }) => [user_id, name])).toEqual(
      DEMO_USERS.map((user) => [user.user_id, `${user.given_name} ${user.family_name}`]),
    );
  });
});

describe('npm run demo', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plaid-check-demo-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function demo(env: Record<string, string>) {
    const unset = {
      PLAID_CLIENT_ID: undefined,
      PLAID_SECRET: undefined,
      PLAID_BASE_URL: undefined,
    };
    const child = spawn(
      process.execPath,
      [require.resolve('tsx/cli'), join('examples', 'demo.ts'), '--output', folder],
      { cwd: ROOT, env: { ...process.env, ...unset, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const [stdout, stderr, [exitCode]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    return { stdout, stderr, exitCode: exitCode as number | null };
  }

  const rowsWith = (stdout: string, ...cells: string[]) =>
    stdout.split('\n').filter((line) => cells.every((cell) => line.includes(`│ ${cell} `)));

  test('against its own stand-in: a row for every call, decisions, and the items as files', async () => {
    const { stdout, stderr, exitCode } = await demo({});
    expect([exitCode, stderr]).toEqual([0, '']);
    for (const path of ENDPOINTS) {
      for (const { name } of applicants) {
        const rows = rowsWith(stdout, path, name, ' 200');
        expect(rows).toHaveLength(1);
        expect(rows[0]).toMatch(/│ {2}200 │ [A-Za-z0-9]{15} │ +\d+ │ \S.* │$/);
      }
    }
    expect(stdout).not.toContain(SANDBOX_SECRET);
    expect(readdirSync(folder)).toEqual(
      expect.arrayContaining(['create-report.json', 'decision.json', 'get-credit-profile.json']),
    );
    const [run] = JSON.parse(readFileSync(join(folder, 'decision.json'), 'utf8')) as [
      { outputs: unknown[][] },
    ];
    expect(run.outputs[0]).toHaveLength(applicants.length);
  });

  test('with keys: makes its own users through the SDK and links them', async () => {
    const sandbox = await openSandbox({
      readyAfterMs: 0,
      clientId: 'client-1',
      secret: 'secret-1',
    });
    const { url, clientId, secret } = sandbox;
    const { stdout, stderr, exitCode } = await demo({
      PLAID_CLIENT_ID: clientId,
      PLAID_SECRET: secret,
      PLAID_BASE_URL: url,
    });
    expect([exitCode, stderr]).toEqual([0, expect.any(String)]);
    const prepared = ['/user/create', '/sandbox/public_token/create'];
    for (const path of [...prepared, ...ENDPOINTS]) {
      expect(answeredOk(sandbox, path)).toHaveLength(applicants.length);
    }
    const asked = new Set(
      answeredOk(sandbox, ENDPOINTS[0] ?? '').map(
        ({ json }) => (json as { user_id: string }).user_id,
      ),
    );
    expect(asked.size).toBe(applicants.length);
    for (const { user_id } of applicants) expect(asked).not.toContain(user_id);
    expect(stdout).not.toContain(clientId);
    expect(stdout).not.toContain(secret);
  });

  test('wrong keys: exits with 1 and Plaid’s reason, without the keys', async () => {
    const sandbox = await openSandbox();
    const { stdout, stderr, exitCode } = await demo({
      PLAID_CLIENT_ID: 'wrong-client',
      PLAID_SECRET: 'wrong-secret',
      PLAID_BASE_URL: sandbox.url,
    });
    expect(exitCode).toBe(1);
    expect(stderr.trim()).toMatch(/^The demo failed\. .*\/user\/create: INVALID_API_KEYS: [^\n]*$/);
    expect(stdout + stderr).not.toMatch(/wrong-/);
  });

  test('half of the keys: exits with 1 and says what is missing', async () => {
    const { stderr, exitCode } = await demo({ PLAID_SECRET: 'alone' });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('PLAID_CLIENT_ID');
    expect(stderr).not.toContain('alone');
  });
});

describe('what the demo counts as failed', () => {
  const steps = ['One', 'Two'];
  const people = [
    { application_id: '1', user_id: 'usr_a', name: 'Ann' },
    { application_id: '2', user_id: 'usr_b', name: 'Ben' },
    { application_id: '3', user_id: 'usr_c', name: 'Ann' },
  ];
  const call = (step: string, applicationId: string, status: number, headline = '') => ({
    step,
    applicationId,
    applicant: people.find((one) => one.application_id === applicationId)?.name ?? '?',
    requestId: 'r',
    exchange: { path: '/p', status, ms: 1 },
    headline,
  });
  const done: RunResult = { status: 'success', nodes: {}, log: [] };

  test('nothing, when the last answer of every step is a 200 for everyone', () => {
    const calls = [
      call('One', '1', 400, 'PRODUCT_NOT_READY'),
      ...steps.flatMap((step) => people.map((one) => call(step, one.application_id, 200))),
    ];
    expect(failureOf(done, steps, calls, people)).toBeUndefined();
  });

  test('the first step of each applicant that was not answered 200, once per reason', () => {
    const calls = [
      ...people.map((one) => call('One', one.application_id, 200)),
      call('Two', '2', 400, 'GONE'),
      // Another Ann: her answer must not hide that the first one has none.
      call('Two', '3', 200),
    ];
    const failure = failureOf(done, steps, calls, people);
    expect(failure).toContain('Two (not called) for Ann; Two (HTTP 400, GONE) for Ben');
  });

  test('a run that broke off', () => {
    const error = { message: 'no such node' } as NonNullable<RunResult['error']>;
    const failure = failureOf({ ...done, status: 'error', error }, steps, [], people);
    expect(failure).toBe('The workflow ended with status "error": no such node');
  });
});
