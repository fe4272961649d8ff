import { choice } from '../../fields/builders';

/** SDK 47, CraReportScope. */
export const reportScope = choice(
  {
    name: 'Scope',
    description: 'The bank connections (Items) of the user to create the report from',
  },
  {
    CLIENT_USER: {
      name: 'Client User',
      description: 'Only Items that the user linked with you',
    },
    PLAID_NETWORK: {
      name: 'Plaid Network',
      description: 'All Items of the user on the Plaid Network',
    },
  },
);
