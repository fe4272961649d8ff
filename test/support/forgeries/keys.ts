import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { header, signedBy, token, partsOf, type Forge, type Material, type Ways } from './forge';
import { encoded, es256, type Signer } from '../servers/webhookSigner';

const pem = ({ plaid }: Material) =>
  String(plaid.publicKey.export({ type: 'spki', format: 'pem' }));
const jwk = ({ publicKey }: Signer) => publicKey.export({ format: 'jwk' });

const hmac = (key: (material: Material) => string | KeyObject) =>
  signedBy((material) => (text) => createHmac('sha256', key(material)).update(text).digest(), {
    alg: 'HS256',
  });

/** Signed by another key than the header's id is of, under a header that says more. */
const ownKey = (more: (own: Signer) => object): Forge =>
  token(({ plaid, own, body }) =>
    plaid.signed({ ...plaid.header, ...more(own) }, plaid.claims(body), es256(own.privateKey)),
  );

/** The genuine signature, damaged. */
const damaged = (damage: (signature: Buffer) => Buffer): Forge =>
  signedBy(
    ({ plaid }) =>
      (text) =>
        damage(es256(plaid.privateKey)(text)),
  );

const ELSEWHERE = 'http://127.0.0.1:9/keys';

/** The order of P-256. */
const ORDER = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';
const fixed = (hex: string) => signedBy(() => () => Buffer.from(hex, 'hex'));

export const algorithms: Ways = [
  [
    'none, without a signature',
    token(({ plaid, claims: said }) => `${encoded({ ...plaid.header, alg: 'none' })}.${said}.`),
  ],
  ['none, with a signature', header({ alg: 'none' })],
  ['nOnE', header({ alg: 'nOnE' })],
  ['none given', header({ alg: undefined })],
  ['es256', header({ alg: 'es256' })],
  ['a list', header({ alg: ['ES256'] })],
  ['HS256, signed with the public key as PEM', hmac(pem)],
  ['HS256, signed with the public key as JWK', hmac(({ plaid }) => JSON.stringify(jwk(plaid)))],
  ['HS256, signed with a coordinate of the public key', hmac(({ plaid }) => String(jwk(plaid).x))],
  ['HS256, signed with the key id', hmac(({ plaid }) => plaid.keyId)],
  ['HS256, rightly signed', header({ alg: 'HS256' })],
  ['ES384, rightly signed', header({ alg: 'ES384' })],
  [
    'ES384 with a key of its own',
    signedBy(
      () => es256(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey, {}, 'sha384'),
      { alg: 'ES384' },
    ),
  ],
  ['ES256K', header({ alg: 'ES256K' })],
  [
    'RS256',
    signedBy(
      () => (text) =>
        sign('sha256', text, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
      { alg: 'RS256' },
    ),
  ],
  [
    'EdDSA',
    signedBy(() => (text) => sign(null, text, generateKeyPairSync('ed25519').privateKey), {
      alg: 'EdDSA',
    }),
  ],
];

export const keys: Ways = [
  ["another key under Plaid's id", ownKey(() => ({}))],
  ['another key, brought along in the header', ownKey((own) => ({ jwk: jwk(own) }))],
  ['another key, at an address in the header', ownKey(() => ({ jku: ELSEWHERE, x5u: ELSEWHERE }))],
  ["a key of one's own", token(({ own, body }) => own.token(body))],
  ['a retired key', token(({ retired, body }) => retired.token(body))],
  ["a retired key under Plaid's id", signedBy(({ retired }) => es256(retired.privateKey))],
  ['an id that nobody has', header({ kid: '6c5516e1-92dc-479e-a8ff-5a51992e0001' })],
  ['no id', header({ kid: undefined })],
  ['an empty id', header({ kid: '' })],
  ['a number as id', header({ kid: 7 })],
  ['null as id', header({ kid: null })],
  ['a list as id', header(({ keyId }) => ({ kid: [keyId] }))],
  ['a path as id', header({ kid: '../../keys/mine' })],
  ['a query as id', header({ kid: "' OR '1'='1" })],
  ['a name every object has as id', header({ kid: '__proto__' })],
  ['an id with a line break', header(({ keyId }) => ({ kid: `${keyId}\n` }))],
  ['an endless id', header({ kid: 'a'.repeat(1000) })],
];

export const signatures: Ways = [
  ['in DER', signedBy(({ plaid }) => es256(plaid.privateKey, { dsaEncoding: 'der' }))],
  ['over SHA-512', signedBy(({ plaid }) => es256(plaid.privateKey, {}, 'sha512'))],
  ['a byte less', damaged((made) => made.subarray(0, 63))],
  ['a byte more', damaged((made) => Buffer.concat([made, Buffer.alloc(1)]))],
  ['twice', damaged((made) => Buffer.concat([made, made]))],
  ['halves exchanged', damaged((made) => Buffer.concat([made.subarray(32), made.subarray(0, 32)]))],
  ['one bit flipped', damaged((made) => made.fill((made[40] ?? 0) ^ 1, 40, 41))],
  ['zeros', fixed('00'.repeat(64))],
  ['ones', fixed('ff'.repeat(64))],
  ['the order of the curve', fixed(ORDER + ORDER)],
  ['one and zero', fixed('01'.padStart(64, '0') + '00'.repeat(32))],
  [
    'of the claims alone',
    signedBy(({ plaid }) => (text) => {
      const [, said = ''] = String(text).split('.');
      return es256(plaid.privateKey)(Buffer.from(said));
    }),
  ],
  [
    'of another webhook',
    token(({ plaid, head, claims }) => `${head}.${claims}.${partsOf(plaid.token('{}')).signature}`),
  ],
];
