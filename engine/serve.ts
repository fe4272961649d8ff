import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { captureLog } from './log';
import { respond, Unreadable } from './webhookRequest';

/** A local server in place of n8n's. */
export interface Served {
  /** Without a slash at the end. */
  readonly origin: string;
  /** Closes open connections immediately. */
  readonly close: () => Promise<void>;
}

/** Answers requests as n8n's server does, also where `handle` rejects; what n8n logs meanwhile goes into `log`. */
export async function serve(
  log: string[],
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<Served> {
  const server = createServer((request, response) => {
    // A connection closed by the sender is not an error of this server.
    request.on('error', () => {});
    void captureLog(log, () => handle(request, response)).catch((error: unknown) => {
      const status = error instanceof Unreadable ? error.status : 500;
      if (!response.headersSent) respond(response, status, { code: 0, message: String(error) });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
