import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** An HTTP proxy that makes tunnels by CONNECT. */
export interface ConnectProxy {
  readonly url: string;
  /** Where it was asked for a tunnel to, oldest first. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** @param tunnelAfterMs how long it takes to make a tunnel */
export async function startConnectProxy(tunnelAfterMs = 0): Promise<ConnectProxy> {
  const asked: string[] = [];
  const open = new Set<Socket>();
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => undefined);
  };
  const server = createServer();
  server.on('connection', keep);
  server.on('connect', ({ url = '' }, client: Socket) => {
    asked.push(url);
    const timer = setTimeout(() => {
      const { hostname, port } = new URL(`http://${url}`);
      const target = connect(Number(port), hostname, () => {
        client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        client.pipe(target).pipe(client);
      });
      keep(target);
      client.on('close', () => target.destroy());
      target.on('close', () => client.destroy());
    }, tunnelAfterMs);
    client.on('close', () => clearTimeout(timer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
