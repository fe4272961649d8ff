import { generateKeyPairSync } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { answer, answerText, type Script } from '../servers/scriptedServer';
import { keyOf, type Signer } from '../servers/webhookSigner';

type Jwk = ReturnType<typeof keyOf>['key'];

/** The right answer for a key, but for what is changed in it. */
const changed =
  (change: object | ((key: Jwk) => object)) =>
  (signer: Signer): Script => {
    const { key, ...rest } = keyOf(signer);
    const said = typeof change === 'function' ? (change as (of: Jwk) => object)(key) : change;
    return answer(200, { ...rest, key: { ...key, ...said } });
  };

const zero = Buffer.alloc(32).toString('base64url');
const P = 'ffffffff00000001000000000000000000000000ffffffffffffffffffffffff';
const padded = (text: string | undefined) =>
  Buffer.concat([Buffer.alloc(1), Buffer.from(String(text), 'base64url')]).toString('base64url');
const flipped = (text: string | undefined) => {
  const bytes = Buffer.from(String(text), 'base64url');
  return bytes.fill((bytes[31] ?? 0) ^ 1, 31).toString('base64url');
};

/**
 * Answers for the key of a token that is rightly signed with it. None of them may be believed: each is for another use
 * or algorithm, is no point of the curve, or is no answer of Plaid's.
 */
const ANSWERS = {
  'its use is encryption': changed({ use: 'enc' }),
  'it has no use': changed({ use: undefined }),
  'its uses are a list': changed({ use: ['sig'] }),
  'its algorithm is another': changed({ alg: 'ES384' }),
  'it has no algorithm': changed({ alg: undefined }),
  'it is for HS256': changed(({ x }) => ({ kty: 'oct', alg: 'HS256', k: x })),
  'its type is another': changed({ kty: 'OKP' }),
  'its curve is named otherwise': changed({ crv: 'secp256k1' }),
  'it is of another curve': changed({
    ...generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ format: 'jwk' }),
  }),
  'its id is another': changed({ kid: 'another' }),
  'it is off the curve': changed(({ y }) => ({ y: flipped(y) })),
  'it is the zero point': changed({ x: zero, y: zero }),
  'its coordinates are empty': changed({ x: '', y: '' }),
  'its coordinates are beyond the field': changed({
    x: Buffer.from(P, 'hex').toString('base64url'),
    y: Buffer.from(P, 'hex').toString('base64url'),
  }),
  'its coordinates are a byte too long': changed(({ x, y }) => ({ x: padded(x), y: padded(y) })),
  'its coordinates are lists': changed(({ x, y }) => ({ x: [x], y: [y] })),
  'it is in a list': (signer) => answer(200, { key: [keyOf(signer).key] }),
  'it is under __proto__': (signer) =>
    answerText(
      200,
      'application/json',
      `{"__proto__":${JSON.stringify({ key: keyOf(signer).key })}}`,
    ),
  'it comes with an error': (signer) => answer(500, keyOf(signer)),
  'it comes as a web page': (signer) =>
    answerText(200, 'text/html', `<p>${JSON.stringify(keyOf(signer))}</p>`),
  'it comes with 20 MB': (signer) =>
    answer(200, { padding: 'x'.repeat(20_000_000), ...keyOf(signer) }),
  'it comes in a gzip bomb': (signer) => {
    const bomb = gzipSync(JSON.stringify({ padding: ' '.repeat(50_000_000), ...keyOf(signer) }));
    return (response) =>
      void response
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
        .end(bomb);
  },
  'it is elsewhere on the same host': (signer) =>
    answerText(307, 'text/plain', '', { location: `${ELSEWHERE}${signer.keyId}` }),
  'it is elsewhere, by a permanent redirect': (signer) =>
    answerText(301, 'text/plain', '', { location: `${ELSEWHERE}${signer.keyId}` }),
} satisfies Record<string, (signer: Signer) => Script>;

export type KeyAnswerName = keyof typeof ANSWERS;

export const KEY_ANSWERS = Object.entries(ANSWERS) as Array<
  [KeyAnswerName, (signer: Signer) => Script]
>;

/** Where the same server would give out the key. */
export const ELSEWHERE = '/elsewhere/';
