import { createPublicKey, type KeyObject } from 'node:crypto';

/** A key that Plaid signs webhooks with, or did. */
export interface VerificationKey {
  publicKey: KeyObject;
  /** Whether Plaid has retired it: what it signs is not to be believed any more */
  expired: boolean;
}

/** What asking Plaid for a key came to. */
export type KeyAnswer =
  | { key: VerificationKey }
  /** Plaid has no such key */
  | { unknown: true }
  /** Plaid could not be asked; the reason is for n8n's log */
  | { unavailable: string };

/**
 * The key in an answer of /webhook_verification_key/get; undefined when it is not the one asked for or no ES256 key.
 * Plaid's page says to refuse a key with `expired_at` set, whatever time it holds.
 */
export function readKey(answer: unknown, keyId: string): VerificationKey | undefined {
  const { key } = Object(answer) as { key?: unknown };
  const { kty, crv, alg, kid, x, y, expired_at } = Object(key) as Record<string, unknown>;
  if (kty !== 'EC' || crv !== 'P-256' || alg !== 'ES256' || kid !== keyId) return undefined;
  try {
    const publicKey = createPublicKey({
      key: { kty, crv, x: String(x), y: String(y) },
      format: 'jwk',
    });
    return { publicKey, expired: (expired_at ?? null) !== null };
  } catch {
    return undefined;
  }
}
