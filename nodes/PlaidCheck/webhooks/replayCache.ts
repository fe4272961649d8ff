/** Signatures that are remembered at once; the oldest make room for new ones. Some 10 MB at the most. */
const MAX_REMEMBERED = 50_000;

/**
 * How much longer an entry is kept: a copy that was looked at just in time may have waited for the key since, and
 * must find the entry still.
 */
export const GRACE_PERIOD_MS = 60_000;

interface Entry {
  /** ms since the epoch */
  until: number;
  /** Whether it was acted on in the end */
  done: Promise<boolean>;
}

/** What has been acted on already, for as long as it could come again. */
export interface ReplayCache {
  /** Whether an earlier one of the same id was acted on in the end; undefined when there is none. */
  get(id: string): Promise<boolean> | undefined;
  /**
   * @param until ms since the epoch; from then on a copy is refused as too old
   * @param done when it comes out false, the next one of the same id is the first again. Must not reject
   */
  add(id: string, until: number, done: Promise<boolean>): void;
}

export function createReplayCache(now: () => number = Date.now): ReplayCache {
  const entries = new Map<string, Entry>();
  return {
    get: (id) => entries.get(id)?.done,
    add(id, until, done) {
      makeRoom(entries, now());
      const entry = { until, done };
      entries.set(id, entry);
      void done.then((isDone) => {
        if (!isDone && entries.get(id) === entry) entries.delete(id);
      });
    },
  };
}

/** They come nearly in the order in which they end: looking at the oldest is enough. */
function makeRoom(entries: Map<string, Entry>, now: number): void {
  for (const [id, { until }] of entries) {
    if (until + GRACE_PERIOD_MS > now && entries.size < MAX_REMEMBERED) return;
    entries.delete(id);
  }
}
