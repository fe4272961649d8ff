import { createPublicKey, type KeyObject } from 'node:crypto';
import type { IWebhookFunctions } from 'n8n-workflow';
import { send } from '../client/send';

/** A key that Plaid signs webhooks with, or did. */
export interface VerificationKey {
  publicKey: KeyObject;
  /** Whether Plaid has retired it: what it signs is not to be believed any more */
  expired: boolean;
}

/** What asking Plaid for a key came to. */
export type KeyLookup =
  | { key: VerificationKey }
  /** Plaid has no such key */
  | { unknown: true }
  /** Plaid could not be asked; the reason is for n8n's log */
  | { unavailable: string };

/**
 * The key in an answer of /webhook_verification_key/get; undefined when it is not the one asked for or no ES256 key.
 * Plaid's page says to refuse a key with `expired_at` set, whatever time it holds.
 */
export function parseVerificationKey(answer: unknown, keyId: string): VerificationKey | undefined {
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

/** Plaid waits 10 s for the answer to a webhook. */
const TIMEOUT_SECONDS = 5;

/** A key is less than one kilobyte. */
const MAX_BYTES = 100_000;

/** https://plaid.com/docs/errors/invalid-input/#invalid_webhook_verification_key_id */
const UNKNOWN_KEY = 'INVALID_WEBHOOK_VERIFICATION_KEY_ID';

/** What Plaid says of a credential it does not accept (https://plaid.com/docs/errors/invalid-input/). */
const BAD_CREDENTIAL = ['INVALID_API_KEYS', 'UNAUTHORIZED_ENVIRONMENT'];

/**
 * Asks Plaid for a key, once: whoever needs it again asks again. Never rejects.
 * @param baseUrl of the credential, without a slash at the end
 */
export async function fetchVerificationKey(
  context: IWebhookFunctions,
  baseUrl: string,
  keyId: string,
): Promise<KeyLookup> {
  const outcome = await send(context, {
    baseUrl,
    path: '/webhook_verification_key/get',
    body: { key_id: keyId },
    timeoutSeconds: TIMEOUT_SECONDS,
    connectTimeoutSeconds: TIMEOUT_SECONDS,
    howToVerify: null,
    maxBytes: MAX_BYTES,
  });
  if (!('failure' in outcome)) {
    const key = 'json' in outcome ? parseVerificationKey(outcome.json, keyId) : undefined;
    return key ? { key } : { unavailable: 'Plaid answered without a usable key' };
  }
  const { kind, message, error_code: code } = outcome.failure;
  if (code === UNKNOWN_KEY) return { unknown: true };
  if (code && BAD_CREDENTIAL.includes(code)) {
    return { unavailable: `Plaid does not accept the Plaid Check credential (${code})` };
  }
  // Of Plaid's own words only the code: they may repeat what they were asked.
  return { unavailable: kind === 'plaid_error' ? `Plaid answered ${code}` : message };
}
