import { invalidApiKeys, invalidRequest, type PlaidError } from './plaidErrors';
import { missingFields } from './oracle/violations';

/** The keys a sandbox takes unless told otherwise. They open nothing but a local sandbox. */
export const SANDBOX_CLIENT_ID = '5f3e0c6a9b1d4e0011aa22bb';
export const SANDBOX_SECRET = 'sandbox-secret-7c1f2e94d0b84a63';

export interface Keys {
  readonly clientId: string;
  readonly secret: string;
}

/** Plaid takes the keys from the headers or from the body. Null when they are right. */
export function checkKeys(
  keys: Keys,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: Readonly<Record<string, unknown>>,
): PlaidError | null {
  const clientId = headers['plaid-client-id'] ?? body.client_id;
  // OAuth's own name for it, on /oauth/token.
  const secret = headers['plaid-secret'] ?? body.secret ?? body.client_secret;
  const missing = [clientId ? [] : ['client_id'], secret ? [] : ['secret']].flat();
  if (missing.length > 0) return invalidRequest(missingFields(missing));
  return clientId === keys.clientId && secret === keys.secret ? null : invalidApiKeys();
}
