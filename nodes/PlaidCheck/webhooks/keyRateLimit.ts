/** Key ids never seen before that Plaid is asked about: this many at once, and one more every second. */
export const NEW_KEY_BURST = 60;
export const NEW_KEY_INTERVAL_MS = 1_000;

/**
 * Those that were turned away and come again this much later, as Plaid's webhooks do 30 s after they were not taken
 * (https://plaid.com/docs/api/webhooks/), have a budget of their own: who only makes up ids does not use it.
 */
export const REDELIVERY_DELAY_MS = 20_000;
export const REDELIVERY_BURST = 10;
export const REDELIVERY_INTERVAL_MS = 6_000;

/** Ids that are remembered as turned away; the oldest make room for new ones. Some 2 MB at the most. */
const MAX_TURNED_AWAY = 10_000;

/** Of which key ids never seen before Plaid is asked, so that made-up ones cost little and lock no genuine one out. */
export interface NewKeyLimiter {
  /** Whether Plaid may be asked about it now (ms since the epoch); if so, it is counted. */
  tryAcquire(keyId: string, now: number): boolean;
}

export function createNewKeyLimiter(): NewKeyLimiter {
  const anybody = createTokenBucket(NEW_KEY_BURST, NEW_KEY_INTERVAL_MS);
  const returning = createTokenBucket(REDELIVERY_BURST, REDELIVERY_INTERVAL_MS);
  /** When each was turned away first, ms since the epoch */
  const turnedAway = new Map<string, number>();
  return {
    tryAcquire(keyId, now) {
      const since = turnedAway.get(keyId) ?? now;
      const comesAgain = now - since >= REDELIVERY_DELAY_MS;
      if (anybody.tryTake(now) || (comesAgain && returning.tryTake(now))) {
        turnedAway.delete(keyId);
        return true;
      }
      turnedAway.set(keyId, since);
      const [oldest] = turnedAway.keys();
      if (turnedAway.size > MAX_TURNED_AWAY && oldest !== undefined) turnedAway.delete(oldest);
      return false;
    },
  };
}

/** How often something may be done: so many times at once, and then one more each time the interval has passed. */
export interface TokenBucket {
  /** Whether it may be done now (ms since the epoch); if so, it is counted. */
  tryTake(now: number): boolean;
}

export function createTokenBucket(atOnce: number, intervalMs: number): TokenBucket {
  let left = atOnce;
  let since = -Infinity;
  return {
    tryTake(now) {
      left = Math.min(atOnce, left + Math.max(0, now - since) / intervalMs);
      since = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
