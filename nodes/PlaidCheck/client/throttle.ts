import { onAbort, abortableSleep } from '../utils/abort';

/** What all requests of a run share: how many are in flight, and how many start per second. */
export interface Throttle {
  /**
   * Resolves when a request may start, or when the signal is aborted; the caller looks which. Each
   * turn is given back with `release`.
   */
  acquire(signal?: AbortSignal): Promise<void>;
  /** @param tookMs how long the request took, if one was sent */
  release(tookMs?: number): void;
  /** A request was within Plaid's limit, however it ended */
  onSuccess(): void;
  /** How many requests of this run were within the limit */
  accepted(): number;
  /**
   * Plaid refused a request because there were too many: all of the run slow down, and start nothing for
   * `pauseMs`.
   * @param sentAt when the request was sent, by the same clock
   */
  onRateLimit(pauseMs: number, sentAt: number): void;
}

export interface ThrottleLimits {
  /** Requests in flight */
  concurrency: number;
  /** Requests that may start in a second; Infinity for no limit */
  perSecond: number;
}

/** What is left of the speed when Plaid says that it is too much (multiplicative decrease). */
const DECREASE = 0.8;

/** The same where Plaid takes hardly any request at that speed, so that it must be far too high. */
const STEEP_DECREASE = 0.5;

/** What share of the requests that is. */
const HARDLY_ANY = 1 / 3;

/** The share of the speed after the last refusal that is added each second (additive increase). */
const INCREASE_PER_SECOND = 0.05;

/** Requests a second that the run never goes below. */
const SLOWEST = 0.5;

/** Seconds over which requests are counted at least, to tell a speed from them. */
const SHORTEST_COUNT_S = 0.05;

/** ms by which a timer may be late without the run getting slower for it. */
const CATCH_UP_MS = 50;

/**
 * ms between two starts, at most, so that requests do not move in step: those that start together are answered
 * together, and then wait for each other at the processor. About what one takes of it.
 */
const APART_MS = 4;

/** Share of the time between two answers that starts are apart at most, so that it never makes a run slower. */
const APART_SHARE = 0.8;

/**
 * Keeps a run just under Plaid's limit without knowing it: unlimited until Plaid first says 429, from then
 * on slower with each refusal and slowly faster without one (AIMD, as TCP does, RFC 5681).
 */
export function createThrottle(
  { concurrency, perSecond }: ThrottleLimits,
  now = Date.now,
): Throttle {
  const waiting: Array<() => void> = [];
  let out = 0;
  let nextStart = 0;
  /** The same as far as requests only keep apart */
  let nextApart = 0;
  let quickestMs = Infinity;
  let alarm: AbortController | undefined;
  /** Requests a second after the last refusal; without any refusal there is no speed to keep to. */
  let speed = Infinity;
  let slowedAt = -Infinity;
  /** Whether Plaid takes about that many; until then the speed doubles each second (slow start). */
  let isNearLimit = false;
  let accepted = 0;
  let acceptedBefore = 0;
  const begin = now();

  const allowed = () => {
    if (speed === Infinity) return perSecond;
    const seconds = Math.max(0, now() - slowedAt) / 1000;
    const growth = isNearLimit ? 1 + INCREASE_PER_SECOND * seconds : 2 ** seconds;
    return Math.min(perSecond, speed * growth);
  };

  const apartMs = () =>
    quickestMs === Infinity ? 0 : Math.min(APART_MS, (APART_SHARE * quickestMs) / concurrency);

  function pump() {
    while (waiting.length > 0 && out < concurrency) {
      const early = Math.max(nextStart, nextApart) - now();
      if (early > 0) {
        wakeIn(early);
        return;
      }
      out++;
      nextStart = Math.max(nextStart, now() - CATCH_UP_MS) + 1000 / allowed();
      // A late timer is caught up here too, but by one start only, or they would be together again.
      nextApart = Math.max(nextApart, now() - APART_MS) + apartMs();
      waiting.shift()?.();
    }
    if (waiting.length === 0) alarm?.abort();
  }

  /** Pumps again after a delay, unless no request is waiting. */
  function wakeIn(ms: number) {
    if (alarm) return;
    const own = (alarm = new AbortController());
    void abortableSleep(ms, own.signal).then(() => {
      if (alarm === own) alarm = undefined;
      pump();
    });
  }

  return {
    async acquire(signal) {
      if (signal?.aborted) {
        out++;
        return;
      }
      await new Promise<void>((resolve) => {
        const go = () => {
          stopListening?.();
          resolve();
        };
        const giveUp = () => {
          waiting.splice(waiting.indexOf(go), 1);
          // The turn that the caller gives back.
          out++;
          resolve();
          pump();
        };
        waiting.push(go);
        const stopListening = signal && onAbort(signal, giveUp);
        pump();
      });
    },
    release(tookMs = Infinity) {
      quickestMs = Math.min(quickestMs, tookMs);
      out--;
      pump();
    },
    onSuccess() {
      accepted++;
    },
    accepted: () => accepted,
    onRateLimit(pauseMs, sentAt) {
      const time = now();
      const goesOnAt = time + pauseMs;
      nextStart = Math.max(nextStart, goesOnAt);
      // What was sent before the run slowed down says nothing new.
      if (sentAt <= slowedAt) return;
      const taken = accepted - acceptedBefore;
      const before = allowed();
      if (before === Infinity) {
        // What it took so far is the nearest there is to its limit.
        speed = (DECREASE * taken) / Math.max((time - begin) / 1000, SHORTEST_COUNT_S);
      } else {
        const sent = speed === Infinity ? 0 : (before * (sentAt - slowedAt)) / 1000;
        isNearLimit = taken >= Math.max(1, sent * HARDLY_ANY);
        speed = before * (isNearLimit ? DECREASE : STEEP_DECREASE);
      }
      speed = Math.max(SLOWEST, speed);
      // In the pause nothing is learned: no speed is gained, and what comes in was sent before.
      slowedAt = goesOnAt;
      acceptedBefore = accepted;
      nextStart = Math.max(nextStart, goesOnAt + 1000 / speed);
    },
  };
}
