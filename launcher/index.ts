import { readFileSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox/server';
import { install } from './install';
import { installInto, pack, packageName } from './package';
import { HOME } from './paths';
import { readyOwner, type Owner } from './owner';
import { freePort } from './ports';
import { EditorProblem } from './problem';
import { startN8n, type N8n } from './process';
import { RestError, type Rest } from './rest';
import { setUp } from './setUp';

export { EditorProblem } from './problem';
export { pack } from './package';
export { RestError, type Rest } from './rest';

export interface EditorOptions {
  /** n8n's data; `.editor/home` by default. The installed n8n itself is shared by all. */
  home?: string;
  /** n8n's port on 127.0.0.1: 0 (the default) takes any free one. */
  port?: number;
  /** The sandbox's port on 127.0.0.1: 0 (the default) takes any free one. */
  sandboxPort?: number;
  /** What the sandbox starts with, besides its port. */
  sandbox?: Omit<SandboxOptions, 'port'>;
  /** A packed version of the node; by default the project is packed as it is built now. */
  tarball?: string;
  /** Further settings of n8n, such as `N8N_LOG_LEVEL`. */
  env?: Readonly<Record<string, string>>;
  /** Receives progress messages. */
  tell?(line: string): void;
  /** Cancels the start. */
  signal?: AbortSignal;
}

/** A running n8n with the packed node installed, a sandbox, and a signed-in session. */
export interface Editor {
  /** n8n's address. */
  readonly url: string;
  readonly email: string;
  readonly password: string;
  readonly sandbox: Sandbox;
  /** Where the node is installed. */
  readonly installedPackageDir: string;
  /** n8n's REST API, signed in. */
  readonly rest: Rest;
  /** n8n's own output since the editor was started. */
  log(): string;
  /** Resolves when n8n exits unexpectedly. */
  readonly crashed: Promise<void>;
  /**
   * Stops n8n and starts it again on the same data, with another version of the node if one is given.
   * @param options.kill ends it as a crash does, at once
   */
  restart(options?: { tarball?: string; kill?: boolean }): Promise<void>;
  /** Stops n8n and the sandbox. May be called more than once. */
  stop(): Promise<void>;
}

/**
 * Starts the editor. Installs n8n first if needed.
 * @throws EditorProblem for a problem that the user can fix
 */
export async function startEditor(options: EditorOptions = {}): Promise<Editor> {
  const { home = HOME, env = {}, tell = () => {}, signal } = options;
  const port = await freePort(options.port ?? 0, 'n8n', '--port');
  const sandboxPort = await freePort(options.sandboxPort ?? 0, 'the sandbox', '--sandbox-port');
  await install(tell, signal);
  // n8n keeps its key there, and with it the credentials.
  await mkdir(home, { recursive: true, mode: 0o700 });
  await chmod(home, 0o700);
  const owner = await readyOwner(home);
  const name = await packageName();
  const tarball = options.tarball ?? (await pack(join(home, 'packed')));
  const installedPackageDir = await installInto(home, tarball, name);

  const url = `http://127.0.0.1:${port}`;
  const sandbox = await startSandbox({ ...options.sandbox, port: sandboxPort });
  const logFile = join(home, 'n8n.log');
  await writeFile(logFile, '', { mode: 0o600 });
  let n8n: N8n | undefined;
  let rest: Rest | undefined;
  let reportCrash = () => {};
  const crashed = new Promise<void>((resolve) => (reportCrash = resolve));

  async function start(): Promise<void> {
    const brokerPort = await freePort(0, "n8n's code runner", '');
    const started = await startN8n({ home, port, brokerPort, env, logFile, signal });
    n8n = started;
    void started.ended.then(() => n8n === started && reportCrash());
    rest = await setUp({ url, owner, sandbox });
  }

  async function stopN8n(): Promise<void> {
    const running = n8n;
    n8n = undefined;
    await running?.stop();
  }

  async function killN8n(): Promise<void> {
    const running = n8n;
    n8n = undefined;
    running?.signal('SIGKILL');
    await running?.ended;
  }

  async function stop(): Promise<void> {
    await stopN8n();
    await sandbox.close();
  }

  tell('Starting n8n');
  try {
    await start();
  } catch (error) {
    await stop();
    throw explain(error, owner);
  }

  return {
    url,
    ...owner,
    sandbox,
    installedPackageDir,
    get rest() {
      if (!rest) throw new Error('n8n is not running');
      return rest;
    },
    log: () => readFileSync(logFile, 'utf8'),
    crashed,
    async restart({ tarball, kill = false } = {}) {
      await (kill ? killN8n() : stopN8n());
      if (tarball) await installInto(home, tarball, name);
      await start();
    },
    stop,
  };
}

/** An error of n8n during the setup, explained for the user. */
function explain(error: unknown, { email }: Owner): unknown {
  if (!(error instanceof RestError)) return error;
  return new EditorProblem(
    error.status === 401
      ? `n8n does not accept ${email} with the password in the file owner.json anymore. Write the new password into that file, or delete the folder .editor/home to start over.`
      : `n8n could not be set up. ${error.message}`,
  );
}
