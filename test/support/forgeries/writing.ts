import { deflateRawSync } from 'node:zlib';
import { header, token, type Forged, type Ways } from './forge';
import type { Material } from './material';
import { encoded, hash, seconds } from '../servers/webhookSigner';

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
  ['as JSON', token(({ token: genuine }) => JSON.stringify({ token: genuine }))],
  [
    'as a JWS in JSON',
    token(({ head, claims: said, signature }) =>
      JSON.stringify({ protected: head, payload: said, signature }),
    ),
  ],
];

/** The genuine token, sent in another way than as the one header that Plaid sends. */
const sentAs =
  (headers: (material: Material) => Forged['headers']) =>
  (material: Material): Forged => ({ token: undefined, headers: headers(material) ?? {} });

export const headers: Ways = [
  ['twice', sentAs(({ token: genuine }) => ({ 'plaid-verification': [genuine, genuine] }))],
  [
    'after another',
    sentAs(({ token: genuine, own, body }) => ({
      'plaid-verification': [own.token(body), genuine],
    })),
  ],
  [
    'before another',
    sentAs(({ token: genuine, own, body }) => ({
      'plaid-verification': [genuine, own.token(body)],
    })),
  ],
  ['after an empty one', sentAs(({ token: genuine }) => ({ 'plaid-verification': ['', genuine] }))],
  ...[
    'authorization',
    'plaid_verification',
    'x-plaid-verification',
    'cookie',
    'plaid-signature',
  ].map((name) => [`as ${name}`, sentAs(({ token: genuine }) => ({ [name]: genuine }))] as const),
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
  ['extensions that are none', header({ crit: [] })],
  ['claims that are not encoded', header({ b64: false, crit: ['b64'] })],
  ['claims that are not encoded, without saying so', header({ b64: false })],
  [
    'claims that are not encoded, and are as they say',
    token(({ plaid, body: text }) => {
      const head = encoded({ ...plaid.header, b64: false, crit: ['b64'] });
      const said = JSON.stringify(plaid.claims(text));
      return `${head}.${said}.${plaid.signed(plaid.header, said).split('.')[2]}`;
    }),
  ],
  ['compressed claims', header({ zip: 'DEF' })],
  [
    'claims that are compressed',
    token(({ plaid, body: text }) =>
      plaid.signed(
        { ...plaid.header, zip: 'DEF' },
        deflateRawSync(JSON.stringify(plaid.claims(text))),
      ),
    ),
  ],
  ...(['utf16le', 'latin1'] as const).map(
    (encoding) =>
      [
        `claims in ${encoding}`,
        token(({ plaid, body: text }) =>
          plaid.signed(
            plaid.header,
            Buffer.from(JSON.stringify({ ...plaid.claims(text), note: 'José' }), encoding),
          ),
        ),
      ] as const,
  ),
  [
    'a header in UTF-16',
    token(({ plaid, body: text }) =>
      plaid.signed(Buffer.from(JSON.stringify(plaid.header), 'utf16le'), plaid.claims(text)),
    ),
  ],
  [
    'a header under __proto__',
    token(({ plaid, body: text }) =>
      plaid.signed(`{"__proto__":${JSON.stringify(plaid.header)}}`, plaid.claims(text)),
    ),
  ],
  [
    'claims under __proto__',
    token(({ plaid, body: text }) =>
      plaid.signed(plaid.header, `{"__proto__":${JSON.stringify(plaid.claims(text))}}`),
    ),
  ],
  [
    'the algorithm under __proto__',
    token(({ plaid, body: text }) =>
      plaid.signed(`{"__proto__":{"alg":"ES256"},"kid":"${plaid.keyId}"}`, plaid.claims(text)),
    ),
  ],
  [
    'claims in a list',
    token(({ plaid, body: text }) => plaid.signed(plaid.header, [plaid.claims(text)])),
  ],
  [
    'a token in the token',
    token(({ plaid, token: genuine }) => plaid.signed({ ...plaid.header, cty: 'JWT' }, genuine)),
  ],
  [
    'a comment',
    token(({ plaid, body: text }) =>
      plaid.signed(`${JSON.stringify(plaid.header)}/**/`, plaid.claims(text)),
    ),
  ],
  ['claims and nothing else', token(({ plaid }) => plaid.signed(plaid.header, '{}'))],
  ['nested too deep', token(({ plaid }) => plaid.signed(plaid.header, '['.repeat(1_000)))],
];
