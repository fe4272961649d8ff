import { createHash } from 'node:crypto';

/** A stream of numbers in [0, 1) that is always the same for the same seed (mulberry32). */
export function random(seed: string): () => number {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** One of the options; always the same one for the same seed. */
export function pick<T>(seed: string, options: readonly [T, ...T[]]): T {
  return options[Math.floor(random(seed)() * options.length)] ?? options[0];
}

/** A whole number from `min` to `max`, both included; always the same one for the same seed. */
export const wholeNumber = (seed: string, min: number, max: number): number =>
  min + Math.floor(random(seed)() * (max - min + 1));
