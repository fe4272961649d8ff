import { startSandbox, type Sandbox } from '../../sandbox/server';
import { AMARA, DANIEL, insights, report } from '../support/samples/applications';
import { askSandbox } from '../support/servers/askSandbox';
import { BASE_REPORT, goOn } from '../support/workflows/reportRuns';
import { byFields, CREATE, runPlaidCheck, withOptions } from '../support/workflows/runPlaidCheck';

/** The option Save IDs to Execution Data: n8n saves what stands here with the execution, and searches it. */

let sandbox: Sandbox;
beforeAll(async () => void (sandbox = await startSandbox({ readyAfterMs: 0 })));
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

async function saved(
  parameters: ReturnType<typeof byFields>,
  items: Array<Record<string, string>> = [{}],
) {
  const run = await runPlaidCheck(sandbox, withOptions(parameters, { saveIds: true }), items, goOn);
  return { run, metadata: run.saved?.resultData.metadata };
}

test('the IDs of a creation and of a read', async () => {
  const created = await saved(byFields(CREATE, { ...report(), client_report_id: 'loan-17' }));
  const [{ request_id }] = created.run.json as [{ request_id: string }];
  expect(created.metadata).toEqual({ user_id: AMARA, client_report_id: 'loan-17', request_id });

  const read = await saved(byFields(BASE_REPORT, insights()));
  const [answer] = read.run.json as [{ request_id: string; report: { report_id: string } }];
  expect(read.metadata).toEqual({
    user_id: AMARA,
    report_id: answer.report.report_id,
    client_report_id: 'loan-17',
    request_id: answer.request_id,
  });
});

test('those of an applicant whose request failed', async () => {
  const { run, metadata } = await saved(byFields(BASE_REPORT, insights()));
  const [{ error }] = run.json as [{ error: { request_id: string } }];
  expect(metadata).toEqual({ user_id: AMARA, request_id: error.request_id });
});

test('those of all items, as many whole ones as n8n keeps', async () => {
  await askSandbox(sandbox, CREATE.path, report());
  await askSandbox(sandbox, CREATE.path, report(DANIEL));
  const each = byFields(BASE_REPORT, { user_id: '={{ $json.user }}' });
  const two = await saved(each, [{ user: AMARA }, { user: DANIEL }, { user: AMARA }]);
  expect(two.metadata?.user_id).toBe(`${AMARA} ${DANIEL}`);

  const many = Array.from({ length: 100 }, (_, index) => `usr_${String(index).padStart(20, '0')}`);
  const { metadata } = await saved(
    each,
    many.map((user) => ({ user })),
  );
  const users = metadata?.user_id?.split(' ') ?? [];
  expect(metadata?.user_id?.length).toBeLessThanOrEqual(512);
  expect(users).toEqual(many.slice(0, users.length));
  expect(users.length).toBeGreaterThan(15);
});

test('nothing unless it is asked for', async () => {
  const run = await runPlaidCheck(sandbox, byFields(CREATE, report()));
  expect(run.saved?.resultData.metadata).toBeUndefined();
});
