export const DAY_MS = 24 * 60 * 60 * 1000;

/** `2026-01-31` of a time in ms since the epoch, in UTC. */
export const isoDate = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** `2026-01-31T12:00:00Z`, as Plaid writes times. */
export const isoTime = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
