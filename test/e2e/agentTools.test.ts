import { DEMO_USERS, startSandbox, type Sandbox } from '../../sandbox/server';
import { askSandbox } from '../support/servers/askSandbox';
import type { OfferedTool } from './support/languageModel';
import { editor } from './support/shared';
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
const USER = DEMO_USERS[0]?.user_id ?? '';
const DAY_MS = 24 * 3_600_000;

const PURPOSE = 'ACCOUNT_REVIEW_CREDIT';
const fixed = { user_id: USER, consumer_report_permissible_purpose: PURPOSE };
const webhook = 'https://lender.example.com/plaid';

const createTool: ToolSpec = {
  name: 'Create a check report',
  onError: 'continueRegularOutput',
  parameters: {
    resource: 'checkReport',
    operation: 'create',
    ...fixed,
    webhook,
    days_requested: "={{ $fromAI('days_requested', 'Days of history, at least 61', 'number') }}",
  },
};

const readTool: ToolSpec = {
  name: 'Get the base report',
  onError: 'continueRegularOutput',
  parameters: { resource: 'checkReport', operation: 'getBaseReport', ...fixed },
};

let plaid: Sandbox;
let users: ToolUsers;
let credential: { id: string; name: string };

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
});

/** Creates a report with the first tool. */
const create =
  (...days: number[]): Round =>
  ([tool]) =>
    days.map((days_requested) => ({ tool: tool?.name ?? '', arguments: { days_requested } }));

const read: Round = ([tool]) => [{ tool: tool?.name ?? '', arguments: {} }];

async function talk(user: string, tools: readonly ToolSpec[], rounds: readonly Round[]) {
  const found = users.all.find(({ name }) => name === user);
  if (!found) throw new Error(`There is no ${user}`);
  const conversation = await found.talk(tools, rounds);
  console.log(user, JSON.stringify(conversation, null, 1).slice(0, 4000), plaid.requests.map(({ path, status }) => `${path} ${status}`));
  return conversation;
}

describe.each([NEWEST_AGENT, OLDER_AGENT, MCP])('%s', (user) => {
  it('corrects', async () => {
    await talk(user, [createTool], [create(5), create(90)]);
  });
  it('without on error', async () => {
    const { onError, ...rest } = createTool;
    await talk(user, [rest], [create(5), create(90)]);
  });
  it('expired', async () => {
    await askSandbox(plaid, CREATE, { ...fixed, days_requested: 90, webhook });
    plaid.clock.advance(2 * DAY_MS);
    await talk(user, [readTool], [read]);
  });
  it('lost', async () => {
    plaid.faults.set({ rules: [{ path: CREATE, faults: [{ kind: 'cut_connection' }] }] });
    await talk(user, [createTool], [create(90), create(90)]);
  });
  it('30', async () => {
    await talk(user, [createTool], [create(...Array.from({ length: 30 }, (_, i) => 61 + i))]);
  });
  it('review', async () => {
    if (user !== MCP) await talk(user, [{ ...createTool, isReviewed: true }], [create(90)]);
  });
});
