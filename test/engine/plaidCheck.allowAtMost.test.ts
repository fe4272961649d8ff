import type { INode, INodeParameters } from 'n8n-workflow';

import { runWorkflow, type WorkflowJson } from '../../engine/index';
import { report } from '../support/samples/applications';
import { plaidError } from '../support/faults/failures';
import { BASE_REPORT, goOn } from '../support/workflows/reportRuns';
import {
  byFields,
  CREATE,
  credentialFor,
  MONITORING,
  ONCE,
  runPlaidCheck,
  withOptions,
} from '../support/workflows/runPlaidCheck';
import {
  answer,
  startScriptedServer,
  type ScriptedServer,
} from '../support/servers/scriptedServer';

/** The option Allow at Most: at the wire, and in what a model is told. */

let server: ScriptedServer;

beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());
beforeEach(() => {
  let count = 0;
  server.play((...sent) => answer(200, { request_id: `req-${++count}` })(...sent));
});

/** One call by a model. */
interface Call {
  tool?: string;
  input: Record<string, unknown>;
}

const node = (name: string, rest: Partial<INode>): INode => ({
  id: name,
  name,
  type: 'n8n-nodes-base.noOp',
  typeVersion: 1,
  position: [0, 0],
  parameters: {},
  ...rest,
});

const tool = (name: string, parameters: INodeParameters, settings: Partial<INode> = {}): INode =>
  node(name, {
    type: 'n8n-nodes-plaid-check.plaidCheckTool',
    parameters,
    credentials: { plaidCheckApi: { id: '1', name: 'Plaid' } },
    ...settings,
  });

/** Parameters whose user the model chooses. */
const forUser = (parameters: INodeParameters): INodeParameters => ({
  ...parameters,
  user_id: "={{ $fromAI('user_id', 'Plaid user ID, starts with usr_', 'string') }}",
});

const creating = (options: INodeParameters = {}) =>
  forUser(withOptions(byFields(CREATE, report()), { ...ONCE, ...options }));

/** The answers to rounds of calls within one execution; the calls of a round are made at the same time. */
async function called(tools: INode[], ...rounds: Call[][]): Promise<string[][]> {
  const callers = rounds.map((calls, index) => ({
    caller: node(`Caller ${index}`, { type: 'engine.toolCaller' }),
    set: node(`Calls ${index}`, {
      type: 'n8n-nodes-base.set',
      typeVersion: 3.4,
      parameters: { mode: 'raw', jsonOutput: JSON.stringify({ calls }), options: {} },
    }),
  }));
  const start = node('Start', { type: 'n8n-nodes-base.manualTrigger' });
  const line = [start, ...callers.flatMap(({ set, caller }) => [set, caller])];
  const main = line
    .slice(1)
    .map((to, index) => [
      line[index]?.name ?? '',
      { main: [[{ node: to.name, type: 'main' as const, index: 0 }]] },
    ]);
  const toCallers = callers.map(({ caller }) => ({
    node: caller.name,
    type: 'ai_tool' as const,
    index: 0,
  }));
  const workflow: WorkflowJson = {
    nodes: [...line, ...tools],
    connections: Object.fromEntries([
      ...main,
      ...tools.map(({ name }) => [name, { ai_tool: [toCallers] }]),
    ]),
    settings: { executionOrder: 'v1' },
  };
  const { nodes, error } = await runWorkflow({
    workflow,
    credentials: { plaidCheckApi: credentialFor(server) },
  });
  expect(error).toBeUndefined();
  return callers.map(({ caller }) =>
    (nodes[caller.name]?.[0]?.outputs[0] ?? []).map(({ json }) =>
      String(json.answer ?? `Error: ${String(json.error)}`),
    ),
  );
}

const user = (id: number | string) => ({ input: { user_id: `usr_${id}` } });

const REFUSED =
  /^Error: Not sent: this tool may be called once per execution, because a call may create something or be billed, and this is one more\n- (.*)\nDo not call this tool again\. Use what the calls above made; if that is not enough, tell the person, who can raise Allow at Most in the tool\.$/;

describe('a tool of an AI agent', () => {
  test('makes one report of 30 calls at the same time, and refuses 29 before they are sent', async () => {
    const calls = Array.from({ length: 30 }, (_, index) => user(index));
    const [answers = []] = await called([tool('Create', creating())], calls);
    expect(server.requests).toHaveLength(1);
    expect(answers.filter((text) => REFUSED.test(text))).toHaveLength(29);
    expect(answers[0]).toContain('req-1');
  });

  test('makes one report of 30 equal calls at the same time, which all get its answer', async () => {
    const calls = Array.from({ length: 30 }, () => user(1));
    const [answers = []] = await called([tool('Create', creating())], calls);
    expect(server.requests).toHaveLength(1);
    expect(answers).toHaveLength(30);
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('req-1');
  });

  test('counts a full report of which a product failed, as the others were read', async () => {
    const full = forUser({
      ...byFields(
        { resource: 'checkReport', operation: 'getFullReport', path: '/cra/check_report' },
        { user_id: 'usr_1', products: ['base_report', 'lend_score'] },
      ),
      options: ONCE,
    });
    server.play((response, request, index) =>
      (request.path.includes('lend_score')
        ? answer(400, {
            error_type: 'INVALID_INPUT',
            error_code: 'INVALID_PRODUCT',
            error_message: 'no',
          })
        : answer(200, { request_id: 'r', report: {} }))(response, request, index),
    );
    const [[first], [second]] = (await called([tool('Full', full)], [user(1)], [user(2)])) as [
      string[],
      string[],
    ];
    expect(first).toMatch(/INVALID_PRODUCT/);
    expect(second).toMatch(/limit_reached|may be called once/);
    expect(server.requests).toHaveLength(2);
  });

  test('gets the first answer for an equal call later, and is told what was made for another one', async () => {
    const tools = [tool('Create', creating())];
    const [[first], [again], [other]] = (await called(tools, [user(1)], [user(1)], [user(2)])) as [
      string[],
      string[],
      string[],
    ];
    expect(server.requests).toHaveLength(1);
    expect(again).toBe(first);
    expect(REFUSED.exec(other ?? '')?.[1]).toBe('Made: request_id req-1, user_id usr_1');
  });

  test('as an item, where it continues on errors', async () => {
    const tools = [tool('Create', creating(), goOn)];
    const [, [refused = '']] = (await called(tools, [user(1)], [user(2)])) as [string[], string[]];
    expect(JSON.parse(refused)).toEqual([
      {
        error: expect.objectContaining({
          kind: 'limit_reached',
          next_step: expect.stringMatching(/^Do not call this tool again\./),
          may_have_succeeded: false,
          earlier_calls: [{ request_id: 'req-1', user_id: 'usr_1' }],
        }),
      },
    ]);
  });

  test('each tool has calls of its own, by the option of each', async () => {
    const tools = [tool('One', creating()), tool('Two', creating({ allowAtMost: 2 }))];
    const calls = [1, 2, 3].flatMap((id) => [
      { tool: 'One', ...user(id) },
      { tool: 'Two', ...user(id) },
    ]);
    const [answers = []] = await called(tools, calls);
    expect(server.requests).toHaveLength(3);
    expect(
      answers.filter((text) => /^Error: Not sent: this tool may be called/.test(text)),
    ).toHaveLength(3);
  });

  test('a read that may be billed counts, one that is free does not', async () => {
    const purpose = { consumer_report_permissible_purpose: 'ACCOUNT_REVIEW_CREDIT' };
    const read = forUser(withOptions(byFields(BASE_REPORT, { user_id: 'usr_1' }), ONCE));
    const free = forUser(withOptions(byFields(MONITORING, { user_id: 'usr_1', ...purpose }), ONCE));
    const tools = [tool('Read', read), tool('Free', free)];
    const calls = [1, 2, 3].flatMap((id) => [
      { tool: 'Read', ...user(id) },
      { tool: 'Free', ...user(id) },
    ]);
    await called(tools, calls);
    const paths = server.requests.map(({ path }) => path);
    expect(paths.filter((path) => path === BASE_REPORT.path)).toHaveLength(1);
    expect(paths.filter((path) => path === MONITORING.path)).toHaveLength(3);
  });

  test('what was not sent or was rejected does not count', async () => {
    const rejected = answer(400, plaidError('INVALID_INPUT', 'INVALID_USER_ID', 'no such user'));
    const accepted = answer(200, { request_id: 'req-9' });
    server.play((response, request, index) =>
      (index === 0 ? rejected : accepted)(response, request, index),
    );
    const preview = tool('Preview', creating({ previewRequest: true }));
    const [, , [made]] = (await called(
      [tool('Create', creating()), preview],
      [
        { tool: 'Create', input: { user_id: 'cand_1' } },
        { tool: 'Preview', ...user(7) },
        { tool: 'Preview', ...user(8) },
      ],
      [{ tool: 'Create', ...user(1) }],
      [{ tool: 'Create', ...user(2) }],
    )) as [string[], string[], string[]];
    expect(server.requests).toHaveLength(2);
    expect(made).toContain('req-9');
  });

  test('what may have succeeded counts, and is not sent again by an equal call', async () => {
    server.play((response) => response.socket?.destroy());
    const [[first], [again], [other]] = (await called(
      [tool('Create', creating())],
      [user(1)],
      [user(1)],
      [user(2)],
    )) as [string[], string[], string[]];
    expect(server.requests).toHaveLength(1);
    expect(first).toMatch(/the report may have been created/);
    expect(again).toBe(first);
    expect(other).toMatch(/Not sent: this tool may be called once/);
  });
});

describe('what a tool says of a success', () => {
  const stepOf = async (parameters: INodeParameters) => {
    const [[text = '']] = (await called([tool('Tool', parameters)], [user(1)])) as [string[]];
    const [item] = JSON.parse(text) as Array<{ next_step?: string }>;
    return item?.next_step;
  };

  test('is what there is now, and what to do instead of calling again', async () => {
    expect(await stepOf(creating())).toBe(
      'The call succeeded: a new report of this user, which may be billed. Plaid generates it within minutes. Read it with a tool that gets a report of this user; if it is not ready, read it again later. Do not call this tool again for it.',
    );
  });

  test('is that nothing was sent, for a preview', async () => {
    expect(await stepOf(creating({ previewRequest: true }))).toMatch(/^Nothing was sent/);
    expect(server.requests).toEqual([]);
  });

  test('is that nothing was created, where a report exists, which leaves the call to another user', async () => {
    const read = answer(200, {
      report: { date_generated: new Date().toISOString() },
      request_id: 'r1',
    });
    const none = answer(400, plaidError('CONSUMER_REPORT_ERROR', 'CONSUMER_REPORT_EXPIRED', 'old'));
    const scripts = [read, none, answer(200, { request_id: 'r3' })];
    server.play((...sent) => scripts[sent[2]]?.(...sent));
    const reuse = { ifReportExists: { values: { mode: 'notOlderThan', maxAge: 24 } } };
    const [[found = ''], [made = ''], [refused = '']] = (await called(
      [tool('Create', creating(reuse))],
      [user(1)],
      [user(2)],
      [user(3)],
    )) as [string[], string[], string[]];
    expect(found).toMatch(
      /"next_step":"Nothing was created: what this call would create exists already/,
    );
    expect(made).toMatch(/"next_step":"The call succeeded: a new report/);
    expect(refused).toMatch(REFUSED);
    expect(server.requests.map(({ path }) => path)).toEqual([
      BASE_REPORT.path,
      BASE_REPORT.path,
      CREATE.path,
    ]);
  });

  test('is nothing in an ordinary node', async () => {
    const { json } = await runPlaidCheck(server, withOptions(byFields(CREATE, report()), ONCE));
    expect(json).toEqual([expect.not.objectContaining({ next_step: expect.anything() })]);
  });
});

describe('what protects against a model is not left to it', () => {
  const byModel = (key: string, type: string) => `={{ $fromAI('${key}', 'chosen', '${type}') }}`;
  const values = (members: INodeParameters) => ({ values: members });

  test.each<[string, INodeParameters, Record<string, unknown>]>([
    ['Preview Request', { previewRequest: byModel('x', 'boolean') }, { x: false }],
    ['Allow at Most', { allowAtMost: byModel('x', 'number') }, { x: 9 }],
    ['Leave Out Personal Data', { leaveOutPersonalData: byModel('x', 'boolean') }, { x: false }],
    [
      'If a Report Exists',
      { ifReportExists: values({ mode: 'notOlderThan', maxAge: byModel('x', 'number') }) },
      { x: 0 },
    ],
    ['Retry', { retry: values({ retryUncertain: byModel('x', 'boolean') }) }, { x: true }],
    ['Validate Request', { validateRequest: byModel('x', 'boolean') }, { x: false }],
    ['Preview Request', { previewRequest: '={{ $json.user_id === "" }}' }, {}],
  ])('%s', async (name, options, input) => {
    const calls = [{ input: { user_id: 'usr_1', ...input } }];
    const [[text]] = (await called([tool('Create', creating(options))], calls)) as [string[]];
    expect(server.requests).toEqual([]);
    expect(text).toMatch(
      new RegExp(`^Error: Not sent: the option ${name} must not be left to the model`),
    );
  });

  test('nor is the operation', async () => {
    const operation = { ...creating(), operation: byModel('operation', 'string') };
    const calls = [{ input: { user_id: 'usr_1', operation: 'create' } }];
    const [[text]] = (await called([tool('Tool', operation)], calls)) as [string[]];
    expect(server.requests).toEqual([]);
    expect(text).toMatch(/the field Operation must not be left to the model/);
  });

  test('nor are all options together, which n8n drops if they are one expression', async () => {
    const all = { ...creating(), options: byModel('options', 'json') };
    const options = { allowAtMost: 9, previewRequest: true };
    const calls = [1, 2].map((id) => ({ input: { user_id: `usr_${id}`, options } }));
    const [answers = []] = await called([tool('Tool', all)], calls);
    expect(server.requests).toHaveLength(1);
    expect(answers[1]).toMatch(REFUSED);
  });

  test.each(['{{ $data.user_id === "" }}', '{{ $parameter.user_id === "" }}', '{{ 1 > 2 }}'])(
    'nor by another way to its values: %s',
    async (expression) => {
      const options = { previewRequest: `=${expression}` };
      const [[text]] = (await called([tool('Create', creating(options))], [user(1)])) as [string[]];
      expect(server.requests).toEqual([]);
      expect(text).toMatch(/must not be left to the model: enter a fixed value/);
    },
  );
});

describe('a list from a model', () => {
  const products = "={{ $fromAI('products', 'Products to generate, as a JSON list', 'string') }}";
  const sent = async (list: string) => {
    const create = { ...creating(), additionalFields: { products } };
    const calls = [{ input: { user_id: 'usr_1', products: list } }];
    const [[text = '']] = (await called([tool('Create', create)], calls)) as [string[]];
    return { text, bodies: server.requests.map(({ json }) => json) };
  };

  test.each(['["cra_base_report","cra_income_insights"]', 'cra_base_report, cra_income_insights'])(
    'is read from %s',
    async (list) => {
      const { bodies } = await sent(list);
      expect(bodies).toEqual([
        expect.objectContaining({ products: ['cra_base_report', 'cra_income_insights'] }),
      ]);
    },
  );

  test('that is cut off is refused as such', async () => {
    const { text, bodies } = await sent('["cra_base_report", "cra_inc');
    expect(bodies).toEqual([]);
    expect(text).toMatch(/got a list as JSON text that is not valid/);
  });
});

describe('an ordinary node', () => {
  test('takes these options from its items', async () => {
    const { json } = await runPlaidCheck(
      server,
      withOptions(byFields(CREATE, report()), { previewRequest: '={{ $json.preview }}' }),
      [{ preview: true }, { preview: false }],
    );
    expect([json.length, server.requests.length]).toEqual([2, 1]);
  });

  const items = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ id: `usr_${index}` }));
  const perItem = (options: INodeParameters = {}) => ({
    ...withOptions(byFields(CREATE, report()), { ...ONCE, ...options }),
    user_id: '={{ $json.id }}',
  });

  test('has no limit unless it is set', async () => {
    const { json } = await runPlaidCheck(server, perItem(), items(12));
    expect([json.length, server.requests.length]).toEqual([12, 12]);
  });

  test('sends nothing where the items are more and it stops at an error', async () => {
    const { error } = await runPlaidCheck(server, perItem({ allowAtMost: 10 }), items(12));
    expect(server.requests).toEqual([]);
    expect(error?.message).toBe(
      'Not sent: 2 of 12 items have the same problem: the option Allow at Most permits 10 calls per execution that may create something or be billed, and this is one more',
    );
  });

  test('sends as many as are allowed where it continues on errors', async () => {
    const { json } = await runPlaidCheck(server, perItem({ allowAtMost: 10 }), items(12), goOn);
    expect(server.requests).toHaveLength(10);
    expect(json.filter((one) => (one as { error?: object }).error)).toEqual([
      { error: expect.objectContaining({ kind: 'limit_reached' }) },
      { error: expect.objectContaining({ kind: 'limit_reached' }) },
    ]);
  });
});
