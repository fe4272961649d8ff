import { choice, textField } from '../../fields/builders';
export const productVersion = textField({
  name: 'Version',
  description: "Plaid's version name of the product",
  placeholder: 'e.g. V1',
});

/** Only for Plaid customers from before July 2026 (SDK 47, CraCheckReport…GetOptions). */
export const OLDER_OPTIONS = {
  name: 'Insights Options',
  description:
    'Older settings for these insights; Plaid customers since July 2026 set them when they create the report',
  deprecated: true,
} as const;

export const cashflowAttributesVersion = choice(
  {
    name: 'Attributes Version',
    description: 'The version of cashflow attributes; required for cashflow insights',
  },
  { CFI1: 'CFI1', 'v1.0': 'Version 1.0', 'v2.0': 'Version 2.0' },
);

export const lendScoreVersion = choice(
  {
    name: 'LendScore Version',
    description: 'The version of the LendScore; required for LendScores',
  },
  { LS1: 'LS1', 'v1.0': 'Version 1.0', 'v2.0': 'Version 2.0' },
);

export const networkInsightsVersion = choice(
  {
    name: 'Network Insights Version',
    description: 'The version of network insights; required for network insights',
  },
  { NI1: 'NI1' },
);
