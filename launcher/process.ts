import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { OWN_GROUP, signalGroup } from './command';
import { nodeForN8n, withNodeFirst } from './node24';
import { INSTALLED, PINNED } from './paths';
import { problemIn } from './problem';

/** What a process of n8n does: everything (or the main part of queue mode), run executions, or receive webhooks. */
export type N8nCommand = 'start' | 'worker' | 'webhook';

export interface N8nOptions {
  /** `start` by default. */
  command?: N8nCommand;
  /** n8n's `N8N_USER_FOLDER`. */
  home: string;
  port: number;
  /** Port for n8n's own code runner; on loopback too. */
  brokerPort: number;
  /** Further settings of n8n. */
  env: Readonly<Record<string, string>>;
  /** n8n's output is added to it. */
  logFile: string;
  signal?: AbortSignal;
}

/** A running n8n. */
export interface N8n {
  /** Resolves when the process has ended, for whatever reason. */
  ended: Promise<void>;
  /** Resolves when it serves requests, as it does not for a while after its database was away. Rejects when it ends before. */
  ready(): Promise<void>;
  /** Sends it and what it has started a signal. */
  signal(name: NodeJS.Signals): void;
  /**
   * Asks it to end, as a deployment does, and ends it and what it has started.
   * @param withinMs how long it may take; 10 s by default
   */
  stop(withinMs?: number): Promise<void>;
}

const UP_WITHIN_MS = 180_000;
const STOP_WITHIN_MS = 10_000;
const ASK_EVERY_MS = 200;

/** Starts n8n and waits until it answers. Throws an EditorProblem when it ends before that. */
export async function startN8n(options: N8nOptions): Promise<N8n> {
  const { command = 'start', home, port, logFile, signal } = options;
  signal?.throwIfAborted();
  const { executable, args, env } = n8nProgram(options, join(PINNED, 'leash.cjs'), [command]);
  // A file, not a pipe: n8n keeps failing to write to a pipe that nothing reads.
  const output = openSync(logFile, 'a');
  const child = spawn(executable, args, {
    // Not the project: n8n would read a .env file there.
    cwd: home,
    env,
    // The channel tells n8n when this program is gone (leash.cjs).
    stdio: ['ignore', output, output, 'ipc'],
    ...OWN_GROUP,
  });
  closeSync(output);
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  const stop = (withinMs?: number) => end(child, ended, withinMs);
  const ready = () => answering(`http://127.0.0.1:${port}`, command === 'start', ended, signal);
  try {
    await ready();
    return { ended, ready, signal: (name) => signalGroup(child, name), stop };
  } catch (error) {
    await stop();
    signal?.throwIfAborted();
    throw error instanceof NotAnswering
      ? problemIn('Starting n8n', `${readFileSync(logFile, 'utf8')}\n${error.message}`, logFile)
      : error;
  }
}

/** What of n8n's settings every process on the same data has of its own. */
type Surroundings = Pick<N8nOptions, 'home' | 'port' | 'brokerPort' | 'env'>;

/**
 * How to run one of n8n's own commands on the data of an editor.
 * @param preload a file that is loaded ahead of n8n's own code
 */
export function n8nProgram(
  surroundings: Surroundings,
  preload: string,
  command: readonly string[],
): { executable: string; args: string[]; env: NodeJS.ProcessEnv } {
  const { executable } = nodeForN8n();
  const program = join(INSTALLED, 'node_modules', 'n8n', 'bin', 'n8n');
  const env = withNodeFirst(dirname(executable), environment(surroundings));
  return { executable, args: ['--require', preload, program, ...command], env };
}

/** This process's environment without the settings of another n8n or another Node. */
function environment({ home, port, brokerPort, env }: Surroundings): NodeJS.ProcessEnv {
  const foreign = /^(N8N|DB|EXECUTIONS|QUEUE|WEBHOOK|GENERIC|JEST|NODE_OPTIONS|NODE_PATH)(_|$)/;
  const inherited = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return {
    ...Object.fromEntries(inherited),
    NODE_ENV: 'production',
    N8N_USER_FOLDER: home,
    N8N_LISTEN_ADDRESS: '127.0.0.1',
    N8N_HOST: '127.0.0.1',
    N8N_PORT: String(port),
    N8N_RUNNERS_BROKER_PORT: String(brokerPort),
    // Signing in over http.
    N8N_SECURE_COOKIE: 'false',
    // Nothing that calls other machines or covers the editor.
    N8N_DIAGNOSTICS_ENABLED: 'false',
    N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
    N8N_TEMPLATES_ENABLED: 'false',
    N8N_PERSONALIZATION_ENABLED: 'false',
    N8N_HIRING_BANNER_ENABLED: 'false',
    N8N_DYNAMIC_BANNERS_ENABLED: 'false',
    N8N_VERIFIED_PACKAGES_ENABLED: 'false',
    N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
    N8N_DISABLED_MODULES: 'mcp-registry',
    N8N_PYTHON_ENABLED: 'false',
    ...env,
  };
}

class NotAnswering extends Error {}

/** n8n serves its health before its editor: both are asked where there is an editor. */
async function answering(
  url: string,
  hasEditor: boolean,
  ended: Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  let over = false;
  void ended.then(() => (over = true));
  const deadline = Date.now() + UP_WITHIN_MS;
  while (!(await isUp(url, hasEditor))) {
    signal?.throwIfAborted();
    if (over) throw new NotAnswering('n8n ended before it could be reached.');
    if (Date.now() > deadline) throw new NotAnswering('n8n did not answer within 3 minutes.');
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
}

async function isUp(url: string, hasEditor: boolean): Promise<boolean> {
  try {
    const healthy = await fetch(`${url}/healthz/readiness`);
    if (!healthy.ok || !hasEditor) return healthy.ok;
    const settings = await fetch(`${url}/rest/settings`);
    return settings.ok && Boolean(settings.headers.get('content-type')?.includes('json'));
  } catch {
    return false;
  }
}

async function end(
  child: ChildProcess,
  ended: Promise<void>,
  withinMs = STOP_WITHIN_MS,
): Promise<void> {
  if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    // n8n stops its own helpers first; a signal to all of them would have them reported as crashed.
    child.kill('SIGTERM');
    const patience = setTimeout(() => signalGroup(child, 'SIGKILL'), withinMs);
    await ended;
    clearTimeout(patience);
  }
  signalGroup(child, 'SIGKILL');
}
