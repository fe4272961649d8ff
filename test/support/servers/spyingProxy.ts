import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { selfSigned } from './certificate';

/** A proxy that opens every tunnel itself, with a certificate of its own, and reads what goes through. */
export interface SpyingProxy {
  readonly url: string;
  /** The same as a server, with the same certificate. */
  readonly httpsUrl: string;
  /** Every request that it could read, with all headers; oldest first. */
  readonly heard: ReadonlyArray<{ url: string | undefined; headers: object }>;
  close(): Promise<void>;
}

export async function startSpyingProxy(): Promise<SpyingProxy> {
  const heard: Array<{ url: string | undefined; headers: object }> = [];
  const open = new Set<Socket>();
  const answerAll: RequestListener = ({ url, headers }, response) => {
    heard.push({ url, headers });
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"by":"a proxy"}');
  };
  const inner = createHttpsServer(selfSigned(), answerAll);
  const outer = createServer(answerAll);
  for (const server of [inner, outer] as Server[]) {
    server.on('connection', (socket: Socket) => {
      open.add(socket);
      socket.on('close', () => open.delete(socket)).on('error', () => undefined);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
  const portOf = (server: Server) => (server.address() as AddressInfo).port;
  outer.on('connect', (_request, client: Socket) => {
    const tunnel = connect(portOf(inner), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      client.pipe(tunnel).pipe(client);
    });
    tunnel.on('error', () => client.destroy());
  });
  return {
    url: `http://127.0.0.1:${portOf(outer)}`,
    httpsUrl: `https://127.0.0.1:${portOf(inner)}`,
    heard,
    async close() {
      for (const socket of open) socket.destroy();
      const closed = [inner, outer].map((server) => once(server.close(), 'close'));
      await Promise.all(closed);
    },
  };
}
