import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { sslOptionsOf, type SslOptions } from './sslCertificates';

/** The API version that this package supports. */
export const PLAID_VERSION = '2020-09-14';

/** https://plaid.com/docs/api/#api-host */
const HOSTS = new Map([
  ['production', 'https://production.plaid.com'],
  ['sandbox', 'https://sandbox.plaid.com'],
]);

/** The environment whose requests the node answers itself. */
export const DEMO = 'demo';

/** Stands where Plaid's host would. Nothing is sent there, and by RFC 2606 no machine can have the name. */
export const DEMO_URL = 'https://demo.invalid';

/** Whether nothing is billed at a base URL: in Plaid's Sandbox and in the demo. */
export const isFreeHost = (baseUrl: string): boolean =>
  baseUrl === HOSTS.get('sandbox') || baseUrl === DEMO_URL;

/**
 * The base URL for requests, without a trailing slash.
 * @throws Error for an unknown environment or an invalid custom base URL. It must use https, except on a loopback
 *   address, because requests carry the secret
 */
export function baseUrlOf(credentials: ICredentialDataDecryptedObject): string {
  const { environment, customBaseUrl } = credentials;
  if (environment === DEMO) return DEMO_URL;
  if (environment === 'custom') return validateBaseUrl(String(customBaseUrl ?? '').trim());
  const host = HOSTS.get(String(environment));
  if (host) return host;
  throw new Error('The Plaid Check credential has no environment; select one');
}

function validateBaseUrl(text: string): string {
  const url = isPlainUrl(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (!url) {
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

/** Whether clients agree on a URL's host: they differ about `https:host`, `https:\\host` and white space in it. */
const isPlainUrl = (text: string) => /^https?:\/\/[^\s\\/?#]+([/?#]|$)/i.test(text);

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
 * and older HTTP helpers, as the other lists here do.
 */
const NO_REDIRECTS = {
  disableFollowRedirect: true,
  followRedirect: false,
  followAllRedirects: false,
  maxRedirects: 0,
};

/** Anyone who can read the connection can read the keys. */
const CHECK_CERTIFICATES = { rejectUnauthorized: true, skipSslCertificateValidation: false };

/** What a request may set for its connection: its client certificate and the time to connect. Whom to trust is the credential's. */
const AGENT_OPTIONS = ['cert', 'key', 'passphrase', 'timeout'];

/** Ways to connect to another machine than the URL's. n8n's own proxy, from its environment, is not part of a request. */
const DETOURS = ['proxy', 'agent', 'httpAgent', 'httpsAgent', 'socketPath'];

/** Options of n8n's HTTP helpers, current and older. */
type Options = IHttpRequestOptions & { uri?: unknown } & Record<string, unknown>;

/**
 * Adds the credential's headers to a request.
 * @throws Error if the request could reach another machine than the credential's; this also protects the keys in n8n's
 *   HTTP Request node, where users enter any URL and options
 */
export function authenticateRequest(
  credentials: ICredentialDataDecryptedObject,
  request: IHttpRequestOptions,
): IHttpRequestOptions {
  if (credentials.environment === DEMO) {
    throw new Error(
      'This credential is for the demo, which has no keys and sends nothing: only the Plaid Check nodes can use it',
    );
  }
  const options = request as Options;
  const { origin, ssl, headers } = usedOf(credentials);
  rejectOtherHosts(options, origin);
  const detour = DETOURS.find((name) => options[name]);
  if (detour !== undefined) {
    throw new Error(
      `This credential's keys were not sent: the request must not choose its own ${detour}. Remove that option; a proxy for all of n8n can be set in its environment (HTTPS_PROXY)`,
    );
  }
  return {
    ...options,
    ...NO_REDIRECTS,
    ...CHECK_CERTIFICATES,
    ...connectionOf(options, ssl),
    headers: authenticated(options.headers, headers),
  };
}

/** What requests need of a credential. */
interface Used {
  origin: string;
  ssl: SslOptions;
  headers: ReturnType<typeof authenticationHeaders>;
}

/** By credential as n8n decrypted it: all requests of a run have the same one, which is not changed. */
const used = new WeakMap<ICredentialDataDecryptedObject, Used>();

function usedOf(credentials: ICredentialDataDecryptedObject): Used {
  const known = used.get(credentials);
  if (known) return known;
  const { origin } = new URL(baseUrlOf(credentials));
  const one = {
    origin,
    ssl: sslOptionsOf(credentials),
    headers: authenticationHeaders(credentials),
  };
  used.set(credentials, one);
  return one;
}

/** The credential's certificates come before the request's own. */
function connectionOf({ agentOptions }: Options, ssl: SslOptions): Pick<Options, 'agentOptions'> {
  if (!agentOptions && Object.keys(ssl).length === 0) return {};
  const own = pick(agentOptions ?? {}, ssl.cert ? ['timeout'] : AGENT_OPTIONS);
  return { agentOptions: { ...own, ...ssl } };
}

/** Checks every URL that a request has: n8n's HTTP Request node may set the older "uri". */
function rejectOtherHosts({ url, uri, baseURL }: Options, origin: string): void {
  const given = [baseURL, uri, url].filter((value) => value !== undefined && value !== '');
  const targets = given.map((value) => urlOf(String(value), baseURL));
  const other = targets.findIndex((target) => target?.origin !== origin);
  if (targets.length > 0 && other === -1) return;
  throw new Error(
    `This credential is only for ${origin}; its keys were not sent to ${targets[other]?.origin ?? 'a URL without http:// or https:// and a host'}`,
  );
}

/** A complete URL, or a path after a complete base URL; undefined for anything that clients read differently. */
function urlOf(text: string, baseURL: string | undefined): URL | undefined {
  const isPath = baseURL !== undefined && isPlainUrl(baseURL) && /^\/(?![/\\])/.test(text);
  if (!isPath && !isPlainUrl(text)) return undefined;
  return URL.canParse(text, baseURL) ? new URL(text, baseURL) : undefined;
}

/** A Host header could address another site at the same machine. */
function authenticated(
  headers: IHttpRequestOptions['headers'] = {},
  own: ReturnType<typeof authenticationHeaders>,
): IHttpRequestOptions['headers'] {
  const replaced = ['host', ...Object.keys(own).map((name) => name.toLowerCase())];
  const others = Object.entries(headers).filter(([name]) => !replaced.includes(name.toLowerCase()));
  return { ...(Object.fromEntries(others) as IHttpRequestOptions['headers']), ...own };
}

const pick = (from: object, names: readonly string[]) =>
  Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
