import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';

/** A server that can go deaf: the machine then takes no more connections for it, and refuses none either. */
export interface DeafServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly host: string;
  /** From now on every attempt to connect waits. */
  goDeaf(): Promise<void>;
  listenAgain(): void;
  /** How many requests it has answered. */
  answered(): Promise<number>;
  close(): Promise<void>;
}

/** Connections that the machine may accept before the queue of a server that takes none is full. */
const MOST_QUEUED = 20;

/** ms within which a connection to this machine comes about if it ever does. */
const AT_ONCE_MS = 250;

/** @param answerAfterMs how long it takes for an answer, once it has the request */
export async function startDeafServer(answerAfterMs = 0): Promise<DeafServer> {
  const child = fork(join(__dirname, 'deafServerProcess.cjs'), [String(answerAfterMs)], {
    execArgv: [],
  });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const host = `127.0.0.1:${port}`;
  const queued: Socket[] = [];
  return {
    host,
    url: `http://${host}`,
    async goDeaf() {
      child.kill('SIGSTOP');
      while (await isConnected(port, queued)) {
        if (queued.length > MOST_QUEUED) throw new Error('This machine queues any connection');
      }
    },
    listenAgain() {
      for (const socket of queued.splice(0)) socket.destroy();
      child.kill('SIGCONT');
    },
    answered: () => asked(child),
    async close() {
      for (const socket of queued) socket.destroy();
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Puts one more connection in the queue of the server, unless there is no room left. */
async function isConnected(port: number, queued: Socket[]): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  queued.push(socket);
  const late = new Promise<boolean>((resolve) => setTimeout(resolve, AT_ONCE_MS, false));
  return Promise.race([once(socket, 'connect').then(() => true), late]);
}

async function asked(child: ChildProcess): Promise<number> {
  const told = once(child, 'message');
  child.send('how many?');
  const [{ answered }] = (await told) as [{ answered: number }];
  return answered;
}
