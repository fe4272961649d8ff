import { errorBody, internalError, PlaidError } from '../plaidErrors';
import type { Fault, FaultKind } from './plan';

/** An answer ready for the wire. */
export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly bytes: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How a fault looks on the wire: another answer, or the true one sent badly. */
export type Looks =
  | { readonly instead: (fault: Fault, requestId: string) => Reply }
  | { readonly badly: 'slow_first_byte' | 'slow_body' | 'reset' | 'cut_json' | 'cut_connection' };

const JSON_TYPE = 'application/json; charset=utf-8';

export const LOOKS: Readonly<Record<FaultKind, Looks>> = {
  rate_limited: {
    instead: ({ retryAfter }, requestId) => ({
      ...plaidsError(rateLimited(), requestId),
      ...(retryAfter !== undefined && { headers: { 'retry-after': inHeader(retryAfter) } }),
    }),
  },
  internal_server_error: { instead: (_, id) => plaidsError(internalError(), id) },
  planned_maintenance: { instead: (_, id) => plaidsError(plannedMaintenance(), id) },
  institution_down: { instead: (_, id) => plaidsError(institutionDown(), id) },
  unavailable_page: { instead: () => page(503, '503 Service Temporarily Unavailable') },
  bad_gateway_page: { instead: () => page(502, '502 Bad Gateway') },
  page_instead_of_answer: { instead: () => page(200, 'Sign in to the network') },
  slow_first_byte: { badly: 'slow_first_byte' },
  slow_body: { badly: 'slow_body' },
  reset: { badly: 'reset' },
  cut_json: { badly: 'cut_json' },
  cut_connection: { badly: 'cut_connection' },
};

/** Whether a request is carried out in spite of its fault: what is sent badly must be there first. */
export const isCarriedOut = ({ kind, carriedOut = false }: Fault): boolean =>
  carriedOut || /^(slow|cut)_/.test(kind);

/** Seconds, or a date: https://www.rfc-editor.org/rfc/rfc9110#name-retry-after */
const inHeader = (retryAfter: NonNullable<Fault['retryAfter']>): string =>
  typeof retryAfter === 'number'
    ? String(retryAfter)
    : new Date(Date.now() + retryAfter.date * 1000).toUTCString();

function plaidsError(error: PlaidError, requestId: string): Reply {
  const bytes = Buffer.from(JSON.stringify(errorBody(error, requestId)));
  return { status: error.status, type: JSON_TYPE, bytes };
}

/** What a proxy, a gateway or a hotel's network sends. */
const page = (status: number, title: string): Reply => ({
  status,
  type: 'text/html',
  bytes: Buffer.from(
    `<html>\r\n<head><title>${title}</title></head>\r\n<body><center><h1>${title}</h1></center></body>\r\n</html>\r\n`,
  ),
});

/** https://plaid.com/docs/errors/rate-limit-exceeded/ */
const rateLimited = () =>
  new PlaidError(
    429,
    'RATE_LIMIT_EXCEEDED',
    'RATE_LIMIT',
    'rate limit exceeded for attempts to access this endpoint. please try again later',
  );

/** https://plaid.com/docs/errors/api/#planned_maintenance */
const plannedMaintenance = () =>
  new PlaidError(
    503,
    'API_ERROR',
    'PLANNED_MAINTENANCE',
    "the Plaid API is temporarily unavailable due to planned maintenance. visit Plaid's status page for more information",
  );

/** https://plaid.com/docs/errors/institution/#institution_down */
const institutionDown = () =>
  new PlaidError(
    400,
    'INSTITUTION_ERROR',
    'INSTITUTION_DOWN',
    'this institution is not currently responding to this request. please try again soon',
  );
