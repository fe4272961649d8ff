import { header, token, type Ways } from './forge';
import { hash, seconds } from '../servers/webhookSigner';

const bytes = (text: string) => Buffer.from(text, 'base64url');

/** The same bytes, written with a last letter that has bits to spare. */
const otherLastLetter = (text: string) => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return text.slice(0, -1) + letters[letters.indexOf(text.at(-1) ?? '') + 1];
};

export const noToken: Ways = [
  ['no header', token(() => undefined)],
  ['an empty header', token(() => '')],
  ['a word', token(() => 'undefined')],
  ['a bearer token', token(({ token: genuine }) => `Bearer ${genuine}`)],
  ['the token in quotes', token(({ token: genuine }) => `"${genuine}"`)],
  ['two tokens', token(({ token: genuine }) => `${genuine}, ${genuine}`)],
];

export const segments: Ways = [
  ['no signature', token(({ head, claims: said }) => `${head}.${said}`)],
  ['an empty signature', token(({ head, claims: said }) => `${head}.${said}.`)],
  ['an empty header', token(({ claims: said, signature }) => `.${said}.${signature}`)],
  ['a segment more', token(({ token: genuine }) => `${genuine}.e30`)],
  ['five segments, as if encrypted', token(({ token: genuine }) => `${genuine}..e30`)],
  ['a dot at the end', token(({ token: genuine }) => `${genuine}.`)],
  ['white space inside', token(({ token: genuine }) => genuine.replace('.', '. '))],
  ['padding', token(({ token: genuine }) => `${genuine}==`)],
  [
    'the other base64 alphabet',
    token(({ head, claims: said, signature }) => {
      const other = bytes(signature).toString('base64').replace(/=+$/, '');
      // One that happens to be the same in both is written with padding.
      return `${head}.${said}.${other === signature ? `${other}==` : other}`;
    }),
  ],
  [
    'stray bits at the end of the signature',
    token(({ head, claims: said, signature }) => `${head}.${said}.${otherLastLetter(signature)}`),
  ],
  ['4 KB of nothing', header({ nothing: ' '.repeat(4096) })],
];

export const json: Ways = [
  ['a header that is no JSON', token(({ plaid, claims: said }) => plaid.signed('{', bytes(said)))],
  ['claims that are no JSON', token(({ plaid }) => plaid.signed(plaid.header, 'iat'))],
  [
    'a list as header',
    token(({ plaid, body: text }) => plaid.signed([plaid.header], plaid.claims(text))),
  ],
  ['null as claims', token(({ plaid }) => plaid.signed(plaid.header, 'null'))],
  ['a text as claims', token(({ plaid }) => plaid.signed(plaid.header, '"iat"'))],
  [
    'a byte order mark',
    token(({ plaid, body: text }) =>
      plaid.signed(`\ufeff${JSON.stringify(plaid.header)}`, plaid.claims(text)),
    ),
  ],
  [
    'bytes that are no UTF-8',
    token(({ plaid, body: text }) =>
      plaid.signed(
        Buffer.concat([
          Buffer.from(`{"alg":"ES256","kid":"${plaid.keyId}","typ":"`),
          Buffer.from([0xff]),
          Buffer.from('"}'),
        ]),
        plaid.claims(text),
      ),
    ),
  ],
  [
    'two algorithms',
    token(({ plaid, body: text }) =>
      plaid.signed(`{"alg":"none","alg":"ES256","kid":"${plaid.keyId}"}`, plaid.claims(text)),
    ),
  ],
  [
    'two key ids',
    token(({ plaid, own, body: text }) =>
      plaid.signed(
        `{"alg":"ES256","kid":"${own.keyId}","k\\u0069d":"${plaid.keyId}"}`,
        plaid.claims(text),
      ),
    ),
  ],
  [
    'two times',
    token(({ plaid, body: text }) =>
      plaid.signed(
        plaid.header,
        `{"iat":1,"iat":${seconds()},"request_body_sha256":"${hash(text)}"}`,
      ),
    ),
  ],
  [
    'two hashes',
    token(({ plaid, body: text }) =>
      plaid.signed(
        plaid.header,
        `{"iat":${seconds()},"request_body_sha256":"${hash('')}","request_body_sha256":"${hash(text)}"}`,
      ),
    ),
  ],
  ['an extension that has to be known', header({ crit: ['exp'], exp: 1 })],
];
