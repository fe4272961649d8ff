import { userOf } from './answer';
import type { Case } from './cases';
import type { ContenderName } from './contenderNames';
import { loadContender } from './contenders';
import type { Job } from './job';

/**
 * A separate process: loads one contender, runs one item, then measures the job. Its arguments are the contender's name,
 * the case and the server's address; it sends a `Measured`.
 */
export interface Measured {
  succeeded: number;
  /** From the start of the job to its last answer */
  wallMs: number;
  /** CPU time of the whole process during the job, including garbage collection */
  cpuMs: number;
  /** Peak physical memory of the process minus its memory before the job */
  peakBytes: number;
}

const [name, given, url = ''] = process.argv.slice(2);
const job = JSON.parse(given ?? '') as Case;

const forItems = (items: number): Job => ({
  ...job,
  items,
  url,
  users: Array.from({ length: items }, (_, item) => userOf(item)),
});

async function measure(): Promise<Measured> {
  const contender = await loadContender(name as ContenderName);
  await contender(forItems(1));
  globalThis.gc?.();
  const whole = forItems(job.items);
  const before = process.memoryUsage.rss();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const answers = await contender(whole);
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const { maxRSS } = process.resourceUsage();
  return {
    succeeded: whole.users.filter((user, item) => isAnswerTo(user, answers[item])).length,
    wallMs,
    cpuMs: (user + system) / 1000,
    peakBytes: maxRSS * 1024 - before,
  };
}

const isAnswerTo = (user: string, answer: unknown) =>
  (answer as { user_id?: unknown } | undefined)?.user_id === user;

void measure().then(
  (measured) => process.send?.(measured, () => process.exit()),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
