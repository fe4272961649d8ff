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
