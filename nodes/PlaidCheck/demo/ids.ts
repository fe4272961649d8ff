import type { JsonValue } from 'n8n-workflow';

import { sha256 } from '../utils/sha256';
import { numberOf, personOf, personOfNumber, type DemoPerson } from './personas';

const HOUR_MS = 60 * 60 * 1000;

/** The whole hour of a time, both in ms since the epoch: the clock of the demo. */
export const wholeHour = (time: number): number => time - (time % HOUR_MS);

/** What an ID or token of the demo was made by. The demo keeps nothing: it reads all of this back from the ID. */
export interface Origin {
  /** Whom the request was about; undefined where it was about nobody */
  person: DemoPerson | undefined;
  /** The request's path */
  path: string;
  /** ms since the epoch, in whole hours; 0 for what is the same at any time */
  madeAt: number;
  /** Which of the request's IDs it is, from 0 on */
  nth: number;
}

/** Requests whose IDs later requests may name, and whether the time of making them matters. An index is part of an ID. */
const MAKERS: ReadonlyArray<readonly [path: string, hasTime: boolean]> = [
  ['/user/create', false],
  ['/cra/check_report/create', true],
  ['/cra/report/create', true],
  ['/cra/monitoring_insights/subscribe', false],
  ['/cra/servicing/subscription/create', false],
  ['/sandbox/cra/servicing/simulate', true],
  ['/link/token/create', true],
  ['/user/third_party_token/create', true],
  ['/oauth/token', true],
];

/** The first digits of every UUID of the demo. */
const MARK = 'de30';

const NO_CODE = '0'.repeat(10);

const hex = (number: number, digits: number) => number.toString(16).padStart(digits, '0');

const checksum = (digits: string) => sha256(digits).slice(0, 4);

/** The origin as a UUID: mark, maker, user, hour, count, code, checksum. */
export function uuidOf({ person, path, madeAt, nth }: Origin): string {
  const maker = MAKERS.findIndex(([one]) => one === path);
  const hasTime = MAKERS[maker]?.[1] ?? true;
  const number = person ? numberOf(person) : 0;
  const hour = hex(hasTime ? madeAt / HOUR_MS : 0, 7);
  const start = `${MARK}${hex(maker + 1, 2)}${hex(number, 2)}${hour.slice(0, 4)}4${hour.slice(4)}`;
  const rest = `a${hex(nth % 16, 1)}${person?.code ?? NO_CODE}`;
  const digits = `${start}${rest}${checksum(start + rest)}`;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The origin of a UUID; undefined where it is none of the demo's. */
export function originOf(uuid: string): Origin | undefined {
  const digits = uuid.replaceAll('-', '');
  const parts = /^de30(..)(..)(.{4})4(.{3})a(.)(.{10})(.{4})$/.exec(digits);
  if (!parts || checksum(digits.slice(0, -4)) !== digits.slice(-4)) return undefined;
  const [maker = 0, number = 0, hour = 0, nth = 0] = [
    parts[1],
    parts[2],
    `${parts[3]}${parts[4]}`,
    parts[5],
  ].map((part) => parseInt(part ?? '', 16));
  const code = parts[6] === NO_CODE ? null : (parts[6] ?? null);
  return {
    person: personOfNumber(number, code),
    path: MAKERS[maker - 1]?.[0] ?? '',
    madeAt: hour * HOUR_MS,
    nth,
  };
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** An OAuth token holds the bytes of a UUID. */
const OAUTH_TOKEN = /^pd[ar]-([\w-]{22})$/;

/** Where an ID or token comes from; undefined for any other text. */
function originOfText(text: string): Origin | undefined {
  const person = personOf(text);
  if (person) return { person, path: '/user/create', madeAt: 0, nth: 0 };
  const [, bytes] = OAUTH_TOKEN.exec(text) ?? [];
  if (bytes !== undefined) return originOf(Buffer.from(bytes, 'base64url').toString('hex'));
  const [uuid] = UUID.exec(text) ?? [];
  return uuid === undefined ? undefined : originOf(uuid);
}

/** Where all IDs and tokens in a request come from. */
export function originsIn(value: JsonValue | undefined): Origin[] {
  if (typeof value === 'string') {
    const origin = originOfText(value);
    return origin ? [origin] : [];
  }
  if (Array.isArray(value)) return value.flatMap(originsIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(originsIn) : [];
}
