import type { Keys } from '../../../sandbox/credentials';
import type { Account } from '../workflows/runPlaidCheck';
import { startScriptedServer, type Arrived } from './scriptedServer';

/** A request as it left the node, and what it was answered with. */
export interface Exchange {
  request: Arrived;
  status: number;
  requestId: string | null;
  /** The time of the sandbox, as its header */
  date: string;
  bytes: Buffer;
}

/** A server that hands everything on to a sandbox and writes down what went by. */
export interface Recorder extends Required<Account> {
  readonly host: string;
  readonly exchanges: readonly Exchange[];
  /** Forgets the exchanges so far. */
  clear(): void;
  close(): Promise<void>;
}

/** @param change what becomes of an answer on its way; nothing by default */
export async function startRecorder(
  { url, clientId, secret }: Keys & { url: string },
  change: (answer: Buffer) => Buffer = (answer) => answer,
): Promise<Recorder> {
  const server = await startScriptedServer();
  const exchanges: Exchange[] = [];
  server.play((response, request) => {
    const { method, path, headers, text } = request;
    const own = ['content-type', 'plaid-client-id', 'plaid-secret', 'plaid-version'];
    const passedOn = own.map((name) => [name, String(headers[name])]);
    void fetch(url + path, { method, headers: Object.fromEntries(passedOn), body: text })
      .then(async (answer) => {
        const { status } = answer;
        const bytes = change(Buffer.from(await answer.arrayBuffer()));
        const requestId = answer.headers.get('plaid-request-id');
        const date = answer.headers.get('date') ?? '';
        exchanges.push({ request, status, requestId, date, bytes });
        const type = answer.headers.get('content-type') ?? '';
        response
          .writeHead(status, { 'content-type': type, 'plaid-request-id': requestId ?? '', date })
          .end(bytes);
      })
      .catch(() => response.destroy());
  });
  return {
    url: server.url,
    host: server.host,
    clientId,
    secret,
    exchanges,
    clear: () => void (exchanges.length = 0),
    close: () => server.close(),
  };
}
