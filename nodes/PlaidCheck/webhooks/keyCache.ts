import { touch } from '../utils/touch';
import { createLookupLimiters, type LookupLimiter } from './keyRateLimit';
import type { KeyLookup } from './verificationKey';

/** How long a key is used before it is fetched again to see whether Plaid has retired it. */
export const KEY_TTL_MS = 5 * 60_000;

/**
 * How long an unknown key ID is not looked up again. Long enough that made-up IDs that return run out of lookups to use
 * up; short enough that Plaid still retries a webhook whose key it was late to publish.
 */
export const UNKNOWN_KEY_TTL_MS = 10 * 60_000;

/** How long a key is not looked up again after its lookup failed. */
export const FAILURE_TTL_MS = 1_000;

/** How long a key stays in use while Plaid can't confirm it, counted from the last time it did. */
export const UNCONFIRMED_KEY_TTL_MS = 15 * 60_000;

const MAX_ACCOUNTS = 100;

/** Larger than the number of lookups the rate limit admits within UNKNOWN_KEY_TTL_MS. */
const MAX_KEYS = 5_000;

interface Entry {
  lookup: Promise<KeyLookup>;
  /** ms since the epoch; Infinity while the lookup is in flight */
  expiresAt: number;
  /** Whether Plaid has ever returned a key for this ID */
  isKey: boolean;
  /** The key that Plaid returned last, and when (ms since the epoch) */
  confirmed?: { lookup: KeyLookup; at: number };
}

interface Account {
  entries: Map<string, Entry>;
  limiter: LookupLimiter;
}

/** A cache of verification keys, per Plaid account. */
export interface KeyCache {
  /**
   * Returns the key from the cache or fetches it, with at most one fetch in flight per key. Made-up key IDs can neither
   * exceed the rate limit nor evict real keys: refreshing a known key bypasses the limit. A rate-limited ID is
   * reported as unavailable, not unknown, so that Plaid retries the webhook.
   * @param account any text that identifies the account, such as a hash
   * @param fetch fetches the key from Plaid; must not reject
   */
  get(account: string, keyId: string, fetch: () => Promise<KeyLookup>): Promise<KeyLookup>;
}

export function createKeyCache(now: () => number = Date.now): KeyCache {
  const accounts = new Map<string, Account>();
  const limiterFor = createLookupLimiters();
  return {
    async get(account, keyId, fetch) {
      const { entries, limiter } = touch(accounts, account, MAX_ACCOUNTS, () => ({
        entries: new Map<string, Entry>(),
        limiter: limiterFor(account),
      }));
      const cached = entries.get(keyId);
      if (cached && now() < cached.expiresAt) return await cached.lookup;
      const isKey = cached?.isKey ?? false;
      if (!isKey && !limiter.tryAcquire(keyId, now())) {
        return { unavailable: 'too many webhooks named unknown keys in a short time' };
      }
      deleteExpiredUnknownKeys(entries, now());
      entries.delete(keyId);
      const answer = fetch();
      const entry = touch<Entry>(entries, keyId, MAX_KEYS, () => ({
        lookup: answer.then((one) => lastKeyIfUnconfirmed(one, cached, now())),
        expiresAt: Infinity,
        isKey,
        confirmed: cached?.confirmed,
      }));
      const lookup = await entry.lookup;
      const isConfirmed = 'key' in (await answer);
      entry.expiresAt = now() + (isKey && !isConfirmed ? FAILURE_TTL_MS : ttlOf(lookup));
      if (isConfirmed) {
        entry.confirmed = { lookup, at: now() };
        // A new key may mean that Plaid has rotated its keys, so refresh the others.
        if (!isKey && 'key' in lookup && !lookup.key.expired) expireOtherKeys(entries, entry);
        entry.isKey = true;
      }
      return lookup;
    },
  };
}

/** A key that was good a moment ago stays in use while Plaid can't be asked about it, but not for long. */
function lastKeyIfUnconfirmed(
  answer: KeyLookup,
  cached: Entry | undefined,
  now: number,
): KeyLookup {
  const { confirmed } = cached ?? {};
  if (!('unavailable' in answer) || !confirmed) return answer;
  return now - confirmed.at < UNCONFIRMED_KEY_TTL_MS ? confirmed.lookup : answer;
}

function ttlOf(lookup: KeyLookup): number {
  if ('key' in lookup) return KEY_TTL_MS;
  return 'unknown' in lookup ? UNKNOWN_KEY_TTL_MS : FAILURE_TTL_MS;
}

function expireOtherKeys(entries: Map<string, Entry>, except: Entry): void {
  for (const entry of entries.values()) {
    if (entry !== except && entry.isKey && entry.expiresAt !== Infinity) entry.expiresAt = 0;
  }
}

function deleteExpiredUnknownKeys(entries: Map<string, Entry>, now: number): void {
  for (const [keyId, { isKey, expiresAt }] of entries) {
    if (!isKey && expiresAt <= now) entries.delete(keyId);
  }
}
