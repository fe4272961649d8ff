import {
  createHash,
  generateKeyPairSync,
  randomUUID,
  sign,
  type KeyObject,
  type SignKeyObjectInput,
} from 'node:crypto';
import { plaidError } from '../faults/failures';
import { answer, startScriptedServer, type ScriptedServer } from './scriptedServer';

/** A Plaid that a test has the keys of: it can sign what the real one never would. */
export interface Signer {
  readonly keyId: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** What Plaid signs a body with now. */
  readonly header: Record<string, unknown>;
  claims(body: string): Record<string, unknown>;
  /** A token as Plaid makes them. */
  token(body: string): string;
  /** A token of any header and claims, objects or text, rightly signed unless another way is given. */
  signed(header: unknown, claims: unknown, how?: (text: Buffer) => Buffer): string;
}

export function createSigner(keyId: string = randomUUID()): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const header = { alg: 'ES256', kid: keyId, typ: 'JWT' };
  const claims = (body: string) => ({ iat: seconds(), request_body_sha256: hash(body) });
  const signed: Signer['signed'] = (head, said, how = es256(privateKey)) => {
    const text = `${encoded(head)}.${encoded(said)}`;
    return `${text}.${how(Buffer.from(text)).toString('base64url')}`;
  };
  const token = (body: string) => signed(header, claims(body));
  return { keyId, privateKey, publicKey, header, claims, token, signed };
}

export const seconds = () => Math.floor(Date.now() / 1000);
export const hash = (body: string) => createHash('sha256').update(body).digest('hex');

/** Bytes and text as they are, everything else as JSON; in base64url. */
export const encoded = (value: unknown): string =>
  (Buffer.isBuffer(value)
    ? value
    : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
  ).toString('base64url');

export const es256 =
  (key: KeyObject, how: Partial<SignKeyObjectInput> = {}, digest = 'sha256') =>
  (text: Buffer): Buffer =>
    sign(digest, text, { key, dsaEncoding: 'ieee-p1363', ...how });

/** How Plaid answers for the key of a signer (https://plaid.com/docs/api/webhooks/webhook-verification/). */
export const keyOf = ({ keyId, publicKey }: Signer, expired_at: number | null = null) => ({
  key: {
    ...publicKey.export({ format: 'jwk' }),
    alg: 'ES256',
    kid: keyId,
    use: 'sig',
    created_at: 1_560_466_150,
    expired_at,
  },
  request_id: 'RZ6Omi1bzzwDaLo',
});

/** A server that gives out the keys of signers, as Plaid does, and knows no others. */
export async function startKeyServer(answers: ReadonlyArray<object>): Promise<ScriptedServer> {
  const server = await startScriptedServer();
  const keys = answers as ReturnType<typeof keyOf>[];
  server.play((response, request, index) => {
    const { key_id } = request.json as { key_id?: string };
    const known = keys.find(({ key }) => key.kid === key_id);
    const unknown = plaidError(
      'INVALID_INPUT',
      'INVALID_WEBHOOK_VERIFICATION_KEY_ID',
      'no such key',
    );
    (known ? answer(200, known) : answer(400, unknown))(response, request, index);
  });
  return server;
}
