import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { authenticationHeaders } from '../../../credentials/plaidApi';

/** Replaces a hidden value, as in a preview. */
const MASK = '********';

/** A shorter value could be part of any word, and is no key of Plaid's, which have 24 characters and more. */
const MIN_LENGTH = 6;

/** Hides a credential's own values in what a server sends: it may repeat the request it got. */
export interface Redaction {
  /** Hides them in a text that is shown or logged */
  text(text: string): string;
  /** Hides them in a response, except in a field that is about a client ID */
  json(bytes: Buffer): Buffer;
}

/** @throws Error if a key is missing or invalid */
export function redactionOf(credentials: ICredentialDataDecryptedObject): Redaction {
  const headers = authenticationHeaders(credentials);
  const keys = [headers['PLAID-CLIENT-ID'], headers['PLAID-SECRET']].filter(
    ({ length }) => length >= MIN_LENGTH,
  );
  if (keys.length === 0) return { text: (text) => text, json: (bytes) => bytes };
  const inText = new RegExp(keys.flatMap(writings).map(escaped).join('|'), 'gi');
  const inQuotes = [...new Set([...keys, ...keys.map(inJsonText)])];
  const inJson = new RegExp(`(?<!"client_id"\\s*:\\s*")(?:${inText.source})`, 'gi');
  return {
    text: (text) => text.replace(inText, MASK),
    json(bytes) {
      const isEcho = inQuotes.some((key) => bytes.includes(key));
      return isEcho ? Buffer.from(bytes.toString('utf8').replace(inJson, MASK)) : bytes;
    },
  };
}

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
