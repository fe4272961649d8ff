/**
 * A time of Plaid in ms since the epoch; undefined for anything else. One without a zone is in UTC, and a day is its
 * first moment.
 */
export function plaidTime(time: unknown): number | undefined {
  if (typeof time !== 'string') return undefined;
  const isZoned = isDay(time) || /(Z|[+-]\d\d:?\d\d)$/i.test(time);
  const ms = Date.parse(isZoned ? time : `${time}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** Whether a time is a date alone, which may be any moment of that day. */
export const isDay = (time: string) => time.length <= 'yyyy-mm-dd'.length;
