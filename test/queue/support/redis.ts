import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../../launcher/ports';
import { createServer, type Server } from './server';

const CONNECTED_WITHIN_MS = 60_000;
const REQUESTS_END_WITHIN_MS = 90_000;
const LOOK_EVERY_MS = 100;
/** Looks in a row that have to show the same. */
const SAME_TIMES = 5;

export interface Redis extends Server {
  /**
   * Resolves when as many clients are connected as when it was first called: n8n does not say whether its main process and
   * its webhook processes have found back to Redis.
   */
  connected(): Promise<void>;
  /**
   * Resolves when so many clients wait for a job. A worker asks once for each of its free places (10), each request waits for
   * 5 s (`drainDelay` of Bull), and Redis takes them one after the other: those of a frozen worker last for up to 50 s.
   */
  waitingForJobs(clients: number): Promise<void>;
}

/** A Redis of the test's own, not started yet, which keeps its data over a restart, as n8n's queue needs. */
export async function createRedis(program: string, folder: string): Promise<Redis> {
  const port = await freePort(0, 'Redis', '');
  const data = join(folder, 'redis');
  await mkdir(data);
  const server = createServer({
    port,
    program,
    args: [
      ...['--port', String(port), '--bind', '127.0.0.1'],
      ...['--dir', data, '--appendonly', 'yes', '--save', ''],
    ],
    stopSignal: 'SIGTERM',
    logFile: join(folder, 'redis.log'),
    isUp: async () => (await ask(port, 'PING'))?.startsWith('+PONG') === true,
  });
  let wanted: number | undefined;
  return {
    ...server,
    async connected() {
      wanted ??= await countIn(port, 'connected_clients');
      const deadline = Date.now() + CONNECTED_WITHIN_MS;
      while ((await countIn(port, 'connected_clients')) < wanted) {
        if (Date.now() > deadline) throw new Error('n8n has not found back to Redis');
        await pause(LOOK_EVERY_MS);
      }
    },
    async waitingForJobs(clients) {
      const deadline = Date.now() + REQUESTS_END_WITHIN_MS;
      for (let times = 0; times < SAME_TIMES; times += 1) {
        if (Date.now() > deadline) throw new Error('A frozen worker still waits for a job');
        // Between two requests, a worker waits for none for a moment.
        if ((await countIn(port, 'blocked_clients')) > clients) times = -1;
        await pause(LOOK_EVERY_MS);
      }
    },
  };
}

/** What Redis counts of its clients; the one that asks is connected, too. */
async function countIn(
  port: number,
  name: 'connected_clients' | 'blocked_clients',
): Promise<number> {
  const info = (await ask(port, 'INFO clients')) ?? '';
  return Number(new RegExp(`${name}:(\\d+)`).exec(info)?.[1] ?? 0);
}

/** The start of Redis's answer to a command; undefined if it can't be reached. */
function ask(port: number, command: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${command}\r\n`));
    socket.once('data', (answer) => {
      socket.destroy();
      resolve(answer.toString());
    });
    socket.once('error', () => resolve(undefined));
  });
}
