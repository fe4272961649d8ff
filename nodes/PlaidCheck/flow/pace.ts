import { pause } from '../transport/pause';

/** What all requests of a run share: how many are out at once, and how many start a second. */
export interface Pace {
  /**
   * Resolves when a request may start, or when the signal is aborted; the caller looks which. Each
   * turn is given back with `leave`.
   */
  enter(signal?: AbortSignal): Promise<void>;
  leave(): void;
  /** Plaid took a request */
  accept(): void;
  /** How many requests Plaid has taken in this run */
  accepted(): number;
  /** Plaid refused a request because there were too many: all of the run slow down, and start nothing for `pauseMs` */
  slowDown(pauseMs: number): void;
}

export interface PaceLimits {
  /** Requests at once */
  concurrency: number;
  /** Requests that may start in a second; Infinity for no limit */
  perSecond: number;
}

/** What is left of the speed when Plaid says that it is too much (multiplicative decrease). */
const DECREASE = 0.8;

/** The share of the last known good speed that is added each second (additive increase). */
const INCREASE_PER_SECOND = 0.05;

/** ms in which all refusals count as one: those requests were sent before the run slowed down. */
const ONE_REFUSAL_MS = 200;

/** Requests a second that the run never goes below. */
const SLOWEST = 0.5;

/** Seconds over which requests are counted at least, to tell a speed from them. */
const SHORTEST_COUNT_S = 0.05;

/** ms by which a timer may be late without the run getting slower for it. */
const CATCH_UP_MS = 50;

/**
 * Keeps a run just under Plaid's limit without knowing it: unlimited until Plaid first says 429, from then
 * on slower with each refusal and slowly faster without one (AIMD, as TCP does, RFC 5681).
 */
export function createPace({ concurrency, perSecond }: PaceLimits, now = Date.now): Pace {
  const waiting: Array<() => void> = [];
  let out = 0;
  let nextStart = 0;
  let alarm: AbortController | undefined;
  /** Requests a second after the last refusal; without any refusal there is no speed to keep to. */
  let speed = Infinity;
  let slowedAt = -Infinity;
  let accepted = 0;
  let counted = { accepted: 0, since: now() };

  const allowed = () => {
    if (speed === Infinity) return perSecond;
    const grown = speed * (1 + (INCREASE_PER_SECOND * (now() - slowedAt)) / 1000);
    return Math.min(perSecond, grown);
  };

  function pump() {
    while (waiting.length > 0 && out < concurrency) {
      const early = nextStart - now();
      if (early > 0) {
        wakeIn(early);
        return;
      }
      out++;
      nextStart = Math.max(nextStart, now() - CATCH_UP_MS) + 1000 / allowed();
      waiting.shift()?.();
    }
    if (waiting.length === 0) alarm?.abort();
  }

  /** Looks again in so many ms, unless nobody waits any more. */
  function wakeIn(ms: number) {
    if (alarm) return;
    const own = (alarm = new AbortController());
    void pause(ms, own.signal).then(() => {
      if (alarm === own) alarm = undefined;
      pump();
    });
  }

  return {
    async enter(signal) {
      await new Promise<void>((resolve) => {
        const go = () => {
          signal?.removeEventListener('abort', giveUp);
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
        if (signal?.aborted) giveUp();
        else signal?.addEventListener('abort', giveUp, { once: true });
        pump();
      });
    },
    leave() {
      out--;
      pump();
    },
    accept() {
      accepted++;
    },
    accepted: () => accepted,
    slowDown(pauseMs) {
      const time = now();
      nextStart = Math.max(nextStart, time + pauseMs);
      if (time - slowedAt < ONE_REFUSAL_MS) return;
      // What Plaid took lately is the nearest there is to its limit.
      const taken =
        (accepted - counted.accepted) / Math.max((time - counted.since) / 1000, SHORTEST_COUNT_S);
      const before = allowed();
      const half = before === Infinity ? SLOWEST : before / 2;
      speed = Math.max(SLOWEST, DECREASE * Math.min(before, Math.max(taken, half)));
      slowedAt = time;
      counted = { accepted, since: time };
    },
  };
}
