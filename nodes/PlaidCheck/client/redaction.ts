import type { ICredentialDataDecryptedObject, JsonValue } from 'n8n-workflow';

import { authenticationHeaders } from '../../../credentials/plaidApi';
import { sslSecretsOf } from '../../../credentials/sslCertificates';
import { mapTexts } from '../utils/json';

/** Replaces a hidden value, as in a preview. */
const MASK = '********';

/** A shorter value could be part of any word, and is no key of Plaid's, which have 24 characters and more. */
const MIN_LENGTH = 8;

/** The same in answers, for what is not sent. */
const MIN_UNSENT_LENGTH = 16;

/** Hides a credential's own values in what a server sends: it may repeat the request it got. */
export interface Redaction {
  /** Hides them in a text that is shown or logged */
  text(text: string): string;
  /** Whether a response may hold them, as far as its bytes show without parsing it */
  mayBeIn(bytes: Buffer): boolean;
  /** Hides them in a JSON value, except a client ID that is all of a field of that name */
  json<T>(value: T): T;
}

export const NOTHING_TO_HIDE: Redaction = {
  text: (text) => text,
  mayBeIn: () => false,
  json: (value) => value,
};

/** @throws Error if a key is missing or invalid */
export function redactionOf(credentials: ICredentialDataDecryptedObject): Redaction {
  const headers = authenticationHeaders(credentials);
  const { 'PLAID-CLIENT-ID': clientId, 'PLAID-SECRET': secret } = headers;
  const isLong = ({ length }: string) => length >= MIN_LENGTH;
  const keys = [clientId, secret].filter(isLong);
  const unsent = sslSecretsOf(credentials).filter(isLong);
  if (keys.length + unsent.length === 0) return NOTHING_TO_HIDE;
  // What is never sent comes back only by somebody's mistake, and a short passphrase may be a word that answers have.
  const kept = unsent.filter(({ length }) => length >= MIN_UNSENT_LENGTH);
  const written = [...new Set([...keys.flatMap(writings), ...kept, ...kept.map(inJsonText)])];
  const inAnswers = hiding(written);
  return {
    text: hiding([...written, ...unsent]),
    mayBeIn: (bytes) => written.some((one) => bytes.includes(one)) || bytes.includes(ESCAPE),
    json: <T>(value: T) =>
      mapTexts(value as JsonValue, (shown, member) =>
        member === 'client_id' && shown === clientId ? shown : inAnswers(shown),
      ) as T,
  };
}

/** Masks texts in a text. */
function hiding(texts: readonly string[]): (shown: string) => string {
  if (texts.length === 0) return (shown) => shown;
  const pattern = new RegExp(texts.map(escaped).join('|'), 'gi');
  return (shown) => shown.replace(pattern, MASK);
}

/** JSON may write any letter as an escape. */
const ESCAPE = '\\u';

const inJsonText = (key: string) => JSON.stringify(key).slice(1, -1);

/** Ways in which servers and gateways write a header that they repeat. */
const writings = (key: string): string[] => [
  key,
  encodeURIComponent(key),
  inJsonText(key),
  Buffer.from(key).toString('hex'),
  // The last letters depend on what follows the key.
  Buffer.from(key).toString('base64').replace(/=+$/, '').slice(0, -2),
];

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
