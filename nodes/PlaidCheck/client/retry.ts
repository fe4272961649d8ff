import type { IExecuteFunctions, JsonObject } from 'n8n-workflow';

import type { Bill, Ledger, RequestFate } from './bill';
import type { Retryability } from './errorCodes';
import { type FailedOutcome, type Outcome, type PlaidResponse, requestIdOf } from './response';
import { type Attempt, mayHaveSucceeded } from './failure';
import { receiptFor, type Receipt } from './receipt';
import { abortableSleep } from '../utils/abort';
import { cancelled, cancelledAfterSend, send, type Call } from './send';
import type { RequestEnd, Throttle } from './throttle';

/** The outcome of an item, with every request that was made for it. */
export type Result<R extends PlaidResponse = PlaidResponse> = Outcome<R> & { attempts: Attempt[] };

/** Told of each request of an item before it is sent, and of its end: what it created is then known whenever the run ends. */
export interface RequestWatch {
  sent: (call: Call) => void;
  ended: (call: Call, outcome: Outcome) => void;
}

/** What the requests of one run share. */
export interface RunContext {
  context: IExecuteFunctions;
  throttle: Throttle;
  /** Tells accounts apart, as runs of several share a process; undefined where nothing can be sent */
  accountKey?: string;
  /** Aborted when the user cancels or the node stops at an error */
  stopSignal: AbortSignal;
  /** What items of this run create, by what it is and for whom, so that each is created once */
  creations: Map<string, { body: JsonObject; result: Promise<CreationResult> }>;
  /** What the run costs */
  ledger: Ledger;
  watch: RequestWatch;
  /** SHA-256 of what a call sends */
  requestDigest: (call: Call) => string;
}

/** What a creation gave, or a read that took its place as the report was there by then. */
export type CreationResult = Result & { isReadInstead?: boolean };

/**
 * Sends a request until it succeeds, fails with an error that is not retried, or has used up its attempts. Once the run
 * is stopped, it ends its delay and sends nothing more.
 * @param canWait whether the requests of other items go first
 */
export async function sendWithRetry(
  run: RunContext,
  call: Call,
  policy: RetryPolicy,
  canWait = false,
): Promise<Result> {
  const { throttle, stopSignal } = run;
  const attempts: Attempt[] = [];
  let failed = 0;
  let rejections = 0;
  let rejectedSince = Infinity;
  let isUncertain = false;
  for (;;) {
    const outcome = await sendThrottled(run, call, attempts, canWait);
    if (!('failure' in outcome)) return { ...outcome, attempts };
    const end = isUncertain ? keepUncertain(outcome, call) : outcome;
    const { retry, retryAfterMs = 0 } = outcome;
    if (retryAfterMs > MAX_RETRY_AFTER_MS) return { ...end, attempts };
    isUncertain ||= retry === 'ifIdempotent';
    const isRateLimited = retry === 'rateLimited';
    if (isRateLimited) {
      rejections++;
      rejectedSince = Math.min(rejectedSince, Date.now());
    } else failed++;
    const isRetried = isRateLimited
      ? policy.maxAttempts > 1 && isBorne(rejectedSince, throttle, policy)
      : shouldRetry(policy, { retry, isIdempotent: call.howToVerify === null, attempts: failed });
    if (!isRetried) return { ...end, attempts };
    // After the first rejection the throttle delays the whole run, so this request adds no delay of its own.
    const nth = isRateLimited ? rejections - 1 : failed;
    const delay = nth === 0 ? 0 : retryDelay(policy, nth, Math.random());
    await abortableSleep(Math.max(delay, isRateLimited ? 0 : retryAfterMs), stopSignal);
    if (stopSignal.aborted) {
      return { ...(isUncertain ? cancelledAfterSend(call.howToVerify) : cancelled), attempts };
    }
  }
}

/** The last failure, where an earlier attempt may have succeeded. */
const keepUncertain = (last: FailedOutcome, { howToVerify }: Call): FailedOutcome => ({
  ...last,
  failure: { ...last.failure, ...mayHaveSucceeded(howToVerify) },
});

/** Sends a request once the throttle allows it, unless the run is stopped by then. */
async function sendThrottled(
  run: RunContext,
  call: Call,
  attempts: Attempt[],
  canWait: boolean,
): Promise<Outcome> {
  const { context, throttle, stopSignal, ledger, watch } = run;
  if (!(await throttle.acquire(stopSignal, canWait))) return cancelled;
  if (stopSignal.aborted) {
    throttle.release();
    return cancelled;
  }
  const sentAt = Date.now();
  let result: RequestEnd['result'] = 'trouble';
  try {
    watch.sent(call);
    const outcome = await send(context, call);
    watch.ended(call, outcome);
    const receipt = call.keepsBytes ? receiptOf(call, outcome, run) : undefined;
    attempts.push({
      ...attemptOf(outcome, sentAt, ledger.note(call, fateOf(outcome))),
      ...(receipt && { receipt }),
    });
    reportToThrottle(throttle, outcome, sentAt);
    result = resultOf(outcome);
    return withoutBytes(outcome);
  } finally {
    throttle.release({ sentAt, tookMs: Date.now() - sentAt, result });
  }
}

function resultOf(outcome: Outcome): RequestEnd['result'] {
  if (!('failure' in outcome)) return 'answered';
  const { retry, failure } = outcome;
  if (retry === 'rateLimited') return 'refused';
  return failure.http_status === null || failure.http_status >= 500 ? 'trouble' : 'answered';
}

/** Every response but a rate limit error means that the request was within the limit. */
function reportToThrottle(throttle: Throttle, outcome: Outcome, sentAt: number): void {
  if (!('failure' in outcome)) throttle.onSuccess(sentAt);
  else if (outcome.retry !== 'rateLimited') {
    if (outcome.failure.http_status !== null) throttle.onSuccess(sentAt);
  } else if ((outcome.retryAfterMs ?? 0) <= MAX_RETRY_AFTER_MS) {
    // A longer Retry-After fails this item without throttling the run.
    throttle.onRateLimit(outcome.retryAfterMs ?? 0, sentAt);
  }
}

/**
 * Whether a rate-limited request is retried: while Plaid accepts others of the account, but not indefinitely, as the
 * limit may be one of this user or Item.
 * @param since when it was rate-limited first, in ms since 1970
 */
export function isBorne(
  since: number,
  { lastAcceptedAt }: Pick<Throttle, 'lastAcceptedAt'>,
  { rateLimitMs }: Pick<RetryPolicy, 'rateLimitMs'>,
  now = Date.now(),
): boolean {
  const withoutProgressMs = now - Math.max(since, lastAcceptedAt());
  return withoutProgressMs < rateLimitMs && now - since < rateLimitMs + MAX_RETRY_AFTER_MS;
}

function attemptOf(outcome: Outcome, start: number, bill: Bill): Attempt {
  const common = { started_at: new Date(start).toISOString(), duration_ms: Date.now() - start };
  if ('failure' in outcome) return { ...common, ...failedAttempt(outcome), bill };
  return {
    ...common,
    result: 'ok',
    http_status: 200,
    error_code: null,
    request_id: requestIdOf(outcome),
    ...('json' in outcome && { size: outcome.size }),
    bill,
  };
}

function receiptOf(
  call: Call,
  outcome: Outcome,
  { requestDigest }: Pick<RunContext, 'requestDigest'>,
): Receipt | undefined {
  if ('failure' in outcome) return undefined;
  const bytes = 'pdf' in outcome ? outcome.pdf.bytes : outcome.bytes;
  if (!bytes) return undefined;
  const { path } = call;
  const about = { path, request_sha256: requestDigest(call), request_id: requestIdOf(outcome) };
  return receiptFor(about, bytes);
}

/** The bytes of JSON belong to the receipt from here on, so that they end with it. */
const withoutBytes = (outcome: Outcome): Outcome =>
  'json' in outcome && outcome.bytes ? { ...outcome, bytes: undefined } : outcome;

function fateOf(outcome: Outcome): RequestFate {
  if (!('failure' in outcome)) return 'succeeded';
  return outcome.failure.isOutcomeUnknown ? 'unknown' : 'failed';
}

function failedAttempt({ failure }: FailedOutcome) {
  const { kind, http_status, error_code, request_id } = failure;
  return { result: kind, http_status, error_code, request_id };
}

/** How often and after which delay a failed request is retried. */
export interface RetryPolicy {
  /** How often a request may fail; rate limits do not count, but with 1 nothing is sent again */
  maxAttempts: number;
  /** ms for which Plaid may refuse every request of the account for their number before an item fails */
  rateLimitMs: number;
  /** ms before the second attempt, at most */
  intervalMs: number;
  /** The factor by which the interval grows from one attempt to the next */
  backoffRate: number;
  /** ms; the longest interval */
  maxIntervalMs: number;
  /** Whether to retry requests that create or bill, although they may have succeeded */
  retryUncertain: boolean;
}

/** The longest Retry-After that a run waits for; after a longer one the item fails at once. */
export const MAX_RETRY_AFTER_MS = 10 * 60 * 1000;

/** Whether to retry a request after so many attempts. */
export function shouldRetry(
  policy: RetryPolicy,
  {
    retry,
    isIdempotent,
    attempts,
  }: { retry: Retryability; isIdempotent: boolean; attempts: number },
): boolean {
  if (attempts >= policy.maxAttempts) return false;
  return retry === 'safe' || (retry === 'ifIdempotent' && (isIdempotent || policy.retryUncertain));
}

/**
 * ms to wait before the next attempt: exponential backoff with full jitter, so that requests that failed together are not
 * retried together.
 * @param random from 0 up to 1
 * @see https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
 */
export function retryDelay(policy: RetryPolicy, attempts: number, random: number): number {
  const { intervalMs, backoffRate, maxIntervalMs } = policy;
  return random * Math.min(maxIntervalMs, intervalMs * backoffRate ** (attempts - 1));
}
