import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';

const POSIX = process.platform !== 'win32';

/** A process group of its own, so that whatever the command starts can be stopped with it. */
export const OWN_GROUP = { detached: POSIX, windowsHide: true } as const;

/** Sends a signal to a child started with `OWN_GROUP` and to everything it has started. */
export function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(POSIX ? -pid : pid, signal);
  } catch (error) {
    // The process has already exited.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

export interface CommandOptions {
  cwd: string;
  env?: NodeJS.ProcessEnv;
  /** Both output streams are appended here. */
  logFile?: string;
  /** Stops the command. */
  signal?: AbortSignal;
  /** Output of a fatal error: the command is stopped when it prints this. */
  fatal?: RegExp;
}

/** ms between the signal to stop a command and its kill. */
const END_WITHIN_MS = 5_000;

export interface CommandResult {
  /** Both output streams. */
  output: string;
  /** Standard output alone. */
  stdout: string;
  /** 0 when all went well, null when it was stopped. */
  code: number | null;
}

/** Runs a command to its end. Throws the signal's reason when stopped, and when it cannot be started. */
export async function run(
  command: string,
  args: readonly string[],
  { cwd, env = process.env, logFile, signal, fatal }: CommandOptions,
): Promise<CommandResult> {
  signal?.throwIfAborted();
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], ...OWN_GROUP });
  const log = logFile ? createWriteStream(logFile, { flags: 'a' }) : undefined;
  // A full disk must not hide the command's own error message.
  log?.on('error', () => {});
  let patience: NodeJS.Timeout | undefined;
  const stop = () => {
    signalGroup(child, 'SIGTERM');
    patience ??= setTimeout(() => signalGroup(child, 'SIGKILL'), END_WITHIN_MS);
  };
  const result: CommandResult = { output: '', stdout: '', code: null };
  child.stdout.on('data', (chunk: Buffer) => {
    result.stdout += chunk.toString();
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      const text = chunk.toString();
      result.output += text;
      log?.write(chunk);
      if (fatal?.test(text)) stop();
    });
  }
  signal?.addEventListener('abort', stop);
  try {
    result.code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
  } finally {
    clearTimeout(patience);
    signal?.removeEventListener('abort', stop);
    log?.end();
  }
  signal?.throwIfAborted();
  return result;
}

/** Runs npm, the one that runs this program if there is one. */
export function npm(args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const { npm_execpath: running } = process.env;
  if (running && /npm-cli\.c?js$/.test(running)) {
    return run(process.execPath, [running, ...args], options);
  }
  // npm is a script on Windows, which only a shell can run.
  return POSIX
    ? run('npm', args, options)
    : run('cmd.exe', ['/d', '/s', '/c', 'npm', ...args], options);
}
