/** Key ids never seen before that Plaid is asked about: this many at once, and one more every second. */
export const NEW_KEYS_AT_ONCE = 60;
export const NEW_KEY_EVERY_MS = 1_000;

/**
 * Those that were turned away and come again this much later, as Plaid's webhooks do 30 s after they were not taken
 * (https://plaid.com/docs/api/webhooks/), have a budget of their own: who only makes up ids does not use it.
 */
export const COMES_AGAIN_AFTER_MS = 20_000;
export const RETURNING_AT_ONCE = 10;
export const RETURNING_EVERY_MS = 6_000;

/** Ids that are remembered as turned away; the oldest make room for new ones. Some 2 MB at the most. */
const MAX_TURNED_AWAY = 10_000;

/** Of which key ids never seen before Plaid is asked, so that made-up ones cost little and lock no genuine one out. */
export interface NewKeys {
  /** Whether Plaid may be asked about it now (ms since the epoch); if so, it is counted. */
  mayAsk(keyId: string, now: number): boolean;
}

export function createNewKeys(): NewKeys {
  const anybody = createBudget(NEW_KEYS_AT_ONCE, NEW_KEY_EVERY_MS);
  const returning = createBudget(RETURNING_AT_ONCE, RETURNING_EVERY_MS);
  /** When each was turned away first, ms since the epoch */
  const turnedAway = new Map<string, number>();
  return {
    mayAsk(keyId, now) {
      const since = turnedAway.get(keyId) ?? now;
      const comesAgain = now - since >= COMES_AGAIN_AFTER_MS;
      if (anybody.take(now) || (comesAgain && returning.take(now))) {
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
export interface Budget {
  /** Whether it may be done now (ms since the epoch); if so, it is counted. */
  take(now: number): boolean;
}

export function createBudget(atOnce: number, intervalMs: number): Budget {
  let left = atOnce;
  let since = -Infinity;
  return {
    take(now) {
      left = Math.min(atOnce, left + Math.max(0, now - since) / intervalMs);
      since = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
