import { isObject } from '../utils/json';
import type { RejectionReason } from './verificationResult';

/** What a Plaid-Verification header says, before any of it is believed. */
export interface WebhookToken {
  keyId: string;
  /** Unix time, s */
  issuedAt: number;
  /** Hex SHA-256 of the body */
  bodyHash: string;
  /** What the signature is over: header and claims as they came */
  signingInput: string;
  /** r and s, 32 bytes each (RFC 7518, section 3.4) */
  signature: Buffer;
}

/** Plaid's have some 350 characters. */
const MAX_LENGTH = 4096;

/** Plaid's are UUIDs; what could not stand in a request unharmed is never asked for. */
const KEY_ID = /^[\w-]{1,128}$/;

const SHA256_HEX = /^[0-9a-f]{64}$/;

const SIGNATURE_BYTES = 64;

/**
 * Reads the JWT of a Plaid-Verification header (https://plaid.com/docs/api/webhooks/webhook-verification/),
 * strictly: one way to write each token, so that nothing can be read in two ways.
 */
export function parseToken(
  header: unknown,
): { token: WebhookToken } | { refusal: RejectionReason } {
  if (header === undefined || header === '') return { refusal: 'no_token' };
  if (typeof header !== 'string' || header.length > MAX_LENGTH) return MALFORMED;
  const [head = '', claims = '', signed64 = '', ...rest] = header.split('.');
  const about = rest.length === 0 ? jsonObject(head) : undefined;
  if (!about) return MALFORMED;
  if (about.alg !== 'ES256') return { refusal: 'wrong_algorithm' };

  const { iat: issuedAt, request_body_sha256: bodyHash } = jsonObject(claims) ?? {};
  const { kid: keyId } = about;
  const signature = bytes(signed64);
  // "crit" names extensions that a reader has to know (RFC 7515, section 4.1.11); this one knows none.
  return !('crit' in about) &&
    typeof keyId === 'string' &&
    KEY_ID.test(keyId) &&
    typeof issuedAt === 'number' &&
    typeof bodyHash === 'string' &&
    SHA256_HEX.test(bodyHash) &&
    signature?.length === SIGNATURE_BYTES
    ? { token: { keyId, issuedAt, bodyHash, signingInput: `${head}.${claims}`, signature } }
    : MALFORMED;
}

const MALFORMED = { refusal: 'malformed_token' } as const;

/** Base64url as JWTs write it: without padding, white space or stray bits, in its own alphabet. */
function bytes(text: string): Buffer | undefined {
  const read = Buffer.from(text, 'base64url');
  return read.length > 0 && read.toString('base64url') === text ? read : undefined;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function jsonObject(segment: string): Record<string, unknown> | undefined {
  try {
    const text = UTF8.decode(bytes(segment));
    const value: unknown = JSON.parse(text);
    return isObject(value) && namesIn(text) === namesOf(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** How many names valid JSON text gives: more than its value has when one comes twice. */
const namesIn = (json: string) =>
  [...json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon).length;

function namesOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((sum, member) => sum + namesOf(member), own);
}
