import { afterUncertainEnd } from './errorCodes';
import type { FailedOutcome } from './response';
import { isNotConnectedInTime } from './timeout';
import { failure } from './failure';

/** What the request was, as far as the error text needs it. */
export interface Sent {
  host: string;
  timeoutSeconds: number;
  /** Set where a clock was kept for the connection alone */
  connectTimeoutSeconds?: number;
  /** How to see whether it took effect; null where sending it again is harmless */
  howToVerify: string | null;
  /** Whether the answer had begun */
  answering?: boolean;
}

/** Codes of Node.js that mean a host name has no address. */
const NOT_FOUND = new Set<unknown>(['ENOTFOUND', 'EAI_AGAIN']);

/** Codes of Node.js that mean no request has left this machine. */
const NOT_CONNECTED = new Map([
  ['ECONNREFUSED', 'refused the connection'],
  ['EHOSTUNREACH', 'could not be reached'],
  ['ENETUNREACH', 'could not be reached'],
]);

const CLOSED_HALFWAY = 'closed the connection in the middle of its answer';

/** Codes of Node.js and axios that mean the other side gave up. */
const CLOSED = new Map([
  ['ECONNRESET', 'closed the connection before it answered'],
  ['EPIPE', 'closed the connection before it answered'],
  ['ERR_BAD_RESPONSE', CLOSED_HALFWAY],
]);

const CHECK_NETWORK =
  'Check the network of this n8n, and the base URL in the credential if it is a custom one';

/** What a request that ended without any response failed of. The thrown error is only read: it may hold the request's headers. */
export function networkError(thrown: unknown, sent: Sent): FailedOutcome {
  const { host, howToVerify, answering } = sent;
  const causes = causesOf(thrown);
  const code = codeOf(causes);
  if (NOT_FOUND.has(code) && !mayHaveConnected(causes)) {
    return {
      again: 'safe',
      failure: failure({
        kind: 'host_not_found',
        message: `The address ${host} could not be found`,
        next_step: CHECK_NETWORK,
      }),
    };
  }
  const notMade = answering ? undefined : withoutConnection(code, causes, sent);
  if (notMade) return notMade;
  if (code === 'ETIMEDOUT' || code === 'ECONNABORTED') return timedOut(sent);
  const closed = CLOSED.has(code) && answering ? CLOSED_HALFWAY : CLOSED.get(code);
  const what = closed
    ? `${host} ${closed}`
    : `The request to ${host} failed${code ? ` (${code})` : ''}`;
  return {
    again: 'uncertain',
    failure: {
      ...notConnected(what, afterUncertainEnd(howToVerify)),
      may_have_succeeded: howToVerify !== null,
    },
  };
}

const notConnected = (message: string, next_step: string) =>
  failure({ kind: 'connection_failed', message, next_step });

/** The end of a request for which no connection came about; undefined where there may have been one. */
function withoutConnection(
  code: string,
  causes: readonly Cause[],
  { host, timeoutSeconds, connectTimeoutSeconds }: Sent,
): FailedOutcome | undefined {
  const isTooLate = causes.some(({ message }) => isNotConnectedInTime(message, timeoutSeconds));
  if (isTooLate && connectTimeoutSeconds !== undefined) {
    const what = `${host} could not be reached within ${connectTimeoutSeconds} seconds`;
    const step = `${CHECK_NETWORK}. The option Connect Timeout sets how long to wait for a connection`;
    return { again: 'safe', failure: notConnected(what, step) };
  }
  const neverMade = causes.some(isConnecting) ? 'could not be reached' : undefined;
  const refused = mayHaveConnected(causes) ? undefined : (NOT_CONNECTED.get(code) ?? neverMade);
  if (refused) return { again: 'safe', failure: notConnected(`${host} ${refused}`, CHECK_NETWORK) };
  const insecure = insecurity(code);
  if (insecure) {
    return { again: 'never', failure: notConnected(`${host} ${insecure.what}`, insecure.step) };
  }
  return undefined;
}

/** Whether an address did not take the connection, by whatever code, as a time that ran out in the system. */
const isConnecting = ({ syscall }: Cause) => syscall === 'connect';

/** Whether a connection broke off that there was: a lost route shows by the same codes as one that never was. */
const isLater = ({ syscall }: Cause) => syscall === 'read' || syscall === 'write';

/**
 * One address whose error does not name the connection or the lookup may have taken the request, as a socket that hangs
 * up has no syscall. The whole list counts, however many addresses causesOf follows.
 */
const mayHaveConnected = (causes: readonly Cause[]) =>
  causes.some(
    (cause) =>
      isLater(cause) || (Array.isArray(cause.errors) && !cause.errors.every(isWithoutConnection)),
  );

function isWithoutConnection(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const cause: Cause = error;
  return isConnecting(cause) || (!isLater(cause) && NOT_FOUND.has(cause.code));
}

/** Why no secure connection came about, which trying again would not change. */
function insecurity(code: string): { what: string; step: string } | undefined {
  if (/CERT|SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)/.test(code)) {
    return {
      what: 'showed a certificate that this n8n does not trust',
      step: 'Check the base URL in the credential, and whether a proxy stands between this n8n and the internet',
    };
  }
  if (/^(EPROTO$|ERR_SSL|ERR_TLS)/.test(code)) {
    return {
      what: 'and this n8n could not agree on a secure connection',
      step: 'Check in the credential whether the base URL should start with https:// or http://',
    };
  }
  return undefined;
}

/** No answer within the timeout, be it silence or an answer that would not end. */
export const timedOut = ({ host, timeoutSeconds, howToVerify }: Sent): FailedOutcome => ({
  again: 'uncertain',
  failure: failure({
    kind: 'timeout',
    message: `${host} did not answer within ${timeoutSeconds} seconds`,
    next_step: `${afterUncertainEnd(howToVerify)}. The option Timeout sets how long to wait`,
    may_have_succeeded: howToVerify !== null,
  }),
});

interface Cause {
  code?: unknown;
  message?: unknown;
  /** The call of the system that failed */
  syscall?: unknown;
  cause?: unknown;
  /** One for each address that was tried */
  errors?: unknown;
}

/** More than any error of n8n or Node.js is made of, so that a circle comes to an end. */
const MOST_CAUSES = 20;

/**
 * n8n wraps what its HTTP client threw, at different depths from version to version. Where a host has several addresses,
 * Node.js throws one error that holds an error for each of them
 * (https://nodejs.org/api/net.html#socketconnectoptions-connectlistener, autoSelectFamily).
 */
function causesOf(thrown: unknown): Cause[] {
  const causes: Cause[] = [];
  const queue: unknown[] = [thrown];
  while (queue.length > 0 && causes.length < MOST_CAUSES) {
    const error = queue.shift();
    if (typeof error !== 'object' || error === null) continue;
    causes.push(error);
    const { cause, errors } = error as Cause;
    queue.push(cause, ...(Array.isArray(errors) ? errors : []));
  }
  return causes;
}

function codeOf(causes: readonly Cause[]): string {
  const codes = causes.map(({ code }) => code);
  return codes.find((code) => typeof code === 'string') ?? '';
}
