import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { JWKPublicKey } from 'plaid';
import { unknownWebhookKey } from '../plaidErrors';
import { newUuid } from '../ids';

export interface SignOptions {
  /** When it claims to be signed: Unix time in seconds; now by default. */
  readonly iat?: number;
  /**
   * Another key than the one in use: a retired one signs itself; an id that was never given out is
   * only claimed, and the key in use signs.
   */
  readonly keyId?: string;
}

/**
 * The keys webhooks are signed with: https://plaid.com/docs/api/webhooks/webhook-verification/.
 * Their times are real ones: a receiver judges them by its own clock, not by the sandbox's.
 */
export interface WebhookKeys {
  /** The value of the header `Plaid-Verification` for a body: a JWT signed with ES256. */
  sign(bodyText: string, options?: SignOptions): string;
  /** Takes a new key into use and retires the old one. Id of the new one. */
  rotate(): string;
  /** Throws INVALID_WEBHOOK_VERIFICATION_KEY_ID. */
  find(keyId: string): JWKPublicKey;
}

interface Key {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly jwk: JWKPublicKey;
}

const seconds = () => Math.floor(Date.now() / 1000);

/** Starts with one key in use. Retired ones are kept, as Plaid answers them too. */
export function createWebhookKeys(): WebhookKeys {
  const keys = new Map<string, Key>();
  let current = newKey();
  keys.set(current.id, current);
  return {
    sign(bodyText, { iat = seconds(), keyId = current.id } = {}) {
      const header = { alg: 'ES256', kid: keyId, typ: 'JWT' };
      const claims = { iat, request_body_sha256: sha256(bodyText) };
      const signed = `${base64url(header)}.${base64url(claims)}`;
      const { privateKey } = keys.get(keyId) ?? current;
      const signature = sign('sha256', Buffer.from(signed), {
        key: privateKey,
        dsaEncoding: 'ieee-p1363',
      });
      return `${signed}.${signature.toString('base64url')}`;
    },
    rotate() {
      current.jwk.expired_at = seconds();
      current = newKey();
      keys.set(current.id, current);
      return current.id;
    },
    find(keyId) {
      const key = keys.get(keyId);
      if (!key) throw unknownWebhookKey();
      return { ...key.jwk };
    },
  };
}

function newKey(): Key {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const id = newUuid();
  return {
    id,
    privateKey,
    jwk: {
      alg: 'ES256',
      crv: 'P-256',
      kid: id,
      kty: 'EC',
      use: 'sig',
      x,
      y,
      created_at: seconds(),
      expired_at: null,
    },
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const base64url = (value: object): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');
