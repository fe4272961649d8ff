import { answer } from './answers';
import { checkKeys, type Keys } from './credentials';
import { errorBody, Fault, internalError, invalidBody, invalidRequest, notFound } from './faults';
import type { Oracle } from './oracle';
import type { RecordedRequest } from './requests';
import type { World } from './world';

/** A request as it came in, before it is answered. */
export type Incoming = Omit<RecordedRequest, 'status' | 'carriedOut' | 'fault'>;

/** What requests are judged by and answered from. */
export interface Desk extends World {
  readonly keys: Keys;
  readonly oracle: Oracle;
}

/** The answer to any request: never throws, a bug is answered as Plaid's internal error. */
export function respond(incoming: Incoming, desk: Desk): { status: number; body: object } {
  try {
    return { status: 200, body: handle(incoming, desk) };
  } catch (error) {
    const fault = error instanceof Fault ? error : internalError();
    if (fault !== error) console.error(error);
    return { status: fault.status, body: errorBody(fault, incoming.requestId) };
  }
}

/** Every check in Plaid's order, then the answer. Throws a Fault. */
function handle(incoming: Incoming, { keys, oracle, ...world }: Desk): object {
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
  const { users, reports } = world.state;
  const user = () => users.find(body);
  // Some reads can ask for a certain report.
  const reportId = typeof body.report_id === 'string' ? body.report_id : undefined;
  const report = () => reports.read(user().userId, world.now, reportId);
  return answer({
    ...world,
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
