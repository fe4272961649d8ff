import { sendWithRetry, type RunContext, type Result } from '../client/retry';
import { readOrCreate } from './createIfExpired';
import type { Job } from './job';
import { pollUntilReady } from './poll';

/** One request of an item, with the wait or the new report that the options ask for. */
export async function oneReport(run: RunContext, prepared: Job): Promise<Result> {
  const { call, ifExpired, maxWaitMs, retry } = prepared;
  if (ifExpired) return await readOrCreate(run, prepared, ifExpired);
  if (maxWaitMs !== undefined) return await pollUntilReady(run, prepared, maxWaitMs);
  return await sendWithRetry(run, call, retry);
}
