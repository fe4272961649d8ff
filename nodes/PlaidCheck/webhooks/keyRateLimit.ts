/** Lookups of IDs that are not known keys, for each account: a burst of 60, then 5 per second. */
export const LOOKUP_BURST = 60;
export const LOOKUP_INTERVAL_MS = 200;

/**
 * Plaid retries a webhook after 30 s (https://plaid.com/docs/api/webhooks/). Half of the burst is reserved for rejected
 * IDs that return after at least 20 s, so that a flood of fresh made-up IDs can't use it up.
 */
export const RESERVED_LOOKUPS = 30;
export const RETURN_AFTER_MS = 20_000;

/** About 15 MB in two generations; each covers 50 s of a flood of 1,000 IDs per second. */
const MAX_REJECTED_IDS = 100_000;

/** Limits the lookups of one account, so that made-up IDs cost little and can't lock out a real key. */
export interface LookupLimiter {
  /** Whether Plaid may be asked about this ID now (ms since the epoch); counts the lookup if so. */
  tryAcquire(keyId: string, now: number): boolean;
}

/** Creates limiters, which share the memory for rejected IDs. */
export function createLookupLimiters(): (account: string) => LookupLimiter {
  const rejections = createRejections();
  return (account) => {
    const bucket = createTokenBucket(LOOKUP_BURST, LOOKUP_INTERVAL_MS);
    return {
      tryAcquire(keyId, now) {
        const id = `${account} ${keyId}`;
        const since = rejections.since(id);
        const isReturning = now - (since ?? now) >= RETURN_AFTER_MS;
        if (bucket.tryTake(now, isReturning ? 0 : RESERVED_LOOKUPS)) return true;
        if (since === undefined) rejections.add(id, now);
        return false;
      },
    };
  };
}

/**
 * When each ID was first rejected (ms since the epoch). The older half is dropped as a whole: a Map from which the oldest
 * entry is deleted time after time takes longer and longer to find the next one.
 */
function createRejections() {
  let recent = new Map<string, number>();
  let older = new Map<string, number>();
  return {
    since: (id: string) => recent.get(id) ?? older.get(id),
    add(id: string, now: number) {
      if (recent.size >= MAX_REJECTED_IDS / 2) {
        older = recent;
        recent = new Map();
      }
      recent.set(id, now);
    },
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
