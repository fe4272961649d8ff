import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { isLocal } from './local';

/** One attempt to deliver a webhook, and its result. Times are real ones, in ms since the epoch. */
export interface SentWebhook {
  readonly url: string;
  readonly body: object;
  /** The header `Plaid-Verification` it carried. */
  readonly verification: string;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly sentAt: number;
  readonly endedAt: number;
  /** HTTP status of the answer; null when there was none. */
  readonly status: number | null;
  /** Why there was no answer; null when there was one. */
  readonly error: string | null;
  /** ms until the next attempt; null when it was delivered or given up. */
  readonly againInMs: number | null;
}

/** The final result of a webhook. */
export interface Delivery {
  /** Whether it was answered with 200. */
  readonly delivered: boolean;
  /** Every try, oldest first. */
  readonly attempts: readonly SentWebhook[];
}

export interface DeliveryOptions {
  /** ms an answer may take; 10 s by default, as Plaid waits. */
  readonly timeoutMs?: number;
  /** ms before each repeat, so its length bounds them; Plaid's delays by default. */
  readonly repeatAfterMs?: readonly number[];
  /**
   * Whether to send also to addresses outside this machine and its network. Off by default: an address in a
   * test or an example may belong to somebody else.
   */
  readonly anywhere?: boolean;
  /** Called after each attempt. */
  readonly onAttempt?: ((sent: SentWebhook) => void) | undefined;
}

/** 30 s, then four times longer each time, within a day: https://plaid.com/docs/api/webhooks/ */
const PLAIDS_DELAYS = [0, 1, 2, 3, 4, 5].map((times) => 30_000 * 4 ** times);

/** Sends webhooks until they are answered with 200. */
export interface Sender {
  /** Every try so far, in the order they ended. */
  readonly log: readonly SentWebhook[];
  /** Never rejects: failures are in the attempts. */
  send(url: string, body: object): Promise<Delivery>;
  /** Resolves when every webhook has arrived or was given up. */
  settled(): Promise<void>;
  /** Cancels deliveries in flight and scheduled retries. */
  stop(): void;
  /** Forgets the tries so far. */
  clearLog(): void;
}

/** `sign` makes the header for a body; it is called for each attempt, as Plaid signs each one. */
export function createSender(
  sign: (bodyText: string) => string,
  {
    timeoutMs = 10_000,
    repeatAfterMs = PLAIDS_DELAYS,
    anywhere = false,
    onAttempt,
  }: DeliveryOptions = {},
): Sender {
  const log: SentWebhook[] = [];
  const pending = new Set<Promise<Delivery>>();
  let running = newRun();

  const mayGo = (url: string) => URL.canParse(url) && (anywhere || isLocal(url));

  async function deliver(url: string, body: object, { signal }: AbortController) {
    const bodyText = JSON.stringify(body);
    const attempts: SentWebhook[] = [];
    for (let tries = 0; tries <= repeatAfterMs.length; tries++) {
      const delay = repeatAfterMs[tries - 1] ?? 0;
      if (tries > 0) await wait(delay, null, { signal }).catch(() => null);
      if (signal.aborted) break;
      const verification = sign(bodyText);
      const sentAt = Date.now();
      const outcome = mayGo(url)
        ? await post(url, bodyText, verification, timeoutMs, signal)
        : NOT_SENT;
      if (signal.aborted) break;
      const { final, ...answered } = outcome;
      const again = final ? null : (repeatAfterMs[tries] ?? null);
      const attempt = tries + 1;
      const times = { sentAt, endedAt: Date.now(), againInMs: again };
      const sent = { url, body, verification, attempt, ...times, ...answered };
      attempts.push(sent);
      log.push(sent);
      onAttempt?.(sent);
      if (final) break;
    }
    return { delivered: attempts.at(-1)?.status === 200, attempts };
  }

  return {
    log,
    send(url, body) {
      const delivery = deliver(url, body, running);
      pending.add(delivery);
      return delivery.finally(() => pending.delete(delivery));
    },
    async settled() {
      while (pending.size > 0) await Promise.all(pending);
    },
    stop() {
      running.abort();
      running = newRun();
    },
    clearLog: () => void (log.length = 0),
  };
}

function newRun(): AbortController {
  const run = new AbortController();
  // Each waiting webhook listens to it.
  setMaxListeners(0, run.signal);
  return run;
}

interface Outcome extends Pick<SentWebhook, 'status' | 'error'> {
  /** Whether it must not be tried again. */
  readonly final: boolean;
}

const NOT_SENT: Outcome = {
  status: null,
  error: 'not sent: not a local address',
  final: true,
};

async function post(
  url: string,
  body: string,
  verification: string,
  timeoutMs: number,
  stopped: AbortSignal,
): Promise<Outcome> {
  const deadline = startDeadline(timeoutMs, stopped);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'plaid-verification': verification },
      body,
      redirect: 'manual',
      signal: deadline.signal,
    });
    // Only the status counts; the body is read so that the connection can be reused.
    await response.arrayBuffer().catch(() => null);
    return { status: response.status, error: null, final: response.status === 200 };
  } catch (error) {
    const late = deadline.isOver() && `no answer within ${timeoutMs} ms`;
    return { status: null, error: late || explain(error), final: false };
  } finally {
    deadline.end();
  }
}

/**
 * A clock that also stops when a run does. Not `AbortSignal.any` with `AbortSignal.timeout`: nothing but the request holds
 * these, so that Node.js may collect them as garbage, and they never fire (https://github.com/nodejs/node/issues/57736).
 */
function startDeadline(ms: number, stopped: AbortSignal) {
  const up = new AbortController();
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    up.abort();
  }, ms);
  const stop = () => up.abort();
  stopped.addEventListener('abort', stop);
  if (stopped.aborted) stop();
  return {
    signal: up.signal,
    isOver: () => isOver,
    end() {
      clearTimeout(timer);
      stopped.removeEventListener('abort', stop);
    },
  };
}

function explain(error: unknown): string {
  const { message, cause } = error as Error & { cause?: { code?: string } };
  return cause?.code ?? message;
}
