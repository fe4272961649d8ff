import { isObject } from '../utils/json';
import type { RejectionReason } from './verificationResult';

/** The parsed JWT of a Plaid-Verification header, not yet verified. */
export interface WebhookToken {
  keyId: string;
  /** Unix time, seconds */
  issuedAt: number;
  /** Hex SHA-256 of the body */
  bodyHash: string;
  /** The signed text: encoded header and claims (RFC 7515, section 2) */
  signingInput: string;
  /** r and s, 32 bytes each (RFC 7518, section 3.4) */
  signature: Buffer;
}

/** Plaid's tokens have about 350 characters. */
const MAX_LENGTH = 4096;

/** Plaid's key IDs are UUIDs; anything that is not safe to put into a request is rejected. */
const KEY_ID = /^[\w-]{1,128}$/;

const SHA256_HEX = /^[0-9a-f]{64}$/;

const SIGNATURE_BYTES = 64;

/**
 * Header parameters that change how a token is read: extensions that a reader must understand (RFC 7515, section
 * 4.1.11), unencoded claims (RFC 7797), compressed claims (RFC 7516, section 4.1.3). None is supported.
 */
const UNSUPPORTED = ['crit', 'b64', 'zip'];

/**
 * Parses the JWT of a Plaid-Verification header (https://plaid.com/docs/api/webhooks/webhook-verification/).
 * Strict: accepts only one encoding of each token, so that no parser can read it differently.
 */
export function parseToken(
  header: unknown,
): { token: WebhookToken } | { rejected: RejectionReason } {
  if (header === undefined || header === '') return { rejected: 'no_token' };
  if (typeof header !== 'string' || header.length > MAX_LENGTH) return MALFORMED;
  const [encodedHeader = '', encodedClaims = '', encodedSignature = '', ...rest] =
    header.split('.');
  const jwtHeader = rest.length === 0 ? decodeSegment(encodedHeader) : undefined;
  if (!jwtHeader) return MALFORMED;
  if (jwtHeader.alg !== 'ES256') return { rejected: 'wrong_algorithm' };

  const { iat: issuedAt, request_body_sha256: bodyHash } = decodeSegment(encodedClaims) ?? {};
  const { kid: keyId } = jwtHeader;
  const signature = decodeBase64Url(encodedSignature);
  return !UNSUPPORTED.some((name) => Object.hasOwn(jwtHeader, name)) &&
    typeof keyId === 'string' &&
    KEY_ID.test(keyId) &&
    typeof issuedAt === 'number' &&
    typeof bodyHash === 'string' &&
    SHA256_HEX.test(bodyHash) &&
    signature?.length === SIGNATURE_BYTES
    ? {
        token: {
          keyId,
          issuedAt,
          bodyHash,
          signingInput: `${encodedHeader}.${encodedClaims}`,
          signature,
        },
      }
    : MALFORMED;
}

const MALFORMED = { rejected: 'malformed_token' } as const;

/** Strict base64url: rejects padding, white space, stray bits and other alphabets, all of which Node.js accepts. */
function decodeBase64Url(text: string): Buffer | undefined {
  const decoded = Buffer.from(text, 'base64url');
  return decoded.length > 0 && decoded.toString('base64url') === text ? decoded : undefined;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeSegment(segment: string): Record<string, unknown> | undefined {
  try {
    const text = UTF8.decode(decodeBase64Url(segment));
    const value: unknown = JSON.parse(text);
    const hasDuplicateKeys = countKeysInText(text) !== countKeys(value);
    return isObject(value) && !hasDuplicateKeys ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Counts the keys in valid JSON text, duplicates included. */
const countKeysInText = (json: string) =>
  [...json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon).length;

/** Counts the keys in a parsed value, where duplicates are gone. */
function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((sum, member) => sum + countKeys(member), own);
}
