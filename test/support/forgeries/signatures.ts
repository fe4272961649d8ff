import { es256 } from '../servers/webhookSigner';
import { partsOf, signedBy, token, type Forge, type Ways } from './forge';

/** The genuine signature, damaged. */
const damaged = (damage: (signature: Buffer) => Buffer): Forge =>
  signedBy(
    ({ plaid }) =>
      (text) =>
        damage(es256(plaid.privateKey)(text)),
  );

/** The genuine signature in DER, damaged. */
const der = (damage: (signature: Buffer) => Buffer): Forge =>
  signedBy(
    ({ plaid }) =>
      (text) =>
        damage(es256(plaid.privateKey, { dsaEncoding: 'der' })(text)),
  );

/** The order and the prime of P-256. */
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;

const EDGES: ReadonlyArray<readonly [name: string, value: bigint]> = [
  ['0', 0n],
  ['1', 1n],
  ['n-1', N - 1n],
  ['n', N],
  ['n+1', N + 1n],
  ['p', P],
  ['2^256-1', 2n ** 256n - 1n],
];

const bytes = (value: bigint) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');

const edges: Ways = [
  ...EDGES.flatMap(([r, valueOfR]) =>
    EDGES.map(
      ([s, valueOfS]) =>
        [
          `r = ${r}, s = ${s}`,
          signedBy(() => () => Buffer.concat([bytes(valueOfR), bytes(valueOfS)])),
        ] as const,
    ),
  ),
  ...EDGES.flatMap(([name, value]) => [
    [
      `r = ${name}, s as it was`,
      damaged((made) => Buffer.concat([bytes(value), made.subarray(32)])),
    ] as const,
    [
      `r as it was, s = ${name}`,
      damaged((made) => Buffer.concat([made.subarray(0, 32), bytes(value)])),
    ] as const,
  ]),
];

const inDer: Ways = [
  ['in DER', der((made) => made)],
  [
    'in DER, with zeros up to 80 bytes',
    der((made) => Buffer.concat([made, Buffer.alloc(80 - made.length)])),
  ],
  ...[1, 8, 32, 63, 64].map(
    (length) =>
      [`in DER, cut to ${length} bytes`, der((made) => made.subarray(0, length))] as const,
  ),
  ['in DER, the last 64 bytes of it', der((made) => made.subarray(-64))],
  ['in DER that is empty', signedBy(() => () => Buffer.from('3000', 'hex'))],
  ['in DER of two zeros', signedBy(() => () => Buffer.from('3006020100020100', 'hex'))],
  ['in DER of two ones', signedBy(() => () => Buffer.from('3006020101020101', 'hex'))],
];

export const signatures: Ways = [
  ...edges,
  ...inDer,
  ['over SHA-512', signedBy(({ plaid }) => es256(plaid.privateKey, {}, 'sha512'))],
  ['over SHA-1', signedBy(({ plaid }) => es256(plaid.privateKey, {}, 'sha1'))],
  ...[0, 31, 32, 63].map(
    (length) => [`its first ${length} bytes`, damaged((made) => made.subarray(0, length))] as const,
  ),
  ['a byte more', damaged((made) => Buffer.concat([made, Buffer.alloc(1)]))],
  ['a byte before it', damaged((made) => Buffer.concat([Buffer.alloc(1), made]))],
  [
    'each half a byte longer',
    damaged((made) =>
      Buffer.concat([Buffer.alloc(1), made.subarray(0, 32), Buffer.alloc(1), made.subarray(32)]),
    ),
  ],
  ['twice', damaged((made) => Buffer.concat([made, made]))],
  ['halves exchanged', damaged((made) => Buffer.concat([made.subarray(32), made.subarray(0, 32)]))],
  ['backwards', damaged((made) => Buffer.from(made).reverse())],
  ['as hex', damaged((made) => Buffer.from(made.toString('hex')))],
  ...[0, 31, 32, 40, 63].map(
    (at) =>
      [
        `one bit of byte ${at} flipped`,
        damaged((made) => made.fill((made[at] ?? 0) ^ 1, at, at + 1)),
      ] as const,
  ),
  [
    'of the claims alone',
    signedBy(({ plaid }) => (text) => {
      const [, said = ''] = String(text).split('.');
      return es256(plaid.privateKey)(Buffer.from(said));
    }),
  ],
  [
    'of the header alone',
    signedBy(({ plaid }) => (text) => {
      const [head = ''] = String(text).split('.');
      return es256(plaid.privateKey)(Buffer.from(head));
    }),
  ],
  [
    'of the decoded text',
    signedBy(({ plaid }) => (text) => {
      const decoded = String(text)
        .split('.')
        .map((part) => Buffer.from(part, 'base64url'));
      return es256(plaid.privateKey)(Buffer.concat(decoded));
    }),
  ],
  [
    'of another webhook',
    token(({ plaid, head, claims }) => `${head}.${claims}.${partsOf(plaid.token('{}')).signature}`),
  ],
];
