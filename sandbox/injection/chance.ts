import { createHash } from 'node:crypto';

/** Two numbers from 0 up to 1 that are always the same for the same source. */
export function chances(...source: readonly (string | number)[]): [number, number] {
  const digest = createHash('sha256').update(JSON.stringify(source)).digest();
  return [digest.readUIntBE(0, 6) / 2 ** 48, digest.readUIntBE(6, 6) / 2 ** 48];
}

/** Counts how often the same came. */
export interface Occurrences {
  /** 1 for the first time. */
  next(...what: readonly string[]): number;
}

export function createOccurrences(): Occurrences {
  const counts = new Map<string, number>();
  return {
    next(...what) {
      const key = createHash('sha256').update(JSON.stringify(what)).digest('base64');
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return count;
    },
  };
}
