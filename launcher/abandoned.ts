import { readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 1_000;

/**
 * Calls back once when the command that started this program is gone. Killing npm alone (`kill` instead of Ctrl-C)
 * leaves its child processes running, because npm's shell does not forward the signal.
 */
export function whenAbandoned(callBack: () => void): void {
  const parents = parentsOf();
  const looking = setInterval(() => {
    if (parentsOf() === parents) return;
    clearInterval(looking);
    callBack();
  }, LOOK_EVERY_MS);
  looking.unref();
}

/** The process above this one (tsx), and the shell above that; a system without /proc shows the first only. */
function parentsOf(): string {
  return `${process.ppid} ${parentOf(process.ppid)}`;
}

function parentOf(pid: number): string {
  try {
    return /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '';
  } catch {
    return '';
  }
}
