import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { ICredentialDataDecryptedObject, INodeProperties } from 'n8n-workflow';

const SHOWN = { show: { environment: ['custom'], sslCertificates: [true] } };

/** What a gateway may ask for, which Plaid does not. */
export const sslFields: INodeProperties[] = [
  {
    displayName: 'SSL Certificates',
    name: 'sslCertificates',
    type: 'boolean',
    default: false,
    description:
      'Whether the host asks for a client certificate, or has a certificate from a private certificate authority (CA); needs n8n 2.20 or later',
    displayOptions: { show: { environment: ['custom'] } },
  },
  {
    displayName: 'CA Certificate',
    name: 'caCertificate',
    type: 'string',
    typeOptions: { rows: 3 },
    default: '',
    placeholder: '-----BEGIN CERTIFICATE-----',
    description:
      "Certificate of the authority that signed the host's certificate, as PEM; only this authority is then trusted for the host. Leave empty for a public one",
    displayOptions: SHOWN,
  },
  {
    displayName: 'Client Certificate',
    name: 'clientCertificate',
    type: 'string',
    typeOptions: { rows: 3 },
    default: '',
    placeholder: '-----BEGIN CERTIFICATE-----',
    description: 'Certificate to present to the host, as PEM, followed by its chain if it has one',
    displayOptions: SHOWN,
  },
  {
    displayName: 'Client Key',
    name: 'clientKey',
    type: 'string',
    typeOptions: { password: true },
    default: '',
    description: 'Private key of the client certificate, as PEM',
    displayOptions: SHOWN,
  },
  {
    displayName: 'Client Key Passphrase',
    name: 'clientKeyPassphrase',
    type: 'string',
    typeOptions: { password: true },
    default: '',
    description: 'Passphrase of the client key, if it is encrypted',
    displayOptions: SHOWN,
  },
];

/** Options of Node.js for a TLS connection. Certificates are checked with them as without. */
export interface SslOptions {
  ca?: string;
  cert?: string;
  key?: string;
  passphrase?: string;
}

/** n8n keeps what was entered when a field is hidden again. */
const areInUse = ({ environment, sslCertificates }: ICredentialDataDecryptedObject): boolean =>
  environment === 'custom' && sslCertificates === true;

/** The certificates of a credential for its own host; none where it is not Custom Base URL. */
export function sslOptionsOf(credentials: ICredentialDataDecryptedObject): SslOptions {
  if (!areInUse(credentials)) return {};
  const { caCertificate, clientCertificate, clientKey, clientKeyPassphrase } = credentials;
  const ca = pemOf(caCertificate, 'CERTIFICATE');
  const cert = pemOf(clientCertificate, 'CERTIFICATE');
  const key = pemOf(clientKey, 'PRIVATE KEY');
  const passphrase = String(clientKeyPassphrase ?? '');
  return {
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key, ...(passphrase && { passphrase }) }),
  };
}

/** @throws Error, which repeats nothing of them, if a certificate or key can't be used */
export function checkSsl(credentials: ICredentialDataDecryptedObject, baseUrl: string): void {
  if (!areInUse(credentials)) return;
  const { ca, cert, key, passphrase } = sslOptionsOf(credentials);
  const { caCertificate, clientCertificate, clientKey } = credentials;
  if (!ca && isFilled(caCertificate)) throw problem('CA Certificate is not a PEM certificate');
  if (!cert && isFilled(clientCertificate))
    throw problem('Client Certificate is not a PEM certificate');
  if (!key && isFilled(clientKey)) throw problem('Client Key is not a PEM private key');
  if (!ca && !cert && !key) return;
  if (!baseUrl.startsWith('https://'))
    throw problem('SSL Certificates need a Base URL that starts with https://');
  if (isPlaidHost(new URL(baseUrl).hostname))
    throw problem("SSL Certificates are for your own hosts; Plaid's host takes none");
  if (ca) certificates('CA Certificate', ca);
  if (cert && !key) throw problem('Client Certificate needs the Client Key');
  if (key && !cert) throw problem('Client Key needs the Client Certificate');
  if (cert && key) checkPair(cert, key, passphrase);
}

/** Whether Plaid itself answers at a host, with or without a port. */
export const isPlaidHost = (host: string) => /(^|\.)plaid\.com\.?(:\d+)?$/i.test(host);

/** Texts of a credential that must not be shown although they are never sent; none where they are not in use. */
export function sslSecretsOf(credentials: ICredentialDataDecryptedObject): string[] {
  if (!areInUse(credentials)) return [];
  const { clientKey, clientKeyPassphrase } = credentials;
  const text = String(clientKey ?? '').trim();
  const pem = pemOf(text, 'PRIVATE KEY');
  const lines = pem.split('\n').filter((line) => BASE64.test(line));
  return [String(clientKeyPassphrase ?? ''), text, pem.trim(), lines.join(''), ...lines];
}

/** A whole line of a key. */
const BASE64 = /^[A-Za-z0-9+/]{40,}=*$/;

function checkPair(cert: string, key: string, passphrase: string | undefined): void {
  const [own] = certificates('Client Certificate', cert);
  const privateKey = readKey(key, passphrase);
  if (!own?.checkPrivateKey(privateKey))
    throw problem('Client Key does not belong to the Client Certificate');
  if (Date.parse(own.validTo) < Date.now())
    throw problem(`Client Certificate has expired on ${own.validTo}`);
}

function readKey(key: string, passphrase: string | undefined) {
  try {
    return createPrivateKey({ key, passphrase: passphrase ?? '' });
  } catch {
    const isEncrypted = key.includes('ENCRYPTED');
    if (!isEncrypted) throw problem('Client Key cannot be read; copy it again');
    throw problem(
      passphrase === undefined
        ? 'Client Key is encrypted and needs the Client Key Passphrase'
        : 'Client Key cannot be opened with the Client Key Passphrase',
    );
  }
}

function certificates(field: string, pem: string): X509Certificate[] {
  try {
    return pem
      .split(/(?<=-----END CERTIFICATE-----\n)/)
      .filter((one) => one !== '')
      .map((one) => new X509Certificate(one));
  } catch {
    throw problem(`${field} cannot be read; copy it again`);
  }
}

const problem = (text: string) => new Error(`The Plaid Check credential can't be used: ${text}`);

const isFilled = (value: unknown) => String(value ?? '').trim() !== '';

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g;

/** How a key says that it is encrypted, in the format of older OpenSSL. */
const ENCRYPTION =
  /^\s*Proc-Type:\s*4,ENCRYPTED\s*DEK-Info:\s*(AES-\d+-CBC,[0-9A-F]{32}|DES[A-Z0-9-]*,[0-9A-F]{16})/;

/** The blocks of a kind with their lines restored: a field of one line drops the line breaks of what is pasted into it. */
function pemOf(value: unknown, kind: string): string {
  const text = String(value ?? '').replaceAll('\\n', '\n');
  return [...text.matchAll(BLOCK)]
    .filter(([, label = '']) => label.endsWith(kind))
    .map(([, label, body = '']) => {
      const [header = '', encryption] = ENCRYPTION.exec(body) ?? [];
      const data = body.slice(header.length).replace(/\s/g, '');
      const lines = data.match(/.{1,64}/g) ?? [];
      const told = encryption ? ['Proc-Type: 4,ENCRYPTED', `DEK-Info: ${encryption}`, ''] : [];
      return [`-----BEGIN ${label}-----`, ...told, ...lines, `-----END ${label}-----`, ''];
    })
    .map((lines) => lines.join('\n'))
    .join('');
}
