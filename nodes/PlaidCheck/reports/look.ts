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
 * look one after the other: two that look at the same moment would both find nothing, and both create. That Plaid shows a
 * report as soon as it has answered its creation is not documented.
 * @param create calls its argument once Plaid has answered the creation, so that a look finds it
 */
export async function lookOrCreate(
  run: RunContext,
  job: Job,
  look: Look,
  create: (onCreated: () => void) => Promise<Result>,
): Promise<Result> {
  const { body, path } = job.call;
  const turn = JSON.stringify([run.accountKey, path, look.key]);
  const { created, isOwn } = await createOnce(run, { key: look.key, body }, async () => {
    const start = Date.now();
    const attempts: Result['attempts'] = [];
    for (;;) {
      const endTurn = await takeTurn(turn, run.stopSignal);
      try {
        const end = await looked(start, endTurn);
        attempts.push(...end.attempts);
        if (end.result) return { ...end.result, attempts };
      } finally {
        endTurn();
      }
    }
  });
  return isOwn ? created : { ...created, attempts: [] };

  /** One look and what follows from it; without a result where it has to be looked again. */
  async function looked(
    start: number,
    endTurn: () => void,
  ): Promise<{ result?: Result; attempts: Result['attempts'] }> {
    let read = await sendWithRetry(run, look.call, job.retry);
    const isAwaited =
      job.waitUntilReady &&
      'failure' in read &&
      isBeingMade(read.failure) &&
      !run.stopSignal.aborted;
    if (isAwaited && job.waitUntilReady) {
      // Only when it is ready is it known whether it is the wanted one. Nobody else has to wait for that.
      endTurn();
      read = await pollReport(run, look.call, job, job.waitUntilReady.maxWaitMs, undefined, read);
    }
    const { attempts } = read;
    const verdict = verdictOn(read, look);
    if (verdict === 'create') {
      // Another run may have created it since the turn was over.
      if (isAwaited) return { attempts };
      const made = await create(endTurn);
      return { result: made, attempts: [...attempts, ...made.attempts] };
    }
    if ('failure' in verdict)
      return { result: { failure: verdict.failure, retry: 'never', attempts }, attempts };
    const waited = job.waitUntilReady && { waited_ms: Date.now() - start };
    return { result: { json: { ...verdict.existing, ...waited }, attempts }, attempts };
  }
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
