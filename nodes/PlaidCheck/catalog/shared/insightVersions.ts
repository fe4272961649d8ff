import { choice } from '../../fields/field';

export const cashflowAttributesVersion = choice(
  {
    name: 'Attributes Version',
    description: 'The version of cashflow attributes, required to use cashflow insights',
  },
  { CFI1: 'CFI1', 'v1.0': 'Version 1.0', 'v2.0': 'Version 2.0' },
);

export const lendScoreVersion = choice(
  {
    name: 'LendScore Version',
    description: 'The version of the LendScore, required to use it',
  },
  { LS1: 'LS1', 'v1.0': 'Version 1.0', 'v2.0': 'Version 2.0' },
);

export const networkInsightsVersion = choice(
  {
    name: 'Network Insights Version',
    description: 'The version of network insights, required to use them',
  },
  { NI1: 'NI1' },
);
