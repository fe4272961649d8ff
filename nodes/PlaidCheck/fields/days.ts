/** What a date field takes from a value: its day, the days it could mean, or undefined if it is no day at all. */
export type DayReading = { day: string } | { days: [string, string] } | undefined;

const HOUR_IN_MS = 60 * 60 * 1000;

const NOON = 12;

/** No time zone's midnight falls between two of these (https://www.iana.org/time-zones). */
const ZONE_STEP_MS = HOUR_IN_MS / 4;

/** ISO 8601 or SQL text: the day, and perhaps the time of day and its distance from UTC. */
const DAY_AND_TIME =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

const MIDNIGHT = /^00:00(:00(\.0+)?)?$/;

/**
 * Reads the calendar day that a value means. A database's DATE arrives as an instant: midnight of some time zone, which
 * is the day before in zones to its west.
 * @param timezone the workflow's time zone
 */
export function readDay(value: unknown, timezone: string): DayReading {
  const [, written = '', time, zone] = DAY_AND_TIME.exec(isoText(value) ?? '') ?? [];
  if (!isDay(written)) return undefined;
  if (time === undefined) return { day: written };
  const instant = Date.parse(`${written}T${time}${fullOffset(zone ?? 'Z')}`);
  if (Number.isNaN(instant)) return undefined;

  const local = dayIn(timezone, instant);
  if (zone && isStartOfDay(timezone, instant)) {
    const isElsewhere = MIDNIGHT.test(time) && local !== written;
    return isElsewhere ? { days: [written, local] } : { day: local };
  }
  if (MIDNIGHT.test(time)) return { day: written };
  const possible = [local];
  if (isStartOfDay(undefined, instant)) possible.push(dayIn(undefined, instant));
  if (isUtc(zone ?? 'Z') && isMidnightInTheEast(instant)) possible.push(nextDay(written));
  const other = possible.find((day) => day !== written);
  return other === undefined ? { day: written } : { days: [written, other] };
}

/** Text as it is; a JavaScript Date, of whatever realm, and a luxon DateTime as ISO text; undefined for anything else. */
export function isoText(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim();
  if (typeof value !== 'object' || value === null) return undefined;
  if ('isLuxonDateTime' in value && 'toISO' in value && typeof value.toISO === 'function')
    return (value.toISO() as string | null) ?? undefined;
  if (Object.prototype.toString.call(value) !== '[object Date]') return undefined;
  const date = new Date(Number(value.valueOf()));
  return Number.isNaN(date.valueOf()) ? undefined : date.toISOString();
}

/** The afternoon in UTC may be the midnight at which the next day starts further east, such as 15:00 in Tokyo. */
const isMidnightInTheEast = (instant: number) =>
  instant % ZONE_STEP_MS === 0 && new Date(instant).getUTCHours() > NOON;

const nextDay = (day: string) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 24 * HOUR_IN_MS).toISOString().slice(0, 10);

const isUtc = (zone: string) => /^(Z|[+-]00(:?00)?)$/i.test(zone);

/** An offset as `Date.parse` takes it: +09 as +09:00. */
const fullOffset = (zone: string) =>
  zone
    .toUpperCase()
    .replace(/^([+-]\d{2}):?(\d{2})?$/, (_, hours, minutes) => `${hours}:${minutes ?? '00'}`);

function isDay(text: string): boolean {
  const instant = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}

/** Not 00:00: where clocks change at midnight, a day starts at 01:00. */
const isStartOfDay = (timezone: string | undefined, instant: number) =>
  dayIn(timezone, instant - 1) !== dayIn(timezone, instant);

const formats = new Map<string | undefined, Intl.DateTimeFormat>();

/** The day in a time zone, as YYYY-MM-DD; without one, in that of the process. */
function dayIn(timezone: string | undefined, instant: number): string {
  const format =
    formats.get(timezone) ??
    new Intl.DateTimeFormat('en-CA', {
      timeZone: timezone,
      calendar: 'iso8601',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
  formats.set(timezone, format);
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const year = (parts.get('year') ?? '').padStart(4, '0');
  return `${year}-${parts.get('month')}-${parts.get('day')}`;
}
