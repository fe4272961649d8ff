import { pattern, type Format } from '../../fields/formats';

/** Formats that Plaid states in the texts of its fields (SDK 47), and its reference pages. */

export const alpha2Country = pattern('two capital letters, such as "US"', /^[A-Z]{2}$/);

/** The postal subdivisions of the US: ISO 3166-2:US and the military ones. */
const US_REGIONS = new Set(
  (
    'AA AE AK AL AP AR AS AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY LA MA MD ME MI MN MO MP MS MT NC ND NE NH ' +
    'NJ NM NV NY OH OK OR PA PR RI SC SD TN TX UM UT VA VI VT WA WI WV WY'
  ).split(' '),
);

/** The part of an ISO 3166-2 code after the hyphen. */
export const regionCode: Format = (text, { country }) => {
  if (country === 'US' && !US_REGIONS.has(text.toUpperCase())) {
    return { expected: 'the two letters of a US state, such as "CA"' };
  }
  return /^[A-Z0-9]{1,3}$/i.test(text)
    ? undefined
    : { expected: 'the code of the region without the country, such as "CA"' };
};

const ZIP_DIGITS = 5;

/** A ZIP code has five digits, and so fewer of them are what a number left of it. */
export const zipCode: Format = (text, { country }) =>
  country === 'US' && /^\d{1,4}$/.test(text)
    ? { expected: 'a ZIP code', digits: ZIP_DIGITS }
    : undefined;

/** Spaces and hyphens are not counted, as the codes of many countries have them. */
export const linkPostalCode: Format = (text, { country }) => {
  if (country === 'US') {
    return /^\d{5}$/.test(text)
      ? undefined
      : { expected: 'five digits for an address in the US', digits: ZIP_DIGITS };
  }
  return /^[\p{L}\p{N}]{2,10}$/u.test(text.replace(/[ -]/g, ''))
    ? undefined
    : { expected: 'two to ten letters and digits' };
};

export const withLetter = pattern('text with at least one letter', /\p{L}/u);

export const e164 = pattern(
  'a phone number with + and country code, digits only, such as "+14157452130"',
  /^\+[1-9]\d{1,14}$/,
);

export const emailAddress = pattern('an email address', /^[^\s@]+@[^\s@]+$/);

/** An absolute URI of any scheme; URL alone would repair a text that is sent as it is. */
export const absoluteUri: Format = (text) =>
  /^[a-z][a-z0-9+.-]*:\S+$/i.test(text) && URL.canParse(text)
    ? undefined
    : { expected: 'an absolute URL, such as "https://example.com/done"' };

export const redirectUri: Format = (text) =>
  absoluteUri(text, {}) ??
  (/[?#]/.test(text) ? { expected: 'a URL without a query (?) or a fragment (#)' } : undefined);

const DAY_MS = 24 * 60 * 60_000;

/** The day it is anywhere on Earth at the latest (UTC+14), some days from now. */
const latestDay = (daysAhead = 0) =>
  new Date(Date.now() + 14 * 60 * 60_000 + daysAhead * DAY_MS).toISOString().slice(0, 10);

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** Nobody is born tomorrow. */
export const notInFuture: Format = (text) =>
  isDay(text) && text > latestDay() ? { expected: 'a date that is not in the future' } : undefined;

export const atMostDaysAhead =
  (days: number): Format =>
  (text) =>
    isDay(text) && text > latestDay(days)
      ? { expected: `a date at most ${days} days from now` }
      : undefined;

/** Clocks differ. */
const TOLERANCE_MS = 5 * 60_000;

export const atMostHoursAhead =
  (hours: number): Format =>
  (text) =>
    Date.parse(text) > Date.now() + hours * 60 * 60_000 + TOLERANCE_MS
      ? { expected: `a time at most ${hours} hours from now` }
      : undefined;

/** https://plaid.com/documents/income-v2-category-taxonomy.csv */
export const incomeCategories = pattern(
  '*, a group such as "EARNED_INCOME.*", or a category such as "EARNED_INCOME.SALARY"',
  /^(\*|[A-Z_]+\.(\*|[A-Z_]+))$/,
);

/** Words from a list, with a separator between them. */
export const wordsOf = (words: readonly string[], separator: RegExp, expected: string): Format => {
  const allowed = new Set(words);
  return (text) =>
    text.split(separator).every((word) => allowed.has(word)) ? undefined : { expected };
};

/** The schema requires four digits, but can't tell that a number lost its leading zeros. */
export const fourDigits: Format = () => ({ digits: 4 });

export const fullSsn = pattern('a Social Security number as 123-45-6789', /^\d{3}-\d{2}-\d{4}$/, 9);
