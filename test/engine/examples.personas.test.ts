import type { CreateDataTableOptions } from 'n8n-workflow';
import {
  createDataTables,
  listen,
  type RunResult,
  runWorkflow,
  type WorkflowJson,
} from '../../engine';
import { withApplicants } from '../../examples/demo/applicants';
import { PERSONAS, startSandbox, type Sandbox, type Trait } from '../../sandbox/server';
import { ask, createReportBody } from '../sandbox/client';
import { credentialFor } from '../support/workflows/runPlaidCheck';
import { readExample } from '../support/workflows/readExample';

/**
 * What each example decides about each persona of the sandbox. Their finances are good, so whatever is not approved
 * is not because of the one thing that the persona shows.
 */

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 0 });
  // A night with paydays behind it, so that nobody's expected income has fallen.
  sandbox.clock.set(Date.UTC(2026, 0, 5, 2, 30));
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.clearRequests());

/** Runs a workflow without its waits. */
async function run(workflow: WorkflowJson): Promise<RunResult> {
  const nodes = workflow.nodes.map((node) =>
    node.type === 'n8n-nodes-base.wait'
      ? { ...node, parameters: { ...node.parameters, amount: 0 } }
      : node,
  );
  const result = await runWorkflow({
    workflow: { ...workflow, nodes },
    credentials: { plaidCheckApi: credentialFor(sandbox) },
  });
  expect([result.status, result.error]).toEqual(['success', undefined]);
  return result;
}

const jsonOf = ({ nodes }: RunResult, name: string) =>
  (nodes[name] ?? []).flatMap(({ outputs }) => outputs.flat().map(({ json }) => json));

const traitOf = (userId: unknown) =>
  PERSONAS.find(({ user_id }) => user_id === userId)?.traits[0] ?? String(userId);

const nameOf = (one: (typeof PERSONAS)[number]) => `${one.given_name} ${one.family_name}`;

type Expected = Record<Trait, [decision: string, ...questions: string[]]>;

test('underwriting: who is approved, and what a person has to look at', async () => {
  const result = await run(
    withApplicants(
      readExample('underwriting'),
      PERSONAS.map((persona) => ({
        application_id: persona.user_id,
        user_id: persona.user_id,
        name: nameOf(persona),
        loan_amount: 25_000,
        base_fico_score: 748,
        bureau: 'EXPERIAN',
      })),
    ),
  );
  const decided = [...jsonOf(result, 'Reasons'), ...jsonOf(result, 'Verify Identity')].map(
    ({ user_id, decision, open_questions = [] }) => [
      traitOf(user_id),
      [decision, ...(open_questions as string[])],
    ],
  );
  const expected: Expected = {
    fraud_alert: ['VERIFY_IDENTITY'],
    identity_unavailable: ['APPROVE'],
    item_failed: ['REVIEW', 'Plaid could not read every bank'],
    item_pending: ['REVIEW', 'Plaid could not read every bank'],
    no_scores: ['REVIEW', 'No UltraFICO score'],
    no_income: ['REVIEW', 'Income is unknown'],
    income_version_1: ['REVIEW', 'Income is unknown'],
    no_baselines: ['APPROVE'],
    no_historical_balances: ['APPROVE'],
    unknown_balances: ['APPROVE'],
    account_types: ['APPROVE'],
    joint_owners: ['APPROVE'],
    linked_twice: ['REVIEW', 'An account may be counted twice'],
    two_currencies: ['APPROVE'],
    no_currency: ['APPROVE'],
    pending_transactions: ['APPROVE'],
  };
  expect(Object.fromEntries(decided)).toEqual(expected);
  expect(jsonOf(result, 'Could Not Decide')).toEqual([]);

  // Nobody's score is asked for before a fraud alert is cleared.
  for (const path of ['partner_insights', 'income_insights', 'credit_profile']) {
    const asked = sandbox.requests.filter((request) => request.path.includes(path));
    expect(asked).toHaveLength(PERSONAS.length - 1);
    expect(JSON.stringify(asked.map(({ json }) => json))).not.toContain('fraud_alert');
  }
});

describe('underwriting, whatever else is unknown', () => {
  const decide = async (
    pinned: Record<string, object>,
    more: object = {},
    why: 'open_questions' | 'reasons' = 'open_questions',
  ) => {
    const applicant = {
      application_id: 'APP-1',
      user_id: 'usr_demo_amara_okafor',
      name: 'Amara Okafor',
      loan_amount: 25_000,
      base_fico_score: 748,
      bureau: 'EXPERIAN',
      ...more,
    };
    const pinData = Object.fromEntries(
      Object.entries(pinned).map(([name, json]) => [name, [{ json, pairedItem: { item: 0 } }]]),
    );
    const example = withApplicants(readExample('underwriting'), [applicant]);
    const result = await run({ ...example, pinData } as WorkflowJson);
    return jsonOf(result, 'Reasons').map((one) => [one.decision, one[why]]);
  };
  const income = {
    current_monthly_net_income: 9000,
    currency: 'USD',
    is_complete: true,
  };
  const scores = { ultrafico_score: 790, has_fraud_alert: false, is_complete: true };

  test('what is known is approved', async () => {
    expect(await decide({ 'Get Income Insights': income, 'Get Partner Insights': scores })).toEqual(
      [['APPROVE', []]],
    );
  });

  const earned = (change: object) => ({ 'Get Income Insights': { ...income, ...change } });
  const based = (change: object) => ({
    'Get Base Report': {
      has_fraud_alert: false,
      is_complete: true,
      possible_duplicate_account_count: 0,
      ...change,
    },
  });
  const scored = (change: object) => ({ 'Get Partner Insights': { ...scores, ...change } });
  const profiled = (change: object) => ({
    'Get Credit Profile': { lend_score: 90, has_fraud_alert: false, is_complete: true, ...change },
  });
  const alerted = profiled({ has_fraud_alert: true });
  const twice = 'An account may be counted twice';

  test.each<[string, string, Record<string, object>, object]>([
    ['no income', 'Income is unknown', earned({ current_monthly_net_income: null }), {}],
    ['no income fact', 'Income is unknown', { 'Get Income Insights': { is_complete: true } }, {}],
    ['no currency', 'Income is not in USD', earned({ currency: null }), {}],
    ['another currency', 'Income is not in USD', earned({ currency: 'CAD' }), {}],
    ['unknown banks', 'Plaid could not read every bank', earned({ is_complete: null }), {}],
    ['unknown warnings', 'Plaid could not read every bank', profiled({ is_complete: null }), {}],
    ['a bank linked twice', twice, based({ possible_duplicate_account_count: 1 }), {}],
    ['unknown links', twice, based({ possible_duplicate_account_count: null }), {}],
    ['a partial score', 'Plaid could not read every bank', scored({ is_complete: false }), {}],
    ['no score', 'No UltraFICO score', scored({ ultrafico_score: null }), {}],
    ['a later alert', 'Fraud alert: verify the identity of the person first', alerted, {}],
    ['no loan amount', 'The loan amount is unknown', {}, { loan_amount: null }],
  ])('%s goes to a person', async (_, question, pinned, more) => {
    expect(await decide(pinned, more)).toEqual([['REVIEW', [question]]]);
  });

  const codes = { lend_score: 12, lend_score_reason_codes: ['PCS0201', 'PCS9999', 'PCS0225'] };
  test.each<[string, string, string[], Record<string, object>, object]>([
    [
      'a low LendScore is declined for the reasons that have a text',
      'DECLINE',
      ['Low account balance', 'Too many loans'],
      profiled(codes),
      {},
    ],
    [
      'a low LendScore without a reason that has a text goes to a person',
      'REVIEW',
      ['A score is low for no reason that Reason Texts knows'],
      profiled({ ...codes, lend_score_reason_codes: ['PCS9999'] }),
      {},
    ],
    [
      'a low UltraFICO score, whose codes have no text, goes to a person',
      'REVIEW',
      ['A score is low for no reason that Reason Texts knows'],
      scored({ ultrafico_score: 512, ultrafico_negative_reason_codes: ['U12'] }),
      {},
    ],
    [
      'payments that are too high are declined for that',
      'DECLINE',
      ['The payments would take too much of the income'],
      earned({}),
      { loan_amount: 36 * 2251 },
    ],
    [
      'what is between the cut-offs goes to a person',
      'REVIEW',
      ['The figures are between the cut-offs'],
      scored({ ultrafico_score: 679 }),
      {},
    ],
  ])('%s', async (_, decision, reasons, pinned, more) => {
    expect(await decide(pinned, more, 'reasons')).toEqual([[decision, reasons]]);
  });
});

describe('lifecycle, whatever is unknown', () => {
  /** Runs the decision alone, on reports as given. */
  const decide = async (change: Record<string, object>) => {
    const read = { has_fraud_alert: false, is_complete: true };
    const reports: Record<string, object> = {
      Record: { application_id: 'APP-1', applicant: 'A', user_id: 'u', loan_amount: 6000 },
      'Get Base Report': { ...read, possible_duplicate_account_count: 0 },
      'Get Income Insights': { ...read, current_monthly_net_income: 4000, currency: 'USD' },
      'Get LendScore': { ...read, lend_score: 60, is_complete: null },
      'Get Partner Insights': read,
      'Get Network Insights': { network_attributes: {} },
    };
    const example = readExample('lifecycle-report');
    const start = readExample('underwriting').nodes.filter(({ name }) => name === 'Start');
    const names = ['Start', ...Object.keys(reports), 'Key Figures', 'Open Questions', 'Decision'];
    const nodes = [...start, ...example.nodes].filter(({ name }) => names.includes(name));
    const connections = Object.fromEntries(
      names
        .slice(1)
        .map((node, index) => [names[index], { main: [[{ node, type: 'main', index: 0 }]] }]),
    );
    const pinData = Object.fromEntries(
      Object.entries(reports).map(([name, json]) => [
        name,
        [{ json: { ...json, ...change[name] }, pairedItem: { item: 0 } }],
      ]),
    );
    const result = await run({ ...example, nodes, connections, pinData } as WorkflowJson);
    return jsonOf(result, 'Decision').map(({ decision }) => decision);
  };

  test.each<[string, string, Record<string, object>]>([
    ['what is known', 'APPROVE', {}],
    ['unknown completeness of income', 'REVIEW', { 'Get Income Insights': { is_complete: null } }],
    ['an incomplete score', 'REVIEW', { 'Get LendScore': { is_complete: false } }],
    ['no income', 'REVIEW', { 'Get Income Insights': { current_monthly_net_income: 0 } }],
  ])('%s: %s', async (_, decision, change) => {
    expect(await decide(change)).toEqual([decision]);
  });
});

test('batch: who is scored, why not, and what to check first', async () => {
  const csv = [
    'application_id,user_id,name,bureau,base_fico_score,days_requested',
    ...PERSONAS.map(({ user_id, given_name }) =>
      [user_id, user_id, given_name, 'EXPERIAN', 748, 365].join(','),
    ),
  ].join('\n');
  const example = readExample('batch-ultrafico');
  const nodes = structuredClone(example.nodes);
  for (const { name, parameters } of nodes) {
    if (name !== 'Applicants CSV') continue;
    const { assignments } = parameters.assignments as { assignments: { value: string }[] };
    for (const assignment of assignments) assignment.value = csv;
  }
  const result = await run({ ...example, nodes });
  const rows = jsonOf(result, 'Best First').map((row) => [
    traitOf(row.application_id),
    [row.ultrafico_score === null ? 'NOT_SCORED' : 'SCORED', row.not_scored_because, row.to_check],
  ]);
  const scored = ['SCORED', '', ''];
  const lost = ['SCORED', '', 'Plaid could not read every bank'];
  const expected: Record<Trait, unknown[]> = {
    fraud_alert: ['NOT_SCORED', 'Fraud alert: verify the identity of the person first', ''],
    identity_unavailable: scored,
    item_failed: lost,
    item_pending: lost,
    // FICO's code is a reason here; "0", of a score that was made, is none.
    no_scores: ['NOT_SCORED', expect.stringMatching(/^Insufficient .*, exclusion code 17$/), ''],
    no_income: scored,
    income_version_1: scored,
    no_baselines: scored,
    no_historical_balances: scored,
    unknown_balances: scored,
    account_types: scored,
    joint_owners: scored,
    linked_twice: ['SCORED', '', 'An account may be counted twice'],
    two_currencies: scored,
    no_currency: scored,
    pending_transactions: scored,
  };
  expect(Object.fromEntries(rows)).toEqual(expected);
  // Whoever has no score stands at the end.
  expect(
    rows
      .slice(-2)
      .map(([trait]) => trait)
      .sort(),
  ).toEqual(['fraud_alert', 'no_scores']);
});

test('nightly monitoring: who needs a look', async () => {
  const example = readExample('nightly-monitoring');
  const borrowers = PERSONAS.map((persona) => ({
    loan_id: persona.user_id,
    user_id: persona.user_id,
    name: nameOf(persona),
  }));
  const nodes = example.nodes.map((node) =>
    node.name === 'Borrowers'
      ? { ...node, parameters: { ...node.parameters, jsonOutput: JSON.stringify({ borrowers }) } }
      : node,
  );
  const result = await run({ ...example, nodes });
  const judged = [...jsonOf(result, 'Alert'), ...jsonOf(result, 'All Fine')].map(
    ({ user_id, status, reasons }) => [traitOf(user_id), [status, ...(reasons as string[])]],
  );
  const unread = ['ALERT', expect.stringMatching(/^Plaid cannot read \w/)];
  const expected: Record<Trait, unknown[]> = {
    // Monitoring has no warnings: whoever decides on credit reads a report.
    fraud_alert: ['FINE'],
    identity_unavailable: ['FINE'],
    item_failed: unread,
    item_pending: unread,
    no_scores: ['FINE'],
    no_income: ['FINE'],
    income_version_1: ['FINE'],
    no_baselines: ['ALERT', 'No earlier income to compare with'],
    no_historical_balances: ['FINE'],
    unknown_balances: ['FINE'],
    account_types: ['FINE'],
    joint_owners: ['FINE'],
    linked_twice: ['FINE'],
    two_currencies: ['FINE'],
    no_currency: ['FINE'],
    pending_transactions: ['FINE'],
  };
  expect(Object.fromEntries(judged)).toEqual(expected);
  expect(jsonOf(result, 'Could Not Check')).toEqual([]);
});

test('lifecycle: whose loan is opened, and what a person has to look at', async () => {
  const dataTables = createDataTables();
  const [apply] = readExample('lifecycle-apply').nodes.filter(
    ({ name }) => name === 'Borrowers Table',
  );
  const { column: columns } = apply?.parameters.columns as {
    column: CreateDataTableOptions['columns'];
  };
  const records = PERSONAS.map((persona) => ({
    application_id: persona.user_id,
    applicant: nameOf(persona),
    user_id: persona.user_id,
    user_token: '',
    loan_amount: 6000,
    webhook: 'https://example.com/plaid/webhook',
    paid_back: false,
  }));
  dataTables.create('Plaid Check Borrowers', columns, records);
  const plaid = await listen({
    workflow: readExample('lifecycle-report'),
    credentials: { plaidCheckApi: credentialFor(sandbox) },
    dataTables,
  });
  try {
    for (const persona of PERSONAS) {
      const { user_id } = persona;
      await ask(
        sandbox,
        '/cra/check_report/create',
        createReportBody(user_id, { webhook: plaid.url }),
      );
    }
    await sandbox.webhooksSettled();
    const results = await Promise.all(plaid.executions);
    for (const { status, error } of results)
      expect([status, error]).toEqual(['success', undefined]);
    const inAll = (name: string) => results.flatMap((result) => jsonOf(result, name));
    expect(inAll('Could Not Continue')).toEqual([]);
    const decided = [
      ...inAll('Decision').map(({ application_id, decision, open_questions }) => [
        traitOf(application_id),
        [decision, ...(open_questions as string[])],
      ]),
      ...inAll('Verify Identity').map(({ application_id, status }) => [
        traitOf(application_id),
        [status],
      ]),
    ];
    const expected: Expected = {
      fraud_alert: ['VERIFY_IDENTITY'],
      identity_unavailable: ['APPROVE'],
      item_failed: ['REVIEW', 'Plaid could not read every bank'],
      item_pending: ['REVIEW', 'Plaid could not read every bank'],
      no_scores: ['REVIEW', 'No LendScore'],
      no_income: ['REVIEW', 'Income is unknown'],
      income_version_1: ['REVIEW', 'Income is unknown'],
      no_baselines: ['APPROVE'],
      no_historical_balances: ['APPROVE'],
      unknown_balances: ['APPROVE'],
      account_types: ['APPROVE'],
      joint_owners: ['APPROVE'],
      linked_twice: ['REVIEW', 'An account may be counted twice'],
      two_currencies: ['APPROVE'],
      no_currency: ['APPROVE'],
      pending_transactions: ['APPROVE'],
    };
    expect(Object.fromEntries(decided)).toEqual(expected);
    const opened = inAll('Loan Opened').map(({ application_id }) => traitOf(application_id));
    const approved = Object.entries(expected).filter(([, [decision]]) => decision === 'APPROVE');
    expect(opened.sort()).toEqual(approved.map(([trait]) => trait).sort());
    const scored = sandbox.requests.filter(({ path }) => path.includes('lend_score'));
    expect(scored).toHaveLength(PERSONAS.length - 1);
  } finally {
    await plaid.close();
  }
});
