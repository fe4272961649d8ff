import type { IDataObject, JsonObject } from 'n8n-workflow';

import { asText, parseJsonObject } from '../utils/json';
import {
  afterUncertainEnd,
  againAfter,
  mayHaveSucceeded,
  messageFor,
  nextStepFor,
  type Again,
} from './errorCodes';
import { failure, type Failure } from './failure';

/** An HTTP response as it came, before anything is made of it. */
export interface RawResponse {
  status: number;
  headers: AnswerHeaders;
  bytes: Buffer;
}

/** What Plaid answered. */
export type Answer = { json: JsonObject; clockAheadMs?: number } | { pdf: Pdf };

/** By what Plaid's support finds a request again; null where Plaid did not tell. */
export function requestIdOf(answer: Answer): string | null {
  const requestId = 'pdf' in answer ? answer.pdf.requestId : answer.json.request_id;
  return typeof requestId === 'string' ? requestId : null;
}

/** Why there is no answer, and whether to ask again. */
export interface FailedOutcome {
  failure: Failure;
  again: Again;
  /** ms after which Plaid wants to be asked again, where it says so (Retry-After) */
  retryAfterMs?: number;
}

/** What became of one request: Plaid's answer, or why there is none. */
export type Outcome<A extends Answer = Answer> = A | FailedOutcome;

/** Reads the response of an endpoint that answers with a PDF: the file, or why there is none. */
export function readPdfResponse(response: RawResponse, howToVerify: string | null): Outcome {
  const { status, headers, bytes } = response;
  const { requestId } = headers;
  if (status === 200 && isPdf(bytes)) return { pdf: { bytes, requestId } };
  const outcome = readResponse(response, howToVerify);
  if ('failure' in outcome) return outcome;
  return {
    again: 'uncertain',
    failure: failure({
      kind: 'unreadable_answer',
      message: 'The server sent JSON instead of the PDF',
      next_step: afterUncertainEnd(howToVerify),
      http_status: status,
      request_id: requestId,
      may_have_succeeded: howToVerify !== null,
    }),
  };
}

/**
 * Reads a response: Plaid's JSON unchanged, or Plaid's error, or what came instead of either.
 * @param howToVerify how to see whether the request took effect; null where sending it again is harmless
 */
export function readResponse(
  { status, headers, bytes }: RawResponse,
  howToVerify: string | null,
): Outcome<{ json: JsonObject }> {
  const text = bytes.toString('utf8');
  const body = isJsonType(headers.contentType) ? parseJsonObject(text) : undefined;
  if (status >= 200 && status < 300 && body) return { json: body };
  const failed =
    body && isPlaidError(body) && status >= 300
      ? plaidError(status, body, howToVerify)
      : unreadable({ status, headers, bytes }, howToVerify);
  const { retryAfterMs } = headers;
  const again = againAfter(status, failed.error_type, failed.error_code);
  return { failure: failed, again, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

/** An answer without a type is taken for what it looks like, as a gateway may leave the type out. */
const isJsonType = (contentType: string) => contentType === '' || /[/+]json$/.test(contentType);

const isPlaidError = (body: JsonObject) => 'error_code' in body || 'error_type' in body;

/** https://plaid.com/docs/errors/#error-schema */
function plaidError(status: number, body: JsonObject, howToVerify: string | null): Failure {
  const error_type = textIn(body, 'error_type');
  const error_code = textIn(body, 'error_code');
  const error_message = textIn(body, 'error_message');
  const display_message = textIn(body, 'display_message');
  const said = error_message || display_message || messageFor(error_code);
  const isUncertain = againAfter(status, error_type, error_code) === 'uncertain';
  const known = nextStepFor(error_type, error_code, status) ?? textIn(body, 'suggested_action');
  // Money first: whether it may have been done comes before what to do about the error.
  const doubt = isUncertain && (howToVerify !== null || !known) && afterUncertainEnd(howToVerify);
  return failure({
    kind: 'plaid_error',
    message: error_code ? `${said} (${error_code})` : said,
    next_step: [doubt, known].filter(Boolean).join('. ') || null,
    may_have_succeeded: isUncertain && howToVerify !== null,
    http_status: status,
    error_type,
    error_code,
    error_message,
    display_message,
    request_id: textIn(body, 'request_id'),
    documentation_url: textIn(body, 'documentation_url') || 'https://plaid.com/docs/errors/',
  });
}

function unreadable({ status, headers, bytes }: RawResponse, howToVerify: string | null): Failure {
  const sent = status >= 200 && status < 300 ? 'its answer' : `HTTP ${status}`;
  const steps = [
    ...(status >= 500
      ? [
          'Plaid, or a server in front of it, has trouble; https://status.plaid.com tells of outages',
        ]
      : []),
    ...(mayHaveSucceeded(status) ? [afterUncertainEnd(howToVerify)] : []),
    status >= 300 && status < 400
      ? 'The address sends requests on to another one, which is not followed. Check the environment and the base URL in the credential'
      : 'If it happens again, check the base URL in the credential if it is a custom one, and whether a proxy or firewall stands in the way',
  ];
  return failure({
    kind: 'unreadable_answer',
    message: `The server sent ${whatCame(bytes.toString('utf8'), headers)} with ${sent} instead of Plaid's JSON`,
    next_step: steps.join('. '),
    may_have_succeeded: mayHaveSucceeded(status) && howToVerify !== null,
    http_status: status,
    request_id: headers.requestId,
  });
}

function whatCame(text: string, { contentType }: AnswerHeaders): string {
  const start = text.trimStart();
  if (start === '') return 'an empty body';
  if (/^<(!doctype html|html)/i.test(start)) return 'a web page';
  if (!isJsonType(contentType)) return `something of the type ${contentType}`;
  return start.startsWith('{') ? 'incomplete or broken JSON' : 'something unknown';
}

function textIn(body: JsonObject, name: string): string | null {
  const value = body[name];
  return typeof value === 'string' ? value : null;
}

export const BYTES_IN_MB = 1_000_000;

/**
 * Reads an answer to its end, or gives up and hangs up where it is longer than allowed.
 * @throws what the connection fails of
 */
export async function bytesOf(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Buffer | 'too many'> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    length += bytes.length;
    // Leaving the loop destroys the stream, and the connection with it.
    if (length > maxBytes) return 'too many';
    chunks.push(bytes);
  }
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks, length);
}

/** What is read from the headers of an answer. */
export interface AnswerHeaders {
  /** Lower case, without parameters; empty where there is none */
  contentType: string;
  requestId: string | null;
  /** ms to wait before the next request, where the server says so */
  retryAfterMs?: number;
  /** ms by which the server's clock is ahead of this machine's, at least; 0 where the two may agree */
  clockAheadMs?: number;
}

export function headersOf(headers: IDataObject, now = Date.now()): AnswerHeaders {
  const contentType = asText(headers['content-type'])?.split(';')[0]?.trim().toLowerCase() ?? '';
  const retryAfterMs = retryAfter(asText(headers['retry-after']) ?? '', now);
  const clockAheadMs = clockAhead(asText(headers.date) ?? '', now);
  return {
    contentType,
    requestId: asText(headers['plaid-request-id']),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(clockAheadMs !== undefined && { clockAheadMs }),
  };
}

/** The header Date has whole seconds (RFC 9110, 6.6.1), so that a difference of less than one is none. */
function clockAhead(date: string, now: number): number | undefined {
  const time = date === '' ? NaN : Date.parse(date);
  if (Number.isNaN(time)) return undefined;
  return Math.max(0, time - now) + Math.min(0, time + 1000 - now);
}

/** Seconds or a date (RFC 9110, 10.2.3), as ms from now. */
function retryAfter(value: string, now: number): number | undefined {
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = value === '' ? NaN : Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** A PDF that Plaid answered with. */
export interface Pdf {
  bytes: Buffer;
  /** From the header `plaid-request-id`, as a PDF has no room for it */
  requestId: string | null;
}

/** The first bytes of every PDF file (ISO 32000-1, 7.5.2). */
export const isPdf = (bytes: Buffer) => bytes.subarray(0, 5).toString('latin1') === '%PDF-';
