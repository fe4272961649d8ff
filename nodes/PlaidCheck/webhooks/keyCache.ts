import type { KeyLookup } from './verificationKey';
import { createNewKeyLimiter, type NewKeyLimiter } from './keyRateLimit';

/** How long a key is believed before Plaid is asked again whether it is still in use. */
export const KEY_TTL_MS = 5 * 60_000;

/** How long a key that Plaid does not know is not asked for again. */
export const UNKNOWN_KEY_TTL_MS = 60_000;

/** How long Plaid is left alone after a request for a key has failed. */
export const FAILURE_TTL_MS = 1_000;

const MAX_ACCOUNTS = 100;

/** More than the budgets for new keys let in while a made-up one is remembered. */
const MAX_KEYS = 500;

interface Entry {
  answer: Promise<KeyLookup>;
  /** When the answer has to be fetched again, ms since the epoch; Infinity while it is on its way */
  until: number;
  /** Whether Plaid has ever answered with a key */
  isKey: boolean;
}

interface Account {
  entries: Map<string, Entry>;
  newKeys: NewKeyLimiter;
}

/** The keys of one or more Plaid accounts, kept for a while. */
export interface KeyCache {
  /**
   * The key, from memory or fetched; one request at a time for each key. Whoever makes up key ids can neither
   * have Plaid asked more often than the budgets allow nor crowd out what is remembered: keys once seen are
   * fetched again outside of the budgets. What they leave no room for is unavailable, not unknown, so
   * that a new key of Plaid's gets its turn when its webhook is repeated.
   * @param account any text that stands for an account, such as a hash
   * @param fetch asks Plaid; must not reject
   * @param isSeenBefore whether it is one of the few keys that Plaid is known to have given out before a restart
   */
  get(
    account: string,
    keyId: string,
    fetch: () => Promise<KeyLookup>,
    isSeenBefore?: boolean,
  ): Promise<KeyLookup>;
}

export function createKeyCache(now: () => number = Date.now): KeyCache {
  const accounts = new Map<string, Account>();
  return {
    async get(account, keyId, fetch, isSeenBefore = false) {
      const { entries, newKeys } = latest(accounts, account, MAX_ACCOUNTS, () => ({
        entries: new Map<string, Entry>(),
        newKeys: createNewKeyLimiter(),
      }));
      const known = entries.get(keyId);
      if (known && now() < known.until) return await known.answer;
      const isKey = known?.isKey ?? false;
      if (!isKey && !isSeenBefore && !newKeys.tryAcquire(keyId, now())) {
        return { unavailable: 'too many keys that are not known yet were named in a short time' };
      }
      forgetOld(entries, now());
      entries.delete(keyId);
      const entry = latest(entries, keyId, MAX_KEYS, () => ({
        answer: fetch(),
        until: Infinity,
        isKey,
      }));
      const answer = await entry.answer;
      entry.until = now() + lifeOf(answer);
      if ('key' in answer) {
        // A new key in use means that another was retired, perhaps: each is looked up again.
        if (!isKey && !answer.key.expired) askAgain(entries, entry);
        entry.isKey = true;
      }
      return answer;
    },
  };
}

/** The value of a name, which becomes the last one to be dropped when there are too many. */
function latest<T>(values: Map<string, T>, name: string, max: number, create: () => T): T {
  const value = values.get(name) ?? create();
  values.delete(name);
  values.set(name, value);
  const [oldest] = values.keys();
  if (values.size > max && oldest !== undefined) values.delete(oldest);
  return value;
}

function lifeOf(answer: KeyLookup): number {
  if ('key' in answer) return KEY_TTL_MS;
  return 'unknown' in answer ? UNKNOWN_KEY_TTL_MS : FAILURE_TTL_MS;
}

function askAgain(entries: Map<string, Entry>, but: Entry): void {
  for (const entry of entries.values()) {
    if (entry !== but && entry.isKey && entry.until !== Infinity) entry.until = 0;
  }
}

/** Made-up key ids are not kept for longer than they are of use. */
function forgetOld(entries: Map<string, Entry>, now: number): void {
  for (const [keyId, { isKey, until }] of entries) {
    if (!isKey && until <= now) entries.delete(keyId);
  }
}
