import type { FaultKind } from './injection';

/** One request and its response, including rejected ones. */
export interface RecordedRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Lower-case names. Holds the secret as it was sent. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bodyText: string;
  /** The parsed body; undefined when it was not JSON. */
  readonly json: unknown;
  /** HTTP status of the answer; 0 where the connection was cut before any. */
  readonly status: number;
  /** Whether it was processed, whether or not the caller got a response. */
  readonly carriedOut: boolean;
  /** The fault it was struck by. */
  readonly fault: FaultKind | null;
  readonly requestId: string;
  /** ms since the epoch, by the sandbox's clock. */
  readonly receivedAt: number;
}

const HIDDEN = '[hidden]';

/** The same without the secret, for the control endpoint. */
export function withoutSecrets(request: RecordedRequest, secret: string): RecordedRequest {
  const text = JSON.stringify({
    ...request,
    headers: {
      ...request.headers,
      ...(request.headers['plaid-secret'] !== undefined && { 'plaid-secret': HIDDEN }),
    },
    bodyText: request.bodyText.replaceAll(/("(?:client_)?secret"\s*:\s*)"[^"]*"/g, `$1"${HIDDEN}"`),
    json: hideSecret(request.json),
  });
  return JSON.parse(text.replaceAll(secret, HIDDEN)) as RecordedRequest;
}

function hideSecret(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return json;
  const hidden = ['secret', 'client_secret'].filter((name) => name in json);
  return { ...json, ...Object.fromEntries(hidden.map((name) => [name, HIDDEN])) };
}
