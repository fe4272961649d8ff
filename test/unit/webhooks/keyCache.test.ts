import { createPublicKey, generateKeyPairSync } from 'node:crypto';

import {
  createTokenBucket,
  LOOKUP_BURST,
  LOOKUP_INTERVAL_MS,
  RESERVED_LOOKUPS,
} from '../../../nodes/PlaidCheck/webhooks/keyRateLimit';
import {
  parseVerificationKey,
  type KeyLookup,
} from '../../../nodes/PlaidCheck/webhooks/verificationKey';
import {
  createKeyCache,
  FAILURE_TTL_MS,
  KEY_TTL_MS,
  UNCONFIRMED_KEY_TTL_MS,
  UNKNOWN_KEY_TTL_MS,
} from '../../../nodes/PlaidCheck/webhooks/keyCache';
import { createSigner, keyOf } from '../../support/servers/webhookSigner';

const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const { publicKey: OTHER_CURVE } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const KEY: KeyLookup = { key: { publicKey, expired: false } };
const RETIRED: KeyLookup = { key: { publicKey, expired: true } };
const UNKNOWN: KeyLookup = { unknown: true };
const DOWN: KeyLookup = { unavailable: 'down' };

/** A key ring with a clock of its own, before a Plaid that answers as it is told and counts. */
function setUp() {
  let now = 1_000_000;
  const asked: string[] = [];
  const answers = new Map<string, KeyLookup | Promise<KeyLookup>>();
  const ring = createKeyCache(() => now);
  return {
    asked,
    answers,
    pass: (ms: number) => void (now += ms),
    find(keyId: string, account = 'one') {
      const fetch = async () => {
        asked.push(`${account}/${keyId}`);
        return answers.get(keyId) ?? UNKNOWN;
      };
      return ring.get(account, keyId, fetch);
    },
  };
}

describe('the key ring', () => {
  test('remembers a key for a while, then asks whether it is still in use', async () => {
    const { answers, asked, find, pass } = setUp();
    answers.set('a', KEY);
    expect(await find('a')).toBe(KEY);
    pass(KEY_TTL_MS - 1);
    expect(await find('a')).toBe(KEY);
    expect(asked).toHaveLength(1);
    answers.set('a', RETIRED);
    pass(1);
    expect(await find('a')).toBe(RETIRED);
    expect(asked).toHaveLength(2);
  });

  test('asks once for all who want the same key at the same time', async () => {
    const { answers, asked, find } = setUp();
    let give: ((answer: KeyLookup) => void) | undefined;
    answers.set('a', new Promise<KeyLookup>((resolve) => (give = resolve)));
    const wanted = [find('a'), find('a'), find('a')];
    give?.(KEY);
    expect(await Promise.all(wanted)).toEqual([KEY, KEY, KEY]);
    expect(asked).toEqual(['one/a']);
  });

  test('keeps accounts apart', async () => {
    const { asked, find } = setUp();
    await find('a', 'one');
    await find('a', 'two');
    expect(asked).toEqual(['one/a', 'two/a']);
  });

  test('does not ask again at once for what Plaid does not know', async () => {
    const { answers, asked, find, pass } = setUp();
    expect(await find('a')).toBe(UNKNOWN);
    pass(UNKNOWN_KEY_TTL_MS - 1);
    expect(await find('a')).toBe(UNKNOWN);
    expect(asked).toHaveLength(1);
    answers.set('a', KEY);
    pass(1);
    expect(await find('a')).toBe(KEY);
  });

  test('asks again soon after a failure, but leaves Plaid a pause', async () => {
    const { answers, asked, find, pass } = setUp();
    answers.set('a', DOWN);
    expect(await find('a')).toBe(DOWN);
    answers.set('a', KEY);
    pass(FAILURE_TTL_MS - 1);
    expect(await find('a')).toBe(DOWN);
    expect(asked).toHaveLength(1);
    pass(1);
    expect(await find('a')).toBe(KEY);
  });

  test('looks the others up again once a new key is in use', async () => {
    const { answers, asked, find } = setUp();
    answers.set('a', KEY);
    await find('a');
    answers.set('a', RETIRED).set('b', KEY);
    expect(await find('b')).toBe(KEY);
    expect(await find('a')).toBe(RETIRED);
    expect(await find('b')).toBe(KEY);
    expect(asked).toEqual(['one/a', 'one/b', 'one/a']);
  });

  test('a retired key or a made-up one makes nobody look anything up again', async () => {
    const { answers, asked, find } = setUp();
    answers.set('a', KEY).set('old', RETIRED);
    await find('a');
    await find('old');
    await find('made-up');
    await find('a');
    expect(asked).toEqual(['one/a', 'one/old', 'one/made-up']);
  });

  test('a key stays in use while Plaid cannot confirm it, but not for long', async () => {
    const { answers, find, pass } = setUp();
    answers.set('mine', KEY);
    await find('mine');
    answers.set('mine', DOWN);
    pass(UNCONFIRMED_KEY_TTL_MS - 1);
    expect(await find('mine')).toBe(KEY);
    pass(FAILURE_TTL_MS);
    expect(await find('mine')).toBe(DOWN);
    answers.set('mine', RETIRED);
    pass(FAILURE_TTL_MS);
    expect(await find('mine')).toBe(RETIRED);
  });

  test('a key that was known is looked up again soon after Plaid did not know it', async () => {
    const { answers, find, pass } = setUp();
    answers.set('mine', KEY);
    await find('mine');
    answers.set('mine', UNKNOWN);
    pass(KEY_TTL_MS);
    expect(await find('mine')).toBe(UNKNOWN);
    answers.set('mine', KEY);
    pass(FAILURE_TTL_MS);
    expect(await find('mine')).toBe(KEY);
  });

  describe('in a flood of made-up keys', () => {
    const HOUR = 60 * 60_000;

    test('asks as often as the budget allows, whatever comes', async () => {
      const { answers, asked, find, pass } = setUp();
      answers.set('mine', KEY);
      await find('mine');
      for (let ms = 0; ms < HOUR; ms += 100) {
        await find(`made-up-${ms}`);
        expect(await find('mine')).toBe(KEY);
        pass(100);
      }
      const own = asked.filter((one) => one === 'one/mine').length;
      expect(asked.length - own).toBeLessThanOrEqual(LOOKUP_BURST + HOUR / LOOKUP_INTERVAL_MS);
      // The key that is in use is looked up on its own account, and no more often than without a flood.
      expect(own).toBe(HOUR / KEY_TTL_MS);
    });

    test('says "unavailable" for a new key until there is room for it, never "unknown"', async () => {
      const { answers, find, pass } = setUp();
      answers.set('new', KEY);
      for (let n = 0; n < LOOKUP_BURST; n++) await find(`made-up-${n}`);
      expect(await find('new')).toEqual({ unavailable: expect.stringMatching(/too many/) });
      pass(LOOKUP_INTERVAL_MS);
      expect(await find('new')).toBe(KEY);
    });

    test('asks no more often than the budget allows when made-up keys come again too', async () => {
      const { asked, find, pass } = setUp();
      for (let ms = 0; ms < HOUR; ms += 1_000) {
        for (let n = 0; n < 50; n++) await find(`made-up-${ms % 60_000}-${n}`);
        pass(1_000);
      }
      expect(asked.length).toBeLessThanOrEqual(LOOKUP_BURST + HOUR / LOOKUP_INTERVAL_MS);
    });

    test('holds what it rejected within bounds, and so forgets the oldest', async () => {
      const { answers, find, pass } = setUp();
      answers.set('new', KEY);
      for (let n = 0; n < LOOKUP_BURST; n++) await find(`made-up-${n}`);
      await find('new');
      for (let n = 0; n < 100_000; n++) await find(`another-${n}`);
      pass(60_000);
      // The burst is there again, but for those that return, so it is a first time for a forgotten one.
      for (let n = 0; n < LOOKUP_BURST - RESERVED_LOOKUPS; n++) await find(`and-${n}`);
      expect(await find('new')).toHaveProperty('unavailable');
      expect(await find('another-99999')).toBe(UNKNOWN);
    });

    test('a key that could not be looked up again is not given up for it', async () => {
      const { answers, find, pass } = setUp();
      answers.set('mine', KEY);
      await find('mine');
      answers.set('mine', DOWN);
      pass(UNCONFIRMED_KEY_TTL_MS);
      expect(await find('mine')).toBe(DOWN);
      for (let n = 0; n < 2 * LOOKUP_BURST; n++) await find(`made-up-${n}`);
      answers.set('mine', KEY);
      pass(FAILURE_TTL_MS);
      expect(await find('mine')).toBe(KEY);
    });

    test('one account does not pay for another', async () => {
      const { answers, find } = setUp();
      answers.set('new', KEY);
      for (let n = 0; n < 2 * LOOKUP_BURST; n++) await find(`made-up-${n}`, 'one');
      expect(await find('new', 'two')).toBe(KEY);
    });
  });

  test('forgets the account that was used longest ago when there are too many', async () => {
    const { answers, asked, find } = setUp();
    answers.set('a', KEY);
    for (let n = 0; n <= 100; n++) await find('a', `account-${n}`);
    await find('a', 'account-100');
    await find('a', 'account-1');
    expect(asked).toHaveLength(101);
    await find('a', 'account-0');
    expect(asked).toHaveLength(102);
  });
});

test('a budget allows so many at once, then one each interval, and saves up no more', () => {
  const budget = createTokenBucket(3, 1_000);
  const taken = (now: number) =>
    Array.from({ length: 5 }, () => budget.tryTake(now)).filter(Boolean);
  expect(taken(0)).toHaveLength(3);
  expect(taken(999)).toHaveLength(0);
  expect(taken(1_000)).toHaveLength(1);
  expect(taken(3_500)).toHaveLength(2);
  expect(taken(4_000)).toHaveLength(1);
  expect(taken(1_000_000)).toHaveLength(3);
  // A clock that is set back gives nothing away.
  expect(taken(0)).toHaveLength(0);
});

describe("Plaid's answer with a key", () => {
  const signer = createSigner('7f3c');
  const { key } = keyOf(signer);
  const read = (change: object) => parseVerificationKey({ key: { ...key, ...change } }, '7f3c');

  test('is read', () => {
    const own = read({});
    expect(own?.expired).toBe(false);
    expect(own?.publicKey.equals(createPublicKey(signer.privateKey))).toBe(true);
  });

  test.each([1_700_000_000, 0, 9_999_999_999, 'soon'])(
    'is retired with expired_at %j, as Plaid says, whenever that is',
    (expired_at) => expect(read({ expired_at })?.expired).toBe(true),
  );

  test.each([null, undefined])('is in use with expired_at %j', (expired_at) =>
    expect(read({ expired_at })?.expired).toBe(false),
  );

  test.each([
    { kid: 'another' },
    { kid: undefined },
    { alg: 'ES384' },
    { alg: undefined },
    { alg: ['ES256'] },
    { use: 'enc' },
    { use: undefined },
    { use: null },
    { use: ['sig'] },
    { x: [key.x] },
    { x: Buffer.alloc(32).toString('base64url'), y: Buffer.alloc(32).toString('base64url') },
    { crv: 'P-384' },
    OTHER_CURVE.export({ format: 'jwk' }),
    { kty: 'oct', k: 'c2VjcmV0' },
    { kty: 'RSA' },
    { y: key.x },
    { x: undefined },
    { x: '' },
    { x: `${key.x}AA` },
  ])('is of no use with %j', (change) => expect(read(change)).toBeUndefined());

  test.each([null, undefined, 'key', 7, [], {}, { key: null }, { key: 'key' }, { key: [] }])(
    'is of no use as %j',
    (answer) => expect(parseVerificationKey(answer, '7f3c')).toBeUndefined(),
  );
});
