/** About 10 MB. The oldest are evicted first. */
const MAX_ENTRIES = 50_000;

/** Extra lifetime of an entry: a copy that arrived just before expiry may still be waiting for its key. */
export const GRACE_PERIOD_MS = 60_000;

interface Entry {
  /** ms since the epoch */
  expiresAt: number;
  isProcessed: Promise<boolean>;
}

/** Remembers processed signatures until they are too old to be accepted again. */
export interface ReplayCache {
  /** Whether the earlier webhook with this ID was processed; undefined if there was none */
  get(id: string): Promise<boolean> | undefined;
  /**
   * @param expiresAt ms since the epoch; copies are rejected as too old from then on
   * @param isProcessed resolves to false if processing failed, so that a copy may try again; must not reject
   */
  add(id: string, expiresAt: number, isProcessed: Promise<boolean>): void;
}

export function createReplayCache(now: () => number = Date.now): ReplayCache {
  const entries = new Map<string, Entry>();
  return {
    get: (id) => entries.get(id)?.isProcessed,
    add(id, expiresAt, isProcessed) {
      evictSignatures(entries, now());
      const entry = { expiresAt, isProcessed };
      entries.set(id, entry);
      void isProcessed.then((succeeded) => {
        if (!succeeded && entries.get(id) === entry) entries.delete(id);
      });
    },
  };
}

/** Entries expire roughly in insertion order, so this stops at the first one that is still valid. */
function evictSignatures(entries: Map<string, Entry>, now: number): void {
  for (const [id, { expiresAt }] of entries) {
    if (expiresAt + GRACE_PERIOD_MS > now && entries.size < MAX_ENTRIES) return;
    entries.delete(id);
  }
}
