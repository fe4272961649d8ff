/** By so many ms the clock of silence is behind the deadline, however late timers are. */
const BEYOND_DEADLINE_MS = 3_600_000;

const silenceMs = (timeoutSeconds: number) => Math.ceil(timeoutSeconds * 1000) + BEYOND_DEADLINE_MS;

/** What a request says to n8n's helper so that its connection has a clock of its own. */
export interface ConnectClock {
  agentOptions: { timeout: number };
  timeout: number;
}

/**
 * The clock of the connection. An agent's `timeout` runs from the making of a socket until it is connected
 * (https://nodejs.org/api/http.html#new-agentoptions); then the request's own takes its place. That one counts silence,
 * and is set beyond the deadline, so that it never ends anything. n8n before 2.20 takes no `agentOptions`, and its
 * agents for proxies do not heed them: there the deadline counts alone.
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
