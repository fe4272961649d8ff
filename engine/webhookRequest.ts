import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse as parseForm } from 'node:querystring';
import { gunzipSync, inflateSync } from 'node:zlib';

/** A body that n8n can't parse, and answers itself before it calls the node. */
export class Unreadable extends Error {
  constructor(readonly status: number) {
    super('Failed to parse request body');
  }
}

/**
 * Makes a request of Node.js the one n8n hands to a node: with the body as it came (`rawBody`), and read by its
 * Content-Type (`body`). Throws Unreadable for JSON that is none, as n8n's own parser does
 * (https://github.com/n8n-io/n8n/blob/master/packages/cli/src/middlewares/body-parser.ts).
 */
export async function readWebhookRequest(request: IncomingMessage): Promise<IncomingMessage> {
  const [type = '', ...parameters] = (request.headers['content-type'] ?? '').split(';');
  const charset = parameters.map((one) => /charset="?([^"]+)/.exec(one)?.[1]).find(Boolean);
  const { searchParams } = new URL(request.url ?? '', 'http://localhost');
  const known = {
    contentType: type.trim().toLowerCase(),
    encoding: (charset ?? 'utf-8') as BufferEncoding,
    params: {},
    query: Object.fromEntries(searchParams),
  };
  const bytes = await bytesOf(request);
  if (known.contentType.startsWith('multipart/')) {
    // n8n has a separate parser for uploads; their body can be read only once.
    const readRawBody = () => Promise.reject(new Unreadable(400));
    return Object.assign(request, { ...known, body: {}, readRawBody });
  }
  const rawBody = decompressed(bytes, request.headers['content-encoding']);
  const body = parsed(rawBody, known.encoding, known.contentType);
  return Object.assign(request, { ...known, rawBody, body, readRawBody: async () => {} });
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** n8n's `rawBody` is decompressed. */
function decompressed(bytes: Buffer, encoding: string | undefined): Buffer {
  try {
    if (encoding === 'gzip') return gunzipSync(bytes);
    return encoding === 'deflate' ? inflateSync(bytes) : bytes;
  } catch {
    throw new Unreadable(400);
  }
}

function parsed(bytes: Buffer, encoding: BufferEncoding, contentType: string): unknown {
  if (bytes.length === 0) return {};
  try {
    const text = bytes.toString(encoding).replace(/^\ufeff/, '');
    if (contentType === 'application/json') return JSON.parse(text);
    if (contentType === 'application/x-www-form-urlencoded') return parseForm(text);
    return contentType === 'text/plain' ? text : {};
  } catch {
    throw new Unreadable(422);
  }
}

/** Answers with JSON, or with text as it is. */
export function respond(response: ServerResponse, status: number, data: unknown): void {
  response.statusCode = status;
  if (typeof data === 'string') return void response.end(data);
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(data));
}

/** A response of Node.js with the methods of express that nodes use. */
export function asExpress(response: ServerResponse): ServerResponse {
  const express = {
    status(code: number) {
      response.statusCode = code;
      return response;
    },
    send(data: unknown) {
      respond(response, response.statusCode, data);
      return response;
    },
    json(data: unknown) {
      respond(response, response.statusCode, data);
      return response;
    },
  };
  return Object.assign(response, express);
}
