import type { Case } from './cases';
import { end, start, told } from './child';
import type { Measured } from './contender';
import type { ContenderName } from './contenderNames';

/** One run of a contender, with the peak number of concurrent requests at the server. */
export interface Run extends Measured {
  mostAtOnce: number;
}

/** All runs of a case by contender, for those that take part. */
export type Runs = Partial<Record<ContenderName, Run[]>>;

/** Measures the contenders of a case in turns, so that other load on the machine affects all of them alike. */
export async function runsOf(
  job: Case,
  onRun: (name: ContenderName, run: Run) => void,
): Promise<Runs> {
  const runs: Runs = {};
  for (let repeat = 0; repeat < job.repeats; repeat++) {
    for (const name of job.contenders) {
      const run = await runOf(job, name);
      (runs[name] ??= []).push(run);
      onRun(name, run);
    }
  }
  return runs;
}

/** Starts a new server, so that the token bucket is full. */
async function runOf(job: Case, name: ContenderName): Promise<Run> {
  const server = start('server.ts', JSON.stringify(job));
  try {
    const { url } = await told<{ url: string }>(server);
    const child = start('contender.ts', name, JSON.stringify(job), url);
    const measured = await told<Measured>(child).finally(() => end(child));
    server.send('how many?');
    return { ...measured, ...(await told<{ mostAtOnce: number }>(server)) };
  } finally {
    await end(server);
  }
}

/** Bytes that the output of a case takes in memory. */
export async function outputBytes(job: Case): Promise<number> {
  const child = start('outputSize.ts', JSON.stringify(job));
  try {
    return (await told<{ bytes: number }>(child)).bytes;
  } finally {
    await end(child);
  }
}
