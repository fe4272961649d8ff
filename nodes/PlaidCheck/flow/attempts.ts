import type { IExecuteFunctions } from 'n8n-workflow';

import type { Answer, Failed, Outcome } from '../transport/answer';
import type { Attempt } from '../transport/attempt';
import { pause } from '../transport/pause';
import { cancelled, cancelSignalOf, send, type Call } from '../transport/send';
import type { Pace } from './pace';
import { isSentAgain, MAX_RETRY_AFTER_MS, retryDelay, type RetryPolicy } from './retry';

/** What became of an item, with all the requests that were made for it. */
export type Tried<A extends Answer = Answer> = Outcome<A> & { attempts: Attempt[] };

/** What the requests of one run have in common. */
export interface Run {
  context: IExecuteFunctions;
  pace: Pace;
}

/** Sends a request until it is answered, fails for good, or has failed as often as the policy allows. */
export async function sendPatiently(
  { context, pace }: Run,
  call: Call,
  policy: RetryPolicy,
): Promise<Tried> {
  const cancel = cancelSignalOf(context);
  const attempts: Attempt[] = [];
  let failed = 0;
  let refused: Refusals = { inARow: 0, accepted: 0 };
  for (;;) {
    await pace.enter(cancel);
    const start = Date.now();
    const outcome = cancel?.aborted ? cancelled : await send(context, call);
    pace.leave();
    if (!cancel?.aborted) attempts.push(attemptOf(outcome, start));
    if (!('failure' in outcome)) {
      pace.accept();
      return { ...outcome, attempts };
    }
    const { again, retryAfterMs = 0 } = outcome;
    const isLimited = again === 'later';
    if (isLimited) {
      pace.slowDown(retryAfterMs);
      refused = oneMore(refused, pace.accepted());
    } else failed++;
    const goesOn = isLimited
      ? refused.inARow < policy.maxAttempts
      : isSentAgain(policy, { again, repeatable: call.repeatable, attempts: failed });
    if (!goesOn || retryAfterMs > MAX_RETRY_AFTER_MS || cancel?.aborted) {
      return { ...outcome, attempts };
    }
    // At the first refusal it is the whole run that slows down, and not this request by itself.
    const nth = isLimited ? refused.inARow - 1 : failed;
    const delay = nth === 0 ? 0 : retryDelay(policy, nth, Math.random());
    await pause(Math.max(delay, isLimited ? 0 : retryAfterMs), cancel);
  }
}

/** How often a request was refused as one too many, without any other of the run being accepted meanwhile. */
interface Refusals {
  inARow: number;
  /** How many requests of the run had been accepted at the last refusal */
  accepted: number;
}

/** A run that gets on at all only has to be patient; without that, refusals count like other failures. */
const oneMore = ({ inARow, accepted }: Refusals, acceptedNow: number): Refusals => ({
  inARow: acceptedNow > accepted ? 1 : inARow + 1,
  accepted: acceptedNow,
});

function attemptOf(outcome: Outcome, start: number): Attempt {
  const common = { started_at: new Date(start).toISOString(), duration_ms: Date.now() - start };
  if ('failure' in outcome) return { ...common, ...failedAttempt(outcome) };
  const requestId = 'pdf' in outcome ? outcome.pdf.requestId : outcome.json.request_id;
  return {
    ...common,
    result: 'ok',
    http_status: 200,
    error_code: null,
    request_id: typeof requestId === 'string' ? requestId : null,
  };
}

function failedAttempt({ failure }: Failed) {
  const { kind, http_status, error_code, request_id } = failure;
  return { result: kind, http_status, error_code, request_id };
}
