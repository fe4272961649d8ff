import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

/** The API version that this package supports. */
export const PLAID_VERSION = '2020-09-14';

/** https://plaid.com/docs/api/#api-host */
const HOSTS = new Map([
  ['production', 'https://production.plaid.com'],
  ['sandbox', 'https://sandbox.plaid.com'],
]);

/**
 * The base URL for requests, without a trailing slash.
 * @throws Error for an unknown environment or an invalid custom base URL. It must use https, except on a loopback
 *   address, because requests carry the secret
 */
export function baseUrlOf(credentials: ICredentialDataDecryptedObject): string {
  const { environment, customBaseUrl } = credentials;
  if (environment === 'custom') return validateBaseUrl(String(customBaseUrl ?? '').trim());
  const host = HOSTS.get(String(environment));
  if (host) return host;
  throw new Error('The Plaid Check credential has no environment; select one');
}

function validateBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['https:', 'http:'].includes(url.protocol)) {
    throw new Error(
      'The Base URL of the Plaid Check credential is not a valid URL such as https://plaid.example.com',
    );
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new Error(
      'The Base URL of the Plaid Check credential must start with https:// to keep the secret private; http:// is allowed only for this machine, such as http://127.0.0.1:8787',
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new Error(
      'The Base URL of the Plaid Check credential must contain only a host and a path, without a user name, "?" or "#"',
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** Whether a host name, as normalized by `URL`, is this machine. */
export const isLoopback = (hostname: string) =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

/**
 * Authentication headers (https://plaid.com/docs/api/#api-protocols-and-headers).
 * @throws Error if a key is missing or has characters that HTTP clients silently drop
 */
export function authenticationHeaders(credentials: ICredentialDataDecryptedObject) {
  return {
    'PLAID-CLIENT-ID': headerValue('client ID', credentials.clientId),
    'PLAID-SECRET': headerValue('secret', credentials.secret),
    'Plaid-Version': PLAID_VERSION,
  };
}

function headerValue(name: string, value: unknown): string {
  const text = String(value ?? '').trim();
  if (/^[\x21-\x7e]+$/.test(text)) return text;
  const problem = text === '' ? 'is empty' : 'contains an invalid character';
  throw new Error(
    `The ${name} in the Plaid Check credential ${problem}; copy it again from the Plaid Dashboard`,
  );
}

/**
 * Plaid never redirects, and a redirect would send the keys to another host. Covers the option names of n8n's current
 * and older HTTP helpers.
 */
const NO_REDIRECTS = {
  disableFollowRedirect: true,
  followRedirect: false,
  followAllRedirects: false,
  maxRedirects: 0,
};

/**
 * Adds the credential's headers to a request.
 * @throws Error if the request goes to another host than the credential's; this also protects the keys in n8n's HTTP
 *   Request node, where users enter any URL
 */
export function authenticateRequest(
  credentials: ICredentialDataDecryptedObject,
  request: IHttpRequestOptions,
): IHttpRequestOptions {
  const baseUrl = new URL(baseUrlOf(credentials));
  // n8n's HTTP Request node may still set the older "uri", so check both.
  const { uri } = request as { uri?: string };
  for (const url of [uri, request.url].filter((value) => value !== undefined)) {
    const { origin } = new URL(url, request.baseURL ?? baseUrl);
    if (origin !== baseUrl.origin) {
      throw new Error(
        `This credential is only for ${baseUrl.origin}; its keys were not sent to ${origin}`,
      );
    }
  }
  const headers = { ...request.headers, ...authenticationHeaders(credentials) };
  return { ...request, ...NO_REDIRECTS, headers };
}
