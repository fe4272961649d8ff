/** How many requests of a run may be in flight at once. */
export interface Concurrency {
  /** The number now */
  limit(): number;
  /** ms until the number grows without an answer; Infinity if it does not */
  msToGrowth(): number;
  /** The highest that it can become */
  readonly most: number;
  /** A request was answered. @param sentAt when it was sent, by the clock of the throttle */
  onAnswer(sentAt: number, tookMs: number, inFlight: number): void;
  /** A request timed out, lost its connection or got a server error. */
  onTrouble(sentAt: number): void;
}

/** Where it starts, and what it never goes below; also the number where answers in flight would be lost with the run. */
export const CAREFUL = 10;

/** Connections that a process of n8n can hold open beside its other work; each is a socket and a response in memory. */
export const MOST_AUTOMATIC = 500;

/** Until the first answer the number grows by one in so many ms, so that slow answers don't leave it idle for long. */
const GROWTH_MS = 2;

/** How far it grows without any answer, as a server that hangs gives none. */
const MOST_UNANSWERED = 250;

/** Up to this multiple of the best times, answers come as quickly as ever. */
const TOLERANCE = 1.5;

/** The factor of a step of the search for the level (slow start). */
const FAST_GROWTH = 3;

/** The factor by which the number shrinks after an error, and at most after slow answers. */
const DECREASE = 0.5;

/** The utilization of the event loop above which the number does not grow, from 0 to 1. */
const BUSY = 0.7;

/** How many answers to wait for before the number changes, as a share of it. */
const SAMPLE = 0.5;

/** What the option Throttling says. */
export interface Throttling {
  concurrency: number | 'automatic';
  /** Infinity for no limit */
  perSecond: number;
}

/** A fixed number. */
export const fixedConcurrency = (limit: number): Concurrency => ({
  limit: () => limit,
  msToGrowth: () => Infinity,
  most: limit,
  onAnswer: () => undefined,
  onTrouble: () => undefined,
});

interface AutomaticOptions {
  /** The share of its time that the process was at work since the last call */
  busy?: () => number;
  /** The clock, ms */
  now?: () => number;
  /** How far it grows without any answer */
  mostUnanswered?: number;
}

/**
 * Finds how many requests at once are answered as quickly as few: until the first answer it grows with time, then it grows
 * while answers take about as long as the quickest, and shrinks when they take longer, since then they only wait for each
 * other (as TCP Vegas and the gradient limits of https://github.com/Netflix/concurrency-limits). Nor does it grow while this
 * process is busy.
 */
export function automaticConcurrency({
  busy = processBusy(),
  now = Date.now,
  mostUnanswered = MOST_UNANSWERED,
}: AutomaticOptions = {}): Concurrency {
  let limit = CAREFUL;
  let isAnswered = false;
  /** When the number last grew with time */
  let grownAt = now();
  let isSearching = true;
  let changedAt = -Infinity;
  let bestMs = Infinity;
  let times: number[] = [];
  let wasFull = false;

  const growsWithTime = () => !isAnswered && limit < mostUnanswered;

  function growWithTime() {
    const steps = Math.floor((now() - grownAt) / GROWTH_MS);
    if (steps < 1 || !growsWithTime()) return;
    grownAt += steps * GROWTH_MS;
    if (busy() <= BUSY) limit = Math.min(mostUnanswered, limit + steps);
  }

  function change(to: number, time: number) {
    limit = Math.min(MOST_AUTOMATIC, Math.max(CAREFUL, to));
    changedAt = time;
    times = [];
    wasFull = false;
  }

  return {
    limit() {
      growWithTime();
      return Math.floor(limit);
    },
    msToGrowth: () => (growsWithTime() ? grownAt + GROWTH_MS - now() : Infinity),
    most: MOST_AUTOMATIC,
    onAnswer(sentAt, tookMs, inFlight) {
      if (!isAnswered) limit = Math.max(CAREFUL, inFlight);
      isAnswered = true;
      // What was sent before the last change tells nothing of it.
      if (sentAt < changedAt) return;
      times.push(tookMs);
      wasFull ||= inFlight >= Math.floor(limit);
      if (times.length < limit * SAMPLE) return;
      const usual = median(times);
      if (limit <= CAREFUL) {
        // So few don't wait for each other: slower answers mean that Plaid has become slower for all.
        isSearching ||= usual > TOLERANCE * bestMs;
        bestMs = usual;
      }
      bestMs = Math.min(bestMs, usual);
      const gradient = Math.max(DECREASE, Math.min(1, (TOLERANCE * bestMs) / usual));
      if (gradient < 1) isSearching = false;
      // A number that is not used up says nothing of a higher one.
      const grown =
        busy() > BUSY || !wasFull
          ? limit
          : isSearching
            ? limit * FAST_GROWTH
            : limit + Math.sqrt(limit);
      change(gradient < 1 ? limit * gradient : grown, sentAt + tookMs);
    },
    onTrouble(sentAt) {
      if (sentAt < changedAt) return;
      isAnswered = true;
      isSearching = false;
      change(limit * DECREASE, sentAt);
    },
  };
}

/** @see https://nodejs.org/api/perf_hooks.html#performanceeventlooputilizationutilization1-utilization2 */
function processBusy(): () => number {
  let last = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return utilization;
  };
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
