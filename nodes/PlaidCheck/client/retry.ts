import type { IExecuteFunctions, JsonObject } from 'n8n-workflow';

import { afterUncertainEnd, type Again } from './errorCodes';
import { type Answer, type FailedOutcome, type Outcome, requestIdOf } from './response';
import type { Attempt } from './failure';
import { abortableSleep } from '../utils/abort';
import { cancelled, cancelledOnTheWay, send, type Call } from './send';
import type { Throttle } from './throttle';
/** What became of an item, with all the requests that were made for it. */
export type Result<A extends Answer = Answer> = Outcome<A> & { attempts: Attempt[] };

/** What the requests of one run have in common. */
export interface RunContext {
  context: IExecuteFunctions;
  throttle: Throttle;
  /** Aborted when nothing is to be sent any more: the user has cancelled, or the node stops at an error */
  stopSignal: AbortSignal;
  /** New reports in flight or made in this run, by user, so that none is made twice for one user */
  newReports: Map<string, { body: JsonObject; made: Promise<Result> }>;
}

/**
 * Sends a request until it is answered, fails for good, or has failed as often as the policy allows. Once
 * the run is over it sends nothing more; what it waits for then ends at once.
 */
export async function sendWithRetry(
  run: RunContext,
  call: Call,
  policy: RetryPolicy,
): Promise<Result> {
  const { throttle, stopSignal } = run;
  const attempts: Attempt[] = [];
  let failed = 0;
  let refused: Refusals = { inARow: 0, accepted: 0 };
  let isInDoubt = false;
  for (;;) {
    const outcome = await sendInTurn(run, call, attempts);
    if (!('failure' in outcome)) return { ...outcome, attempts };
    const end = isInDoubt ? withDoubt(outcome, call) : outcome;
    const { again, retryAfterMs = 0 } = outcome;
    if (retryAfterMs > MAX_RETRY_AFTER_MS) return { ...end, attempts };
    isInDoubt ||= again === 'uncertain';
    const isLimited = again === 'later';
    if (isLimited) refused = oneMore(refused, throttle.accepted());
    else failed++;
    const goesOn = isLimited
      ? refused.inARow < policy.maxAttempts
      : shouldRetry(policy, { again, repeatable: call.howToVerify === null, attempts: failed });
    if (!goesOn) return { ...end, attempts };
    // At the first refusal it is the whole run that slows down, and not this request by itself.
    const nth = isLimited ? refused.inARow - 1 : failed;
    const delay = nth === 0 ? 0 : retryDelay(policy, nth, Math.random());
    await abortableSleep(Math.max(delay, isLimited ? 0 : retryAfterMs), stopSignal);
    if (stopSignal.aborted) {
      return { ...(isInDoubt ? cancelledOnTheWay(call.howToVerify) : cancelled), attempts };
    }
  }
}

/** The end of a request of which an earlier attempt may have succeeded, which is not passed over. */
function withDoubt(last: FailedOutcome, { howToVerify }: Call): FailedOutcome {
  if (howToVerify === null || last.failure.may_have_succeeded) return last;
  const { next_step } = last.failure;
  const steps = [afterUncertainEnd(howToVerify), ...(next_step ? [next_step] : [])];
  const failure = { ...last.failure, next_step: steps.join('. '), may_have_succeeded: true };
  return { ...last, failure };
}

/** Sends a request when its turn comes, unless the run is over by then. */
async function sendInTurn(
  { context, throttle, stopSignal }: RunContext,
  call: Call,
  attempts: Attempt[],
): Promise<Outcome> {
  await throttle.acquire(stopSignal);
  if (stopSignal.aborted) {
    throttle.release();
    return cancelled;
  }
  const start = Date.now();
  try {
    const outcome = await send(context, call);
    attempts.push(attemptOf(outcome, start));
    tellPace(throttle, outcome, start);
    return outcome;
  } finally {
    throttle.release(Date.now() - start);
  }
}

/** Any answer but a refusal was within the limit, whatever else Plaid said. */
function tellPace(pace: Throttle, outcome: Outcome, sentAt: number): void {
  if (!('failure' in outcome)) pace.onSuccess();
  else if (outcome.again !== 'later') {
    if (outcome.failure.http_status !== null) pace.onSuccess();
  } else if ((outcome.retryAfterMs ?? 0) <= MAX_RETRY_AFTER_MS) {
    // Who has to wait longer fails, and must not hold up the others with it.
    pace.onRateLimit(outcome.retryAfterMs ?? 0, sentAt);
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
  return {
    ...common,
    result: 'ok',
    http_status: 200,
    error_code: null,
    request_id: requestIdOf(outcome),
  };
}

function failedAttempt({ failure }: FailedOutcome) {
  const { kind, http_status, error_code, request_id } = failure;
  return { result: kind, http_status, error_code, request_id };
}

/** How often and after how long a request that failed is sent again. */
export interface RetryPolicy {
  /** How often a request may fail, refusals for too many requests counted apart */
  maxAttempts: number;
  /** ms before the second attempt, at most */
  intervalMs: number;
  /** By what the interval is multiplied from one attempt to the next */
  backoffRate: number;
  /** ms that no interval goes beyond */
  maxIntervalMs: number;
  /** Whether to send again what creates or bills, when the first request may have succeeded */
  retryUncertain: boolean;
}

/** Plaid's word on when to come back counts for so long; beyond it the item fails at once. */
export const MAX_RETRY_AFTER_MS = 10 * 60 * 1000;

/** Whether a request is sent again after the attempts so far, of which the last ended as `again` says. */
export function shouldRetry(
  policy: RetryPolicy,
  { again, repeatable, attempts }: { again: Again; repeatable: boolean; attempts: number },
): boolean {
  if (attempts >= policy.maxAttempts) return false;
  return again === 'safe' || (again === 'uncertain' && (repeatable || policy.retryUncertain));
}

/**
 * ms to wait before the next attempt: anything up to the interval that has grown with the attempts (full
 * jitter), so that many requests that failed together do not come back together.
 * @param random from 0 up to 1
 * @see https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
 */
export function retryDelay(policy: RetryPolicy, attempts: number, random: number): number {
  const { intervalMs, backoffRate, maxIntervalMs } = policy;
  return random * Math.min(maxIntervalMs, intervalMs * backoffRate ** (attempts - 1));
}
