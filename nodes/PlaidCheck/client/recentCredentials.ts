import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** How long after n8n has changed or removed a credential the old one may still be in use. */
export const RECENT_MS = 5_000;

/** Credentials that are kept; the one that was read first is evicted first. */
export const MAX_RECENT = 100;

interface Entry {
  reading: Promise<ICredentialDataDecryptedObject>;
  /** ms since the epoch. Counted from the start: n8n may have looked into its database at any time since. */
  startedAt: number;
}

/** Credentials that were read a moment ago, so that a burst of webhooks does not read one for each. */
export interface RecentCredentials {
  /**
   * @param id tells apart what n8n may give different values for
   * @param read asks n8n; what it throws is thrown, and not kept
   */
  get(
    id: string,
    read: () => Promise<ICredentialDataDecryptedObject>,
  ): Promise<ICredentialDataDecryptedObject>;
}

export function createRecentCredentials(now: () => number = Date.now): RecentCredentials {
  const entries = new Map<string, Entry>();
  return {
    get(id, read) {
      evictUnused(entries, now());
      const recent = entries.get(id);
      if (recent) return recent.reading;
      const [oldest] = entries.keys();
      if (entries.size >= MAX_RECENT && oldest !== undefined) entries.delete(oldest);
      const entry = { startedAt: now(), reading: read() };
      entries.set(id, entry);
      entry.reading.catch(() => {
        if (entries.get(id) === entry) entries.delete(id);
      });
      return entry.reading;
    },
  };
}

/** Keeps no secret that is not used any more. A clock that was set back must not keep one either. */
function evictUnused(entries: Map<string, Entry>, now: number): void {
  for (const [id, { startedAt }] of entries) {
    const age = now - startedAt;
    if (age >= RECENT_MS || age < 0) entries.delete(id);
  }
}
