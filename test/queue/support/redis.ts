import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../../../launcher/ports';
import { createServer, type Server } from './server';

/** A Redis of the test's own, not started yet, which keeps its data over a restart, as n8n's queue needs. */
export async function createRedis(program: string, folder: string): Promise<Server> {
  const port = await freePort(0, 'Redis', '');
  const data = join(folder, 'redis');
  await mkdir(data);
  return createServer({
    port,
    program,
    args: [
      ...['--port', String(port), '--bind', '127.0.0.1'],
      ...['--dir', data, '--appendonly', 'yes', '--save', ''],
    ],
    stopSignal: 'SIGTERM',
    logFile: join(folder, 'redis.log'),
    isUp: () => answersPing(port),
  });
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (answer) => {
      socket.destroy();
      resolve(answer.toString().startsWith('+PONG'));
    });
    socket.once('error', () => resolve(false));
  });
}
