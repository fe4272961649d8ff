import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

/** The API version every request and answer of this package is written for. */
export const PLAID_VERSION = '2020-09-14';

/** https://plaid.com/docs/api/#api-host */
const HOSTS = new Map([
  ['production', 'https://production.plaid.com'],
  ['sandbox', 'https://sandbox.plaid.com'],
]);

/**
 * The address requests go to, without a slash at the end.
 * @throws Error when there is no such environment, or a custom base URL is no usable address: https is required, as it carries the
 *   secret, unless it is on this machine (loopback)
 */
export function baseUrlOf(credentials: ICredentialDataDecryptedObject): string {
  const { environment, customBaseUrl } = credentials;
  if (environment === 'custom') return validateBaseUrl(String(customBaseUrl ?? '').trim());
  const host = HOSTS.get(String(environment));
  if (host) return host;
  throw new Error('The Plaid Check credential names no environment; choose one in it');
}

function validateBaseUrl(written: string): string {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (!url || !['https:', 'http:'].includes(url.protocol)) {
    throw new Error(
      'The Custom Base URL of the Plaid Check credential is not a web address, such as https://plaid.example.com',
    );
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new Error(
      'The Custom Base URL of the Plaid Check credential must start with https://, so that nobody can read the secret on its way; http:// is for this machine only, such as http://127.0.0.1:8787',
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new Error(
      'The Custom Base URL of the Plaid Check credential must have no user name, no "?" and no "#", only a host and a path',
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** Whether a host name means this machine, as `URL` writes it. */
export const isLoopback = (hostname: string) =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

/**
 * The headers that sign a request in (https://plaid.com/docs/api/#api-protocols-and-headers).
 * @throws Error when a key is missing or holds characters that HTTP clients quietly leave out
 */
export function authenticationHeaders(credentials: ICredentialDataDecryptedObject) {
  return {
    'PLAID-CLIENT-ID': headerValue('client ID', credentials.clientId),
    'PLAID-SECRET': headerValue('secret', credentials.secret),
    'Plaid-Version': PLAID_VERSION,
  };
}

function headerValue(name: string, value: unknown): string {
  const written = String(value ?? '').trim();
  if (/^[\x21-\x7e]+$/.test(written)) return written;
  const wrong = written === '' ? 'is empty' : 'holds a character that no key of Plaid has';
  throw new Error(
    `The ${name} in the Plaid Check credential ${wrong}; copy it again from the Plaid Dashboard`,
  );
}

/**
 * Plaid never redirects, and a redirect would take the headers along to wherever it points. Named in the
 * ways of n8n's current and older HTTP helpers.
 */
const NO_REDIRECTS = {
  disableFollowRedirect: true,
  followRedirect: false,
  followAllRedirects: false,
  maxRedirects: 0,
};

/**
 * The request with the credential's headers.
 * @throws Error when the request goes anywhere but to the credential's own host; this keeps the keys
 *   safe in n8n's HTTP Request node too, where a user can type any address beside this credential
 */
export function authenticateRequest(
  credentials: ICredentialDataDecryptedObject,
  request: IHttpRequestOptions,
): IHttpRequestOptions {
  const own = new URL(baseUrlOf(credentials));
  // n8n's HTTP Request node still hands over the older "uri"; which of the two wins is n8n's to say.
  const { uri } = request as { uri?: string };
  for (const address of [uri, request.url].filter((one) => one !== undefined)) {
    const { origin } = new URL(address, request.baseURL ?? own);
    if (origin !== own.origin) {
      throw new Error(
        `This credential is for ${own.origin} only; its keys are not sent to ${origin}`,
      );
    }
  }
  const headers = { ...request.headers, ...authenticationHeaders(credentials) };
  return { ...request, ...NO_REDIRECTS, headers };
}
