import { createLine } from '../utils/line';
import type { Concurrency } from './concurrency';
import { CATCH_UP_MS, createPace, type Pace } from './pace';

/** What all requests of a run share: how many are in flight, and how many start per second. */
export interface Throttle extends Omit<Pace, 'wait'> {
  /**
   * Resolves with true when a request may start, which `release` ends; with false once the signal is aborted.
   * @param canWait whether requests without it go first, as creations go before polls
   */
  acquire(signal?: AbortSignal, canWait?: boolean): Promise<boolean>;
  release(end?: RequestEnd): void;
}

/** How a request that was sent ended. */
export interface RequestEnd {
  /** By the clock of the throttle */
  sentAt: number;
  tookMs: number;
  /** `refused` where there were too many requests in a time, which is a matter of the pace; `trouble` without an answer */
  result: 'answered' | 'refused' | 'trouble';
}

export interface ThrottleLimits {
  concurrency: Concurrency;
  /** Requests of the run that may start in a second; Infinity for no limit */
  perSecond: number;
}

/**
 * ms between two starts, at most, so that requests do not move in step: those that start together are answered
 * together, and then wait for each other at the processor. About what one takes of it.
 */
const APART_MS = 4;

/** Share of the time between two answers that starts are apart at most, so that it never makes a run slower. */
const APART_SHARE = 0.8;

/** @param pace of the account, which other runs may share */
export function createThrottle(
  { concurrency, perSecond }: ThrottleLimits,
  pace: Pace = createPace(),
  now = Date.now,
): Throttle {
  let out = 0;
  let nextStart = 0;
  /** The same as far as requests only keep apart */
  let nextApart = 0;
  let quickestMs = Infinity;

  const apartMs = () =>
    quickestMs === Infinity
      ? 0
      : Math.min(APART_MS, (APART_SHARE * quickestMs) / concurrency.limit());

  const places = createLine(
    () =>
      out < concurrency.limit() ? Math.max(nextStart, nextApart) - now() : concurrency.msToGrowth(),
    () => {
      out++;
      nextStart = Math.max(nextStart, now() - CATCH_UP_MS) + 1000 / perSecond;
      // A late timer is caught up here too, but by one start only, or they would be together again.
      nextApart = Math.max(nextApart, now() - APART_MS) + apartMs();
    },
  );

  function release(end?: RequestEnd) {
    if (end) {
      const { sentAt, tookMs, result } = end;
      quickestMs = Math.min(quickestMs, tookMs);
      if (result === 'answered') concurrency.onAnswer(sentAt, tookMs, out);
      else if (result === 'trouble') concurrency.onTrouble(sentAt);
    }
    out--;
    places.pump();
  }

  return {
    ...pace,
    async acquire(signal, canWait) {
      if (!(await places.wait(signal, canWait))) return false;
      if (await pace.wait(signal, canWait)) return true;
      release();
      return false;
    },
    release,
  };
}
