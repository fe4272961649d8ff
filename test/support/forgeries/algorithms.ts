import {
  constants,
  createHash,
  createHmac,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import { encoded, es256, type Signer } from '../servers/webhookSigner';
import { header, signedBy, token, type Ways } from './forge';

const pem = ({ publicKey }: Signer) => String(publicKey.export({ type: 'spki', format: 'pem' }));
const der = ({ publicKey }: Signer) => publicKey.export({ type: 'spki', format: 'der' });
const jwk = ({ publicKey }: Signer) => publicKey.export({ format: 'jwk' });
const coordinate = (name: 'x' | 'y') => (signer: Signer) =>
  Buffer.from(String(jwk(signer)[name]), 'base64url');
/** The point itself, as it stands at the end of the DER. */
const point = (signer: Signer) => der(signer).subarray(-65);

/** What a reader that takes a public key for a shared secret might use as one. */
const SHARED: ReadonlyArray<readonly [name: string, of: (plaid: Signer) => string | Buffer]> = [
  ['the public key as PEM', pem],
  ['the public key as PEM without its last line break', (plaid) => pem(plaid).trim()],
  ['the public key as DER', der],
  ['the public key as JWK', (plaid) => JSON.stringify(jwk(plaid))],
  ['the point', point],
  ['the point without its first byte', (plaid) => point(plaid).subarray(1)],
  ['the x of the public key', coordinate('x')],
  ['the x of the public key as text', (plaid) => String(jwk(plaid).x)],
  ['the y of the public key', coordinate('y')],
  ['the key id', ({ keyId }) => keyId],
  ['nothing', () => ''],
];

const HMACS = [
  ['HS256', 'sha256'],
  ['HS512', 'sha512'],
  // 64 bytes, as a signature of ES256 has.
  ['ES256', 'sha512'],
  ['ES256', 'sha256'],
] as const;

const shared: Ways = HMACS.flatMap(([alg, digest]) =>
  SHARED.map(
    ([name, of]) =>
      [
        `${alg}, an HMAC of ${digest} with ${name}`,
        signedBy(
          ({ plaid }) =>
            (text) =>
              createHmac(digest, of(plaid)).update(text).digest(),
          { alg },
        ),
      ] as const,
  ),
);

/** Ways to name an algorithm that are not `ES256`, in tokens with a valid signature. */
const NAMES: readonly unknown[] = [
  'none',
  'None',
  'NONE',
  'nOnE',
  '',
  'es256',
  'Es256',
  'ES-256',
  'ES256 ',
  ' ES256',
  'ES256\u0000',
  'ES256\n',
  'ＥＳ256',
  'ЕS256',
  'ES2560',
  'ES384',
  'ES512',
  'ES256K',
  'ESP256',
  'HS256',
  'RS256',
  'PS256',
  'EdDSA',
  'A128KW',
  'dir',
  ['ES256'],
  { alg: 'ES256' },
  { toString: 'ES256' },
  256,
  true,
  null,
  undefined,
];

const named: Ways = NAMES.map(
  (alg) => [`${JSON.stringify(alg)}, rightly signed`, header({ alg })] as const,
);

const pair = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).privateKey;

/** Keys of the forger's own, of every kind that might be taken for Plaid's. */
const OTHER_KEYS: ReadonlyArray<
  readonly [name: string, alg: string, sign: () => (text: Buffer) => Buffer]
> = [
  ['P-384', 'ES384', () => es256(pair('P-384'), {}, 'sha384')],
  ['P-521', 'ES512', () => es256(pair('P-521'), {}, 'sha512')],
  ['secp256k1', 'ES256K', () => es256(pair('secp256k1'))],
  ['brainpoolP256r1', 'ESB256', () => es256(pair('brainpoolP256r1'))],
  ['Ed25519', 'EdDSA', () => edwards(generateKeyPairSync('ed25519').privateKey)],
  ['Ed448', 'EdDSA', () => edwards(generateKeyPairSync('ed448').privateKey)],
  ['RSA', 'RS256', () => (text) => sign('sha256', text, rsa())],
  [
    'RSA-PSS',
    'PS256',
    () => (text) => sign('sha256', text, { key: rsa(), padding: constants.RSA_PKCS1_PSS_PADDING }),
  ],
];

const edwards = (key: KeyObject) => (text: Buffer) => sign(null, text, key);
const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

const otherKeys: Ways = OTHER_KEYS.flatMap(([name, alg, how]) =>
  [alg, 'ES256'].map(
    (said) => [`${said}, signed with a key of ${name}`, signedBy(how, { alg: said })] as const,
  ),
);

export const algorithms: Ways = [
  [
    'none, without a signature',
    token(({ plaid, claims: said }) => `${encoded({ ...plaid.header, alg: 'none' })}.${said}.`),
  ],
  [
    'ES256, with a hash in place of the signature',
    signedBy(() => (text) => createHash('sha512').update(text).digest()),
  ],
  ...named,
  ...shared,
  ...otherKeys,
];
