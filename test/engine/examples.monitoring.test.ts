import type { IDataObject } from 'n8n-workflow';
import { type RunResult, runWorkflow } from '../../engine';
import { type Sandbox, startSandbox } from '../../sandbox/server';
import { credentialFor } from '../support/workflows/runPlaidCheck';
import { readExample } from '../support/workflows/readExample';

const example = readExample('nightly-monitoring');

const { borrowers } = JSON.parse(
  String(example.nodes.find(({ name }) => name === 'Borrowers')?.parameters.jsonOutput),
) as { borrowers: { loan_id: string; user_id: string; name: string }[] };

/** Nights on which the sandbox's borrowers stand differently. */
const QUIET_NIGHT = Date.UTC(2026, 0, 5, 2, 30);
const POOR_NIGHT = Date.UTC(2026, 3, 2, 2, 30);

let sandbox: Sandbox;
beforeAll(async () => void (sandbox = await startSandbox()));
afterAll(() => sandbox.close());

async function run(now: number, workflow = example): Promise<RunResult> {
  sandbox.clearRequests();
  sandbox.clock.set(now);
  return await runWorkflow({
    workflow,
    credentials: { plaidCheckApi: credentialFor(sandbox) },
  });
}

const jsonOf = ({ nodes }: RunResult, name: string, output = 0) =>
  (nodes[name]?.[0]?.outputs[output] ?? []).map(({ json }) => json);

interface Insights {
  items: {
    insights: {
      income: Record<'forecasted_monthly_income', Record<`${string}_amount`, number>>;
      loans: { loan_payment_merchants_counts: { current_count: number } };
    };
  }[];
}

/** By the limits that the note states: what Plaid answered, read apart from the workflow. */
function needsALook({ items }: Insights): boolean {
  const [{ insights } = { insights: undefined }] = items;
  if (!insights) throw new Error('An answer without insights');
  const { baseline_amount = 0, current_amount = 0 } = insights.income.forecasted_monthly_income;
  return (
    current_amount <= baseline_amount * 0.9 ||
    insights.loans.loan_payment_merchants_counts.current_count >= 3
  );
}

test.each([
  ['a quiet night', QUIET_NIGHT, 1],
  ['a poor night', POOR_NIGHT, 4],
])('%s: each borrower is asked for once, and leaves on the right branch', async (_, now, many) => {
  const result = await run(now);
  expect([result.status, result.error]).toEqual(['success', undefined]);

  const sent = sandbox.requests.map(({ path, status, json }) => [path, status, json]);
  expect(sent).toHaveLength(borrowers.length);
  // Several requests are under way at a time, so they need not arrive in the items' order.
  expect(sent).toEqual(
    expect.arrayContaining(
      borrowers.map(({ user_id }) => [
        '/cra/monitoring_insights/get',
        200,
        { user_id, consumer_report_permissible_purpose: 'ACCOUNT_REVIEW_CREDIT' },
      ]),
    ),
  );
  const answers = jsonOf(result, 'Get Monitoring Insights') as unknown as Insights[];
  expect(answers).toHaveLength(borrowers.length);
  const judged = borrowers.map(({ name }, index) => {
    const answer = answers[index];
    return { name, alert: answer !== undefined && needsALook(answer) };
  });
  const alerts = jsonOf(result, 'Alert');
  const fine = jsonOf(result, 'All Fine');
  expect(alerts.map(({ borrower }) => borrower)).toEqual(
    judged.filter(({ alert }) => alert).map(({ name }) => name),
  );
  expect(fine.map(({ borrower }) => borrower)).toEqual(
    judged.filter(({ alert }) => !alert).map(({ name }) => name),
  );
  expect(alerts).toHaveLength(many);
  expect(fine).toHaveLength(borrowers.length - many);
  expect(result.nodes).not.toHaveProperty('Could Not Check');
});

test('an alert says what happened to whom', async () => {
  const alerts = jsonOf(await run(POOR_NIGHT), 'Alert');
  expect(alerts.find(({ loan_id }) => loan_id === 'LN-2005')).toEqual({
    loan_id: 'LN-2005',
    borrower: 'Tasha Green',
    user_id: 'usr_demo_tasha_green',
    monthly_income: expect.any(Number),
    monthly_income_before: expect.any(Number),
    income_change_percent: expect.any(Number),
    lenders_paid: 3,
    unreadable_banks: [],
    reasons: [
      expect.stringMatching(/^Expected monthly income fell from \$[\d.]+ to \$[\d.]+$/),
      'Pays 3 lenders',
    ],
    status: 'ALERT',
    message: expect.stringMatching(/^Tasha Green \(LN-2005\): Expected .*; Pays 3 lenders$/),
  });
});

test('a borrower without a subscription ends apart, with the reason; the others are checked', async () => {
  const stranger = { loan_id: 'LN-9', user_id: 'usr_nobody', name: 'No Body' };
  const jsonOutput = JSON.stringify({ borrowers: [stranger, ...borrowers] });
  const nodes = example.nodes.map((node) =>
    node.name === 'Borrowers' ? { ...node, parameters: { ...node.parameters, jsonOutput } } : node,
  );
  const result = await run(QUIET_NIGHT, { ...example, nodes });
  expect(jsonOf(result, 'Could Not Check')).toEqual([
    {
      loan_id: 'LN-9',
      borrower: 'No Body',
      user_id: 'usr_nobody',
      status: 'NOT_CHECKED',
      error_code: expect.stringMatching(/^[A-Z_]+$/),
      reason: expect.stringMatching(/./),
      next_step: expect.any(String),
    },
  ]);
  expect(jsonOf(result, 'Alert').length + jsonOf(result, 'All Fine').length).toBe(borrowers.length);
});

test('a bank that Plaid can no longer read is a reason to look', async () => {
  const answer = {
    items: [{ institution_name: 'Tartan Bank', status: { status_code: 'UNAVAILABLE' } }],
  };
  // n8n's pinned data stands in for an answer that the sandbox has no state for.
  const pinData = {
    'Get Monitoring Insights': [{ json: answer, pairedItem: { item: 0 } }],
  };
  const result = await run(QUIET_NIGHT, { ...example, pinData });
  expect(jsonOf(result, 'Alert')).toEqual([
    expect.objectContaining({
      borrower: 'Amara Okafor',
      reasons: ['Plaid cannot read Tartan Bank'],
      monthly_income: null,
      monthly_income_before: null,
      lenders_paid: null,
      income_change_percent: null,
    }),
  ]);
});

test('loans that Plaid does not count are a reason to look', async () => {
  const insights = {
    income: { forecasted_monthly_income: { baseline_amount: 4000, current_amount: 4000 } },
    loans: null,
  };
  const answer = {
    items: [
      { institution_name: 'Tartan Bank', status: { status_code: 'AVAILABLE' }, insights },
    ] as IDataObject[],
  };
  const pinData = { 'Get Monitoring Insights': [{ json: answer, pairedItem: { item: 0 } }] };
  expect(jsonOf(await run(QUIET_NIGHT, { ...example, pinData }), 'Alert')).toEqual([
    expect.objectContaining({
      reasons: ['Loan payments are unknown'],
    }),
  ]);
});

describe('where Plaid sends no baseline, as in its own example', () => {
  const [someone] = borrowers;
  const withBorrower = (more: object) => {
    const borrower = { ...someone, user_id: 'usr_persona_no_baselines', ...more };
    const jsonOutput = JSON.stringify({ borrowers: [borrower] });
    const nodes = example.nodes.map((node) =>
      node.name === 'Borrowers'
        ? { ...node, parameters: { ...node.parameters, jsonOutput } }
        : node,
    );
    return { ...example, nodes };
  };

  test('income that cannot be compared is a reason to look, never a baseline of 0', async () => {
    expect(jsonOf(await run(QUIET_NIGHT, withBorrower({})), 'Alert')).toEqual([
      expect.objectContaining({
        monthly_income: expect.any(Number),
        monthly_income_before: null,
        income_change_percent: null,
        reasons: ['No earlier income to compare with'],
      }),
    ]);
  });

  test('the income in the lender’s own records stands in for it', async () => {
    const fallen = await run(QUIET_NIGHT, withBorrower({ income_before: 20_000 }));
    expect(jsonOf(fallen, 'Alert')).toEqual([
      expect.objectContaining({
        reasons: [expect.stringMatching(/^Expected monthly income fell from \$20000 to \$/)],
      }),
    ]);
    const risen = await run(QUIET_NIGHT, withBorrower({ income_before: 5000 }));
    expect(jsonOf(risen, 'All Fine')).toHaveLength(1);
  });
});

test('the schedule is once a night', () => {
  const trigger = example.nodes.find(({ type }) => type === 'n8n-nodes-base.scheduleTrigger');
  expect(trigger?.parameters.rule).toEqual({
    interval: [{ field: 'days', daysInterval: 1, triggerAtHour: 2, triggerAtMinute: 30 }],
  });
});
