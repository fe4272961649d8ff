/** Lookups of IDs that are not known keys, for each account: a burst of 60, then 5 per second. */
export const LOOKUP_BURST = 60;
export const LOOKUP_INTERVAL_MS = 200;

/**
 * Plaid retries a webhook after 30 s (https://plaid.com/docs/api/webhooks/). Half of the burst is reserved for rejected
 * IDs that return after at least 20 s, so that a flood of fresh made-up IDs can't use it up.
 */
export const RESERVED_LOOKUPS = 30;
export const RETURN_AFTER_MS = 20_000;

/** About 15 MB; covers 100 s of a flood of 1,000 IDs per second. The oldest are evicted first. */
const MAX_REJECTED_IDS = 100_000;

/** Limits the lookups of one account, so that made-up IDs cost little and can't lock out a real key. */
export interface LookupLimiter {
  /** Whether Plaid may be asked about this ID now (ms since the epoch); counts the lookup if so. */
  tryAcquire(keyId: string, now: number): boolean;
}

/** Creates limiters, which share the memory for rejected IDs. */
export function createLookupLimiters(): (account: string) => LookupLimiter {
  /** When each ID was first rejected, ms since the epoch */
  const rejected = new Map<string, number>();
  return (account) => {
    const bucket = createTokenBucket(LOOKUP_BURST, LOOKUP_INTERVAL_MS);
    return {
      tryAcquire(keyId, now) {
        const id = `${account} ${keyId}`;
        const isReturning = now - (rejected.get(id) ?? now) >= RETURN_AFTER_MS;
        if (bucket.tryTake(now, isReturning ? 0 : RESERVED_LOOKUPS)) return true;
        if (!rejected.has(id)) rejected.set(id, now);
        const [oldest] = rejected.keys();
        if (rejected.size > MAX_REJECTED_IDS && oldest !== undefined) rejected.delete(oldest);
        return false;
      },
    };
  };
}

/** A token bucket: allows a burst, then one call per interval. */
export interface TokenBucket {
  /** Takes a token if more than `reserved` are available now (ms since the epoch). */
  tryTake(now: number, reserved?: number): boolean;
}

export function createTokenBucket(burst: number, intervalMs: number): TokenBucket {
  let tokens = burst;
  let updatedAt = -Infinity;
  return {
    tryTake(now, reserved = 0) {
      tokens = Math.min(burst, tokens + Math.max(0, now - updatedAt) / intervalMs);
      updatedAt = now;
      if (tokens < reserved + 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
