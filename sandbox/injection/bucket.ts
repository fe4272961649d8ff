import type { RateLimit } from './plan';

/** Holds so many tokens, refilled in real time; a request takes one. */
export interface Bucket {
  /** 0 when there was one to take, otherwise ms until there will be. */
  take(): number;
}

/** @param now ms */
export function createBucket(
  { perSecond, burst }: Pick<RateLimit, 'perSecond' | 'burst'>,
  now: () => number = () => performance.now(),
): Bucket {
  let tokens = burst;
  let filledAt = now();
  return {
    take() {
      const time = now();
      tokens = Math.min(burst, tokens + ((time - filledAt) / 1000) * perSecond);
      filledAt = time;
      if (tokens < 1) return ((1 - tokens) / perSecond) * 1000;
      tokens--;
      return 0;
    },
  };
}
