import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A load balancer in front of the webhook processes: one request after the other goes to the next one. */
export interface Balancer {
  readonly url: string;
  /** Ports on 127.0.0.1. */
  setTargets(ports: readonly number[]): void;
  close(): Promise<void>;
}

/** It asks the next process when one can't be reached, as a load balancer with health checks does. */
export async function startBalancer(): Promise<Balancer> {
  let targets: readonly number[] = [];
  let turn = 0;
  const server = createServer((incoming, response) => {
    const first = turn++;
    const order = targets.map((_, index) => targets[(first + index) % targets.length] ?? 0);
    void forward(incoming, response, order);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    setTargets: (ports) => void (targets = ports),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function forward(
  incoming: IncomingMessage,
  response: ServerResponse,
  ports: readonly number[],
): Promise<void> {
  const body = Buffer.concat(await incoming.toArray());
  const { method, url: path, headers } = incoming;
  for (const port of ports) {
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers });
    outgoing.end(body);
    try {
      const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      return;
    } catch (error) {
      // Only what never arrived may be sent to another process.
      if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') break;
    }
  }
  response.writeHead(502).end();
}
