import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it arrived. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The parsed body; undefined when it is not JSON. */
  readonly json: unknown;
}

/** What the server does with a request once it has read it whole; `index` counts from 0. */
export type Script = (response: ServerResponse, request: Arrived, index: number) => void;

/** A server on 127.0.0.1 that does what a test tells it to. */
export interface ScriptedServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly host: string;
  /** Every request so far, oldest first. */
  readonly requests: readonly Arrived[];
  /** What to do from now on; forgets the requests so far. */
  play(script: Script): void;
  /** Resolves when every connection that is open now has been closed. */
  allConnectionsClosed(): Promise<void>;
  close(): Promise<void>;
}

export async function startScriptedServer(): Promise<ScriptedServer> {
  const requests: Arrived[] = [];
  let script: Script = answer(200, {});
  const server = createServer((request, response) => {
    void read(request).then((arrived) => {
      requests.push(arrived);
      script(response, arrived, requests.length - 1);
    });
  });
  const closing = new Set<Promise<void>>();
  server.on('connection', (socket) => {
    const closed = new Promise<void>((resolve) => {
      socket.once('close', () => {
        closing.delete(closed);
        resolve();
      });
    });
    closing.add(closed);
    // A connection that is cut on purpose is no failure of the test.
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `http://${host}`,
    requests,
    play(next) {
      requests.length = 0;
      script = next;
    },
    async allConnectionsClosed() {
      await Promise.all(closing);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function read(request: IncomingMessage): Promise<Arrived> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  const { method = '', url: path = '', headers } = request;
  return { method, path, headers, text, json: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Answers with JSON. */
export const answer =
  (status: number, json: object): Script =>
  (response) =>
    void response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify(json));

/** Answers with text as it is. */
export const answerText =
  (status: number, type: string, text: string, headers: Record<string, string> = {}): Script =>
  (response) =>
    void response.writeHead(status, { 'content-type': type, ...headers }).end(text);

/** Never answers. */
export const hang: Script = () => undefined;

/** Sends headers and half a body, then nothing more. */
export const hangHalfway: Script = (response) =>
  void response
    .writeHead(200, { 'content-type': 'application/json', 'content-length': '40' })
    .write('{"request_id":"abc', 'utf8');

/** Sends an answer in drops that never end. */
export const drip: Script = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
};

/** Cuts the connection once the request was read. */
export const reset: Script = (response) => void response.socket?.resetAndDestroy();

/** Promises more than it sends, then cuts the connection. */
export const cutHalfway: Script = (response) =>
  void response
    .writeHead(200, { 'content-type': 'application/json', 'content-length': '40' })
    .write('{"request_id":"abc', () => response.socket?.destroy());
