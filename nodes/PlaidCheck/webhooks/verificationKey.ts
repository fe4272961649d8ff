import { createPublicKey, type KeyObject } from 'node:crypto';
import type { IWebhookFunctions } from 'n8n-workflow';

import type { UsableAccount } from '../client/account';
import { send } from '../client/send';

/** A public key that Plaid signs webhooks with. */
export interface VerificationKey {
  publicKey: KeyObject;
  /** Whether Plaid has retired the key, so its signatures no longer count */
  expired: boolean;
}

/** The result of a key lookup. */
export type KeyLookup =
  | { key: VerificationKey }
  /** Plaid has no such key */
  | { unknown: true }
  /** The lookup failed; the reason is for n8n's log */
  | { unavailable: string };

/**
 * Parses a response of /webhook_verification_key/get; undefined unless it holds the requested ES256 signing key.
 * Per Plaid's docs, any `expired_at` means the key must not be used, whatever the time.
 */
export function parseVerificationKey(
  response: unknown,
  keyId: string,
): VerificationKey | undefined {
  const { key } = Object(response) as { key?: unknown };
  const { kty, crv, alg, use, kid, x, y, expired_at } = Object(key) as Record<string, unknown>;
  const isSigningKey = kty === 'EC' && crv === 'P-256' && alg === 'ES256' && use === 'sig';
  if (!isSigningKey || kid !== keyId || !isCoordinate(x) || !isCoordinate(y)) return undefined;
  try {
    const publicKey = createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
    return { publicKey, expired: (expired_at ?? null) !== null };
  } catch {
    return undefined;
  }
}

/** 32 bytes in base64url (RFC 7518, section 6.2.1.2). */
const isCoordinate = (value: unknown): value is string =>
  typeof value === 'string' && /^[\w-]{43}$/.test(value);

/** Plaid waits 10 seconds for the response to a webhook. */
const TIMEOUT_SECONDS = 5;

/** A key is smaller than 1 KB. */
const MAX_BYTES = 100_000;

/** https://plaid.com/docs/errors/invalid-input/#invalid_webhook_verification_key_id */
const UNKNOWN_KEY_CODE = 'INVALID_WEBHOOK_VERIFICATION_KEY_ID';

/** Error codes for an invalid credential (https://plaid.com/docs/errors/invalid-input/). */
const CREDENTIAL_ERROR_CODES = ['INVALID_API_KEYS', 'UNAUTHORIZED_ENVIRONMENT'];

/** Fetches a key from Plaid, without retries. Never rejects. */
export async function fetchVerificationKey(
  context: IWebhookFunctions,
  account: UsableAccount,
  keyId: string,
): Promise<KeyLookup> {
  const outcome = await send(context, {
    ...account,
    path: '/webhook_verification_key/get',
    body: { key_id: keyId },
    timeoutSeconds: TIMEOUT_SECONDS,
    connectTimeoutSeconds: TIMEOUT_SECONDS,
    howToVerify: null,
    maxBytes: MAX_BYTES,
  });
  if (!('failure' in outcome)) {
    const key = 'json' in outcome ? parseVerificationKey(outcome.json, keyId) : undefined;
    return key ? { key } : { unavailable: 'Plaid responded without a usable key' };
  }
  const { kind, message, error_code: code } = outcome.failure;
  if (code === UNKNOWN_KEY_CODE) return { unknown: true };
  if (code && CREDENTIAL_ERROR_CODES.includes(code)) {
    return { unavailable: `Plaid rejected the Plaid Check credential (${code})` };
  }
  // Log only the code: Plaid's message may echo the key ID, which comes from the webhook.
  return { unavailable: kind === 'plaid_error' ? `Plaid responded with ${code}` : message };
}
