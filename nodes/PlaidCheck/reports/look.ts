import { NO_REPORT } from '../client/errorCodes';
import { TEXTS } from '../client/failureTexts';
import { sendWithRetry, type RunContext, type Result } from '../client/retry';
import { takeTurn } from '../utils/turns';
import { createOnce } from './creations';
import { beingMade, type Look, type Verdict } from './existing';
import type { Job } from './job';
import { isBeingMade, pollReport } from './poll';

/**
 * Looks for what an item would create, and creates it only where Plaid says that it does not exist. Items of one run that
 * ask for the same share the result, so that both the look and the creation are made once. Other runs of this process
 * look one after the other: two that look at the same moment would both find nothing, and both create.
 * @param create calls its argument once Plaid has answered the creation, so that a look finds it
 */
export async function lookOrCreate(
  run: RunContext,
  job: Job,
  look: Look,
  create: (onCreated: () => void) => Promise<Result>,
): Promise<Result> {
  const { body, path } = job.call;
  const { created, isOwn } = await createOnce(run, { key: look.key, body }, async () => {
    const endTurn = await takeTurn(
      JSON.stringify([run.accountKey, path, look.key]),
      run.stopSignal,
    );
    try {
      return await looked(endTurn);
    } finally {
      endTurn();
    }
  });
  return isOwn ? created : { ...created, attempts: [] };

  async function looked(endTurn: () => void): Promise<Result> {
    const start = Date.now();
    const read = await readExisting(run, job, look);
    const verdict = verdictOn(read, look);
    if (verdict !== 'create') {
      const { attempts } = read;
      if ('failure' in verdict) return { failure: verdict.failure, retry: 'never', attempts };
      const waited = job.waitUntilReady && { waited_ms: Date.now() - start };
      return { json: { ...verdict.existing, ...waited }, attempts };
    }
    const made = await create(endTurn);
    return { ...made, attempts: [...read.attempts, ...made.attempts] };
  }
}

/** Waits for a report that is being made where the options say so: only then is it known whether it is the wanted one. */
async function readExisting(run: RunContext, job: Job, { call }: Look): Promise<Result> {
  const { waitUntilReady, retry } = job;
  return waitUntilReady
    ? await pollReport(run, call, job, waitUntilReady.maxWaitMs)
    : await sendWithRetry(run, call, retry);
}

/** A read that fails for another reason than that there is nothing never leads to a creation. */
function verdictOn(read: Result, look: Look): Verdict {
  if ('json' in read) return look.judge(read);
  if (!('failure' in read)) throw new Error('Looking for what exists returned a file');
  const { failure } = read;
  if (NO_REPORT.has(failure.error_code ?? '')) return 'create';
  if (failure.kind === 'not_ready') return { failure };
  if (isBeingMade(failure)) return { existing: beingMade(failure.request_id) };
  const message =
    failure.kind === 'cancelled' ? failure.message : TEXTS.lookFailed(failure.message);
  return { failure: { ...failure, message } };
}
