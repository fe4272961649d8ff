import type { ArgumentSchema, ToolCall } from './languageModel';

/** A tool as an MCP server lists it. */
export interface ListedTool {
  name: string;
  description: string;
  inputSchema: { properties: Record<string, ArgumentSchema> };
}

/** What a tool answered. */
export interface ToolAnswer {
  text: string;
  isError: boolean;
}

/** A client of an MCP server. */
export interface McpClient {
  listTools(): Promise<ListedTool[]>;
  callTool(call: ToolCall): Promise<ToolAnswer>;
  close(): Promise<void>;
}

/** The newest version of the protocol that n8n 2.41 speaks. */
const PROTOCOL = '2025-06-18';

/**
 * Connects to an MCP server by streamable HTTP.
 * https://modelcontextprotocol.io/specification/2025-06-18/basic/transports#streamable-http
 */
export async function connectMcp(url: string): Promise<McpClient> {
  let session = '';
  let lastId = 0;

  async function post(message: object): Promise<Response> {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': PROTOCOL,
        ...(session && { 'mcp-session-id': session }),
      },
      body: JSON.stringify({ jsonrpc: '2.0', ...message }),
    });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return response;
  }

  async function ask<T>(method: string, params: object): Promise<T> {
    const id = ++lastId;
    const response = await post({ id, method, params });
    session ||= response.headers.get('mcp-session-id') ?? '';
    const answer = messages(await response.text()).find((message) => message.id === id);
    if (answer?.result === undefined) throw new Error(`${method}: ${JSON.stringify(answer)}`);
    return answer.result as T;
  }

  await ask('initialize', {
    protocolVersion: PROTOCOL,
    capabilities: {},
    clientInfo: { name: 'test', version: '1' },
  });
  await post({ method: 'notifications/initialized' });

  return {
    listTools: async () => (await ask<{ tools: ListedTool[] }>('tools/list', {})).tools,
    async callTool({ tool, arguments: args }) {
      const { content, isError = false } = await ask<{
        content: { text: string }[];
        isError?: boolean;
      }>('tools/call', { name: tool, arguments: args });
      return { text: content.map(({ text }) => text).join('\n'), isError };
    },
    async close() {
      await fetch(url, { method: 'DELETE', headers: { 'mcp-session-id': session } });
    },
  };
}

interface JsonRpcAnswer {
  id?: number;
  result?: unknown;
  error?: object;
}

/** The messages of a stream of server-sent events, or of a plain JSON body. */
const messages = (text: string): JsonRpcAnswer[] =>
  (text.startsWith('{') ? [text] : [...text.matchAll(/^data: ?(\{.*)$/gm)].map(([, data]) => data))
    .map(String)
    .map((data) => JSON.parse(data) as JsonRpcAnswer);
