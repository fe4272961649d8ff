import type { JsonObject, JsonValue } from 'n8n-workflow';

import { hasOwnAnswer } from '../../../sandbox/answers';
import { stableId } from '../../../sandbox/ids';
import {
  errorBody,
  internalError,
  invalidRequest,
  notFound,
  PlaidError,
  productReportNotReady,
  reportNotReady,
} from '../../../sandbox/plaidErrors';
import { catalog } from '../catalog';
import type { Endpoint } from '../catalog/endpoint';
import { asText } from '../utils/json';
import { sha256 } from '../utils/sha256';
import { violationIn } from './check';
import { originsIn, wholeHour } from './ids';
import type { Looks } from './looks';
import { DEMO_PERSONAS, isSlow, personaFor, userIdOf } from './personas';
import { worldOf, type DemoRequest } from './world';

export { looksOf } from './looks';

/** An answer of the demo, in the form in which n8n gives a response. */
export interface DemoResponse {
  statusCode: number;
  headers: { 'content-type': string; 'plaid-request-id': string; date: string };
  body: Uint8Array[];
}

/**
 * Answers a request as the stand-in for Plaid would, for a user that the request's own IDs tell. Opens no connection and
 * keeps nothing. The clock moves once an hour, so that the same request has the same answer within it.
 * @param time ms since the epoch
 */
export function answerInDemo(
  { path, body }: { path: string; body: JsonObject },
  looks: Looks,
  time: number = Date.now(),
): DemoResponse {
  const now = wholeHour(time);
  const requestId = stableId(JSON.stringify([path, body, now]), 15);
  const [statusCode, answered] = outcomeOf({ path, body, now, requestId }, looks);
  const isFile = Buffer.isBuffer(answered);
  return {
    statusCode,
    headers: {
      'content-type': isFile ? 'application/pdf' : 'application/json',
      'plaid-request-id': requestId,
      // The node then knows that this clock is behind its own.
      date: new Date(now).toUTCString(),
    },
    body: [isFile ? answered : Buffer.from(JSON.stringify(answered))],
  };
}

const endpoints: readonly Endpoint[] = catalog;

type Asked = Omit<DemoRequest, 'person'>;

function outcomeOf(asked: Asked, looks: Looks): [number, object] {
  try {
    return [200, answerTo(asked, looks)];
  } catch (error) {
    const failure = error instanceof PlaidError ? error : internalError();
    const body = errorBody(failure, asked.requestId);
    const isUnknownUser = body.error_code === 'USER_NOT_FOUND';
    const error_message = isUnknownUser
      ? `${body.error_message} ${WHO_IS_THERE}`
      : body.error_message;
    return [failure.status, { ...body, error_message }];
  }
}

const WHO_IS_THERE = `The demo has ${DEMO_PERSONAS.map(({ user_id }) => user_id).join(', ')}, the applicants of the examples, and the users that its /user/create returned.`;

/** @throws PlaidError */
function answerTo(asked: Asked, looks: Looks): object {
  const { path, body } = asked;
  const endpoint = endpoints.find((one) => one.path === path);
  if (!endpoint && !hasOwnAnswer(path)) throw notFound();
  const violation = endpoint && violationIn(endpoint, body);
  if (violation) throw invalidRequest(violation);
  const origins = originsIn(body);
  const request = { ...asked, person: newPerson(asked) ?? origins[0]?.person };
  const world = worldOf(request, origins);
  const answered = world.answer(request);
  checkReady(endpoint, request, looks);
  return answered;
}

function newPerson({ path, body }: Asked): DemoRequest['person'] {
  const clientUserId = path === '/user/create' ? asText(body.client_user_id) : null;
  const like = clientUserId === null ? undefined : personaFor(clientUserId);
  return like && { like, code: codeOf(clientUserId) };
}

const codeOf = (value: JsonValue) => sha256(JSON.stringify(value)).slice(0, 10);

function checkReady(
  endpoint: Endpoint | undefined,
  { path, person }: DemoRequest,
  looks: Looks,
): void {
  if (!endpoint?.readsReport || !person || !isSlow(person)) return;
  if (looks.isReady(userIdOf(person), path)) return;
  throw path.startsWith('/cra/report/') ? productReportNotReady() : reportNotReady();
}
