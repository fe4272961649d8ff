import { es256, type Signer } from '../servers/webhookSigner';
import { header, signedBy, token, type Forge, type Ways } from './forge';
import { KEY_ANSWERS } from './keyAnswers';

const jwk = ({ publicKey }: Signer) => publicKey.export({ format: 'jwk' });
const der = ({ publicKey }: Signer) =>
  publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

/** Signed by another key than the header's id is of, under a header that says more. */
const ownKey = (more: (own: Signer) => object): Forge =>
  token(({ plaid, own, body }) =>
    plaid.signed({ ...plaid.header, ...more(own) }, plaid.claims(body), es256(own.privateKey)),
  );

const ELSEWHERE = 'http://127.0.0.1:9/keys';

/** Ways to hand over a key, or to say where it is, that a header has. */
const BROUGHT_ALONG: ReadonlyArray<readonly [name: string, of: (own: Signer) => object]> = [
  ['nothing', () => ({})],
  ['a jwk', (own) => ({ jwk: jwk(own) })],
  ['a jwk with its id', (own) => ({ jwk: { ...jwk(own), kid: own.keyId, alg: 'ES256' } })],
  ['keys', (own) => ({ keys: [jwk(own)] })],
  ['an x5c', (own) => ({ x5c: [der(own)] })],
  ['an x5t', (own) => ({ x5t: own.keyId, 'x5t#S256': own.keyId })],
  ['a jku', () => ({ jku: ELSEWHERE })],
  ['an x5u', () => ({ x5u: ELSEWHERE })],
  ['an issuer', () => ({ iss: ELSEWHERE })],
  ['an epk', (own) => ({ epk: jwk(own) })],
];

/** Ids that can't be one of Plaid's keys, as text that could lead elsewhere. */
const NO_IDS = [
  undefined,
  '',
  ' ',
  null,
  7,
  0,
  true,
  false,
  [],
  {},
  '../../keys/mine',
  '/etc/passwd',
  'a/b',
  'a?b=c',
  'a#b',
  'http://127.0.0.1:9/keys',
  '//127.0.0.1:9/keys',
  'file:///dev/null',
  "' OR '1'='1",
  '{{ $json }}',
  '={{ 1 }}',
  '${7*7}',
  'a\u0000',
  'a\r\nPLAID-SECRET: x',
  'ключ',
  'ｋｅｙ',
  '🔑',
  'e\u0301',
  '\ud800',
  'a'.repeat(129),
  'a'.repeat(1_000),
  '%2e%2e',
  'a.b',
];

/** Ids that could be one, and are none. */
const UNKNOWN_IDS = [
  '6c5516e1-92dc-479e-a8ff-5a51992e0001',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
];

/** The genuine id in another writing or shape. */
const MISWRITTEN: ReadonlyArray<readonly [name: string, of: (keyId: string) => unknown]> = [
  ['in a list', (id) => [id]],
  ['in an object', (id) => ({ kid: id })],
  ['as an object that is text', (id) => ({ toString: id, length: id.length })],
  ['with a line break', (id) => `${id}\n`],
  ['with a space', (id) => ` ${id}`],
  ['with a NUL', (id) => `${id}\u0000`],
  ['as a path', (id) => `./${id}`],
  ['percent-encoded', (id) => id.replace('-', '%2d')],
  ['with other hyphens', (id) => id.replaceAll('-', '\u2010')],
];

export const keys: Ways = [
  ...BROUGHT_ALONG.map(
    ([name, of]) =>
      [`another key under Plaid's id, with ${name} in the header`, ownKey(of)] as const,
  ),
  ["a key of one's own", token(({ own, body }) => own.token(body))],
  ['a retired key', token(({ retired, body }) => retired.token(body))],
  ["a retired key under Plaid's id", signedBy(({ retired }) => es256(retired.privateKey))],
  ['in capitals', header(({ keyId }) => ({ kid: keyId.toUpperCase().replace(/\d/, 'F') }))],
  ...[...NO_IDS, ...UNKNOWN_IDS].map(
    (kid) =>
      [
        `the id ${JSON.stringify(kid)?.slice(0, 40)}${typeof kid === 'string' ? ` of ${kid.length}` : ''}`,
        header({ kid }),
      ] as const,
  ),
  ...MISWRITTEN.map(
    ([name, of]) => [`Plaid's id ${name}`, header(({ keyId }) => ({ kid: of(keyId) }))] as const,
  ),
];

/** What can be looked up: Plaid's own key, the retired one, the forger's and the unknown ones. */
export const LOOKUPS = 3 + 1 + UNKNOWN_IDS.length + KEY_ANSWERS.length;

/** Rightly signed by keys whose answers must not be believed; they could be Plaid's failures, so it is to retry. */
export const keyAnswers: Ways = KEY_ANSWERS.map(
  ([name]) => [name, token(({ answered, body }) => answered.get(name)?.token(body)), 503] as const,
);
