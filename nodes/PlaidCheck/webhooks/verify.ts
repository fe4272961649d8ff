import { createHash, timingSafeEqual, verify } from 'node:crypto';

import { parseToken, type WebhookToken } from './token';
import type { KeyLookup, VerificationKey } from './verificationKey';
import type { RejectionReason, VerificationResult } from './verificationResult';

/** Limits replay attacks: https://plaid.com/docs/api/webhooks/webhook-verification/. */
export const MAX_TOKEN_AGE_MS = 5 * 60_000;

/** How far Plaid's clock may be ahead of this machine's. */
export const CLOCK_TOLERANCE_MS = 30_000;

export interface SignedWebhook {
  /** The Plaid-Verification header */
  header: unknown;
  /** The raw body */
  body: Buffer;
  /** ms since the epoch */
  now: number;
  /** Called only after all other checks have passed; must not reject */
  findKey(keyId: string): Promise<KeyLookup>;
}

/** Verifies that a webhook is signed by Plaid, recent and unmodified. Never rejects unless `findKey` does. */
export async function verifyWebhook({
  header,
  body,
  now,
  findKey,
}: SignedWebhook): Promise<VerificationResult> {
  const parsed = parseToken(header);
  if ('rejected' in parsed) return rejected(parsed.rejected);
  const { token } = parsed;
  const invalidClaim = checkClaims(token, body, now);
  if (invalidClaim) return rejected(invalidClaim);

  const lookup = await findKey(token.keyId);
  if ('unavailable' in lookup) return { kind: 'unavailable', detail: lookup.unavailable };
  if ('unknown' in lookup) return rejected('unknown_key');
  if (lookup.key.expired) return rejected('expired_key');
  if (!isSignatureValid(lookup.key, token)) return rejected('wrong_signature');
  const signedAt = token.issuedAt * 1000;
  const validUntil = signedAt + MAX_TOKEN_AGE_MS;
  return { kind: 'verified', body, signedAt, validUntil, signatureId: signatureId(token) };
}

const rejected = (reason: RejectionReason): VerificationResult => ({ kind: 'rejected', reason });

function checkClaims({ issuedAt, bodyHash }: WebhookToken, body: Buffer, now: number) {
  const age = now - issuedAt * 1000;
  if (age > MAX_TOKEN_AGE_MS) return 'too_old';
  if (age < -CLOCK_TOLERANCE_MS) return 'in_the_future';
  const actual = createHash('sha256').update(body).digest();
  return timingSafeEqual(actual, Buffer.from(bodyHash, 'hex')) ? undefined : 'changed_body';
}

const isSignatureValid = (
  { publicKey }: VerificationKey,
  { signingInput, signature }: WebhookToken,
) =>
  verify(
    'sha256',
    Buffer.from(signingInput),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    signature,
  );

const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** Anyone can turn a valid ECDSA signature (r, s) into the equally valid (r, n - s), so both get the same ID. */
function signatureId({ signature }: WebhookToken): string {
  const r = signature.toString('hex', 0, 32);
  const s = BigInt(`0x${signature.toString('hex', 32)}`);
  const lowS = s > P256_ORDER - s ? P256_ORDER - s : s;
  return createHash('sha256').update(`${r} ${lowS}`).digest('base64url');
}
