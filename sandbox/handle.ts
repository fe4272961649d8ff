import { answer } from './answers';
import { checkKeys, type Keys } from './credentials';
import {
  errorBody,
  PlaidError,
  internalError,
  invalidBody,
  invalidRequest,
  notFound,
} from './plaidErrors';
import type { Oracle } from './oracle';
import type { RecordedRequest } from './requests';
import type { SandboxContext } from './context';

/** A request as it came in, before it is answered. */
export type Incoming = Omit<RecordedRequest, 'status' | 'carriedOut' | 'fault'>;

/** What requests are judged by and answered from. */
export interface RequestContext extends SandboxContext {
  readonly keys: Keys;
  readonly oracle: Oracle;
}

/** The answer to any request: never throws, a bug is answered as Plaid's internal error. */
export function respond(
  incoming: Incoming,
  context: RequestContext,
): { status: number; body: object } {
  try {
    return { status: 200, body: handle(incoming, context) };
  } catch (error) {
    const plaidError = error instanceof PlaidError ? error : internalError();
    if (plaidError !== error) console.error(error);
    return { status: plaidError.status, body: errorBody(plaidError, incoming.requestId) };
  }
}

/** Every check in Plaid's order, then the answer. Throws a PlaidError. */
function handle(incoming: Incoming, { keys, oracle, ...context }: RequestContext): object {
  const { method, path, headers, json, requestId } = incoming;
  if (oracle.endpoints[path]?.method !== method) throw notFound();
  const isJson = String(headers['content-type'] ?? '').startsWith('application/json');
  if (!isJson || typeof json !== 'object' || json === null || Array.isArray(json))
    throw invalidBody();
  const body = json as Record<string, unknown>;
  const refused = checkKeys(keys, headers, body);
  if (refused) throw refused;
  const violation = oracle.checkRequest(path, body);
  if (violation) throw invalidRequest(violation);
  const { users, reports } = context.state;
  const user = () => users.find(body);
  // Some reads can ask for a certain report.
  const reportId = typeof body.report_id === 'string' ? body.report_id : undefined;
  const report = () => reports.read(user().userId, context.now, reportId);
  return answer({
    ...context,
    clientId: keys.clientId,
    path,
    body,
    headers,
    requestId,
    user,
    report,
    oracle,
  });
}
