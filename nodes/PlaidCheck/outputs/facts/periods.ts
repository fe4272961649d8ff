/** The spans that Plaid gives figures for: the end of the field's name, of the label, and in words. */
const PERIODS = [
  ['', '', 'all days of the report'],
  ['_30d', ' 30 Days', 'the last 30 days'],
  ['_60d', ' 60 Days', 'the last 60 days'],
  ['_90d', ' 90 Days', 'the last 90 days'],
] as const;

export type Period = (typeof PERIODS)[number];

export const [WHOLE, DAYS_30] = PERIODS;

export const ALL_PERIODS: readonly Period[] = PERIODS;
