import { generateKeyPairSync } from 'node:crypto';

import type { KeyLookup } from '../../../nodes/PlaidCheck/webhooks/verificationKey';
import { parseToken } from '../../../nodes/PlaidCheck/webhooks/token';
import { REJECTION_REASONS } from '../../../nodes/PlaidCheck/webhooks/verificationResult';
import {
  CLOCK_TOLERANCE_MS,
  MAX_TOKEN_AGE_MS,
  verifyWebhook,
} from '../../../nodes/PlaidCheck/webhooks/verify';
import { createMaterial, FORGERIES } from '../../support/forgeries';
import { createSigner, seconds } from '../../support/servers/webhookSigner';

const BODY =
  '{"webhook_type":"CHECK_REPORT","webhook_code":"CHECK_REPORT_READY","user_id":"usr_1","note":"José"}';
const signer = createSigner();

const verified = (
  header: unknown,
  { body = BODY, now = Date.now(), answer = keyAnswer(signer.publicKey) } = {},
) => {
  const asked: string[] = [];
  const findKey = async (keyId: string) => {
    asked.push(keyId);
    return answer;
  };
  return verifyWebhook({ header, body: Buffer.from(body), now, findKey }).then((result) => ({
    result,
    asked,
  }));
};

const keyAnswer = (publicKey = signer.publicKey, expired = false): KeyLookup => ({
  key: { publicKey, expired },
});

test('a genuine webhook: its body, when it was signed and until when it could come again', async () => {
  const iat = seconds() - 100;
  const token = signer.signed(signer.header, { ...signer.claims(BODY), iat });
  const { result, asked } = await verified(token);
  expect(result).toEqual({
    kind: 'verified',
    body: Buffer.from(BODY),
    signedAt: iat * 1000,
    validUntil: iat * 1000 + MAX_TOKEN_AGE_MS,
    signatureId: expect.stringMatching(/^[\w-]{43}$/),
  });
  expect(asked).toEqual([signer.keyId]);
});

test('it may be 5 minutes old and 30 s ahead, not a ms more', async () => {
  const token = signer.token(BODY);
  const { iat } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    iat: number;
  };
  const at = async (ms: number) => {
    const { result } = await verified(token, { now: iat * 1000 + ms });
    return result.kind === 'rejected' ? result.reason : result.kind;
  };
  expect(await at(MAX_TOKEN_AGE_MS)).toBe('verified');
  expect(await at(MAX_TOKEN_AGE_MS + 1)).toBe('too_old');
  expect(await at(-CLOCK_TOLERANCE_MS)).toBe('verified');
  expect(await at(-CLOCK_TOLERANCE_MS - 1)).toBe('in_the_future');
});

test('each signature has an id of its own', async () => {
  const tokens = Array.from({ length: 50 }, () => signer.token(BODY));
  const ids = await Promise.all(
    tokens.map(async (token) => {
      const { result } = await verified(token);
      return result.kind === 'verified' ? result.signatureId : result.kind;
    }),
  );
  expect(new Set(ids).size).toBe(50);
  expect(ids).not.toContain('rejected');
});

test('where the key is not to be had, nothing is said of the webhook', async () => {
  const { result } = await verified(signer.token(BODY), { answer: { unavailable: 'down' } });
  expect(result).toEqual({ kind: 'unavailable', detail: 'down' });
});

test.each<[string, KeyLookup]>([
  ['unknown_key', { unknown: true }],
  ['expired_key', keyAnswer(signer.publicKey, true)],
  ['wrong_signature', keyAnswer(createSigner().publicKey)],
  ['wrong_signature', keyAnswer(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey)],
])('%s', async (reason, answer) => {
  const { result } = await verified(signer.token(BODY), { answer });
  expect(result).toEqual({ kind: 'rejected', reason });
});

describe('Plaid is asked for no key', () => {
  const material = createMaterial(BODY);
  // All but what could be a token of Plaid's until its key is known.
  const early =
    /^(no token|segments|JSON|header|algorithm: (?!ES256,)|time|hash|body|key: (Plaid's id|the id (?!"(6c55|[A-Za-z_]+" of (4|8|9|11|14)$)))|signature: (in DER(?!, (cut to 64|the last 64))|its first|a byte|each half|twice|as hex))/;
  const cases = FORGERIES.filter(
    ({ name, status }) => status === 401 && early.test(name) && !/changed in a genuine/.test(name),
  );

  test('for what is wrong whoever signed it', async () => {
    expect(cases.length).toBeGreaterThan(250);
    for (const { name, forge } of cases) {
      const { token, body = BODY } = { ...material, ...forge(material) };
      const { result, asked } = await verified(token, { body: String(body) });
      expect({ name, kind: result.kind, asked }).toEqual({ name, kind: 'rejected', asked: [] });
    }
  });
});

test.each([undefined, null, 7, [], ['a.b.c'], {}])('a header of %j is no token', (header) => {
  expect(parseToken(header)).toHaveProperty('rejected');
});

test('the words for the log are all different', () => {
  const words = Object.values(REJECTION_REASONS);
  expect(new Set(words).size).toBe(words.length);
});
