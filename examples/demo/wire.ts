import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

/** One request as it went over the wire. */
export interface Exchange {
  path: string;
  /** HTTP status. */
  status: number;
  /** From the first byte sent to the last one received, in ms. */
  ms: number;
}

/** Exchanges by Plaid's `request_id`, which tells which item each belongs to. */
export interface Wire {
  exchanges: ReadonlyMap<string, Exchange>;
  stop(): void;
}

/** Records every exchange of this process with the server at `baseUrl`. */
export function watchWire(baseUrl: string): Wire {
  const { host } = new URL(baseUrl);
  const started = new WeakMap<ClientRequest, number>();
  const exchanges = new Map<string, Exchange>();

  const onStart = (message: unknown): void => {
    started.set((message as { request: ClientRequest }).request, performance.now());
  };
  // Published when the headers are in, before the requester gets the response.
  const onResponse = (message: unknown): void => {
    const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
    const start = started.get(request);
    if (start === undefined || request.getHeader('host') !== host) return;
    readAlong(response, (body) => {
      const requestId = requestIdOf(body, response.headers['content-encoding']);
      if (requestId === undefined) return;
      exchanges.set(requestId, {
        path: request.path,
        status: response.statusCode ?? 0,
        ms: performance.now() - start,
      });
    });
  };

  subscribe('http.client.request.start', onStart);
  subscribe('http.client.response.finish', onResponse);
  return {
    exchanges,
    stop() {
      unsubscribe('http.client.request.start', onStart);
      unsubscribe('http.client.response.finish', onResponse);
    },
  };
}

/**
 * Gives the whole body of a response once it is in. Does not listen to the stream's data: that would set it
 * flowing before the requester reads it, who would then find it empty.
 */
function readAlong(response: IncomingMessage, onBody: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  const push = response.push.bind(response);
  response.push = (chunk: Buffer | null, encoding) => {
    if (chunk) chunks.push(chunk);
    else onBody(Buffer.concat(chunks));
    return push(chunk, encoding);
  };
}

const DECODERS: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  gzip: gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

function requestIdOf(body: Buffer, encoding = 'identity'): string | undefined {
  try {
    const text = (DECODERS[encoding]?.(body) ?? body).toString();
    return (JSON.parse(text) as { request_id?: string }).request_id;
  } catch {
    return undefined;
  }
}
