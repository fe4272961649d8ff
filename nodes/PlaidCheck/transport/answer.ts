import type { JsonObject } from 'n8n-workflow';

import { isPdf, type Pdf } from '../outputs/pdf';
import { afterUncertainEnd, mayHaveGoneThrough, messageFor, nextStepFor } from './advice';
import { failure, type Failure } from './failure';

/** An HTTP response as it came, before anything is made of it. */
export interface Response {
  status: number;
  text: string;
}

/** The response of an endpoint that answers with a PDF; an error comes as text all the same. */
export interface PdfResponse {
  status: number;
  bytes: Buffer;
  requestId: string | null;
}

/** What Plaid answered. */
export type Answer = { json: JsonObject } | { pdf: Pdf };

/** What became of one item: Plaid's answer, or why there is none. */
export type Outcome<A extends Answer = Answer> = A | { failure: Failure };

/** Reads the response of an endpoint that answers with a PDF: the file, or why there is none. */
export function pdfOutcomeOf(
  { status, bytes, requestId }: PdfResponse,
  repeatable: boolean,
): Outcome {
  if (status === 200 && isPdf(bytes)) return { pdf: { bytes, requestId } };
  const outcome = outcomeOf({ status, text: bytes.toString('utf8') }, repeatable);
  if ('failure' in outcome) return outcome;
  return {
    failure: failure({
      kind: 'unreadable_answer',
      message: 'The server sent JSON instead of the PDF',
      next_step: afterUncertainEnd(repeatable),
      http_status: status,
      request_id: requestId,
    }),
  };
}

/**
 * Reads a response: Plaid's JSON unchanged, or Plaid's error, or what came instead of either.
 * @param repeatable whether sending the request again is harmless
 */
export function outcomeOf(
  { status, text }: Response,
  repeatable: boolean,
): Outcome<{ json: JsonObject }> {
  const body = parsed(text);
  if (status >= 200 && status < 300) {
    return body ? { json: body } : { failure: unreadable(status, text, repeatable) };
  }
  return {
    failure:
      body && isPlaidError(body)
        ? plaidError(status, body, repeatable)
        : unreadable(status, text, repeatable),
  };
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}

const isPlaidError = (body: JsonObject) => 'error_code' in body || 'error_type' in body;

/** https://plaid.com/docs/errors/#error-schema */
function plaidError(status: number, body: JsonObject, repeatable: boolean): Failure {
  const error_type = textIn(body, 'error_type');
  const error_code = textIn(body, 'error_code');
  const error_message = textIn(body, 'error_message');
  const display_message = textIn(body, 'display_message');
  const said = error_message || display_message || messageFor(error_code);
  return failure({
    kind: 'plaid_error',
    message: error_code ? `${said} (${error_code})` : said,
    next_step:
      nextStepFor(error_type, error_code, status, repeatable) ?? textIn(body, 'suggested_action'),
    http_status: status,
    error_type,
    error_code,
    error_message,
    display_message,
    request_id: textIn(body, 'request_id'),
    documentation_url: textIn(body, 'documentation_url') || 'https://plaid.com/docs/errors/',
  });
}

function unreadable(status: number, text: string, repeatable: boolean): Failure {
  const sent = status >= 200 && status < 300 ? 'its answer' : `HTTP ${status}`;
  const steps = [
    status >= 300 && status < 400
      ? 'The address sends requests on to another one, which is not followed. Check the environment and the base URL in the credential'
      : 'Check the base URL in the credential if it is a custom one, and whether a proxy or firewall stands in the way',
    ...(mayHaveGoneThrough(status) ? [afterUncertainEnd(repeatable)] : []),
  ];
  return failure({
    kind: 'unreadable_answer',
    message: `The server sent ${whatCame(text)} with ${sent} instead of Plaid's JSON`,
    next_step: steps.join('. '),
    http_status: status,
  });
}

function whatCame(text: string): string {
  const start = text.trimStart();
  if (start === '') return 'an empty body';
  if (/^<(!doctype html|html)/i.test(start)) return 'a web page';
  return start.startsWith('{') ? 'incomplete or broken JSON' : 'something unknown';
}

function textIn(body: JsonObject, name: string): string | null {
  const value = body[name];
  return typeof value === 'string' ? value : null;
}
