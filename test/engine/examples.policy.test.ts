import type { IDataObject } from 'n8n-workflow';
import {
  createDataTables,
  runWorkflow,
  type DataTables,
  type RunResult,
  type WorkflowJson,
} from '../../engine';
import { readApplicants, withApplicants } from '../../examples/demo/applicants';
import { PERSONAS, startSandbox, type Sandbox, type Trait } from '../../sandbox/server';
import { credentialFor } from '../support/workflows/runPlaidCheck';
import { readExample } from '../support/workflows/readExample';

/** The policy templates in the real engine: decisions with reasons, a log, a challenger, and the backtest of the log. */

const POLICY = readExample('decision-policy');
const BACKTEST = readExample('backtest');
const POLICIES = 'Plaid Check Policies';
const DECISIONS = 'Plaid Check Decisions';

let sandbox: Sandbox;
let dataTables: DataTables;

beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 0 });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.clearRequests();
  dataTables = createDataTables();
});

async function run(workflow: WorkflowJson): Promise<RunResult> {
  const result = await runWorkflow({
    workflow,
    dataTables,
    credentials: { plaidCheckApi: credentialFor(sandbox) },
  });
  expect([result.status, result.error]).toEqual(['success', undefined]);
  return result;
}

/** The items of a node's first output: a filter's second one is what it drops. */
const jsonOf = ({ nodes }: RunResult, name: string): IDataObject[] =>
  (nodes[name] ?? []).flatMap(({ outputs: [first = []] }) => first.map(({ json }) => json));

const logged = (role = 'champion') =>
  dataTables.rows(DECISIONS).filter(({ policy_role }) => policy_role === role);

const applicants = readApplicants(POLICY);

/** Everything known, and good. */
const FACTS = {
  application_id: 'APP-1',
  applicant: 'Amara Okafor',
  email: 'amara.okafor@example.com',
  user_id: 'usr_demo_amara_okafor',
  loan_amount: 12_000,
  term_months: 36,
  report_id: 'report-1',
  request_ids: 'request-1',
  lend_score: 80,
  lend_score_reasons: ['Low account balance', 'Too many loans'],
  monthly_net_income: 5000,
  income_currency: 'USD',
  overdrafts_90d: 0,
  possible_duplicate_account_count: 0,
  has_fraud_alert: false,
  is_complete: true,
};

/** What the champion decides on facts as given. */
async function decide(change: object, cutOffs: object = {}): Promise<[unknown, unknown]> {
  const pinData = { Facts: [{ json: { ...FACTS, ...change }, pairedItem: { item: 0 } }] };
  const [applicant] = applicants;
  if (!applicant) throw new Error('The example has no applicants');
  const first = structuredClone(withApplicants(POLICY, [applicant]));
  for (const { name, parameters } of first.nodes) {
    if (name !== 'First Policies') continue;
    const { policies } = JSON.parse(String(parameters.jsonOutput)) as { policies: object[] };
    const changed = policies.map((policy) => ({ ...policy, ...cutOffs }));
    parameters.jsonOutput = JSON.stringify({ policies: changed });
  }
  await run({ ...first, pinData } as WorkflowJson);
  const [row, ...others] = logged();
  expect(others).toEqual([]);
  return [row?.decision, row?.reasons];
}

describe('as it is', () => {
  let result: RunResult;
  beforeEach(async () => {
    result = await run(POLICY);
  });

  test('the first run makes both tables and policies, and the next one leaves them as they are', async () => {
    const before = dataTables.rows(POLICIES).map(({ role, version }) => [role, version]);
    expect(before).toEqual([
      ['champion', 'v1'],
      ['challenger', 'v2'],
    ]);
    dataTables.change(POLICIES, { version: 'v1' }, { approve_at_lend_score: 99 });
    await run(POLICY);
    expect(dataTables.rows(POLICIES)).toHaveLength(2);
    // 99 is nobody's score.
    const again = logged().slice(applicants.length);
    expect(again).toHaveLength(applicants.length);
    expect(again.map(({ decision }) => decision)).not.toContain('APPROVE');
  });

  test('everyone gets a decision, a decline has specific reasons, and both policies are logged', () => {
    const decided = logged().map(({ applicant, decision }) => [applicant, decision]);
    expect(Object.fromEntries(decided)).toEqual({
      'Amara Okafor': 'APPROVE',
      'Daniel Reyes': 'REFER',
      'Mei Lin': 'APPROVE',
      'Walter Novak': 'APPROVE',
      'Tasha Green': 'DECLINE',
    });
    expect(logged('challenger')).toHaveLength(applicants.length);
    for (const row of dataTables.rows(DECISIONS)) {
      expect(row).toMatchObject({
        report_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        request_ids: expect.stringMatching(/^\w{15}, \w{15}, \w{15}$/),
        policy_version: row.policy_role === 'champion' ? 'v1' : 'v2',
        lend_score: expect.any(Number),
        monthly_net_income: expect.any(Number),
        has_fraud_alert: false,
        is_complete: true,
      });
    }
    const declined = logged().filter(({ decision }) => decision === 'DECLINE');
    const texts = Object.values(jsonOf(result, 'Reason Texts')[0] ?? {});
    const own = ['Recent overdrafts or fees for insufficient funds'];
    for (const { reasons } of declined) {
      const given = String(reasons).split('; ');
      expect(given.length).toBeGreaterThan(1);
      expect(given.length).toBeLessThanOrEqual(4);
      for (const reason of given) expect([...own, ...texts]).toContain(reason);
    }
  });

  test('the notice of a decline names the reasons, the agency and the rights, and says it is a draft', () => {
    const notices = jsonOf(result, 'Adverse Action Notice');
    expect(notices.map(({ application_id }) => application_id)).toEqual(['APP-1005']);
    const [{ text = '', send_to, needs_review } = {}] = notices;
    expect([send_to, needs_review]).toEqual(['tasha.green@example.com', true]);
    expect(text).toMatch(/^DRAFT: HAVE COUNSEL REVIEW/);
    const [row] = logged().filter(({ decision }) => decision === 'DECLINE');
    for (const reason of String(row?.reasons).split('; ')) expect(text).toContain(`- ${reason}\n`);
    expect(text).toContain('Plaid Check, Inc.');
    expect(text).toContain(`LendScore ${String(row?.lend_score)} on `);
    expect(text).toMatch(/within 60 days/);
    expect(text).not.toMatch(/undefined|null|\{\{/);
  });

  test('champion and challenger both decide on each applicant', () => {
    const compared = jsonOf(result, 'Compare');
    expect(compared.map(({ application_id }) => application_id).sort()).toEqual(
      applicants.map(({ application_id }) => application_id).sort(),
    );
    for (const one of compared) {
      const of = (role: string) =>
        logged(role).find(({ application_id }) => application_id === one.application_id);
      expect(one).toMatchObject({
        champion: 'v1',
        champion_decision: of('champion')?.decision,
        challenger: 'v2',
        challenger_decision: of('challenger')?.decision,
        same: of('champion')?.decision === of('challenger')?.decision,
      });
    }
  });
});

describe('what the champion decides', () => {
  test.each<[string, object, string, string]>([
    ['everything is good', {}, 'APPROVE', ''],
    ['the score is at the cut-off', { lend_score: 60 }, 'APPROVE', ''],
    [
      'the score is between the cut-offs',
      { lend_score: 59 },
      'REFER',
      'The LendScore is between the cut-offs',
    ],
    ['the score is low', { lend_score: 29 }, 'DECLINE', 'Low account balance; Too many loans'],
    [
      'income is too low',
      { monthly_net_income: 1499, loan_amount: 1000 },
      'DECLINE',
      'Income is not sufficient for the amount of credit requested',
    ],
    [
      'there is no income',
      { monthly_net_income: 0 },
      'DECLINE',
      'Income is not sufficient for the amount of credit requested',
    ],
    [
      'the payments are too high',
      { loan_amount: 36 * 751 },
      'DECLINE',
      'The payments would take too much of the income',
    ],
    [
      'there were overdrafts',
      { overdrafts_90d: 4 },
      'DECLINE',
      'Recent overdrafts or fees for insufficient funds',
    ],
    [
      'all of it: no more than four reasons',
      { lend_score: 1, monthly_net_income: 100, overdrafts_90d: 9 },
      'DECLINE',
      'Income is not sufficient for the amount of credit requested; The payments would take too much of the income; Recent overdrafts or fees for insufficient funds; Low account balance',
    ],
    [
      'a fraud alert comes before everything',
      { has_fraud_alert: true, lend_score: 1, is_complete: false },
      'VERIFY_IDENTITY',
      'The person has placed a fraud alert on their consumer report',
    ],
  ])('%s', async (_, change, decision, reasons) => {
    expect(await decide(change)).toEqual([decision, reasons]);
  });

  const complete = 'Plaid could not read every bank';
  const twice = 'An account may be counted twice';
  const loan = 'The loan amount or the term is unknown';
  test.each<[string, object, string]>([
    [
      'fraud alerts',
      { has_fraud_alert: null },
      'Plaid does not say whether there is a fraud alert',
    ],
    ['banks', { is_complete: null }, complete],
    ['some banks', { is_complete: false }, complete],
    ['accounts', { possible_duplicate_account_count: null }, twice],
    ['accounts linked twice', { possible_duplicate_account_count: 2 }, twice],
    ['the score', { lend_score: null }, 'No LendScore'],
    [
      'the reasons of a low score',
      { lend_score: 3, lend_score_reasons: [] },
      'The LendScore is low for no reason that Reason Texts knows',
    ],
    ['income', { monthly_net_income: null, income_currency: null }, 'Income is unknown'],
    ['the currency', { income_currency: null }, 'Income is not in USD'],
    ['another currency', { income_currency: 'CAD' }, 'Income is not in USD'],
    ['overdrafts', { overdrafts_90d: null }, 'Overdrafts are unknown'],
    ['the loan amount', { loan_amount: null }, loan],
    ['the term', { term_months: null }, loan],
    ['a term of 0', { term_months: 0 }, loan],
  ])('unknown: %s is referred to a person, with the question', async (_, change, question) => {
    expect(await decide(change)).toEqual(['REFER', question]);
  });

  test('a decline with an open question is referred as well', async () => {
    expect(await decide({ lend_score: 1, is_complete: null })).toEqual(['REFER', complete]);
  });

  test('a policy whose least income is 0 approves nobody without an income', async () => {
    expect(await decide({ monthly_net_income: 0 }, { minimum_monthly_net_income: 0 })).toEqual([
      'DECLINE',
      'Income is not sufficient for the amount of credit requested',
    ]);
  });

  test.each([
    'approve_at_lend_score',
    'decline_below_lend_score',
    'minimum_monthly_net_income',
    'maximum_payment_to_income',
    'maximum_overdrafts_90d',
  ])('a policy without %s approves nobody', async (cutOff) => {
    expect(await decide({}, { [cutOff]: null })).toEqual(['REFER', 'The policy lacks a cut-off']);
  });
});

test('personas: whatever is peculiar about a file is told, and the rest is approved', async () => {
  const about = PERSONAS.map(({ user_id, given_name }) => ({
    application_id: user_id,
    user_id,
    name: given_name,
    email: 'a@example.com',
    loan_amount: 12_000,
    term_months: 36,
  }));
  await run(withApplicants(POLICY, about));
  const decided = logged().map(({ application_id, decision, reasons }) => [
    PERSONAS.find(({ user_id }) => user_id === application_id)?.traits[0],
    decision === 'APPROVE' ? 'APPROVE' : `${String(decision)}: ${String(reasons)}`,
  ]);
  const expected: Record<Trait, string> = {
    fraud_alert: 'VERIFY_IDENTITY: The person has placed a fraud alert on their consumer report',
    identity_unavailable: 'APPROVE',
    item_failed: 'REFER: Plaid could not read every bank',
    item_pending: 'REFER: Plaid could not read every bank',
    no_scores: 'REFER: No LendScore',
    no_income: 'REFER: Income is unknown',
    income_version_1: 'REFER: Income is unknown',
    no_baselines: 'APPROVE',
    no_historical_balances: 'APPROVE',
    unknown_balances: 'APPROVE',
    account_types: 'APPROVE',
    joint_owners: 'APPROVE',
    linked_twice: 'REFER: An account may be counted twice',
    two_currencies: 'APPROVE',
    no_currency: 'APPROVE',
    pending_transactions: 'APPROVE',
  };
  expect(Object.fromEntries(decided)).toEqual(expected);
});

test('an applicant without a report is logged as not decided, with the reason; the others go on', async () => {
  const [first, second] = applicants;
  if (!first || !second) throw new Error('The example needs two applicants');
  await run(withApplicants(POLICY, [{ ...first, user_id: 'usr_nobody' }, second]));
  const rows = dataTables.rows(DECISIONS);
  expect(rows.filter(({ decision }) => decision === 'NOT_DECIDED')).toEqual([
    expect.objectContaining({
      application_id: first.application_id,
      user_id: 'usr_nobody',
      policy_version: null,
      reasons: expect.stringMatching(/^[A-Z_]+; ./),
    }),
  ]);
  expect(logged().map(({ application_id }) => application_id)).toEqual([second.application_id]);
});

describe('backtest.json', () => {
  test('has the six nodes of the policy as they are in decision-policy.json', () => {
    const names = [
      'Payment',
      'Open Questions',
      'Decline Reasons',
      'Findings',
      'Decision',
      'Reasons',
    ];
    const parametersOf = ({ nodes }: WorkflowJson) =>
      names.map((name) =>
        JSON.parse(
          JSON.stringify(nodes.find((node) => node.name === name)?.parameters, (key, value) =>
            key === 'id' ? undefined : (value as unknown),
          ),
        ),
      );
    expect(parametersOf(BACKTEST)).toEqual(parametersOf(POLICY));
  });

  test('without a log it replays its own items, and asks Plaid nothing', async () => {
    const result = await run(BACKTEST);
    const outcome = jsonOf(result, 'Before and After').map((one) => [
      one.application_id,
      one.was,
      one.is,
    ]);
    expect(outcome).toEqual([
      ['EX-1', 'APPROVE', 'APPROVE'],
      ['EX-2', 'APPROVE', 'REFER'],
      ['EX-3', 'REFER', 'DECLINE'],
      ['EX-4', 'DECLINE', 'DECLINE'],
      ['EX-5', 'REFER', 'REFER'],
      ['EX-6', 'VERIFY_IDENTITY', 'VERIFY_IDENTITY'],
    ]);
    expect(jsonOf(result, 'Changed').map((one) => [one.application_id, one.reasons])).toEqual([
      ['EX-2', ['The LendScore is between the cut-offs']],
      ['EX-3', ['Low account balance', 'Income varies a lot']],
    ]);
    const counted = jsonOf(result, 'Summary').map((one) => Number(one.count_application_id));
    expect(counted.reduce((total, one) => total + one, 0)).toBe(6);
    expect(sandbox.requests).toEqual([]);
  });

  test('replays what the champion decided: the same policy decides the same, a stricter one less', async () => {
    await run(POLICY);
    sandbox.clearRequests();
    const [policy] = dataTables.rows(POLICIES);
    const withPolicy = (change: Record<string, unknown>) => {
      const workflow = structuredClone(BACKTEST);
      for (const { name, parameters } of workflow.nodes) {
        if (name !== 'Changed Policy') continue;
        const { assignments } = parameters.assignments as {
          assignments: { name: string; value: unknown }[];
        };
        for (const one of assignments) {
          const column = one.name.replace('policy.', '');
          one.value = change[column] ?? policy?.[column];
        }
      }
      return workflow;
    };
    const same = await run(withPolicy({}));
    expect(jsonOf(same, 'Before and After')).toHaveLength(applicants.length);
    expect(jsonOf(same, 'Changed')).toEqual([]);
    expect(same.nodes).not.toHaveProperty('Example Items');

    const strict = await run(withPolicy({ version: 'v3', approve_at_lend_score: 99 }));
    const changed = jsonOf(strict, 'Changed');
    expect(changed.map(({ was, is, policy: version }) => [was, is, version])).toEqual([
      ['APPROVE', 'REFER', 'v3'],
      ['APPROVE', 'REFER', 'v3'],
      ['APPROVE', 'REFER', 'v3'],
    ]);
    expect(sandbox.requests).toEqual([]);
  });
});
