import { randomUUID } from 'node:crypto';
import { connectMcp } from './mcpClient';
import {
  startLanguageModel,
  type Move,
  type OfferedTool,
  type ToolCall,
  type Turn,
} from './languageModel';
import { editor } from './shared';
import { until } from './until';

/** The node as a tool, under the name that the model gets to see. */
export interface ToolSpec {
  name: string;
  parameters: object;
  /** The setting On Error */
  onError?: string;
  /** Whether n8n's Human Review stands before it. */
  isReviewed?: boolean;
}

/** Calls of one answer of the model, made of the tools it was offered and of what its last calls were answered. */
export type Round = (tools: readonly OfferedTool[], answers: readonly string[]) => ToolCall[];

export interface Conversation {
  /** What the model was offered. */
  tools: readonly OfferedTool[];
  /** What it was answered, in each round in the order of its calls. */
  answers: readonly (readonly string[])[];
}

/** Something that lets a model use tools: a version of n8n's AI Agent, or an MCP client at n8n's MCP Server Trigger. */
export interface ToolUser {
  readonly name: string;
  /** Each version attaches tools to a workflow of its own. */
  talk(tools: readonly ToolSpec[], rounds: readonly Round[]): Promise<Conversation>;
}

export interface ToolUsers {
  named(name: string): ToolUser;
  close(): Promise<void>;
}

interface CredentialRef {
  id: string;
  name: string;
}

const OPEN_AI = { name: 'Scripted model', type: 'openAiApi' };
const LANGCHAIN = '@n8n/n8n-nodes-langchain';
const TOOL = 'n8n-nodes-plaid-check.plaidCheckTool';

export const NEWEST_AGENT = 'AI Agent 3.1';
export const OLDER_AGENT = 'AI Agent 2.2';
export const MCP = 'MCP client';

/** The users of tools, which reach Plaid with the given credential. Their workflows stay until the end of the run. */
export async function startToolUsers(plaid: CredentialRef): Promise<ToolUsers> {
  let play: (turn: Turn) => Move = () => ({ say: '' });
  const model = await startLanguageModel((turn) => play(turn));
  const openAi = await editor().rest.call<CredentialRef>('POST', '/rest/credentials', {
    ...OPEN_AI,
    data: { apiKey: 'none', url: model.url },
  });

  const agent = (name: string, typeVersion: number): ToolUser => ({
    name,
    async talk(tools, rounds) {
      const path = randomUUID();
      const trigger = {
        name: 'Question',
        type: 'n8n-nodes-base.webhook',
        typeVersion: 2,
        webhookId: path,
        parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} },
      };
      const agentNode = {
        name: 'Agent',
        type: `${LANGCHAIN}.agent`,
        typeVersion,
        parameters: { promptType: 'define', text: 'Go on.', options: { maxIterations: 5 } },
      };
      const chatModel = {
        name: 'Model',
        type: `${LANGCHAIN}.lmChatOpenAi`,
        typeVersion: 1.3,
        parameters: {
          model: { __rl: true, mode: 'id', value: 'stand-in' },
          responsesApiEnabled: false,
          options: {},
        },
        credentials: { openAiApi: { id: openAi.id, name: openAi.name } },
      };
      await publish(`${name} ${path}`, [trigger, agentNode, chatModel, ...toolNodes(tools)], {
        Question: connection('main', 'Agent'),
        Model: connection('ai_languageModel', 'Agent'),
        ...toolConnections(tools, 'Agent'),
      });

      const answers: string[][] = [];
      let offered: readonly OfferedTool[] = [];
      const firstTurn = model.turns.length;
      play = (turn) => {
        offered = turn.tools;
        const round = model.turns.length - firstTurn - 1;
        if (round > 0) answers.push(answersTo(turn, model.turns.length - 1));
        const calls = rounds[round]?.(offered, answers.at(-1) ?? []);
        return calls ? { calls } : { say: 'Done.' };
      };
      const response = await onceRegistered(() =>
        fetch(`${editor().url}/webhook/${path}`, { method: 'POST' }),
      );
      const said = await response.text();
      if (!said.includes('Done.')) throw new Error(`${name} said ${response.status} ${said}`);
      return { tools: offered, answers };
    },
  });

  const mcpClient: ToolUser = {
    name: MCP,
    async talk(tools, rounds) {
      const path = randomUUID();
      const trigger = {
        name: 'Plaid Check Server',
        type: `${LANGCHAIN}.mcpTrigger`,
        typeVersion: 2.1,
        webhookId: path,
        parameters: { authentication: 'none', path },
      };
      await publish(
        `${MCP} ${path}`,
        [trigger, ...toolNodes(tools)],
        toolConnections(tools, trigger.name),
      );
      const address = `${editor().url}/mcp/${path}`;
      await onceRegistered(() => fetch(address, { method: 'DELETE' }));
      const client = await connectMcp(address);
      const listed = await client.listTools();
      const offered = listed.map(({ inputSchema, ...tool }) => ({
        ...tool,
        parameters: inputSchema,
      }));
      const answers: string[][] = [];
      for (const round of rounds) {
        const calls = round(offered, answers.at(-1) ?? []);
        const answered = await Promise.all(calls.map((call) => client.callTool(call)));
        answers.push(answered.map(({ text }) => text));
      }
      await client.close();
      return { tools: offered, answers };
    },
  };

  const { rest } = editor();
  const toolNodes = (tools: readonly ToolSpec[]) =>
    tools.flatMap(({ name, parameters, onError, isReviewed }) => [
      {
        name,
        type: TOOL,
        typeVersion: 1,
        parameters: { ...parameters, descriptionType: 'auto' },
        credentials: { plaidCheckApi: plaid },
        ...(onError && { onError }),
      },
      ...(isReviewed
        ? [
            {
              name: reviewOf(name),
              type: `${LANGCHAIN}.chatHitlTool`,
              typeVersion: 1.3,
              parameters: {},
              webhookId: randomUUID(),
            },
          ]
        : []),
    ]);

  const all = [agent(NEWEST_AGENT, 3.1), agent(OLDER_AGENT, 2.2), mcpClient];
  return {
    named(name) {
      const found = all.find((one) => one.name === name);
      if (!found) throw new Error(`Nobody uses tools under the name ${name}`);
      return found;
    },
    async close() {
      await rest.call('DELETE', `/rest/credentials/${openAi.id}`);
      await model.close();
    },
  };
}

const reviewOf = (tool: string) => `Review ${tool}`;

const connection = (type: string, node: string) => ({ [type]: [[{ node, type, index: 0 }]] });

const toolConnections = (tools: readonly ToolSpec[], user: string) =>
  Object.fromEntries(
    tools.flatMap(({ name, isReviewed }) =>
      isReviewed
        ? [
            [name, connection('ai_tool', reviewOf(name))],
            [reviewOf(name), connection('ai_tool', user)],
          ]
        : [[name, connection('ai_tool', user)]],
    ),
  );

/** Saves a workflow and publishes it. */
async function publish(
  name: string,
  nodes: readonly object[],
  connections: object,
): Promise<string> {
  const { rest } = editor();
  const { id, versionId } = await rest.call<{ id: string; versionId: string }>(
    'POST',
    '/rest/workflows',
    {
      name,
      settings: { executionOrder: 'v1' },
      nodes: nodes.map((node, index) => ({
        id: `node-${index}`,
        position: [index * 224, 0],
        ...node,
      })),
      connections,
    },
  );
  await rest.call('POST', `/rest/workflows/${id}/activate`, { versionId });
  return id;
}

/** Publishing a workflow ends before its addresses are known: until then they answer with 404. */
async function onceRegistered(ask: () => Promise<Response>): Promise<Response> {
  let response = await ask();
  await until(async () => {
    if (response.status !== 404) return;
    response = await ask();
    throw new Error('n8n does not know the address yet');
  });
  return response;
}

/** The answers to the calls of a turn, in their order. */
const answersTo = ({ messages }: Turn, turn: number): string[] =>
  messages
    .filter(({ tool_call_id }) => tool_call_id?.startsWith(`call_${turn}_`))
    .sort((a, b) => callIndex(a.tool_call_id) - callIndex(b.tool_call_id))
    .map(({ content }) => content);

const callIndex = (id = '') => Number(id.split('_').at(-1));
