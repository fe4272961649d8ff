import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunResult, runWorkflow, type WorkflowJson } from '../../engine';
import { withApplicants } from '../../examples/demo/applicants';
import { PERSONAS, startSandbox, type Sandbox, type Trait } from '../../sandbox/server';
import { credentialFor } from '../support/workflows/runPlaidCheck';

/**
 * What each example decides about each persona of the sandbox. Their finances are good, so whatever is not approved
 * is not because of the one thing that the persona shows.
 */

const readExample = (name: string) =>
  JSON.parse(
    readFileSync(join(__dirname, '..', '..', 'examples', `${name}.json`), 'utf8'),
  ) as WorkflowJson;

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
  const decided = [...jsonOf(result, 'Decision'), ...jsonOf(result, 'Verify Identity')].map(
    ({ user_id, decision, open_questions = [] }) => [
      traitOf(user_id),
      [decision, ...(open_questions as string[])],
    ],
  );
  const expected: Expected = {
    fraud_alert: ['VERIFY_IDENTITY'],
    item_failed: ['REVIEW', 'Plaid could not read every bank'],
    item_pending: ['REVIEW', 'Plaid could not read every bank'],
    no_scores: ['REVIEW', 'No UltraFICO score'],
    no_income: ['REVIEW', 'No income'],
    income_version_1: ['APPROVE'],
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
  for (const path of ['partner_insights', 'monitoring_insights', 'credit_profile']) {
    const asked = sandbox.requests.filter((request) => request.path.includes(path));
    expect(asked).toHaveLength(PERSONAS.length - 1);
    expect(JSON.stringify(asked.map(({ json }) => json))).not.toContain('fraud_alert');
  }
});
