import { isPlaidHost } from '../../../credentials/sslCertificates';
import type { FailedOutcome } from './response';
import { isNotConnectedInTime } from './timeout';
import { failure, mayHaveSucceeded } from './failure';
import { TEXTS } from './failureTexts';

/** What is known of a request that ended without a response. */
export interface SentRequest {
  host: string;
  timeoutSeconds: number;
  /** Set where the connection had a timeout of its own */
  connectTimeoutSeconds?: number;
  /** How to see whether it took effect; null where it is idempotent */
  howToVerify: string | null;
  /** Whether part of the response had arrived */
  hasResponse?: boolean;
}

/** Codes of Node.js that mean a host name has no address. */
const NOT_FOUND = new Set<unknown>(['ENOTFOUND', 'EAI_AGAIN']);

/** Codes of Node.js that mean no connection was made, so that nothing was sent. */
const NOT_CONNECTED = new Map([
  ['ECONNREFUSED', TEXTS.connectionRefused],
  ['EHOSTUNREACH', TEXTS.unreachable],
  ['ENETUNREACH', TEXTS.unreachable],
]);

/** How Node.js says that the server closed the connection before it was secure, so that nothing was sent. */
const CLOSED_IN_HANDSHAKE =
  'Client network socket disconnected before secure TLS connection was established';

/** Codes of Node.js and axios that mean the server closed the connection. */
const CLOSED = new Map([
  ['ECONNRESET', TEXTS.closedBeforeResponse],
  ['EPIPE', TEXTS.closedBeforeResponse],
  ['ERR_BAD_RESPONSE', TEXTS.closedDuringResponse],
]);

/** Why a request ended without a response. Nothing of the thrown error is passed on: it may hold the request's headers. */
export function networkError(thrown: unknown, sent: SentRequest): FailedOutcome {
  const { host, howToVerify, hasResponse } = sent;
  const causes = causesOf(thrown);
  const code = codeOf(causes);
  if (NOT_FOUND.has(code) && !mayHaveConnected(causes)) {
    return {
      retry: 'safe',
      failure: failure({
        kind: 'host_not_found',
        message: TEXTS.hostNotFound(host),
        steps: [TEXTS.checkNetwork],
      }),
    };
  }
  const notConnected = hasResponse ? undefined : connectionError(code, causes, sent);
  if (notConnected) return notConnected;
  if (code === 'ETIMEDOUT' || code === 'ECONNABORTED') return timedOut(sent);
  if (code.endsWith('ALERT_CERTIFICATE_REQUIRED')) {
    return {
      retry: 'ifIdempotent',
      failure: failure({
        kind: 'connection_failed',
        message: TEXTS.clientCertificateWanted(host),
        steps: [TEXTS.enterCertificate],
        ...mayHaveSucceeded(howToVerify),
      }),
    };
  }
  const closed = CLOSED.has(code) && hasResponse ? TEXTS.closedDuringResponse : CLOSED.get(code);
  return {
    retry: 'ifIdempotent',
    failure: failure({
      kind: 'connection_failed',
      message: closed ? closed(host) : TEXTS.requestFailed(host, code),
      steps: tryAgainIfIdempotent(howToVerify),
      ...mayHaveSucceeded(howToVerify),
    }),
  };
}

/** Why no connection was made; undefined where there may have been one. */
function connectionError(
  code: string,
  causes: readonly Cause[],
  { host, timeoutSeconds, connectTimeoutSeconds }: SentRequest,
): FailedOutcome | undefined {
  const failed = (retry: 'safe' | 'never', message: string, ...steps: string[]) => ({
    retry,
    failure: failure({ kind: 'connection_failed', message, steps }),
  });
  const isTimeout = causes.some(({ message }) => isNotConnectedInTime(message, timeoutSeconds));
  if (isTimeout && connectTimeoutSeconds !== undefined) {
    const message = TEXTS.connectTimeout(host, connectTimeoutSeconds);
    return failed('safe', message, TEXTS.checkNetwork, TEXTS.connectTimeoutOption);
  }
  const unreachable = causes.some(isConnecting) ? TEXTS.unreachable : undefined;
  const message = mayHaveConnected(causes) ? undefined : (NOT_CONNECTED.get(code) ?? unreachable);
  if (message) return failed('safe', message(host), TEXTS.checkNetwork);
  if (causes.some((cause) => cause.message === CLOSED_IN_HANDSHAKE)) {
    return failed('safe', TEXTS.noSecureConnection(host), TEXTS.checkProxy);
  }
  if (/ALERT.*(CERTIFICATE_(?!REQUIRED)|BAD_CERT|UNKNOWN_CA)/.test(code)) {
    return failed('never', TEXTS.clientCertificateRefused(host), TEXTS.checkCertificate);
  }
  // These can also end a connection that has carried the request.
  if (/BAD_RECORD_MAC|DECRYPTION_FAILED|TLSV13_ALERT/.test(code)) return undefined;
  if (/CERT|SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)/.test(code)) {
    const own = isPlaidHost(host) ? [] : [TEXTS.enterAuthority];
    return failed('never', TEXTS.untrustedCertificate(host), TEXTS.checkProxy, ...own);
  }
  if (/^(EPROTO$|ERR_SSL|ERR_TLS)/.test(code)) {
    const own = causes.some(isRefusedHandshake) ? [TEXTS.ifCertificateWanted] : [];
    return failed('never', TEXTS.noSecureConnection(host), TEXTS.checkProtocol, ...own);
  }
  return undefined;
}

/** How TLS 1.2 says, among other things, that a client certificate is missing; Node.js gives it the code EPROTO. */
const isRefusedHandshake = ({ message }: Cause) => /alert handshake failure/i.test(String(message));

/** Whether an address did not accept the connection, whatever the code, such as a timeout of the system. */
const isConnecting = ({ syscall }: Cause) => syscall === 'connect';

/** Whether an established connection broke: a lost route has the same codes as one that never existed. */
const isLater = ({ syscall }: Cause) => syscall === 'read' || syscall === 'write';

/**
 * An address whose error does not name the connection or the lookup may have received the request, as a socket that hangs
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

/** No complete response within the timeout. */
export const timedOut = ({ host, timeoutSeconds, howToVerify }: SentRequest): FailedOutcome => ({
  retry: 'ifIdempotent',
  failure: failure({
    kind: 'timeout',
    message: TEXTS.timeout(host, timeoutSeconds),
    steps: [...tryAgainIfIdempotent(howToVerify), TEXTS.timeoutOption],
    ...mayHaveSucceeded(howToVerify),
  }),
});

const tryAgainIfIdempotent = (howToVerify: string | null) =>
  howToVerify === null ? [TEXTS.tryAgain] : [];

interface Cause {
  code?: unknown;
  message?: unknown;
  /** The call of the system that failed */
  syscall?: unknown;
  cause?: unknown;
  /** One for each address that was tried */
  errors?: unknown;
}

/** What n8n's own errors keep of their cause. */
interface N8nError extends Cause {
  httpCode?: unknown;
  messages?: unknown;
  description?: unknown;
}

/** More than any error of n8n or Node.js holds; a limit, as errors may form a cycle. */
const MAX_CAUSES = 20;

/**
 * n8n wraps the errors of its HTTP client, at a depth that differs between versions. Where a host has several addresses,
 * Node.js throws one error that holds an error for each of them
 * (https://nodejs.org/api/net.html#socketconnectoptions-connectlistener, autoSelectFamily).
 */
function causesOf(thrown: unknown): Cause[] {
  const causes: Cause[] = [];
  const queue: unknown[] = [thrown];
  while (queue.length > 0 && causes.length < MAX_CAUSES) {
    const error = queue.shift();
    if (typeof error !== 'object' || error === null) continue;
    causes.push(error);
    const { cause = lostCause(error), errors } = error as Cause;
    queue.push(cause, ...(Array.isArray(errors) ? errors : []));
  }
  return causes;
}

/**
 * The cause of an error of n8n before 2.34, which keeps no more of it than its code and its message; where the host has
 * several addresses, a message for each of them, in its own message or, before 2.11, in the description.
 */
function lostCause({ httpCode, messages, description }: N8nError): Cause | undefined {
  if (typeof httpCode !== 'string' || !Array.isArray(messages)) return undefined;
  const texts = [...new Set([...messages, description])].filter((text) => typeof text === 'string');
  const told = texts.find((text) => SYSTEM_ERROR.test(text)) ?? texts[0] ?? '';
  const parts = told
    .split(' | ')
    .map((message) => ({ code: httpCode, message, ...systemError(message) }));
  return parts.length > 1 ? { code: httpCode, errors: parts } : parts[0];
}

/** How Node.js words an error of the system, such as "connect ECONNREFUSED 127.0.0.1:443". */
const SYSTEM_ERROR = /^(connect|getaddrinfo|read|write) (E[A-Z_]+)\b/;

function systemError(message: string): Cause | undefined {
  const [, syscall, code] = SYSTEM_ERROR.exec(message) ?? [];
  return syscall === undefined ? undefined : { syscall, code };
}

function codeOf(causes: readonly Cause[]): string {
  const codes = causes.map(({ code }) => code);
  return codes.find((code) => typeof code === 'string') ?? '';
}
