import type { IDataObject } from 'n8n-workflow';

/** What is read from the headers of an answer. */
export interface AnswerHeaders {
  /** Lower case, without parameters; empty where there is none */
  contentType: string;
  requestId: string | null;
  /** ms to wait before the next request, where the server says so */
  retryAfterMs?: number;
}

export function headersOf(headers: IDataObject, now = Date.now()): AnswerHeaders {
  const contentType = textOf(headers['content-type']).split(';')[0]?.trim().toLowerCase() ?? '';
  const retryAfterMs = retryAfter(textOf(headers['retry-after']), now);
  return {
    contentType,
    requestId: textOf(headers['plaid-request-id']) || null,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

/** Seconds or a date (RFC 9110, 10.2.3), as ms from now. */
function retryAfter(value: string, now: number): number | undefined {
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = value === '' ? NaN : Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
