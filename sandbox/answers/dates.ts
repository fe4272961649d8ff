export const DAY_MS = 24 * 60 * 60 * 1000;

/** `2026-01-31` of a time in ms since the epoch, in UTC. */
export function isoDate(ms: number): string {
  const day = Math.floor(ms / DAY_MS);
  const known = isoDates.get(day);
  if (known !== undefined) return known;
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
  isoDates.set(day, date);
  return date;
}

/** By day since the epoch. A report has thousands of dates, of the same few years. */
const isoDates = new Map<number, string>();

/** `2026-01-31T12:00:00Z`, as Plaid writes times. */
export const isoTime = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
