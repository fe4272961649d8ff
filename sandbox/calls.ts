import type { FastifyInstance } from 'fastify';
import { respond, type RequestContext, type Incoming } from './handle';
import { newId } from './ids';
import { answerWith, failWith, isCarriedOut, type Injection, type Reply } from './injection';
import type { RecordedRequest } from './requests';

/** How a call ended. */
export interface Done extends Pick<RecordedRequest, 'status' | 'carriedOut' | 'fault'> {
  readonly call: Incoming;
}

/** What calls are answered from, and the listeners that are notified of them. */
export interface Service {
  currentContext(): RequestContext;
  readonly injection: Injection;
  onDone(done: Done): void;
}

/** Answers every call of Plaid's API, unless a fault applies to it. */
export function addCalls(
  app: FastifyInstance,
  { currentContext, injection, onDone }: Service,
): void {
  app.all('/*', (request, reply) => {
    const context = currentContext();
    const requestId = newId(15);
    const [path = ''] = request.url.split('?');
    const bodyText = typeof request.body === 'string' ? request.body : '';
    const call: Incoming = {
      method: request.method,
      path,
      headers: request.headers,
      bodyText,
      json: parse(bodyText),
      requestId,
      receivedAt: context.now,
    };
    const fault = injection.strike(path, bodyText);
    if (!fault) {
      const answer = carryOut(call, context);
      const { status } = answer;
      onDone({ call, status, carriedOut: status === 200, fault: null });
      return answerWith(reply, answer);
    }
    const answer = isCarriedOut(fault) ? carryOut(call, context) : null;
    const status = failWith(reply, fault, answer, requestId);
    onDone({ call, status, carriedOut: answer?.status === 200, fault: fault.kind });
    return reply;
  });
}

function carryOut(call: Incoming, context: RequestContext): Reply {
  const { status, body } = respond(call, context);
  const headers = { 'plaid-request-id': call.requestId };
  return Buffer.isBuffer(body)
    ? { status, headers, type: 'application/pdf', bytes: body }
    : {
        status,
        headers,
        type: 'application/json; charset=utf-8',
        bytes: Buffer.from(JSON.stringify(body)),
      };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
