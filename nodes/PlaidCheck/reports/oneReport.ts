import { sendWithRetry, type RunContext, type Result } from '../client/retry';
import { readOrCreate } from './createIfExpired';
import { createOnce } from './creations';
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
  const { useAnswerOfRun, call, ifExpired, waitUntilReady } = job;
  if (!useAnswerOfRun || call.howToVerify === null) return await ownReport(run, job, onCreated);
  // What else decides on the answer of a read belongs to the key.
  const key = JSON.stringify(['read', call.path, ifExpired?.body, waitUntilReady, call.body]);
  const { body } = call;
  const { created, isOwn } = await createOnce(run, { key, body }, () => ownReport(run, job));
  return isOwn ? created : { ...created, attempts: [] };
}

async function ownReport(run: RunContext, job: Job, onCreated?: () => void): Promise<Result> {
  const { call, ifExpired, waitUntilReady, retry } = job;
  if (ifExpired) return await readOrCreate(run, job, ifExpired);
  if (waitUntilReady) return await pollUntilReady(run, job, waitUntilReady.maxWaitMs, onCreated);
  return await sendWithRetry(run, call, retry);
}
