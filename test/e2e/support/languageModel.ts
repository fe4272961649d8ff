import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A tool as an agent offers it to its model. */
export interface OfferedTool {
  name: string;
  description: string;
  /** JSON Schema of the arguments. */
  parameters: { properties: Record<string, ArgumentSchema> };
}

export interface ArgumentSchema {
  type: string;
  description?: string;
}

/** A call of a tool as a model writes it. */
export interface ToolCall {
  tool: string;
  arguments: object;
}

export interface Message {
  role: 'system' | 'user' | 'assistant' | 'tool';
  content: string;
  /** On a tool's answer: the call it answers. */
  tool_call_id?: string;
}

/** One request of an agent. */
export interface Turn {
  messages: Message[];
  tools: OfferedTool[];
}

/** What the model does next: call tools, or say something, which ends the agent's run. */
export type Move = { calls: readonly ToolCall[] } | { say: string };

/** A stand-in for a language model on 127.0.0.1, in OpenAI's chat-completions format. */
export interface LanguageModel {
  /** The base URL to put into an OpenAI credential. */
  readonly url: string;
  /** Every request so far, oldest first. */
  readonly turns: readonly Turn[];
  close(): Promise<void>;
}

interface Completion {
  messages: Message[];
  tools?: { function: OfferedTool }[];
  stream?: boolean;
}

/** Starts a model that makes the moves that `play` chooses, with or without streaming. */
export async function startLanguageModel(play: (turn: Turn) => Move): Promise<LanguageModel> {
  const turns: Turn[] = [];
  const server = createServer((request, response) => {
    void answer(request).then(({ status, type, text }) => {
      response.writeHead(status, { 'content-type': type }).end(text);
    });
  });

  async function answer(request: IncomingMessage) {
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
      return { status: 404, type: 'application/json', text: '{"error":{"message":"not here"}}' };
    }
    const { messages, tools = [], stream } = (await json(request)) as Completion;
    const turn = { messages, tools: tools.map((tool) => tool.function) };
    turns.push(turn);
    const move = play(turn);
    const type = stream ? 'text/event-stream' : 'application/json';
    return { status: 200, type, text: completion(move, turns.length, Boolean(stream)) };
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    turns,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** https://platform.openai.com/docs/api-reference/chat */
function completion(move: Move, turn: number, stream: boolean): string {
  const said =
    'say' in move
      ? { content: move.say }
      : {
          content: null,
          tool_calls: move.calls.map((call, index) => ({
            index,
            id: `call_${turn}_${index}`,
            type: 'function',
            function: { name: call.tool, arguments: JSON.stringify(call.arguments) },
          })),
        };
  const message = { role: 'assistant', ...said };
  const finish_reason = 'say' in move ? 'stop' : 'tool_calls';
  const common = { id: `chatcmpl-${turn}`, created: 0, model: 'stand-in' };
  if (!stream) {
    const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
    const choices = [{ index: 0, message, finish_reason }];
    return JSON.stringify({ ...common, object: 'chat.completion', choices, usage });
  }
  const chunk = (delta: object, reason: string | null) =>
    `data: ${JSON.stringify({
      ...common,
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta, finish_reason: reason }],
    })}\n\n`;
  return `${chunk(message, null)}${chunk({}, finish_reason)}data: [DONE]\n\n`;
}
