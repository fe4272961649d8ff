import { sendWithRetry, type RunContext, type Result } from '../client/retry';
import { readOrCreate } from './createIfExpired';
import type { Job } from './job';
import { pollUntilReady } from './poll';

/**
 * Sends one request, polls, or creates a report if there is none, as the options choose.
 * @param onCreated called between the creation of a report and the wait for it
 */
export async function oneReport(
  run: RunContext,
  job: Job,
  onCreated?: () => void,
): Promise<Result> {
  const { call, ifExpired, waitUntilReady, retry } = job;
  if (ifExpired) return await readOrCreate(run, job, ifExpired);
  if (waitUntilReady) return await pollUntilReady(run, job, waitUntilReady.maxWaitMs, onCreated);
  return await sendWithRetry(run, call, retry);
}
