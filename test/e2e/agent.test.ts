import type { Page } from 'playwright-core';
import { openPage } from './support/browser';
import { greenNodes, importExample, issues, succeeded, warnings } from './support/examples';
import {
  startLanguageModel,
  type LanguageModel,
  type Message,
  type Move,
  type Turn,
} from './support/languageModel';
import { choose } from './support/parameters';
import { documentationScreenshot } from './support/screenshots';
import { editor } from './support/shared';
import { until } from './support/until';
import { canvasNode, openWorkflow } from './support/workflows';

const DANIEL = 'usr_demo_daniel_reyes';
const MEI = 'usr_demo_mei_lin';
/** n8n ignores the click on a button of a review from a browser that says it is a robot, such as one without a window. */
const PERSON =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const CREATE = '/cra/check_report/create';
const BASE_REPORT = '/cra/check_report/base_report/get';
const LEND_SCORE = '/cra/check_report/lend_score/get';
const MONITORING = '/cra/monitoring_insights/get';

let page: Page;
let model: LanguageModel;
let openAi: { id: string; name: string };
let play: (turn: Turn) => Move;

/** Looks Daniel up with the first tool, and says which of his banks the tool named. */
function lookUp({ messages, tools: [tool] }: Turn): Move {
  const answer = messages.at(-1);
  if (answer?.role !== 'tool') {
    const [argument = ''] = Object.keys(tool?.parameters.properties ?? {});
    return { calls: [{ tool: tool?.name ?? '', arguments: { [argument]: DANIEL } }] };
  }
  return { say: `He banks with ${bankIn(answer.content)}.` };
}

const bankIn = (answer: string): string =>
  /"institution_name":"([^"]+)"/.exec(answer)?.[1] ?? 'nobody';

/** Does what the system message of the example says. n8n wraps the arguments of a tool that a person approves. */
function underwrite({ messages }: Turn): Move {
  const user_id = messages.some(({ content }) => content.includes('underwrite Mei')) ? MEI : DANIEL;
  const [report, created, newReport, score] = toolAnswers(messages);
  if (!report) return { calls: [{ tool: 'Get_Base_Report', arguments: { user_id } }] };
  if (!report.includes('There is no current report')) return { say: 'There was a report.' };
  if (!created) {
    return { calls: [{ tool: 'Create_Report', arguments: { toolParameters: { user_id } } }] };
  }
  if (created.includes('rejected')) return { say: 'No report was created.' };
  if (!newReport) return { calls: [{ tool: 'Get_Base_Report', arguments: { user_id } }] };
  if (!score) return { calls: [{ tool: 'Get_LendScore', arguments: { user_id } }] };
  return { say: `The LendScore is ${scoreIn(score)}.` };
}

/** What the tools answered since the last question; n8n's memory holds those before it. */
const toolAnswers = (messages: readonly Message[]) =>
  messages
    .slice(messages.map(({ role }) => role).lastIndexOf('user') + 1)
    .filter(({ role }) => role === 'tool')
    .map(({ content }) => content);

const scoreIn = (answer: string): string => /"lend_score":(\d+)/.exec(answer)?.[1] ?? 'missing';

beforeAll(async () => {
  model = await startLanguageModel((turn) => play(turn));
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
  page = await openPage({ userAgent: PERSON });
  editor().sandbox.reset();
});

afterEach(() => page.context().close());

async function ask(question: string): Promise<void> {
  await page.getByTestId('workflow-chat-button').click();
  await write(question);
}

/** Sends a message, as soon as the chat takes one: it does not while it waits for the end of the last execution. */
async function write(question: string): Promise<void> {
  await page.getByTestId('chat-input').click();
  await page.keyboard.type(question);
  const input = page
    .locator('textarea[data-test-id="chat-input"], [data-test-id="chat-input"] textarea')
    .first();
  await until(async () => {
    await page.keyboard.press('Enter');
    expect(await input.inputValue()).toBe('');
  });
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

it('the example agent imports without a warning, and creates a report only if a person approves', async () => {
  play = underwrite;
  await page.setViewportSize({ width: 1600, height: 800 });
  const id = await importExample(page, 'agent');
  expect(await issues(page).count()).toBe(0);
  expect(await warnings(page).allInnerTexts()).toEqual([]);

  const chat = page.getByTestId('canvas-chat-body');
  const question = 'Please underwrite Daniel Reyes.';
  const before = model.turns.length;
  await ask(question);
  await chat.getByText(`Create a consumer report for ${DANIEL}?`).waitFor();
  expect(sent()).toEqual([`400 ${BASE_REPORT}`]);
  await chat.getByText('Create Report', { exact: true }).click();
  await chat.getByText(/^The LendScore is \d+\.$/).waitFor();
  await succeeded(editor().rest, id);
  expect(sent()).toEqual(
    [`400 ${BASE_REPORT}`, `200 ${CREATE}`, `200 ${BASE_REPORT}`, `200 ${LEND_SCORE}`].sort(),
  );
  expect(editor().sandbox.reportsCreated(DANIEL)).toBe(1);
  expect(model.turns[before]?.messages.map(({ content }) => content)).toEqual([
    expect.stringContaining(DANIEL),
    question,
  ]);
  await until(async () =>
    expect((await greenNodes(page)).sort()).toEqual([
      'Answer',
      'Ask Before Creating',
      'Chat Memory',
      'Create Report',
      'Get Base Report',
      'Get LendScore',
      'OpenAI Chat Model',
      'Underwriter',
      'When Chat Message Received',
    ]),
  );
  expect(await warnings(page).allInnerTexts()).toEqual([]);

  editor().sandbox.clearRequests();
  await write('Please underwrite Mei Lin.');
  await chat.getByText(`Create a consumer report for ${MEI}?`).waitFor();
  await chat.getByText('Do Not Create', { exact: true }).last().click();
  await chat.getByText('No report was created.').waitFor();
  await succeeded(editor().rest, id, 2);
  expect(sent()).toEqual([`400 ${BASE_REPORT}`]);
  expect(toolAnswers(model.turns.at(-1)?.messages ?? []).at(-1)).toContain('rejected');

  await openWorkflow(page, id);
  await page.getByTestId('workflow-chat-button').click();
  await page.getByTestId('chat-input').waitFor({ state: 'hidden' });
  await page.getByTestId('zoom-to-fit').click();
  await documentationScreenshot(page, 'example-agent');
});

/** What reached Plaid, without the polls that found the report not ready yet. */
const sent = () =>
  [...new Set(editor().sandbox.requests.map(({ path, status }) => `${status} ${path}`))].sort();

it('the node panel offers the node as a tool, and the agent uses it', async () => {
  play = lookUp;
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
