import { onAbort } from '../utils/abort';
import { createAlarm } from '../utils/alarm';

/** A signal that is aborted when the time is up, or when another signal is. */
export interface Deadline {
  signal: AbortSignal;
  /** Stops the clock, so that nothing is left behind */
  end(): void;
}

interface Running {
  /** By `performance.now`, which no change of the machine's clock moves */
  at: number;
  abort(): void;
}

/** All deadlines of this process share one timer, as hundreds of requests may be in flight and hardly any times out. */
const running = new Set<Running>();
const alarm = createAlarm(endOverdue);

/** When the timer goes off; Infinity while it is not set */
let wakesAt = Infinity;

/** Of Node.js, whose longer timers go off at once (https://nodejs.org/api/timers.html#settimeoutcallback-delay-args). */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** @param ms until the time is up; Infinity for never */
export function startDeadline(ms: number, cancel?: AbortSignal): Deadline {
  const up = new AbortController();
  const abort = () => up.abort();
  const own: Running = { at: performance.now() + ms, abort };
  const stopListening = cancel && onAbort(cancel, abort);
  if (cancel?.aborted || ms <= 0) abort();
  else if (ms !== Infinity) {
    running.add(own);
    wakeAt(own.at);
  }
  return {
    signal: up.signal,
    end() {
      stopListening?.();
      if (running.delete(own) && running.size === 0) {
        wakesAt = Infinity;
        alarm.stop();
      }
    },
  };
}

function wakeAt(at: number): void {
  if (wakesAt <= at) return;
  wakesAt = at;
  alarm.set(Math.min(Math.max(1, at - performance.now()), LONGEST_TIMER_MS));
}

function endOverdue(): void {
  wakesAt = Infinity;
  const now = performance.now();
  for (const one of running) {
    if (one.at > now) continue;
    running.delete(one);
    one.abort();
  }
  if (running.size > 0) wakeAt(Math.min(...[...running].map(({ at }) => at)));
}

/**
 * Longer than Linux tries to connect (127 s, https://docs.kernel.org/networking/ip-sysctl.html, tcp_syn_retries), so that n8n
 * before 2.20, which has no timeout of its own for that, can tell a host that accepts no connection from one that is silent.
 */
export const DEFAULT_TIMEOUT_SECONDS = 150;

export const DEFAULT_CONNECT_TIMEOUT_SECONDS = 10;

/** ms by which the inactivity timeout exceeds the deadline, so that it never fires first. */
const BEYOND_DEADLINE_MS = 3_600_000;

const silenceMs = (timeoutSeconds: number) => Math.ceil(timeoutSeconds * 1000) + BEYOND_DEADLINE_MS;

/** Options for n8n's request helper that give the connection its own timeout. */
export interface ConnectClock {
  agentOptions: { timeout: number };
  timeout: number;
}

/**
 * The clock of the connection. An agent's `timeout` runs from the making of a socket until it is connected
 * (https://nodejs.org/api/http.html#new-agentoptions); then the request's own takes its place. That one counts silence,
 * and is set beyond the deadline, so that it never ends anything. n8n before 2.20 takes no `agentOptions`, and its
 * agents for proxies do not heed them: there the deadline counts alone, unless the system gives the connection up before.
 */
export const connectWithin = (
  connectTimeoutSeconds: number,
  timeoutSeconds: number,
): ConnectClock => ({
  agentOptions: { timeout: connectTimeoutSeconds * 1000 },
  timeout: silenceMs(timeoutSeconds),
});

/**
 * Whether that clock ran out, so that nothing was sent. By the words, in which axios tells the time that was set: silence
 * can't have lasted for that long. The code alone is not enough: ECONNABORTED is also what Windows calls a
 * connection that broke off later, when the request had left.
 */
export const isNotConnectedInTime = (message: unknown, timeoutSeconds: number): boolean =>
  message === `timeout of ${silenceMs(timeoutSeconds)}ms exceeded`;
