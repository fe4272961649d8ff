import type { IDataObject, JsonObject, JsonValue } from 'n8n-workflow';

import { asText, isObject, isTooDeep, MAX_DEPTH, parseJsonObject } from '../utils/json';
import { messageFor, nextStepFor, retryabilityOf, type Retryability } from './errorCodes';
import { failure, mayHaveSucceeded, type Failure } from './failure';
import { TEXTS, type Cause } from './failureTexts';
import type { Redaction } from './redaction';

/** An HTTP response before it is parsed. */
export interface RawResponse {
  status: number;
  headers: ResponseHeaders;
  bytes: Buffer;
}

/** A successful response of Plaid. */
export type PlaidResponse =
  | {
      json: JsonObject;
      clockAheadMs?: number;
      /** Of the answer, in bytes */
      size?: number;
      bytes?: Buffer;
    }
  | { pdf: Pdf };

/** The ID by which Plaid's support finds a request; null where Plaid sent none. */
export function requestIdOf(response: PlaidResponse): string | null {
  const requestId = 'pdf' in response ? response.pdf.requestId : response.json.request_id;
  return typeof requestId === 'string' ? requestId : null;
}

/** Why a request failed, and whether it may be retried. */
export interface FailedOutcome {
  failure: Failure;
  retry: Retryability;
  /** ms to wait before a retry, where Plaid sent Retry-After */
  retryAfterMs?: number;
}

/** The outcome of one request. */
export type Outcome<R extends PlaidResponse = PlaidResponse> = R | FailedOutcome;

/** Reads the response of an endpoint that returns a PDF. */
export function readPdfResponse(
  response: RawResponse,
  howToVerify: string | null,
  redaction: Redaction,
): Outcome {
  const { status, headers, bytes } = response;
  const requestId = headers.requestId && redaction.text(headers.requestId);
  if (status === 200 && isPdf(bytes)) return { pdf: { bytes, requestId } };
  const outcome = readResponse(response, howToVerify, redaction);
  if ('failure' in outcome) return outcome;
  return {
    retry: 'ifIdempotent',
    failure: failure({
      kind: 'unreadable_response',
      message: TEXTS.jsonInsteadOfPdf,
      steps: howToVerify === null ? [TEXTS.tryAgain] : [],
      http_status: status,
      request_id: requestId,
      ...mayHaveSucceeded(howToVerify),
    }),
  };
}

/**
 * Reads a response: Plaid's JSON unchanged, Plaid's error, or a failure for anything else.
 * @param howToVerify how to see whether the request took effect; null where it is idempotent
 */
export function readResponse(
  response: RawResponse,
  howToVerify: string | null,
  redaction: Redaction,
): Outcome<{ json: JsonObject }> {
  const { status, headers, bytes } = response;
  const sent = isJsonType(headers.contentType)
    ? parseJsonObject(bytes.toString('utf8'))
    : undefined;
  const isSuccess = status >= 200 && status < 300;
  // A deeper one would overflow what goes through it.
  const isDeep = sent !== undefined && isTooDeep(sent);
  if (isDeep && isSuccess) return tooDeep(status, sent, howToVerify, redaction);
  const body = sent && !isDeep && redaction.mayBeIn(bytes) ? redaction.json(sent) : sent;
  if (isSuccess && body) return { json: body };
  const failed = redaction.json(
    body && isPlaidError(body) && status >= 300
      ? plaidError(status, body, howToVerify)
      : unreadable(response, howToVerify),
  );
  const { retryAfterMs } = headers;
  const retry = retryabilityOf(status, failed);
  return { failure: failed, retry, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

/** Retrying would bring the same response. */
const tooDeep = (
  status: number,
  json: JsonObject,
  howToVerify: string | null,
  redaction: Redaction,
): FailedOutcome => ({
  retry: 'never',
  failure: failure({
    kind: 'unreadable_response',
    message: TEXTS.nestedTooDeep(MAX_DEPTH),
    steps: [TEXTS.checkBaseUrl],
    http_status: status,
    request_id: redaction.json(stringIn(json, 'request_id')),
    ...mayHaveSucceeded(howToVerify),
  }),
});

/** A response without a content type may be JSON, as gateways can drop the header. */
const isJsonType = (contentType: string) => contentType === '' || /[/+]json$/.test(contentType);

const isPlaidError = (body: JsonObject) => 'error_code' in body || 'error_type' in body;

/** https://plaid.com/docs/errors/#error-schema */
function plaidError(status: number, body: JsonObject, howToVerify: string | null): Failure {
  const error_type = stringIn(body, 'error_type');
  const error_code = stringIn(body, 'error_code');
  const error_message = stringIn(body, 'error_message');
  const display_message = stringIn(body, 'display_message');
  const text = error_message || display_message || messageFor({ error_type, error_code });
  const causes = causesOf(body.causes);
  const isUncertain = retryabilityOf(status, { error_type, error_code }) === 'ifIdempotent';
  const suggested =
    stringIn(body, 'suggested_action') ||
    causes.map((cause) => nextStepFor(cause)).find((one) => one !== null);
  const step = nextStepFor(
    { error_type, error_code, error_message },
    { httpStatus: status, suggested },
  );
  const tryAgain = isUncertain && howToVerify === null ? [TEXTS.tryAgain] : [];
  return failure({
    kind: 'plaid_error',
    message: error_code ? `${text} (${error_code})` : text,
    steps: [...(step ? [step] : []), ...tryAgain],
    ...(isUncertain && mayHaveSucceeded(howToVerify)),
    http_status: status,
    error_type,
    error_code,
    error_message,
    display_message,
    request_id: stringIn(body, 'request_id'),
    documentation_url: plaidUrl(stringIn(body, 'documentation_url')) ?? DOCUMENTATION,
    ...(causes.length > 0 && { causes }),
  });
}

/** Plaid's breakdown of an error by Item; anything in it but texts is unknown. */
export function causesOf(causes: JsonValue | undefined): Cause[] {
  return (Array.isArray(causes) ? causes : []).filter(isObject).map((cause) => ({
    item_id: stringIn(cause, 'item_id'),
    error_type: stringIn(cause, 'error_type'),
    error_code: stringIn(cause, 'error_code'),
    error_message: stringIn(cause, 'error_message'),
    display_message: stringIn(cause, 'display_message'),
  }));
}

const DOCUMENTATION = 'https://plaid.com/docs/errors/';

/** An address of Plaid's site; null for any other, which would become a link under Plaid's name. */
export function plaidUrl(text: string | null): string | null {
  if (text === null || !URL.canParse(text)) return null;
  const { protocol, host, href, username } = new URL(text);
  const isPlaid = protocol === 'https:' && /^([\w-]+\.)*plaid\.com$/.test(host) && username === '';
  return isPlaid ? href : null;
}

function unreadable({ status, headers, bytes }: RawResponse, howToVerify: string | null): Failure {
  const isUncertain =
    retryabilityOf(status, { error_type: null, error_code: null }) === 'ifIdempotent';
  return failure({
    kind: 'unreadable_response',
    message: TEXTS.unreadable(describeContent(bytes.toString('utf8'), headers), status),
    steps: [
      ...(status >= 500 ? [TEXTS.outage] : []),
      ...(isUncertain && howToVerify === null ? [TEXTS.tryAgain] : []),
      status >= 300 && status < 400 ? TEXTS.redirect : TEXTS.checkBaseUrl,
    ],
    ...(isUncertain && mayHaveSucceeded(howToVerify)),
    http_status: status,
    request_id: headers.requestId,
  });
}

function describeContent(text: string, { contentType }: ResponseHeaders): string {
  const start = text.trimStart();
  if (start === '') return 'an empty body';
  if (/^<(!doctype html|html)/i.test(start)) return 'a web page';
  if (!isJsonType(contentType)) return `content of the type ${contentType}`;
  return start.startsWith('{') ? 'incomplete or broken JSON' : 'unknown content';
}

function stringIn(body: JsonObject, name: string): string | null {
  const value = body[name];
  return typeof value === 'string' ? value : null;
}

export const BYTES_IN_MB = 1_000_000;

/**
 * Reads a response body, or closes the connection once it is larger than allowed.
 * @throws the error of the connection
 */
export async function bytesOf(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Buffer | 'too large'> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    length += bytes.length;
    // Leaving the loop destroys the stream and its connection.
    if (length > maxBytes) return 'too large';
    chunks.push(bytes);
  }
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks, length);
}

/** What is read from the headers of a response. */
export interface ResponseHeaders {
  /** Lower case, without parameters; empty where there is none */
  contentType: string;
  requestId: string | null;
  /** ms to wait before the next request, from Retry-After */
  retryAfterMs?: number;
  /** ms by which the server's clock is ahead of this machine's, at least; 0 where the two may agree */
  clockAheadMs?: number;
}

export function headersOf(headers: IDataObject, now = Date.now()): ResponseHeaders {
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
  const ahead = time - now;
  return ahead > 0 || ahead < -1000 ? ahead : 0;
}

/** Seconds or a date (RFC 9110, 10.2.3), as ms from now. */
function retryAfter(value: string, now: number): number | undefined {
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = value === '' ? NaN : Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** A PDF file of Plaid. */
export interface Pdf {
  bytes: Buffer;
  /** From the header `plaid-request-id`, as a PDF cannot hold it */
  requestId: string | null;
}

/** The first bytes of every PDF file (ISO 32000-1, 7.5.2). */
export const isPdf = (bytes: Buffer) => bytes.subarray(0, 5).toString('latin1') === '%PDF-';
