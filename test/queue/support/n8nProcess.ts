import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../../launcher/ports';
import { installInto } from '../../../launcher/package';
import { startN8n, type N8n, type N8nCommand } from '../../../launcher/process';

/** One process of n8n, which can be ended and started again. */
export interface N8nProcess {
  readonly port: number;
  readonly isRunning: boolean;
  /** What it has printed so far. */
  log(): string;
  /** Starts it, unless it runs. Resolves when it serves requests. */
  start(): Promise<void>;
  /** Ends it as a crash or the kernel does: at once. */
  kill(): Promise<void>;
  /** Stops its clock, as a machine that is suspended or out of memory does. */
  freeze(): void;
  wake(): void;
  stop(): Promise<void>;
}

export interface N8nProcessOptions {
  command: N8nCommand;
  name: string;
  /** Its home and its log go there. */
  folder: string;
  tarball: string;
  packageName: string;
  env: Readonly<Record<string, string>>;
}

/** Prepares a process, which has the package in a home of its own as on a machine of its own. */
export async function createN8nProcess(options: N8nProcessOptions): Promise<N8nProcess> {
  const { command, name, folder, tarball, packageName } = options;
  const home = join(folder, name);
  await mkdir(home);
  await installInto(home, tarball, packageName);
  const port = await freePort(0, 'n8n', '');
  const brokerPort = await freePort(0, "n8n's code runner", '');
  const logFile = join(folder, `${name}.log`);
  const env = {
    ...options.env,
    QUEUE_HEALTH_CHECK_ACTIVE: 'true',
    QUEUE_HEALTH_CHECK_PORT: String(port),
  };
  let running: N8n | undefined;
  const current = () => {
    if (!running) throw new Error(`${name} does not run`);
    return running;
  };
  return {
    port,
    get isRunning() {
      return running !== undefined;
    },
    log: () => readFileSync(logFile, 'utf8'),
    async start() {
      if (running) return await running.ready();
      const started = await startN8n({ command, home, port, brokerPort, env, logFile });
      running = started;
      void started.ended.then(() => {
        if (running === started) running = undefined;
      });
    },
    async kill() {
      const killed = current();
      killed.signal('SIGKILL');
      await killed.ended;
      running = undefined;
    },
    freeze: () => current().signal('SIGSTOP'),
    wake: () => current().signal('SIGCONT'),
    stop: async () => running?.stop(),
  };
}
