import type { Keys } from '../../../sandbox/credentials';
import type { Account } from '../workflows/runPlaidCheck';
import { startScriptedServer, type Arrived } from './scriptedServer';

/** A request as it left the node, and what it was answered with. */
export interface Exchange {
  request: Arrived;
  status: number;
  requestId: string | null;
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

export async function startRecorder({
  url,
  clientId,
  secret,
}: Keys & { url: string }): Promise<Recorder> {
  const server = await startScriptedServer();
  const exchanges: Exchange[] = [];
  server.play((response, request) => {
    const { method, path, headers, text } = request;
    const own = ['content-type', 'plaid-client-id', 'plaid-secret', 'plaid-version'];
    const passedOn = own.map((name) => [name, String(headers[name])]);
    void fetch(url + path, { method, headers: Object.fromEntries(passedOn), body: text })
      .then(async (answer) => {
        const { status } = answer;
        const bytes = Buffer.from(await answer.arrayBuffer());
        const requestId = answer.headers.get('plaid-request-id');
        exchanges.push({ request, status, requestId, bytes });
        const type = answer.headers.get('content-type') ?? '';
        response
          .writeHead(status, { 'content-type': type, 'plaid-request-id': requestId ?? '' })
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
