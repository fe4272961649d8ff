import type { INode, INodeParameters } from 'n8n-workflow';
import { retryWorkflow, runWorkflow, type RunResult, type WorkflowJson } from '../../engine';
import { DEMO_USERS, startSandbox, type Sandbox } from '../../sandbox/server';
import { insights, report } from '../support/samples/applications';
import { plaidError } from '../support/faults/failures';
import {
  answer,
  reset,
  startScriptedServer,
  type ScriptedServer,
} from '../support/servers/scriptedServer';
import { ifExpired, BASE_REPORT } from '../support/workflows/reportRuns';
import { PLAID_CHECK, plaidCheckWorkflow } from '../support/workflows/plaidCheckWorkflow';
import {
  byFields,
  byJson,
  CREATE,
  credentialFor,
  ONE_BY_ONE,
  PARTNER_INSIGHTS,
  withOptions,
} from '../support/workflows/runPlaidCheck';

/** n8n's own ways to run a node again: Retry in the list of executions, and Retry On Fail. */

const [A, B, C, D] = DEMO_USERS.map(({ user_id }) => user_id) as [string, string, string, string];
const NOBODY = 'usr_nobody';
const USERS = [A, B, C, NOBODY, D].map((user) => ({ user }));

let sandbox: Sandbox;
let plaid: ScriptedServer;

beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 0 });
});
afterAll(async () => await sandbox.close());
beforeEach(async () => {
  sandbox.reset();
  plaid = await startScriptedServer();
});
afterEach(async () => await plaid.close());

const create = (user = '={{ $json.user }}') => byFields(CREATE, report(user));
const SEND_AGAIN = { ifRetried: 'sendAgain' };

interface Place {
  url: string;
}
const run = (workflow: WorkflowJson, at: Place = sandbox) =>
  runWorkflow({ workflow, credentials: { plaidCheckApi: credentialFor(at) } });
const retry = (failed: Pick<RunResult, 'saved'>, workflow: WorkflowJson, at: Place = sandbox) =>
  retryWorkflow({ workflow, credentials: { plaidCheckApi: credentialFor(at) } }, failed);

const outputOf = ({ nodes }: RunResult, name = PLAID_CHECK) =>
  (nodes[name]?.at(-1)?.outputs[0] ?? []).map(({ json }) => json);
const creations = () => sandbox.requests.filter(({ path }) => path === CREATE.path);
const made = () => DEMO_USERS.map(({ user_id }) => sandbox.reportsCreated(user_id));

describe('Retry of an execution that stopped at the fourth of five users', () => {
  const workflow = plaidCheckWorkflow(create(), USERS);

  test('creates no second report, as often as it is pressed', async () => {
    const first = await run(workflow);
    expect(first.status).toBe('error');
    expect(made().slice(0, 4)).toEqual([1, 1, 1, 1]);
    const again = await retry(first, workflow);
    const third = await retry(again, workflow);
    expect([again.status, third.status]).toEqual(['error', 'error']);
    expect(made().slice(0, 4)).toEqual([1, 1, 1, 1]);
    // Five, and twice the one that Plaid rejected.
    expect(creations()).toHaveLength(7);
  });

  test('outputs the answers of the first try once the cause is corrected', async () => {
    const first = await run(workflow);
    const ids = creations().map(({ json }) => json);
    expect(ids).toHaveLength(5);
    const corrected = create(`={{ $json.user === "${NOBODY}" ? "${A}" : $json.user }}`);
    const again = await retry(first, plaidCheckWorkflow(corrected, USERS));
    expect(again.status).toBe('success');
    expect(outputOf(again)).toEqual(
      [A, B, C, A, D].map((user_id) => ({ user_id, request_id: expect.any(String) })),
    );
    const pairs = again.nodes[PLAID_CHECK]?.at(-1)?.outputs[0]?.map(({ pairedItem }) => pairedItem);
    expect(pairs).toEqual(USERS.map((_, item) => ({ item })));
    expect(creations()).toHaveLength(6);
    // Nothing is left behind in what n8n saves.
    expect(JSON.stringify(again.saved?.executionData?.contextData)).not.toContain('request_id');
  });

  test('says so in the error', async () => {
    const { error } = await run(workflow);
    expect(error?.description).toContain('Retry in the list of executions');
    expect(error?.description).toContain('Execute Workflow sends all of them again');
  });

  test('sends all again where the user says so', async () => {
    const first = await run(workflow);
    await retry(first, plaidCheckWorkflow(withOptions(create(), SEND_AGAIN), USERS));
    expect(made().slice(0, 4)).toEqual([2, 2, 2, 2]);
  });

  test('sends nothing for another request to a user who has an answer', async () => {
    const first = await run(workflow);
    const sent = creations().length;
    const other = byFields(CREATE, { ...report('={{ $json.user }}'), days_requested: 200 });
    const { error } = await retry(first, plaidCheckWorkflow(other, USERS));
    expect(error?.message).toContain('sent another request for this item');
    expect(error?.description).toContain('If Retried');
    expect(creations()).toHaveLength(sent);
  });

  test('sends nothing where n8n kept nothing of the first try', async () => {
    const first = await run(workflow);
    const sent = creations().length;
    const executionData = { ...first.saved?.executionData, contextData: {} };
    const saved = { ...first.saved, executionData } as RunResult['saved'];
    const { error } = await retry({ saved }, workflow);
    expect(error?.message).toBe(
      'Not sent: all 5 items have the same problem: n8n is retrying this execution, but has no record of what the first try sent',
    );
    expect(creations()).toHaveLength(sent);
  });
});

describe('a request that may have succeeded', () => {
  const items = [{ user: A }, { user: B }];
  const oneByOne = (options: INodeParameters = {}) =>
    plaidCheckWorkflow(withOptions(create(), { ...ONE_BY_ONE, ...options }), items);

  test('is not sent again, and neither is what was answered', async () => {
    plaid.play((response, request, index) =>
      (index === 0 ? answer(200, { request_id: 'one' }) : reset)(response, request, index),
    );
    const first = await run(oneByOne(), plaid);
    expect(plaid.requests).toHaveLength(2);
    const again = await retry(first, oneByOne(), plaid);
    expect(again.error?.message).toMatch(
      /^Not retried, because the first try may have succeeded: /,
    );
    expect(again.error?.description).toContain('Get Base Report');
    expect(plaid.requests).toHaveLength(2);
    plaid.play(answer(200, { request_id: 'two' }));
    const third = await retry(again, oneByOne(SEND_AGAIN), plaid);
    expect(outputOf(third)).toHaveLength(2);
  });

  /** The same execution, as if its requests had been sent some minutes earlier. */
  const minutesAgo = ({ saved }: RunResult, minutes: number): Pick<RunResult, 'saved'> => {
    const earlier = new Date(Date.now() - minutes * 60_000).toISOString();
    const text = JSON.stringify(saved).replace(
      /"started_at":"[^"]+"/g,
      `"started_at":"${earlier}"`,
    );
    return { saved: JSON.parse(text) as RunResult['saved'] };
  };

  test.each([
    ['at once, when Plaid may not show it yet', 1, 0],
    ['with Hours at 0, which finds nothing', 0, 60],
  ])('is not sent again %s, where the node looks', async (_what, maxAge, minutes) => {
    plaid.play(reset);
    const look = { ifReportExists: { values: { mode: 'notOlderThan', maxAge } } };
    const workflow = plaidCheckWorkflow(withOptions(create(A), look), [{}]);
    const none = plaidError('CONSUMER_REPORT_ERROR', 'CONSUMER_REPORT_NOT_FOUND', 'none');
    plaid.play((response, request, index) =>
      (request.path === CREATE.path ? reset : answer(400, none))(response, request, index),
    );
    const first = await run(workflow, plaid);
    expect(plaid.requests.filter(({ path }) => path === CREATE.path)).toHaveLength(1);
    const again = await retry(minutesAgo(first, minutes), workflow, plaid);
    expect(again.error?.message).toMatch(/^Not retried, because the first try may have succeeded/);
    expect(plaid.requests.filter(({ path }) => path === CREATE.path)).toHaveLength(1);
  });

  test('is looked for some minutes later where the node looks', async () => {
    plaid.play(reset);
    const look = { ifReportExists: { values: { mode: 'notOlderThan', maxAge: 1 } } };
    const one = (options: INodeParameters) =>
      plaidCheckWorkflow(withOptions(create(A), options), [{}]);
    const first = await run(one({}), plaid);
    expect(plaid.requests.map(({ path }) => path)).toEqual([CREATE.path]);
    const report = { report_id: 'r', date_generated: new Date().toISOString() };
    plaid.play(answer(200, { report, request_id: 'read' }));
    const again = await retry(minutesAgo(first, 6), one(look), plaid);
    expect(outputOf(again)).toMatchObject([{ report_status: 'existing' }]);
    expect(plaid.requests.map(({ path }) => path)).toEqual([BASE_REPORT.path]);
  });
});

describe('what is kept of a first try', () => {
  test('is all that fits, although one answer is too large', async () => {
    const workflow = plaidCheckWorkflow(
      withOptions(byFields(PARTNER_INSIGHTS, insights('={{ $json.user }}')), {
        ...ONE_BY_ONE,
        output: 'full',
      }),
      USERS,
    );
    const sizes = [5_000_000, 10, 10];
    plaid.play((response, request, index) =>
      (index < sizes.length
        ? answer(200, { report: { text: 'x'.repeat(sizes[index] ?? 0) }, request_id: 'r' })
        : answer(400, plaidError('INVALID_INPUT', 'USER_NOT_FOUND', 'no')))(
        response,
        request,
        index,
      ),
    );
    const first = await run(workflow, plaid);
    expect(plaid.requests).toHaveLength(4);
    const again = await retry(first, workflow, plaid);
    expect(again.error?.message).toContain('too large for n8n to keep');
    expect(again.error?.message).not.toContain('all ');
    expect(plaid.requests).toHaveLength(4);
  });

  test.each<[string, INodeParameters, INodeParameters]>([
    ['Leave Out Personal Data', {}, { leaveOutPersonalData: true }],
    ['Required Facts', {}, { requiredFacts: ['warnings'] }],
  ])('does not come out past %s, where that is added later', async (_option, before, after) => {
    const read = (options: INodeParameters) =>
      plaidCheckWorkflow(
        withOptions(byFields(PARTNER_INSIGHTS, insights('={{ $json.user }}')), {
          ...ONE_BY_ONE,
          ...options,
        }),
        [{ user: A }, { user: NOBODY }],
      );
    plaid.play((response, request, index) =>
      (index === 0
        ? answer(200, { report: {}, request_id: 'r' })
        : answer(400, plaidError('INVALID_INPUT', 'USER_NOT_FOUND', 'no')))(
        response,
        request,
        index,
      ),
    );
    const first = await run(read(before), plaid);
    const again = await retry(first, read(after), plaid);
    expect(again.error?.message).toContain('sent another request for this item');
    expect(plaid.requests).toHaveLength(2);
  });
});

describe('other operations that create or are billed', () => {
  test('insights that were read are not read again, whatever their size', async () => {
    const workflow = plaidCheckWorkflow(
      withOptions(byFields(PARTNER_INSIGHTS, insights('={{ $json.user }}')), ONE_BY_ONE),
      USERS,
    );
    const large = 'x'.repeat(3_000_000);
    plaid.play((response, request, index) =>
      (index < 3
        ? answer(200, { report: { large }, request_id: `read-${index}` })
        : answer(400, plaidError('INVALID_INPUT', 'USER_NOT_FOUND', 'no')))(
        response,
        request,
        index,
      ),
    );
    const first = await run(workflow, plaid);
    expect(plaid.requests).toHaveLength(4);
    const again = await retry(first, workflow, plaid);
    expect(again.error?.message).toContain('too large for n8n to keep');
    expect(plaid.requests).toHaveLength(4);
  });

  test('loans that share a request are registered once each', async () => {
    const body = (id: string) => ({
      applications: [
        { user_token: 'user-1', application_id: id, type: 'PERSONAL', decision: 'APPROVED' },
      ],
    });
    const operation = {
      resource: 'loan',
      operation: 'registerApplications',
      path: '/cra/loans/applications/register',
    };
    const items = ['a', 'b', 'bad', 'c'].map((id) => ({ body: JSON.stringify(body(id)) }));
    const parameters = withOptions(byJson(operation, '={{ $json.body }}'), { itemsPerRequest: 10 });
    const workflow = plaidCheckWorkflow(parameters, items);
    const accepted: string[] = [];
    let isBadRejected = true;
    plaid.play((response, request, index) => {
      const { applications } = request.json as { applications: Array<{ application_id: string }> };
      const ids = applications.map(({ application_id }) => application_id);
      const isRejected = isBadRejected && ids.includes('bad');
      if (!isRejected) accepted.push(...ids);
      (isRejected
        ? answer(400, plaidError('INVALID_INPUT', 'INVALID_FIELD', 'bad'))
        : answer(200, { request_id: `loans-${index}` }))(response, request, index);
    });
    const first = await run(workflow, plaid);
    expect(first.status).toBe('error');
    expect(accepted).toEqual(['a', 'b']);
    isBadRejected = false;
    const again = await retry(first, workflow, plaid);
    expect(again.status).toBe('success');
    expect(accepted.sort()).toEqual(['a', 'b', 'bad', 'c']);
  });

  test('reads that are safe to repeat are read again', async () => {
    await run(plaidCheckWorkflow(create(), [{ user: A }]));
    const read = plaidCheckWorkflow(byFields(BASE_REPORT, { user_id: '={{ $json.user }}' }), [
      { user: A },
      { user: NOBODY },
    ]);
    const first = await run(read);
    const before = sandbox.requests.length;
    const again = await retry(first, read);
    expect(again.status).toBe('error');
    expect(sandbox.requests.length).toBe(before + 2);
  });

  test('Create Report If Expired makes no second report, as before', async () => {
    const read = plaidCheckWorkflow(
      withOptions(byFields(BASE_REPORT, { user_id: '={{ $json.user }}' }), ifExpired),
      USERS,
    );
    const first = await run(read);
    await retry(first, read);
    expect(Math.max(...made())).toBe(1);
  });
});

describe('nodes of one execution', () => {
  const chained = (workflow: WorkflowJson, nodes: INode[]): WorkflowJson => ({
    ...workflow,
    nodes: [...workflow.nodes, ...nodes],
    connections: {
      ...workflow.connections,
      [PLAID_CHECK]: { main: [[{ node: nodes[0]?.name ?? '', type: 'main', index: 0 }]] },
    },
  });

  test('a node that did not run in the first try sends as usual', async () => {
    const [, template] = plaidCheckWorkflow(create(`={{ "${B}" }}`), []).nodes as [INode, INode];
    const after = { ...template, id: 'second', name: 'Second' };
    const workflow = (user: string) => chained(plaidCheckWorkflow(create(user), [{}]), [after]);
    const first = await run(workflow(NOBODY));
    expect(first.status).toBe('error');
    const again = await retry(first, workflow(A));
    expect(again.status).toBe('success');
    expect(outputOf(again, 'Second')).toEqual([{ user_id: B, request_id: expect.any(String) }]);
    expect(made().slice(0, 2)).toEqual([1, 1]);
  });

  test('in a loop, only the run that failed is continued, and later ones are sent', async () => {
    const [start, check] = plaidCheckWorkflow(create(), USERS).nodes as [INode, INode];
    const loop: INode = {
      id: 'loop',
      name: 'Loop',
      type: 'n8n-nodes-base.splitInBatches',
      typeVersion: 3,
      position: [110, 0],
      parameters: { batchSize: 2 },
    };
    const workflow = (parameters: INodeParameters): WorkflowJson => ({
      ...plaidCheckWorkflow(create(), USERS),
      nodes: [start, loop, { ...check, parameters }],
      connections: {
        [start.name]: { main: [[{ node: 'Loop', type: 'main', index: 0 }]] },
        Loop: { main: [[], [{ node: PLAID_CHECK, type: 'main', index: 0 }]] },
        [PLAID_CHECK]: { main: [[{ node: 'Loop', type: 'main', index: 0 }]] },
      },
    });
    const first = await run(workflow(create()));
    expect(first.status).toBe('error');
    expect(made().slice(0, 4)).toEqual([1, 1, 1, 0]);
    const corrected = create(`={{ $json.user === "${NOBODY}" ? "${D}" : $json.user }}`);
    const again = await retry(first, workflow(corrected));
    expect(again.status).toBe('success');
    expect(made().slice(0, 4)).toEqual([1, 1, 1, 2]);
  });
});

describe("n8n's Retry On Fail", () => {
  const retryOnFail = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };

  test.each([
    ['stops', {}],
    ['continues', { onError: 'continueRegularOutput' as const }],
  ])('bills nobody twice where the node %s', async (_, onError) => {
    // n8n looks at the first item alone where the node continues.
    const users = [NOBODY, A, B, C].map((user) => ({ user }));
    await run(plaidCheckWorkflow(create(), users, { ...retryOnFail, ...onError }));
    expect(Math.max(...made())).toBe(1);
    expect(creations().filter(({ json }) => JSON.stringify(json).includes(NOBODY))).toHaveLength(3);
  });

  test('leaves an error item as it was where the request may have succeeded', async () => {
    plaid.play(reset);
    const settings = { ...retryOnFail, onError: 'continueRegularOutput' as const };
    const result = await run(plaidCheckWorkflow(create(A), [{}], settings), plaid);
    expect(plaid.requests).toHaveLength(1);
    expect(outputOf(result)).toMatchObject([
      { error: { kind: 'connection_failed', may_have_succeeded: true } },
    ]);
  });
});
