import { once } from 'node:events';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Certificate } from './certificate';

/** A server that can go deaf: the machine then takes no more connections for it, and refuses none either. */
export interface DeafServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly host: string;
  /** From now on every attempt to connect waits. */
  goDeaf(): Promise<void>;
  listenAgain(): void;
  /** What has reached it so far, and was sent before this is asked; not while it is deaf. */
  heard(): Promise<Heard>;
  close(): Promise<void>;
}

/** Only what carried something counts. */
export interface Heard {
  /** Those that brought a byte at least. */
  connections: number;
  /** Those whose headers arrived. */
  requests: number;
}

/** Connections that the machine may accept before the queue of a server that takes none is full. */
const MOST_QUEUED = 20;

/** ms within which a connection to this machine comes about if it ever does. */
const AT_ONCE_MS = 250;

export interface DeafServerOptions {
  /** How long it takes for an answer, once it has the request. */
  answerAfterMs?: number;
  /** With one, it speaks https. */
  certificate?: Certificate;
}

/** In a thread, which ends with the tests however they end. */
export async function startDeafServer(options: DeafServerOptions = {}): Promise<DeafServer> {
  const { answerAfterMs = 0, certificate } = options;
  const awake = new Int32Array(new SharedArrayBuffer(4)).fill(1);
  const thread = new Worker(join(__dirname, 'deafServerThread.cjs'), {
    execArgv: [],
    workerData: { answerAfterMs, certificate, awake },
  });
  const [{ port }] = (await once(thread, 'message')) as [{ port: number }];
  const host = `127.0.0.1:${port}`;
  const url = `${certificate ? 'https' : 'http'}://${host}`;
  const queued: Socket[] = [];
  const listenAgain = () => {
    for (const socket of queued.splice(0)) socket.destroy();
    Atomics.store(awake, 0, 1);
    Atomics.notify(awake, 0);
  };
  const ask = async (wish: string): Promise<unknown> => {
    const told = once(thread, 'message');
    thread.postMessage(wish);
    return ((await told) as [unknown])[0];
  };
  return {
    host,
    url,
    async goDeaf() {
      Atomics.store(awake, 0, 0);
      await ask('go deaf');
      // One may be slow for another reason; two in a row find no room.
      for (let refused = 0; refused < 2;) {
        refused = (await isConnected(port, queued)) ? 0 : refused + 1;
        if (queued.length > MOST_QUEUED) throw new Error('This machine queues any connection');
      }
    },
    listenAgain,
    async heard() {
      // Connections are taken in turn, so those of before are through when this one is answered.
      await probe(`${url}/probe`);
      return (await ask('what was heard?')) as Heard;
    },
    async close() {
      listenAgain();
      await thread.terminate();
    },
  };
}

/** Puts one more connection in the queue of the server, unless there is no room left. */
async function isConnected(port: number, queued: Socket[]): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  queued.push(socket);
  await Promise.race([once(socket, 'connect'), setTimeout(AT_ONCE_MS)]);
  // When this process was held up, the timer is through before Node has looked at the connection.
  await setImmediate();
  return !socket.connecting;
}

async function probe(url: string): Promise<void> {
  const request = url.startsWith('https') ? requestHttps : requestHttp;
  const sent = request(url, { agent: false, rejectUnauthorized: false }).end();
  const [response] = (await once(sent, 'response')) as [NodeJS.ReadableStream];
  await once(response.resume(), 'end');
}
