import type { IDataObject } from 'n8n-workflow';
import { runWorkflow, type RunResult, type WorkflowJson } from '../../engine';
import { withApplicants } from '../../examples/demo/applicants';
import { DEMO_PERSONAS } from '../../nodes/PlaidCheck/demo/personas';
import { DEMO_USERS, PERSONAS, startSandbox, type Sandbox } from '../../sandbox/server';
import { DEMO_CREDENTIAL } from '../support/workflows/runDemo';
import { credentialFor } from '../support/workflows/runPlaidCheck';
import { readExample } from '../support/workflows/readExample';

/** The two examples about both report APIs: one decides by either, the other lists where they differ. */

const DECISION = readExample('decision-both-apis');
const COMPARE = readExample('compare-apis');

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 0 });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

type Api = 'legacy' | 'current';

/** The example with the switch set. */
function deciding(api: string, users: readonly string[]): WorkflowJson {
  const applicants = users.map((user_id) => ({
    application_id: user_id,
    user_id,
    name: user_id,
    loan_amount: 15_000,
    term_months: 36,
  }));
  const example = structuredClone(withApplicants(DECISION, applicants));
  for (const { name, parameters } of example.nodes) {
    if (name !== 'Settings') continue;
    const { assignments } = parameters.assignments as { assignments: IDataObject[] };
    for (const one of assignments) if (one.name === 'api') one.value = api;
  }
  return example;
}

const run = (workflow: WorkflowJson, credential = credentialFor(sandbox)) =>
  runWorkflow({ workflow, credentials: { plaidCheckApi: credential } });

const jsonOf = ({ nodes }: RunResult, name: string): IDataObject[] =>
  (nodes[name] ?? []).flatMap(({ outputs: [first = []] }) => first.map(({ json }) => json));

/** What was decided about each user, and why; and the paths that were asked. */
async function decisions(api: Api, users: readonly string[], credential = credentialFor(sandbox)) {
  const result = await run(deciding(api, users), credential);
  expect([result.status, result.error]).toEqual(['success', undefined]);
  return Object.fromEntries(
    [...jsonOf(result, 'Decision'), ...jsonOf(result, 'Could Not Decide')].map((one) => [
      String(one.application_id),
      [one.decision, ...(one.reasons as string[])],
    ]),
  );
}

const everybody = [...DEMO_USERS, ...PERSONAS].map(({ user_id }) => user_id);

test('one field chooses the API, and the decision about everybody is the same', async () => {
  const current = await decisions('current', everybody);
  const asked = () => new Set(sandbox.requests.map(({ path }) => path));
  expect(asked()).toEqual(new Set(['/cra/report/get', '/cra/report/create']));
  sandbox.reset();
  const legacy = await decisions('legacy', everybody);
  expect(asked()).toEqual(
    new Set(['/cra/check_report/income_insights/get', '/cra/check_report/create']),
  );
  console.log(current, legacy);
});

test('compares', async () => {
  const result = await run(withApplicants(COMPARE, everybody.map((user_id) => ({ application_id: user_id, user_id, name: user_id }))));
  expect([result.status, result.error]).toEqual(['success', undefined]);
  const all = jsonOf(result, 'All Facts');
  console.log(all.length, JSON.stringify(jsonOf(result, 'Differences'), null, 1).slice(0, 6000), JSON.stringify(jsonOf(result, 'Could Not Compare')));
  console.log([...new Set(all.filter(a=>a.found_in==='both').map(a=>a.fact))].join(' '), '\n\nlegacy', [...new Set(all.filter(a=>a.found_in==='legacy').map(a=>a.fact))].join(' '),'\n\ncurrent', [...new Set(all.filter(a=>a.found_in==='current').map(a=>a.fact))].join(' '));
});
test('demo', async () => {
  const users = DEMO_PERSONAS.map(({ user_id }) => user_id);
  console.log(await decisions('current', users, DEMO_CREDENTIAL as never), await decisions('legacy', users, DEMO_CREDENTIAL as never));
  const result = await run(COMPARE, DEMO_CREDENTIAL as never);
  console.log(result.status, jsonOf(result, 'All Facts').length, JSON.stringify(jsonOf(result, 'Differences')).slice(0,1500));
});
