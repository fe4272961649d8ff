import { choice } from '../../fields/builders';

/** SDK 47, CraReportScope. */
export const reportScope = choice(
  {
    name: 'Scope',
    description: 'Which bank connections (Items) of the user the report is made of',
  },
  {
    CLIENT_USER: {
      name: 'Client User',
      description: 'Only the ones that the user linked with you',
    },
    PLAID_NETWORK: {
      name: 'Plaid Network',
      description: 'All that the user has in the Plaid Network',
    },
  },
);
