import { createHash, timingSafeEqual, verify } from 'node:crypto';

import type { KeyLookup, VerificationKey } from './verificationKey';
import { parseToken, type WebhookToken } from './token';
import type { RejectionReason, VerificationResult } from './verificationResult';

/** https://plaid.com/docs/api/webhooks/webhook-verification/: older ones may be somebody's recording. */
export const MAX_TOKEN_AGE_MS = 5 * 60_000;

/** How far Plaid's clock may be ahead of this machine's. */
export const CLOCK_TOLERANCE_MS = 30_000;

/** A webhook as it came, and what is needed to judge it. */
export interface SignedWebhook {
  /** The header Plaid-Verification */
  header: unknown;
  /** The body, byte for byte */
  body: Buffer;
  /** ms since the epoch */
  now: number;
  /** Asked only for a webhook that is sound otherwise. Must not reject */
  findKey(keyId: string): Promise<KeyLookup>;
}

/** Whether a webhook is Plaid's, fresh and unchanged. Never rejects unless `findKey` does. */
export async function verifyWebhook({
  header,
  body,
  now,
  findKey,
}: SignedWebhook): Promise<VerificationResult> {
  const read = parseToken(header);
  if ('refusal' in read) return refused(read.refusal);
  const { token } = read;
  const refusal = refusalOfClaims(token, body, now);
  if (refusal) return refused(refusal);

  const answer = await findKey(token.keyId);
  if ('unavailable' in answer) return { kind: 'unchecked', reason: answer.unavailable };
  if ('unknown' in answer) return refused('unknown_key');
  if (answer.key.expired) return refused('expired_key');
  if (!isSignedWith(answer.key, token)) return refused('wrong_signature');
  const signedAt = token.issuedAt * 1000;
  const validUntil = signedAt + MAX_TOKEN_AGE_MS;
  return { kind: 'genuine', body, signedAt, validUntil, signatureId: signatureId(token) };
}

const refused = (refusal: RejectionReason): VerificationResult => ({ kind: 'refused', refusal });

function refusalOfClaims({ issuedAt, bodyHash }: WebhookToken, body: Buffer, now: number) {
  const age = now - issuedAt * 1000;
  if (age > MAX_TOKEN_AGE_MS) return 'too_old';
  if (age < -CLOCK_TOLERANCE_MS) return 'in_the_future';
  const actual = createHash('sha256').update(body).digest();
  return timingSafeEqual(actual, Buffer.from(bodyHash, 'hex')) ? undefined : 'changed_body';
}

const isSignedWith = ({ publicKey }: VerificationKey, { signingInput, signature }: WebhookToken) =>
  verify(
    'sha256',
    Buffer.from(signingInput),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    signature,
  );

/** The order of P-256. */
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** From a signature (r, s) anybody can make the equally valid (r, N - s): both count as the same one. */
function signatureId({ signature }: WebhookToken): string {
  const r = signature.toString('hex', 0, 32);
  const s = BigInt(`0x${signature.toString('hex', 32)}`);
  const smaller = s > N - s ? N - s : s;
  return createHash('sha256').update(`${r} ${smaller}`).digest('base64url');
}
