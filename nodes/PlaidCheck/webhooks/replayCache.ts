/** About 10 MB. The oldest are evicted first. */
const MAX_ENTRIES = 50_000;

/** Extra lifetime of an entry: a copy that arrived just before expiry may still be waiting for its key. */
export const GRACE_PERIOD_MS = 60_000;

interface Entry {
  /** ms since the epoch */
  expiresAt: number;
  isAcknowledged: Promise<boolean>;
}

/**
 * Remembers every accepted signature until it is too old to be accepted again, whatever became of its delivery. Plaid
 * signs each retry anew, so only copies have a signature that was seen before.
 */
export interface ReplayCache {
  /** Whether the delivery that first had this signature was acknowledged; undefined if there was none */
  get(id: string): Promise<boolean> | undefined;
  /**
   * @param expiresAt ms since the epoch; copies are rejected as too old from then on
   * @param isAcknowledged must not reject
   */
  add(id: string, expiresAt: number, isAcknowledged: Promise<boolean>): void;
}

export function createReplayCache(now: () => number = Date.now): ReplayCache {
  const entries = new Map<string, Entry>();
  return {
    get: (id) => entries.get(id)?.isAcknowledged,
    add(id, expiresAt, isAcknowledged) {
      evictSignatures(entries, now());
      entries.set(id, { expiresAt, isAcknowledged });
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
