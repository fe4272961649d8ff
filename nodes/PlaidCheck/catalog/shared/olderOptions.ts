/** Plaid takes these of its customers from before July 2026 only (SDK 47, CraCheckReport…GetOptions). */
export const OLDER_OPTIONS = {
  name: 'Options',
  description:
    'Older settings for these insights; Plaid customers since July 2026 set them when they create the report',
  deprecated: true,
} as const;
