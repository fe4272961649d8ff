import type { Page } from 'playwright-core';
import { openPage } from './support/browser';
import { greenNodes, importExample, issues, succeeded, warnings } from './support/examples';
import { startLanguageModel, type LanguageModel, type Turn } from './support/languageModel';
import { choose } from './support/parameters';
import { documentationScreenshot } from './support/screenshots';
import { editor } from './support/shared';
import { until } from './support/until';
import { canvasNode, openWorkflow } from './support/workflows';

const DANIEL = 'usr_demo_daniel_reyes';
const MONITORING = '/cra/monitoring_insights/get';

let page: Page;
let model: LanguageModel;
let openAi: { id: string; name: string };

/** Looks Daniel up with the first tool, and says which of his banks the tool named. */
function play({ messages, tools: [tool] }: Turn) {
  const answer = messages.at(-1);
  if (answer?.role !== 'tool') {
    const [argument = ''] = Object.keys(tool?.parameters.properties ?? {});
    return { calls: [{ tool: tool?.name ?? '', arguments: { [argument]: DANIEL } }] };
  }
  return { say: `He banks with ${bankIn(answer.content)}.` };
}

const bankIn = (answer: string): string =>
  /"institution_name":"([^"]+)"/.exec(answer)?.[1] ?? 'nobody';

beforeAll(async () => {
  model = await startLanguageModel(play);
  // The name that n8n gives to the first credential of this type, and that the example asks for.
  openAi = await editor().rest.call('POST', '/rest/credentials', {
    name: 'OpenAI account',
    type: 'openAiApi',
    data: { apiKey: 'none', url: model.url },
  });
});

afterAll(async () => {
  await editor().rest.call('DELETE', `/rest/credentials/${openAi.id}`);
  await model.close();
});

beforeEach(async () => {
  page = await openPage();
  editor().sandbox.reset();
});

afterEach(() => page.context().close());

async function ask(question: string): Promise<void> {
  await page.getByTestId('workflow-chat-button').click();
  const input = page.getByTestId('chat-input');
  await input.click();
  await page.keyboard.type(question);
  await page.keyboard.press('Enter');
}

/** What the sandbox answered through the tool is what the model was told, and what the chat says. */
async function expectAnswered(workflowId: string, turnsBefore: number): Promise<void> {
  await succeeded(editor().rest, workflowId);
  const { requests } = editor().sandbox;
  expect(requests.map(({ path, status }) => [path, status])).toEqual([[MONITORING, 200]]);
  expect(requests[0]?.json).toMatchObject({ user_id: DANIEL });

  const turns = model.turns.slice(turnsBefore);
  expect(turns).toHaveLength(2);
  const answer = turns[1]?.messages.at(-1);
  expect(answer?.role).toBe('tool');
  const bank = bankIn(answer?.content ?? '');
  expect(bank).not.toBe('nobody');
  await page.getByTestId('canvas-chat-body').getByText(`He banks with ${bank}.`).waitFor();
}

it('the example agent imports without a warning, and answers a question with the node', async () => {
  await page.setViewportSize({ width: 1600, height: 800 });
  const id = await importExample(page, 'agent');
  expect(await issues(page).count()).toBe(0);
  expect(await warnings(page).allInnerTexts()).toEqual([]);

  const before = model.turns.length;
  await ask("How has Daniel Reyes's income changed?");
  await expectAnswered(id, before);
  const first = model.turns[before];
  expect(first?.messages.map(({ content }) => content)).toEqual([
    expect.stringContaining(DANIEL),
    "How has Daniel Reyes's income changed?",
  ]);
  await until(async () =>
    expect((await greenNodes(page)).sort()).toEqual([
      'Borrower Analyst',
      'Chat Memory',
      'Get Monitoring Insights',
      'OpenAI Chat Model',
      'When Chat Message Received',
    ]),
  );
  expect(await warnings(page).allInnerTexts()).toEqual([]);

  await openWorkflow(page, id);
  await page.getByTestId('workflow-chat-button').click();
  await page.getByTestId('chat-input').waitFor({ state: 'hidden' });
  await page.getByTestId('zoom-to-fit').click();
  await documentationScreenshot(page, 'example-agent');
});

it('the node panel offers the node as a tool, and the agent uses it', async () => {
  const { id } = await editor().rest.call<{ id: string }>('POST', '/rest/workflows', {
    name: 'An agent without a tool',
    settings: {},
    nodes: [
      {
        id: 'chat',
        name: 'Chat',
        type: '@n8n/n8n-nodes-langchain.chatTrigger',
        typeVersion: 1.4,
        position: [0, 0],
        parameters: { options: {} },
        webhookId: '3a1f0c2e-6c1e-5b7a-8f5d-0d5a7d5c9e11',
      },
      {
        id: 'agent',
        name: 'AI Agent',
        type: '@n8n/n8n-nodes-langchain.agent',
        typeVersion: 3.1,
        position: [256, 0],
        parameters: { options: {} },
      },
      {
        id: 'model',
        name: 'Model',
        type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
        typeVersion: 1.3,
        position: [128, 224],
        parameters: {
          model: { __rl: true, mode: 'id', value: 'stand-in' },
          responsesApiEnabled: false,
          options: {},
        },
        credentials: { openAiApi: { id: openAi.id, name: openAi.name } },
      },
    ],
    connections: {
      Chat: { main: [[{ node: 'AI Agent', type: 'main', index: 0 }]] },
      Model: { ai_languageModel: [[{ node: 'AI Agent', type: 'ai_languageModel', index: 0 }]] },
    },
  });
  await openWorkflow(page, id);
  // The panel opens with all AI nodes, and turns to the tools; on a busy machine it may miss that.
  await until(async () => {
    await canvasNode(page, 'AI Agent')
      .locator('[data-connection-type="ai_tool"]')
      .getByTestId('canvas-handle-plus')
      .click();
    await page
      .getByTestId('nodes-list-header')
      .filter({ hasText: 'Tools' })
      .waitFor({ timeout: 5000 });
  });
  await page.getByTestId('node-creator-search-bar').click();
  await page.keyboard.type('ultrafico');
  const found = page.getByTestId('item-iterator-item').filter({ hasText: 'Plaid Check Tool' });
  await found.click();
  await page.getByTestId('ndv').waitFor();

  await choose(page, 'resource', 'Monitoring (Legacy)');
  await choose(page, 'operation', 'Get Insights');
  await choose(page, 'output', 'Simplified');
  await choose(page, 'consumer_report_permissible_purpose', 'Account Review (Credit)');
  // "Let the model define this parameter".
  await page
    .locator('.parameter-item')
    .filter({ has: page.getByTestId('parameter-input-user_id') })
    .getByTestId('from-ai-override-button')
    .click();
  await page.getByTestId('ndv-close-button').click();
  expect(await issues(page).count()).toBe(0);

  const before = model.turns.length;
  await ask('Where does Daniel bank?');
  await expectAnswered(id, before);
  const [tool, ...others] = model.turns[before]?.tools ?? [];
  expect(others).toEqual([]);
  expect(tool?.description).toMatch(/monitoring/i);
  expect(Object.keys(tool?.parameters.properties ?? {})).toEqual([
    expect.stringMatching(/^user_?id$/i),
  ]);
});
