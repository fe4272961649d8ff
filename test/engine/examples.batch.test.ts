import { type RunResult, runWorkflow, type WorkflowJson } from '../../engine';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/server';
import { credentialFor } from '../support/workflows/runPlaidCheck';
import { readExample } from '../support/workflows/readExample';

const CREATE = '/cra/check_report/create';
const INSIGHTS = '/cra/check_report/partner_insights/get';

const example = readExample('batch-ultrafico');

const open: Sandbox[] = [];
afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close();
});

async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  open.push(sandbox);
  return sandbox;
}

const run = (sandbox: Sandbox, workflow: WorkflowJson) =>
  runWorkflow({ workflow, credentials: { plaidCheckApi: credentialFor(sandbox) } });

/** The example with other waits, in seconds, and another CSV. */
function changed({ csv, seconds }: { csv?: string; seconds?: number }): WorkflowJson {
  const nodes = structuredClone(example.nodes);
  for (const { type, name, parameters } of nodes) {
    if (type === 'n8n-nodes-base.wait' && seconds !== undefined) parameters.amount = seconds;
    if (name !== 'Applicants CSV' || csv === undefined) continue;
    const { assignments } = parameters.assignments as { assignments: { value: string }[] };
    for (const assignment of assignments) assignment.value = csv;
  }
  return { ...example, nodes };
}

const jsonOf = ({ nodes }: RunResult, name: string) =>
  (nodes[name]?.at(-1)?.outputs[0] ?? []).map(({ json }) => json);

/** The lines of the CSV file that a node made. */
function linesOf({ nodes }: RunResult, name: string): string[] {
  const runs = nodes[name] ?? [];
  expect(runs).toHaveLength(1);
  const file = runs[0]?.outputs[0]?.[0]?.binary?.data;
  expect([file?.mimeType, file?.fileName]).toEqual(['text/csv', 'ultrafico-scores.csv']);
  const text = Buffer.from(file?.data ?? '', 'base64').toString('utf8');
  return text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split('\n');
}

const HEADER =
  'application_id,applicant,base_fico_score,ultrafico_score,negative_reason_codes,not_scored_because,to_check';

test('as it is: waits until all reports are ready, and makes one file, the best score first', async () => {
  const sandbox = await openSandbox({ readyAfterMs: 2500 });
  const result = await run(sandbox, example);
  expect([result.status, result.error]).toEqual(['success', undefined]);

  const sent = sandbox.requests.filter(({ path }) => path === CREATE);
  expect(sent.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  const answers = sandbox.requests.filter(({ path }) => path === INSIGHTS);
  expect(answers.slice(0, 5).map(({ status }) => status)).toContain(400);
  expect(answers.slice(-5).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);

  const table = jsonOf(result, 'Best First');
  const scores = table.map(({ ultrafico_score }) => Number(ultrafico_score));
  expect(scores).toHaveLength(5);
  expect(scores.every((score) => score >= 300 && score <= 850)).toBe(true);
  expect(scores).toEqual([...scores].sort((one, other) => other - one));
  expect(linesOf(result, 'Scores CSV')).toEqual([
    HEADER,
    ...table.map(
      ({ application_id, applicant, base_fico_score, ultrafico_score, negative_reason_codes }) =>
        [
          application_id,
          String(applicant).includes(',') ? `"${String(applicant)}"` : applicant,
          base_fico_score,
          ultrafico_score,
          negative_reason_codes,
          '',
          '',
        ].join(','),
    ),
  ]);
});

test('numbers that the CSV holds as text are sent as numbers', async () => {
  const sandbox = await openSandbox({ readyAfterMs: 0 });
  const result = await run(sandbox, changed({ seconds: 0 }));
  expect(jsonOf(result, 'Applicants')[2]).toEqual({
    application_id: 'APP-3003',
    user_id: 'usr_demo_mei_lin',
    name: 'Lin, Mei',
    bureau: 'EQUIFAX',
    base_fico_score: '692',
    days_requested: '365',
  });
  const created = sandbox.requests.filter(({ path }) => path === CREATE).map(({ json }) => json);
  expect(created).toContainEqual({
    user_id: 'usr_demo_mei_lin',
    webhook: 'https://example.com/plaid/webhook',
    days_requested: 365,
    consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
    client_report_id: 'APP-3003',
    products: ['cra_base_report', 'cra_partner_insights'],
    partner_insights: {
      fico: {
        fico_lender_id: 'EXAMPLE-LENDER',
        lender_application_id: 'APP-3003',
        ultrafico_score_requests: [
          {
            ultrafico_score_version: '1.0',
            base_fico_score: { bureau: 'EQUIFAX', score: 692, base_fico_score_version: '8' },
            request_correlation_id: 'APP-3003',
          },
        ],
      },
    },
  });
});

test('a score stays with its applicant', async () => {
  const sandbox = await openSandbox({ readyAfterMs: 0 });
  const result = await run(sandbox, changed({ seconds: 0 }));
  const answered = jsonOf(result, 'Get UltraFICO Scores').map((answer) => {
    return [String(answer.client_report_id), answer.ultrafico_score];
  });
  const listed = jsonOf(result, 'Best First').map((row) => [
    row.application_id,
    row.ultrafico_score,
  ]);
  expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(answered));
});

test('rows that cannot be scored stand at the end with the reason', async () => {
  const csv = [
    'application_id,user_id,name,bureau,base_fico_score,days_requested',
    'A-1,usr_demo_mei_lin,Mei Lin,EQUIFAX,unknown,365',
    'A-2,usr_nobody,No Body,EQUIFAX,700,365',
    'A-3,usr_demo_amara_okafor,Amara Okafor,EXPERIAN,748,365',
  ].join('\n');
  const sandbox = await openSandbox({ readyAfterMs: 0 });
  const result = await run(sandbox, changed({ csv, seconds: 0 }));
  expect(result.status).toBe('success');
  const table = jsonOf(result, 'Best First');
  expect(table[0]).toMatchObject({ application_id: 'A-3', not_scored_because: '' });
  const others = Object.fromEntries(
    table
      .slice(1)
      .map((row) => [String(row.application_id), [row.ultrafico_score, row.not_scored_because]]),
  );
  expect(others).toEqual({
    'A-1': [null, expect.stringContaining('base_fico_score.score: must be an integer')],
    'A-2': [null, expect.stringMatching(/\(\w+\)$/)],
  });
  expect(linesOf(result, 'Scores CSV')).toHaveLength(4);
});

test('the asking ends when a report never gets ready', async () => {
  const csv = [
    'application_id,user_id,name,bureau,base_fico_score,days_requested',
    'A-1,usr_demo_mei_lin,Mei Lin,EQUIFAX,700,365',
  ].join('\n');
  const sandbox = await openSandbox({ readyAfterMs: 3_600_000 });
  const result = await run(sandbox, changed({ csv, seconds: 0 }));
  expect(result.status).toBe('success');
  expect(sandbox.requests.filter(({ path }) => path === INSIGHTS)).toHaveLength(41);
  expect(linesOf(result, 'Scores CSV')).toEqual([
    HEADER,
    expect.stringMatching(/^A-1,Mei Lin,700,,,.*PRODUCT_NOT_READY/),
  ]);
});
