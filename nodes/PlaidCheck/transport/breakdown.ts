import { afterUncertainEnd } from './advice';
import { failure, type Failure } from './failure';

/** What the request was, as far as the error text needs it. */
export interface Attempt {
  host: string;
  timeoutSeconds: number;
  /** Whether sending the request again is harmless */
  repeatable: boolean;
}

/** Node.js and axios codes that mean no request has left this machine. */
const NOT_CONNECTED: Record<string, string> = {
  ECONNREFUSED: 'refused the connection',
  EHOSTUNREACH: 'could not be reached',
  ENETUNREACH: 'could not be reached',
};

/** What a request that ended without any response failed of. The thrown error is only read: it may hold the request's headers. */
export function breakdownOf(thrown: unknown, attempt: Attempt): Failure {
  const { host, timeoutSeconds, repeatable } = attempt;
  const code = codeOf(thrown);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return failure({
      kind: 'host_not_found',
      message: `The address ${host} could not be found`,
      next_step:
        'Check the network of this n8n, and the base URL in the credential if it is a custom one',
    });
  }
  if (code === 'ETIMEDOUT' || code === 'ECONNABORTED') {
    return failure({
      kind: 'timeout',
      message: `${host} did not answer within ${timeoutSeconds} seconds`,
      next_step: `${afterUncertainEnd(repeatable)}. The option Timeout sets how long to wait`,
    });
  }
  if (code === 'ERR_INVALID_CHAR') {
    return failure({
      kind: 'not_sent',
      message: 'The client ID or the secret holds a character that no key of Plaid has',
      next_step: 'Copy both again from the Plaid Dashboard into the credential',
    });
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)/.test(code)) {
    return failure({
      kind: 'connection_failed',
      message: `${host} showed a certificate that this n8n does not trust`,
      next_step:
        'Check the base URL in the credential, and whether a proxy stands between this n8n and the internet',
    });
  }
  const reached = NOT_CONNECTED[code];
  return failure({
    kind: 'connection_failed',
    message: `${host} ${reached ?? 'closed the connection before it answered'}`,
    next_step: reached
      ? 'Check the network of this n8n, and the base URL in the credential if it is a custom one'
      : afterUncertainEnd(repeatable),
  });
}

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
