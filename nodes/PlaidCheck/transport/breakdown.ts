import { afterUncertainEnd } from './advice';
import { failure, type Failure } from './failure';

/** What the request was, as far as the error text needs it. */
export interface Attempt {
  host: string;
  timeoutSeconds: number;
  /** Whether sending the request again is harmless */
  repeatable: boolean;
}

/** Codes of Node.js that mean no request has left this machine. */
const NOT_CONNECTED = new Map([
  ['ECONNREFUSED', 'refused the connection'],
  ['EHOSTUNREACH', 'could not be reached'],
  ['ENETUNREACH', 'could not be reached'],
]);

/** Codes of Node.js and axios that mean the other side gave up. */
const CLOSED = new Map([
  ['ECONNRESET', 'closed the connection before it answered'],
  ['EPIPE', 'closed the connection before it answered'],
  ['ERR_BAD_RESPONSE', 'closed the connection in the middle of its answer'],
]);

const CHECK_NETWORK =
  'Check the network of this n8n, and the base URL in the credential if it is a custom one';

/** What a request that ended without any response failed of. The thrown error is only read: it may hold the request's headers. */
export function breakdownOf(thrown: unknown, attempt: Attempt): Failure {
  const { host, repeatable } = attempt;
  const code = codeOf(thrown);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return failure({
      kind: 'host_not_found',
      message: `The address ${host} could not be found`,
      next_step: CHECK_NETWORK,
    });
  }
  if (code === 'ETIMEDOUT' || code === 'ECONNABORTED') return timedOut(attempt);
  if (/CERT|SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)/.test(code)) {
    return failure({
      kind: 'connection_failed',
      message: `${host} showed a certificate that this n8n does not trust`,
      next_step:
        'Check the base URL in the credential, and whether a proxy stands between this n8n and the internet',
    });
  }
  if (/^(EPROTO$|ERR_SSL|ERR_TLS)/.test(code)) {
    return failure({
      kind: 'connection_failed',
      message: `${host} and this n8n could not agree on a secure connection`,
      next_step:
        'Check in the credential whether the base URL should start with https:// or http://',
    });
  }
  const refused = NOT_CONNECTED.get(code);
  if (refused) {
    return failure({
      kind: 'connection_failed',
      message: `${host} ${refused}`,
      next_step: CHECK_NETWORK,
    });
  }
  const closed = CLOSED.get(code);
  return failure({
    kind: 'connection_failed',
    message: closed
      ? `${host} ${closed}`
      : `The request to ${host} failed${code ? ` (${code})` : ''}`,
    next_step: afterUncertainEnd(repeatable),
  });
}

/** No answer within the timeout, be it silence or an answer that would not end. */
export const timedOut = ({ host, timeoutSeconds, repeatable }: Attempt): Failure =>
  failure({
    kind: 'timeout',
    message: `${host} did not answer within ${timeoutSeconds} seconds`,
    next_step: `${afterUncertainEnd(repeatable)}. The option Timeout sets how long to wait`,
  });

/** n8n wraps what its HTTP client threw, at different depths from version to version. */
function codeOf(thrown: unknown): string {
  let error = thrown;
  for (let depth = 0; depth < 5 && typeof error === 'object' && error !== null; depth++) {
    const { code, cause } = error as { code?: unknown; cause?: unknown };
    if (typeof code === 'string') return code;
    error = cause;
  }
  return '';
}
