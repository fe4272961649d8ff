import type { Again } from '../transport/answer';

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
  /** Whether to send again what creates or bills, when the first request may have gone through */
  repeatUncertain: boolean;
}

/** Plaid's word on when to come back counts for so long; beyond it the item fails at once. */
export const MAX_RETRY_AFTER_MS = 10 * 60 * 1000;

/** Whether a request is sent again after the attempts so far, of which the last ended as `again` says. */
export function isSentAgain(
  policy: RetryPolicy,
  { again, repeatable, attempts }: { again: Again; repeatable: boolean; attempts: number },
): boolean {
  if (attempts >= policy.maxAttempts) return false;
  return again === 'safe' || (again === 'uncertain' && (repeatable || policy.repeatUncertain));
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
