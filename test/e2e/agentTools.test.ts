import { operations } from '../../nodes/PlaidCheck/catalog/operations';
import { DEMO_USERS, startSandbox, type Sandbox } from '../../sandbox/server';
import { askSandbox } from '../support/servers/askSandbox';
import { editor } from './support/shared';
import { openTranscript } from './support/transcript';
import {
  MCP,
  NEWEST_AGENT,
  OLDER_AGENT,
  startToolUsers,
  type Conversation,
  type Round,
  type ToolSpec,
  type ToolUsers,
} from './support/toolUsers';

const CREATE = '/cra/check_report/create';
const READ = '/cra/check_report/base_report/get';
const [AMARA] = DEMO_USERS;
const USER = AMARA?.user_id ?? '';
const TWO_DAYS_MS = 48 * 3_600_000;
const MOST_DAYS = 731;

const fixed = {
  user_id: USER,
  consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
  webhook: 'https://lender.example.com/plaid',
};
const days_requested = "={{ $fromAI('days_requested', 'Days of history', 'number') }}";

const create: ToolSpec = {
  name: 'Create a check report',
  onError: 'continueRegularOutput',
  parameters: { resource: 'checkReport', operation: 'create', ...fixed, days_requested },
};

const read: ToolSpec = {
  name: 'Get a base report',
  onError: 'continueRegularOutput',
  parameters: { resource: 'checkReport', operation: 'getBaseReport', user_id: USER },
};

const withOptions = (tool: ToolSpec, options: object): ToolSpec => ({
  ...tool,
  parameters: { ...tool.parameters, options },
});

/** One answer of the model that calls the first tool, once for each of the given arguments. */
const calls =
  (...all: readonly object[]): Round =>
  ([tool]) =>
    all.map((given) => ({ tool: tool?.name ?? '', arguments: given }));

const forDays = (...days: readonly number[]): Round =>
  calls(...days.map((days_requested) => ({ days_requested })));

let plaid: Sandbox;
let users: ToolUsers;
let credential: { id: string; name: string };
const transcript = openTranscript();

beforeAll(async () => {
  plaid = await startSandbox({ readyAfterMs: 0, webhooks: { repeatAfterMs: [] } });
  const { url, clientId, secret } = plaid;
  credential = await editor().rest.call('POST', '/rest/credentials', {
    name: 'Plaid of the agents',
    type: 'plaidCheckApi',
    data: { environment: 'custom', customBaseUrl: url, clientId, secret },
  });
  users = await startToolUsers(credential);
});

beforeEach(() => {
  plaid.faults.clear();
  plaid.reset();
});

afterAll(async () => {
  await users.close();
  // An imported example must find one credential only.
  await editor().rest.call('DELETE', `/rest/credentials/${credential.id}`);
  await plaid.close();
  console.log(transcript.asTable());
});

const sent = () => plaid.requests.map(({ path, status }) => `${status} ${path}`);

async function talk(
  user: string,
  tools: readonly ToolSpec[],
  rounds: readonly Round[],
): Promise<Conversation> {
  const conversation = await users.named(user).talk(tools, rounds);
  transcript.note(user, expect.getState().currentTestName ?? '', conversation);
  return conversation;
}

describe.each([NEWEST_AGENT, OLDER_AGENT, MCP])('%s', (user) => {
  it('a wrong value is told with its limits, and corrected in the second call', async () => {
    const corrected: Round = (tools, [answer = '']) =>
      forDays(Math.max(...(answer.match(/\b\d{3}\b/g) ?? []).map(Number)))(tools, []);
    const { answers } = await talk(user, [create], [forDays(5000), corrected]);
    expect(answers[0]).toEqual([expect.stringMatching(/Nothing was sent.*call this tool again/)]);
    expect(answers[0]?.[0]).toContain('days_requested');
    expect(sent()).toEqual([`200 ${CREATE}`]);
    expect(plaid.requests[0]?.json).toMatchObject({ days_requested: MOST_DAYS });
  });

  it('an expired report is no invitation to create one', async () => {
    await askSandbox(plaid, CREATE, { ...fixed, days_requested: 90 });
    plaid.clock.advance(TWO_DAYS_MS);
    plaid.clearRequests();
    const { answers } = await talk(user, [read], [calls({})]);
    expect(answers).toEqual([[expect.stringContaining('CONSUMER_REPORT_EXPIRED')]]);
    expect(answers[0]?.[0]).toMatch(
      /A new report may be billed, so create one only if you were asked to/,
    );
    // Plaid's own message, which names the call.
    expect(answers[0]?.[0]).not.toContain(CREATE);
    expect(sent()).toEqual([`400 ${READ}`]);
  });

  it('a report is read simplified, short and without personal data', async () => {
    await askSandbox(plaid, CREATE, { ...fixed, days_requested: 90 });
    plaid.clearRequests();
    const { answers } = await talk(user, [read], [calls({})]);
    const [[answer = ''] = []] = answers;
    expect(answer).toContain('"account_count":');
    expect(answer.length).toBeLessThan(8000);
    for (const personal of [AMARA?.given_name, AMARA?.family_name, '@']) {
      expect(answer).not.toContain(personal);
    }
    expect(sent()).toEqual([`200 ${READ}`]);
  });

  it('a list may be written as JSON text', async () => {
    const products = "={{ $fromAI('products', 'Products of the report', 'string') }}";
    const tool = {
      ...create,
      parameters: { ...create.parameters, days_requested: 90, additionalFields: { products } },
    };
    await talk(user, [tool], [calls({ products: '["cra_base_report","cra_income_insights"]' })]);
    expect(sent()).toEqual([`200 ${CREATE}`]);
    expect(plaid.requests[0]?.json).toMatchObject({
      products: ['cra_base_report', 'cra_income_insights'],
    });
  });

  it('two tools of the longest action have names of their own', async () => {
    const longest = Math.max(...operations.map(({ action }) => action.length));
    const action = operations.find((one) => one.action.length === longest)?.action ?? '';
    // As the editor names a tool and a second one.
    const tools = ['', '1'].map((end) => ({ ...read, name: `${action} in Plaid Check${end}` }));
    const conversation = await talk(user, tools, []);
    const names = conversation.tools.map(({ name }) => name);
    expect(names).toHaveLength(2);
    expect(new Set(names).size).toBe(2);
  });
});

describe.each([NEWEST_AGENT, OLDER_AGENT])('%s', (user) => {
  it('after a lost connection, no second report is created, whatever the model calls', async () => {
    plaid.faults.set({ rules: [{ path: CREATE, faults: [{ kind: 'cut_connection' }] }] });
    const { answers } = await talk(user, [create], [forDays(90), forDays(90), forDays(91)]);
    const [first = [], equal = [], other = []] = answers;
    for (const [answer] of [first, equal]) {
      expect(answer).toContain('the report may have been created');
      expect(answer).toContain('Do not call this tool again');
    }
    expect(other).toEqual([expect.stringContaining('limit_reached')]);
    expect(sent()).toEqual([`200 ${CREATE}`]);
    expect(plaid.reportsCreated(USER)).toBe(1);
  });

  it('30 calls in one answer create 1 report, and 29 are refused', async () => {
    const days = Array.from({ length: 30 }, (_, index) => 90 + index);
    const { answers } = await talk(user, [create], [forDays(...days)]);
    const refused = answers[0]?.filter((answer) => answer.includes('limit_reached')) ?? [];
    expect(answers[0]).toHaveLength(30);
    expect(refused).toHaveLength(29);
    for (const answer of refused) expect(answer).toContain('Do not call this tool again');
    expect(sent()).toEqual([`200 ${CREATE}`]);
    expect(plaid.reportsCreated(USER)).toBe(1);
  });

  it('30 equal calls in one answer create 1 report, and have its answer', async () => {
    const { answers } = await talk(user, [create], [forDays(...Array<number>(30).fill(90))]);
    expect(answers[0]).toHaveLength(30);
    expect(new Set(answers[0]).size).toBe(1);
    expect(answers[0]?.[0]).toContain(USER);
    expect(plaid.reportsCreated(USER)).toBe(1);
  });
});

describe(`${MCP}, whose calls are executions of their own`, () => {
  const once = withOptions(create, {
    ifReportExists: { values: { mode: 'notOlderThan', maxAge: 24 } },
  });

  it('after a lost connection, If a Report Exists finds the report instead of creating a second one', async () => {
    plaid.faults.set({ rules: [{ path: CREATE, faults: [{ kind: 'cut_connection' }] }] });
    const { answers } = await talk(MCP, [once], [forDays(90), forDays(90)]);
    expect(answers[0]).toEqual([expect.stringContaining('the report may have been created')]);
    expect(answers[1]).toEqual([expect.stringContaining('"report_status":"existing"')]);
    // It names the report that exists, and does not hold it.
    expect(answers[1]?.[0]?.length).toBeLessThan(1000);
    expect(plaid.reportsCreated(USER)).toBe(1);
  });

  it('30 calls at the same time create 1 report with If a Report Exists, which looks one after the other', async () => {
    const { answers } = await talk(MCP, [once], [forDays(...Array<number>(30).fill(90))]);
    expect(answers[0]).toHaveLength(30);
    const existing = answers[0]?.filter((answer) => answer.includes('"report_status":"existing"'));
    expect(existing).toHaveLength(29);
    expect(plaid.reportsCreated(USER)).toBe(1);
  });
});

it(`${OLDER_AGENT} and Human Review: the tool never runs, and the model reads an empty text`, async () => {
  // n8n wraps the arguments of a tool that a person approves.
  const call = { toolParameters: { days_requested: 90 }, hitlParameters: {} };
  const { answers } = await talk(OLDER_AGENT, [{ ...create, isReviewed: true }], [calls(call)]);
  expect(answers).toEqual([['']]);
  expect(sent()).toEqual([]);
});
