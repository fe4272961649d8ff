import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

const UP_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 100;

/** A server of the test's own: Redis or Postgres. */
export interface Server {
  readonly port: number;
  start(): Promise<void>;
  /** Ends it as an administrator does, so that it keeps its data. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  port: number;
  program: string;
  args: readonly string[];
  /** Options of setpriv(1), such as the user that the program runs as. */
  privileges?: readonly string[];
  /** The signal that stops it at once, but cleanly. */
  stopSignal: NodeJS.Signals;
  logFile: string;
  /** Whether it takes commands. */
  isUp(): Promise<boolean>;
}

/** A server that ends with this process, however that ends. */
export function createServer(options: ServerOptions): Server {
  const { port, program, args, privileges = [], stopSignal, logFile, isUp } = options;
  let running: ChildProcess | undefined;
  return {
    port,
    async start() {
      if (running) return;
      const output = openSync(logFile, 'a');
      const command = [...privileges, '--pdeathsig', 'KILL', program, ...args];
      const child = spawn('setpriv', command, { stdio: ['ignore', output, output] });
      closeSync(output);
      running = child;
      child.once('exit', () => {
        if (running === child) running = undefined;
      });
      const deadline = Date.now() + UP_WITHIN_MS;
      while (!(await isUp())) {
        if (!running || Date.now() > deadline) {
          throw new Error(`${program} did not start: see ${logFile}`);
        }
        await pause(LOOK_EVERY_MS);
      }
    },
    async stop() {
      const child = running;
      if (!child) return;
      const ended = once(child, 'exit');
      child.kill(stopSignal);
      await ended;
    },
  };
}
