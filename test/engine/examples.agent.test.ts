import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowJson } from '../../engine';
import { DEMO_USERS, startSandbox } from '../../sandbox/server';
import { runPlaidCheck } from '../support/workflows/runPlaidCheck';

// n8n's AI nodes are not in this project's node_modules; the whole agent runs in the tests in the
// real n8n. Here its tool runs as the plain node, with the user that the model would choose.
const { nodes, connections } = JSON.parse(
  readFileSync(join(__dirname, '..', '..', 'examples', 'agent.json'), 'utf8'),
) as WorkflowJson;
const tools = nodes.filter(({ type }) => type === 'n8n-nodes-plaid-check.plaidCheckTool');
const byModel = /^=\{\{ \$fromAI\(.*\) \}\}$/;

test('the agent has Plaid Check as its tool', () => {
  expect(tools.map(({ name }) => connections[name])).toEqual([
    { ai_tool: [[{ node: 'Borrower Analyst', type: 'ai_tool', index: 0 }]] },
  ]);
});

test('the model chooses the user and nothing else', () => {
  const chosen = tools.flatMap(({ parameters }) =>
    Object.entries(parameters).filter(([, value]) => byModel.test(String(value))),
  );
  expect(chosen).toEqual([
    ['user_id', expect.stringContaining(`$fromAI('user_id', 'The user_id of the borrower`)],
  ]);
  expect(JSON.stringify(tools).match(/\$fromAI/g)).toHaveLength(1);
});

test('the system message names everybody the questions can be about', () => {
  const agent = nodes.find(({ name }) => name === 'Borrower Analyst');
  const { systemMessage } = agent?.parameters.options as { systemMessage: string };
  const listed = [...systemMessage.matchAll(/^- (.+): (usr_\w+)$/gm)].map(([, ...row]) => row);
  expect(listed).toEqual(
    DEMO_USERS.map((user) => [`${user.given_name} ${user.family_name}`, user.user_id]),
  );
});

test('its request is one that Plaid takes', async () => {
  const sandbox = await startSandbox();
  try {
    for (const { parameters } of tools) {
      const { descriptionType, toolDescription, ...own } = parameters;
      expect([descriptionType, toolDescription]).toEqual(['manual', expect.stringMatching(/\.$/)]);
      const { json } = await runPlaidCheck(sandbox, { ...own, user_id: 'usr_demo_daniel_reyes' });
      expect(json).toEqual([expect.objectContaining({ items: [expect.anything()] })]);
      // The full answer, with a year of transactions, is more than most models read.
      expect(JSON.stringify(json).length).toBeLessThan(8000);
    }
    expect(sandbox.requests.map(({ status }) => status)).toEqual(tools.map(() => 200));
  } finally {
    await sandbox.close();
  }
});
