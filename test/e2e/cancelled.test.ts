import { executionsOf } from './support/examples';
import { makeApplications, type Application } from './support/applications';
import { editor } from './support/shared';
import { until } from './support/until';
import { makeWorkflow, PLAID_CHECK, START } from './support/workflows';

/** What the real n8n keeps of a node that creates reports when its execution ends in the middle. */

const CREATE = '/cra/check_report/create';

let good: Application[];
beforeEach(async () => {
  ({ good } = await makeApplications());
  // The report of the last one is never answered, and the run waits.
  const last = good.at(-1)?.user_id;
  editor().sandbox.faults.set({
    rules: [{ path: CREATE, about: last, faults: [{ kind: 'slow_first_byte', ms: 60_000 }] }],
  });
});
afterEach(() => editor().sandbox.faults.set({}));

/** Starts a workflow that creates a report for each applicant. */
async function start(executionTimeout: number): Promise<string> {
  const { rest } = editor();
  const applicants = {
    name: 'Applicants',
    type: 'n8n-nodes-base.code',
    typeVersion: 2,
    parameters: { jsCode: `return ${JSON.stringify(good.map((json) => ({ json })))};` },
  };
  const parameters = {
    resource: 'checkReport',
    operation: 'create',
    user_id: '={{ $json.user_id }}',
    consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
    days_requested: 365,
    webhook: 'https://example.com/plaid/webhook',
    options: { saveIds: true },
  };
  const nodes = [START, applicants, { name: 'Create', type: PLAID_CHECK, parameters }];
  const id = await makeWorkflow(nodes, 'Ended in the middle');
  const { versionId } = await rest.call<{ versionId: string }>('GET', `/rest/workflows/${id}`);
  await rest.call('PATCH', `/rest/workflows/${id}`, { versionId, settings: { executionTimeout } });
  await rest.call('POST', `/rest/workflows/${id}/run`, { triggerToStartFrom: { name: 'Start' } });
  return id;
}

/** What n8n has of the execution once it has ended: its data as n8n saves them, its IDs, and the lines of the log. */
async function kept(workflow: string) {
  const { rest, log } = editor();
  const last = async () => (await executionsOf(rest, workflow))[0] ?? { id: '', status: '' };
  await until(async () => expect((await last()).status).toBe('canceled'));
  const { id } = await last();
  const { data, customData } = await rest.call<{
    data: string;
    customData: Record<string, string>;
  }>('GET', `/rest/executions/${id}`);
  const lines = log()
    .split('\n')
    .filter((line) => line.includes(`execution ${id} was cancelled after requests were sent`));
  return { data, saved: customData.user_id?.split(' ') ?? [], lines };
}

/** A text has the IDs of all applicants. */
const expectAll = (text: string) => {
  for (const { user_id } of good) expect(text).toContain(`"${user_id}"`);
};

it("n8n's own timeout keeps the IDs of all reports in the execution", async () => {
  const workflow = await start(5);
  const { data, saved, lines } = await kept(workflow);
  // Their order in n8n's format: the object, then its values.
  expect(data).toContain('"reports"');
  expectAll(data.slice(data.indexOf('"reports"')));
  expect(data.match(/"finished"/g)).not.toBeNull();
  expect(lines).toHaveLength(1);
  expectAll(lines[0] ?? '');
  expect(saved.length).toBeGreaterThan(15);
});

it("Stop keeps them in n8n's log, and as many as fit in the execution's IDs", async () => {
  const workflow = await start(60);
  await until(() => expect(made()).toBe(good.length));
  const { rest } = editor();
  const [running] = await executionsOf(rest, workflow);
  await rest.call('POST', `/rest/executions/${running?.id}/stop`);
  const { data, saved, lines } = await kept(workflow);
  // n8n saves the execution as it was when it started.
  expect(data).not.toContain('"reports"');
  expect(lines).toHaveLength(1);
  expectAll(lines[0] ?? '');
  expect(saved.length).toBeGreaterThan(15);
});

const made = () =>
  good.filter(({ user_id }) => editor().sandbox.reportsCreated(user_id) > 0).length;
