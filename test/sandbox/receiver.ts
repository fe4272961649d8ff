import { createHash, createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sandbox } from '../../sandbox/server';
import { post } from './client';

/** A webhook as it came in. */
export interface Received {
  readonly bodyText: string;
  readonly body: Record<string, unknown>;
  readonly contentType: string | undefined;
  readonly verification: string;
}

export interface Receiver {
  readonly url: string;
  /** In the order they came. */
  readonly received: readonly Received[];
  clear(): void;
  close(): Promise<void>;
}

/** Listens for webhooks and answers each with what `respond` does; 200 by default. */
export async function startReceiver(
  respond: (count: number, ...args: Parameters<RequestListener>) => void = (
    _count,
    _request,
    reply,
  ) => void reply.end(),
): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, reply) => {
    void textOf(request).then((bodyText) => {
      received.push({
        bodyText,
        body: JSON.parse(bodyText) as Record<string, unknown>,
        contentType: request.headers['content-type'],
        verification: String(request.headers['plaid-verification']),
      });
      respond(received.length, request, reply);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    clear: () => void (received.length = 0),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const decode = (part = ''): Record<string, unknown> =>
  JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;

/**
 * What Plaid's page on webhook verification asks for, with the key fetched over HTTP: header and
 * claims of the JWT. Throws when the signature or the body's hash is wrong.
 */
export async function verified(sandbox: Sandbox, { bodyText, verification }: Received) {
  const [head, claims, signature = ''] = verification.split('.');
  const header = decode(head);
  const { json } = await post(sandbox, '/webhook_verification_key/get', { key_id: header.kid });
  const key = json.key as { kty: string; expired_at: number | null };
  const signed = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: createPublicKey({ key, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!signed) throw new Error('The signature does not fit');
  const hash = createHash('sha256').update(bodyText).digest('hex');
  const { iat, request_body_sha256 } = decode(claims);
  if (hash !== request_body_sha256) throw new Error('The body is another one');
  return { header, iat, expiredAt: key.expired_at };
}
