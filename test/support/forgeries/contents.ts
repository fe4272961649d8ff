import { claims, token, type Forge, type Ways } from './forge';
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

export const times: Ways = [
  ['5 minutes and a bit ago', claims(() => ({ iat: seconds() - 5 * MINUTE - 2 }))],
  ['an hour ago', claims(() => ({ iat: seconds() - 60 * MINUTE }))],
  ['the beginning', claims(() => ({ iat: 0 }))],
  ['before the beginning', claims(() => ({ iat: -seconds() }))],
  ['in a minute', claims(() => ({ iat: seconds() + MINUTE }))],
  ['next year', claims(() => ({ iat: seconds() + 365 * 24 * 60 * MINUTE }))],
  ['in ms', claims(() => ({ iat: Date.now() }))],
  ['as text', claims(() => ({ iat: String(seconds()) }))],
  ['not at all', claims(() => ({ iat: undefined }))],
  ['null', claims(() => ({ iat: null }))],
  ['true', claims(() => ({ iat: true }))],
  [
    'endless',
    token(({ plaid, body: text }) =>
      plaid.signed(plaid.header, `{"iat":1e999,"request_body_sha256":"${hash(text)}"}`),
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

export const hashes: Ways = [
  ['none', claims(() => ({ request_body_sha256: undefined }))],
  ['null', claims(() => ({ request_body_sha256: null }))],
  ['empty', claims(() => ({ request_body_sha256: '' }))],
  ['of another body', claims(() => ({ request_body_sha256: hash('{}') }))],
  ['in capitals', claims((text) => ({ request_body_sha256: hash(text).toUpperCase() }))],
  [
    'in base64',
    claims((text) => ({
      request_body_sha256: Buffer.from(hash(text), 'hex').toString('base64'),
    })),
  ],
  ['only its beginning', claims((text) => ({ request_body_sha256: hash(text).slice(0, 32) }))],
  ['as a list', claims((text) => ({ request_body_sha256: [hash(text)] }))],
  [
    'under another name',
    claims((text) => ({ request_body_sha256: undefined, request_body_sha512: hash(text) })),
  ],
];

export const bodies: Ways = [
  ['a space more', body((text) => `${text} `)],
  ['a line break more', body((text) => `${text}\n`)],
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
  ['a byte order mark', body((text) => `\ufeff${text}`)],
  ['nothing', body(() => '')],
  ['nothing but an object', body(() => '{}')],
  ['another, as text', body((text) => `${text} `, 'text/plain')],
  ['another, of no known type', body((text) => `${text} `, 'application/octet-stream')],
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
];
