import type { INode } from 'n8n-workflow';
import { operations } from '../../nodes/PlaidCheck/catalog/operations';
import { DEMO_USERS, startSandbox, type Sandbox } from '../../sandbox/server';
import { goOn } from '../support/workflows/reportRuns';
import { runPlaidCheck } from '../support/workflows/runPlaidCheck';
import { readExample } from '../support/workflows/readExample';

// n8n's AI nodes are not in this project's node_modules; the whole agent runs in the tests in the
// real n8n. Here its tools run as the plain node, with the user that the model would choose.
const { nodes, connections } = readExample('agent');
const tools = nodes.filter(({ type }) => type === 'n8n-nodes-plaid-check.plaidCheckTool');
const byModel = /^=\{\{ \$fromAI\(.*\) \}\}$/;

const DANIEL = 'usr_demo_daniel_reyes';

const nodeNamed = (name: string): INode => {
  const found = nodes.find((node) => node.name === name);
  if (!found) throw new Error(`The example has no node "${name}"`);
  return found;
};

/** The node that a tool is attached to. */
const holderOf = (tool: string) =>
  nodeNamed(connections[tool]?.ai_tool?.[0]?.[0]?.node ?? 'that holds the tool');

test('the agent has three tools, and a person approves what creates a report', () => {
  expect(tools.map(({ name }) => [name, holderOf(name).name])).toEqual([
    ['Get Base Report', 'Underwriter'],
    ['Create Report', 'Ask Before Creating'],
    ['Get LendScore', 'Underwriter'],
  ]);
  const review = nodeNamed('Ask Before Creating');
  expect(holderOf(review.name).name).toBe('Underwriter');
  expect(review).toMatchObject({
    type: '@n8n/n8n-nodes-langchain.chatHitlTool',
    // With one button alone, nobody can decline.
    parameters: { approvalOptions: { values: { approvalType: 'double' } } },
  });
  for (const { name, parameters } of tools) {
    const { resource, operation } = parameters;
    const endpoint = operations.find(
      (one) => one.resource === resource && one.operation === operation,
    );
    const isReviewed = holderOf(name).type.endsWith('HitlTool');
    expect([name, isReviewed]).toEqual([name, endpoint?.makesReport === true]);
  }
});

test('the model chooses the user and nothing else', () => {
  for (const { name, parameters } of tools) {
    const chosen = Object.keys(parameters).filter((key) => byModel.test(String(parameters[key])));
    expect([name, chosen]).toEqual([name, ['user_id']]);
    expect(parameters.user_id).toContain(`$fromAI('user_id', 'The user_id of the applicant`);
    expect(JSON.stringify(parameters).match(/\$fromAI/g)).toHaveLength(1);
  }
});

test('an agent can neither bill without a limit nor run on, and reads its errors in every version', () => {
  for (const { name, onError, parameters } of tools) {
    expect([name, onError]).toEqual([name, 'continueRegularOutput']);
    const { allowAtMost } = parameters.options as { allowAtMost?: number };
    expect(allowAtMost).toBeLessThanOrEqual(name === 'Get Base Report' ? 2 : 1);
  }
  const { maxIterations } = nodeNamed('Underwriter').parameters.options as {
    maxIterations?: number;
  };
  expect(maxIterations).toBeLessThanOrEqual(10);
});

test('the system message names everybody the questions can be about, and every tool', () => {
  const { systemMessage } = nodeNamed('Underwriter').parameters.options as {
    systemMessage: string;
  };
  const listed = [...systemMessage.matchAll(/^- (.+): (usr_\w+)$/gm)].map(([, ...row]) => row);
  expect(listed).toEqual(
    DEMO_USERS.map((user) => [`${user.given_name} ${user.family_name}`, user.user_id]),
  );
  for (const { name } of tools) expect(systemMessage).toContain(name);
});

describe('its tools', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({ readyAfterMs: 0 });
  });
  afterAll(() => sandbox.close());

  /** What the model reads of one call. */
  async function answerOf(name: string): Promise<string> {
    const { descriptionType, toolDescription, ...own } = nodeNamed(name).parameters;
    expect([descriptionType, toolDescription]).toEqual(['manual', expect.stringMatching(/\.$/)]);
    const { json } = await runPlaidCheck(sandbox, { ...own, user_id: DANIEL }, [{}], goOn);
    return JSON.stringify(json);
  }

  test('find no report, create one, and read it and its LendScore, impersonal and short', async () => {
    const missing = await answerOf('Get Base Report');
    expect(missing).toContain('CONSUMER_REPORT_NOT_FOUND');
    await answerOf('Create Report');
    expect(sandbox.reportsCreated(DANIEL)).toBe(1);
    const report = await answerOf('Get Base Report');
    const score = await answerOf('Get LendScore');
    expect(report).toContain('"has_fraud_alert":false');
    expect(score).toMatch(/"lend_score":\d+/);
    // More than most models read is the full answer, with a year of transactions.
    for (const answer of [missing, report, score]) expect(answer.length).toBeLessThan(8000);
    for (const personal of ['Daniel', 'Reyes', '@']) {
      expect(report + score).not.toContain(personal);
    }
    const sent = sandbox.requests.map(({ path, status }) => `${status} ${path}`);
    expect(sent).toEqual([
      '400 /cra/check_report/base_report/get',
      '200 /cra/check_report/create',
      '200 /cra/check_report/base_report/get',
      '200 /cra/check_report/lend_score/get',
    ]);
  });
});
