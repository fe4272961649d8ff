import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Starts a file of this folder as a separate process. */
export function start(file: string, ...args: string[]): ChildProcess {
  const execArgv = [...process.execArgv, '--expose-gc'];
  return fork(join(__dirname, file), args, { execArgv });
}

/** The next message of a process. @throws Error when it exits instead */
export async function told<T>(child: ChildProcess): Promise<T> {
  const answered = new AbortController();
  const { signal } = answered;
  const ended = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`${child.spawnargs.slice(-3).join(' ')} ended with ${String(code)}`);
  });
  // An exit after the message is not an error.
  ended.catch(() => undefined);
  try {
    const [message] = (await Promise.race([once(child, 'message', { signal }), ended])) as [T];
    return message;
  } finally {
    answered.abort();
  }
}

/** Ends a process and waits until it is gone. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill();
  await gone;
}
