import { createLine } from '../utils/line';

/** How many requests of an account may start, as far as Plaid's rate limit is known: one for all runs of a process. */
export interface Pace {
  /**
   * Resolves with true when a request may start, and with false once the signal is aborted.
   * @param canWait whether it lets all others go first
   */
  wait(signal?: AbortSignal, canWait?: boolean): Promise<boolean>;
  /** A request was within Plaid's limit, however it ended. @param sentAt when it was sent, by the same clock */
  onSuccess(sentAt: number): void;
  /** When the last of these was, in ms since 1970; -Infinity before the first */
  lastAcceptedAt(): number;
  /** When the next request may start, in ms since 1970; in the past if it may at once */
  pausedUntil(): number;
  /**
   * Plaid refused a request because there were too many: all slow down, and start nothing for `pauseMs`.
   * @param sentAt when the request was sent, by the same clock
   */
  onRateLimit(pauseMs: number, sentAt: number): void;
}

/** What is left of the speed when Plaid says that it is too much (multiplicative decrease). */
const DECREASE = 0.8;

/** The same where Plaid accepts hardly any request at that speed, so that it must be far too high. */
const STEEP_DECREASE = 0.5;

/** The share of accepted requests below which the decrease is steep. */
const HARDLY_ANY = 1 / 3;

/** The share of the speed after the last refusal that is added each second (additive increase). */
const INCREASE_PER_SECOND = 0.05;

/** The share of a measured limit that is used. */
const BELOW_LIMIT = 0.95;

/** Accepted requests that are enough to measure a limit. */
const ENOUGH = 10;

/** The lowest speed, in requests per second. */
const SLOWEST = 0.5;

/** Seconds over which requests are counted at least, to tell a speed from them, and at most. */
const SHORTEST_COUNT_S = 0.05;
const LONGEST_COUNT_S = 1;

/** ms by which a timer may be late without the requests getting slower for it. */
export const CATCH_UP_MS = 50;

/**
 * Keeps just under Plaid's limit without knowing it: unlimited until Plaid first says 429, from then on slower with each
 * refusal and slowly faster without one (AIMD, as TCP does, RFC 5681).
 */
export function createPace(now = Date.now): Pace {
  let nextStart = 0;
  /** Requests a second after the last refusal; without any refusal there is no speed to keep to. */
  let speed = Infinity;
  let slowedAt = -Infinity;
  /** Whether Plaid takes about that many; until then the speed doubles each second (slow start). */
  let isNearLimit = false;
  let accepted = 0;
  let acceptedBefore = 0;
  /** When each of the last requests was accepted, until the first refusal */
  let times: number[] = [];
  let lastAcceptedAt = -Infinity;
  /** The requests that were sent between the first that was rejected and its 429, in ms since 1970 */
  let flood = { from: Infinity, to: -Infinity, accepted: 0 };
  const begin = now();

  const allowed = () => {
    if (speed === Infinity) return Infinity;
    const seconds = Math.max(0, now() - slowedAt) / 1000;
    return speed * (isNearLimit ? 1 + INCREASE_PER_SECOND * seconds : 2 ** seconds);
  };

  const line = createLine(
    () => nextStart - now(),
    () => {
      nextStart = Math.max(nextStart, now() - CATCH_UP_MS) + 1000 / allowed();
    },
  );

  /** Requests a second that were accepted lately. */
  function measured(time: number): number {
    const from = Math.max(begin, time - LONGEST_COUNT_S * 1000);
    const count = times.filter((at) => at > from).length;
    return count / Math.max((time - from) / 1000, SHORTEST_COUNT_S);
  }

  /** What was sent at full speed, from the first that was refused on, shows the limit: it accepts so many in that time. */
  function measureLimit(sentAt: number) {
    if (sentAt < flood.from || sentAt > flood.to) return;
    flood.accepted++;
    const seconds = (sentAt - flood.from) / 1000;
    if (flood.accepted < ENOUGH || seconds < SHORTEST_COUNT_S) return;
    isNearLimit = true;
    speed = Math.max(speed, (BELOW_LIMIT * flood.accepted) / seconds);
  }

  return {
    wait: line.wait,
    onSuccess(sentAt) {
      accepted++;
      lastAcceptedAt = now();
      if (speed !== Infinity) return measureLimit(sentAt);
      times.push(lastAcceptedAt);
      if (times.length > 2 * KEPT_TIMES) times = times.slice(-KEPT_TIMES);
    },
    lastAcceptedAt: () => lastAcceptedAt,
    pausedUntil: () => nextStart,
    onRateLimit(pauseMs, sentAt) {
      const time = now();
      const goesOnAt = time + pauseMs;
      nextStart = Math.max(nextStart, goesOnAt);
      // What was sent before the requests slowed down says nothing new.
      if (sentAt <= slowedAt) return;
      const taken = accepted - acceptedBefore;
      const before = allowed();
      if (before === Infinity) {
        // What it accepted lately is the best estimate of its limit.
        speed = DECREASE * measured(time);
        times = [];
        flood = { from: sentAt, to: time, accepted: 0 };
      } else {
        const sent = (before * (sentAt - slowedAt)) / 1000;
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

/** More than a process sends in the time that is counted. */
const KEPT_TIMES = 5000;

/** ms without a request after which an account's pace is forgotten: its limit may have changed. */
const FORGOTTEN_AFTER_MS = 60_000;

const paces = new Map<string, { pace: Pace; usedAt: number }>();

/**
 * The pace of an account, shared by all runs of this process: many small concurrent runs would otherwise
 * each find the limit by themselves, at the others' cost. An optimization only: other processes find it on their own.
 * @param key tells accounts and hosts apart
 */
export function paceOf(key: string, now = Date.now): Pace {
  const time = now();
  for (const [other, { usedAt, pace }] of paces) {
    if (time - Math.max(usedAt, pace.lastAcceptedAt(), pace.pausedUntil()) > FORGOTTEN_AFTER_MS)
      paces.delete(other);
  }
  const known = paces.get(key) ?? { pace: createPace(now), usedAt: time };
  known.usedAt = time;
  paces.set(key, known);
  return known.pace;
}
