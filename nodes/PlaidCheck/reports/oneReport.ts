import { sendWithRetry, type RunContext, type Result } from '../client/retry';
import { readOrCreate } from './createIfExpired';
import type { Job } from './job';
import { pollUntilReady } from './poll';

/** Sends one request, polls, or creates a report if there is none, as the options choose. */
export async function oneReport(run: RunContext, job: Job): Promise<Result> {
  const { call, ifExpired, waitUntilReady, retry } = job;
  if (ifExpired) return await readOrCreate(run, job, ifExpired);
  if (waitUntilReady) return await pollUntilReady(run, job, waitUntilReady.maxWaitMs);
  return await sendWithRetry(run, call, retry);
}
