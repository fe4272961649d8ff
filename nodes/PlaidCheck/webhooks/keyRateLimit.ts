/** Rate limit for looking up new key IDs: a burst of 60, then 1 per second. */
export const NEW_KEY_BURST = 60;
export const NEW_KEY_INTERVAL_MS = 1_000;

/**
 * Plaid retries a webhook after 30 s (https://plaid.com/docs/api/webhooks/). A rejected ID that returns after at least
 * 20 s may use a second bucket, which a flood of fresh made-up IDs can't drain.
 */
export const REDELIVERY_DELAY_MS = 20_000;
export const REDELIVERY_BURST = 10;
export const REDELIVERY_INTERVAL_MS = 6_000;

/** About 2 MB. The oldest are evicted first. */
const MAX_REJECTED_IDS = 10_000;

/** Limits lookups of new key IDs, so that made-up IDs cost little and don't lock out a real key. */
export interface NewKeyLimiter {
  /** Takes a token and returns true if Plaid may be asked about this key now (ms since the epoch). */
  tryAcquire(keyId: string, now: number): boolean;
}

export function createNewKeyLimiter(): NewKeyLimiter {
  const newKeys = createTokenBucket(NEW_KEY_BURST, NEW_KEY_INTERVAL_MS);
  const redeliveries = createTokenBucket(REDELIVERY_BURST, REDELIVERY_INTERVAL_MS);
  /** When each ID was first rejected, ms since the epoch */
  const rejected = new Map<string, number>();
  return {
    tryAcquire(keyId, now) {
      const rejectedAt = rejected.get(keyId) ?? now;
      const isRedelivery = now - rejectedAt >= REDELIVERY_DELAY_MS;
      if (newKeys.tryTake(now) || (isRedelivery && redeliveries.tryTake(now))) {
        rejected.delete(keyId);
        return true;
      }
      rejected.set(keyId, rejectedAt);
      const [oldest] = rejected.keys();
      if (rejected.size > MAX_REJECTED_IDS && oldest !== undefined) rejected.delete(oldest);
      return false;
    },
  };
}

/** A token bucket: allows a burst, then one call per interval. */
export interface TokenBucket {
  /** Takes a token if one is available now (ms since the epoch). */
  tryTake(now: number): boolean;
}

export function createTokenBucket(burst: number, intervalMs: number): TokenBucket {
  let tokens = burst;
  let updatedAt = -Infinity;
  return {
    tryTake(now) {
      tokens = Math.min(burst, tokens + Math.max(0, now - updatedAt) / intervalMs);
      updatedAt = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
