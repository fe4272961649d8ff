import { generateKeyPairSync } from 'node:crypto';

import { createKeyCache } from '../../../nodes/PlaidCheck/webhooks/keyCache';
import { LOOKUP_BURST, LOOKUP_INTERVAL_MS } from '../../../nodes/PlaidCheck/webhooks/keyRateLimit';
import type { KeyLookup } from '../../../nodes/PlaidCheck/webhooks/verificationKey';

const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const KEY: KeyLookup = { key: { publicKey, expired: false } };
const UNKNOWN: KeyLookup = { unknown: true };

/** When Plaid tries to deliver a webhook: after 30 s, and then after four times as long as before. */
const TRIES_AT_MS = [0, 30_000, 150_000];

/** New keys of Plaid's, each of which signs one webhook; every 10 s, at no round number. */
const NEW_KEYS = 30;
const firstTryAt = (index: number) => 1_237 + index * 10_003.7;
const DURATION_MS = firstTryAt(NEW_KEYS) + (TRIES_AT_MS.at(-1) ?? 0);

/** How many IDs a flood takes turns with; Infinity where none returns. */
type Returning = 50 | 400 | typeof Infinity;

/** Plaid's tries among made-up IDs, by a clock of its own. The try by which each new key got through, 0 for none. */
async function simulate(perSecond: number, returning: Returning) {
  let now = 0;
  let lookups = 0;
  const cache = createKeyCache(() => now);
  const find = (keyId: string, result: KeyLookup) =>
    cache.get('account', keyId, async () => {
      lookups += 1;
      return result;
    });
  const tries = Array.from({ length: NEW_KEYS }, (_, index) =>
    TRIES_AT_MS.map((delay, number) => ({ at: firstTryAt(index) + delay, index, number })),
  )
    .flat()
    .sort((one, other) => one.at - other.at);
  const through = new Array<number>(NEW_KEYS).fill(0);
  let arrived = 0;
  for (const { at, index, number } of tries) {
    for (; (arrived * 1_000) / perSecond < at; arrived++) {
      now = (arrived * 1_000) / perSecond;
      const id = returning === Infinity ? arrived : arrived % returning;
      await find(`made-up-${id}`, UNKNOWN);
    }
    now = at;
    if (through[index] === 0 && 'key' in (await find(`genuine-${index}`, KEY)))
      through[index] = number + 1;
  }
  return { through, lookups };
}

const FLOODS = [5, 20, 400, 1_000].flatMap((perSecond) =>
  ([Infinity, 50, 400] as const).map((returning) => ({ perSecond, returning })),
);

test.each(FLOODS)(
  '$perSecond made-up keys per second, $returning of them: a new key gets through in three tries',
  async ({ perSecond, returning }) => {
    const { through, lookups } = await simulate(perSecond, returning);
    const byTry = [1, 2, 3, 0].map((number) => through.filter((one) => one === number).length);
    console.log(
      `${perSecond}/s, ${returning} IDs: ${byTry.slice(0, 3).join(' + ')} of ${NEW_KEYS} new keys by try 1 + 2 + 3, ${byTry[3]} never; ${lookups} lookups`,
    );
    expect(through).not.toContain(0);
    expect(lookups).toBeLessThanOrEqual(LOOKUP_BURST + DURATION_MS / LOOKUP_INTERVAL_MS);
  },
  30_000,
);
