import { createHash } from 'node:crypto';
import { deflateSync, gzipSync } from 'node:zlib';
import { claims, token, type Forge, type Forged, type Ways } from './forge';
import { encoded, hash, seconds } from '../servers/webhookSigner';

const MINUTE = 60;

/** The genuine token with another body. */
const body =
  (change: (body: string) => string | Buffer, type?: string): Forge =>
  ({ token: genuine, body: text }) => ({
    token: genuine,
    body: change(text),
    ...(type && { type }),
  });

const compressed =
  (change: (body: string) => Buffer, encoding: string): Forge =>
  ({ token: genuine, body: text }) => ({
    token: genuine,
    body: change(text),
    headers: { 'content-encoding': encoding },
  });

/** Claims as text, for numbers that JSON has but JavaScript does not write. */
const iatAs = (number: string): Forge =>
  token(({ plaid, body: text }) =>
    plaid.signed(plaid.header, `{"iat":${number},"request_body_sha256":"${hash(text)}"}`),
  );

/** Times that are none or too far away, as the claim of a token that is rightly signed. */
const TIMES: ReadonlyArray<readonly [name: string, at: () => unknown]> = [
  ['5 minutes and a bit ago', () => seconds() - 5 * MINUTE - 2],
  ['an hour ago', () => seconds() - 60 * MINUTE],
  ['the beginning', () => 0],
  ['before the beginning', () => -seconds()],
  ['in a minute', () => seconds() + MINUTE],
  ['next year', () => seconds() + 365 * 24 * 60 * MINUTE],
  ['in ms', () => Date.now()],
  ['in minutes', () => Math.floor(seconds() / 60)],
  ['in ns', () => Date.now() * 1_000_000],
  ['1e308', () => 1e308],
  ['-1e308', () => -1e308],
  ['the largest', () => Number.MAX_SAFE_INTEGER],
  ['as text', () => String(seconds())],
  ['as hex', () => `0x${seconds().toString(16)}`],
  ['as a date', () => new Date().toISOString()],
  ['as empty text', () => ''],
  ['"Infinity"', () => 'Infinity'],
  ['in a list', () => [seconds()]],
  ['in an object', () => ({ valueOf: seconds() })],
  ['not at all', () => undefined],
  ['null', () => null],
  ['true', () => true],
];

export const times: Ways = [
  ...TIMES.map(([name, at]) => [name, claims(() => ({ iat: at() }))] as const),
  ['endless', iatAs('1e999')],
  ['endless, backwards', iatAs('-1e999')],
  ['hex without quotes', iatAs('0x6754b6a0')],
  ['NaN', iatAs('NaN')],
  [
    'under __proto__',
    token(({ plaid, body: text }) =>
      plaid.signed(
        plaid.header,
        `{"__proto__":{"iat":${seconds()}},"request_body_sha256":"${hash(text)}"}`,
      ),
    ),
  ],
  [
    'changed in a genuine token',
    token(({ head, claims: said, signature }) => {
      const genuine = JSON.parse(Buffer.from(said, 'base64url').toString()) as { iat: number };
      return `${head}.${encoded({ ...genuine, iat: genuine.iat + 1 })}.${signature}`;
    }),
  ],
];

const digest = (algorithm: string, text: string) =>
  createHash(algorithm).update(text).digest('hex');

/** Hashes that are not the body's, or not written as Plaid does, as the claim of a token that is rightly signed. */
const HASHES: ReadonlyArray<readonly [name: string, of: (text: string) => unknown]> = [
  ['none', () => undefined],
  ['null', () => null],
  ['empty', () => ''],
  ['true', () => true],
  ['of another body', () => hash('{}')],
  ['of nothing', () => hash('')],
  ['of the hash', (text) => hash(hash(text))],
  ['in capitals', (text) => hash(text).toUpperCase()],
  ['in base64', (text) => Buffer.from(hash(text), 'hex').toString('base64')],
  ['only its beginning', (text) => hash(text).slice(0, 32)],
  ['with a zero more', (text) => `${hash(text)}00`],
  ['after 0x', (text) => `0x${hash(text)}`],
  ['with a line break', (text) => `${hash(text)}\n`],
  ['as a list', (text) => [hash(text)]],
  ['as a list of bytes', (text) => [...Buffer.from(hash(text), 'hex')]],
  ['as an object', (text) => ({ sha256: hash(text) })],
  ['of SHA-1', (text) => digest('sha1', text)],
  ['of SHA-512', (text) => digest('sha512', text)],
  ['of MD5', (text) => digest('md5', text)],
];

export const hashes: Ways = [
  ...HASHES.map(
    ([name, of]) => [name, claims((text) => ({ request_body_sha256: of(text) }))] as const,
  ),
  [
    'under another name',
    claims((text) => ({ request_body_sha256: undefined, request_body_sha512: hash(text) })),
  ],
  [
    'under __proto__',
    token(({ plaid, body: text }) =>
      plaid.signed(
        plaid.header,
        `{"iat":${seconds()},"__proto__":{"request_body_sha256":"${hash(text)}"}}`,
      ),
    ),
  ],
];

const TEN_MB = 10_000_000;

export const bodies: Ways = [
  ['a space more', body((text) => `${text} `)],
  ['a space before it', body((text) => ` ${text}`)],
  ['a line break more', body((text) => `${text}\n`)],
  ['a NUL more', body((text) => `${text}\u0000`, 'text/plain')],
  ['a space in the middle', body((text) => text.replace(':', ': '))],
  ['laid out', body((text) => JSON.stringify(JSON.parse(text), null, 2))],
  [
    'another order',
    body((text) =>
      JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text) as object).reverse())),
    ),
  ],
  ['another user', body((text) => text.replace(/usr_\w+/, 'usr_of_a_forger'))],
  ['a letter written as an escape', body((text) => text.replace('usr_', '\\u0075sr_'))],
  ['a field more', body((text) => text.replace('{', '{"is_test":false,'))],
  ['a field twice', body((text) => text.replace('{', '{"user_id":"usr_of_a_forger",'))],
  ['__proto__ more', body((text) => text.replace('{', '{"__proto__":{"is_test":true},'))],
  ['a byte order mark', body((text) => `\ufeff${text}`)],
  ['as latin1', body((text) => Buffer.from(text, 'latin1'))],
  [
    'as latin1, and said to be',
    body((text) => Buffer.from(text, 'latin1'), 'application/json; charset=latin1'),
  ],
  ['as NFD', body((text) => text.normalize('NFD'))],
  ['as UTF-16', body((text) => Buffer.from(text, 'utf16le'), 'application/json; charset=utf-16le')],
  ['with its other letters as escapes', body((text) => text.replaceAll('é', '\\u00e9'))],
  ['nothing', body(() => '')],
  ['nothing but an object', body(() => '{}')],
  ['another, as text', body((text) => `${text} `, 'text/plain')],
  ['another, of no known type', body((text) => `${text} `, 'application/octet-stream')],
  ['another, as XML', body((text) => `<a>${text}</a>`, 'application/octet-stream+xml')],
  ['another, as a form', body((text) => `payload=${text}`, 'application/x-www-form-urlencoded')],
  [
    'as an upload',
    body(
      (text) => `--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n${text}\r\n--x--`,
      'multipart/form-data; boundary=x',
    ),
  ],
  [
    'bytes that are no text',
    body(() => Buffer.from([0xc3, 0x28, 0x00]), 'application/octet-stream'),
  ],
  ['broken off', body((text) => text.slice(0, -1)), 422],
  ['twice', body((text) => text + text), 422],
  ['10 MB of spaces after it', body((text) => text + ' '.repeat(TEN_MB))],
  ['10 MB of zeros', body(() => Buffer.alloc(TEN_MB), 'application/octet-stream')],
  ['nested 100,000 deep', body(() => '['.repeat(100_000) + ']'.repeat(100_000), 'text/plain')],
  ['another, in gzip', compressed((text) => gzipSync(`${text} `), 'gzip')],
  ['another, in deflate', compressed((text) => deflateSync(`${text} `), 'deflate')],
  ['in gzip, and not said to be', body((text) => gzipSync(text), 'application/octet-stream')],
  ['in gzip, under another name', compressed((text) => gzipSync(text), 'br'), 422],
  ['said to be in gzip', compressed((text) => Buffer.from(text), 'gzip'), 400],
  [
    'in gzip, and rightly signed as that',
    ({ plaid, body: text }): Forged => {
      const bytes = gzipSync(text);
      const request_body_sha256 = createHash('sha256').update(bytes).digest('hex');
      const said = { ...plaid.claims(text), request_body_sha256 };
      return {
        token: plaid.signed(plaid.header, said),
        body: bytes,
        headers: { 'content-encoding': 'gzip' },
      };
    },
  ],
];
