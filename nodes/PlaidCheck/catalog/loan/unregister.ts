import { z } from 'zod/v4';

import { groupList } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { LOAN_DOCUMENTATION, loanId, loanStatus } from '../shared/loan';

export const unregisterLoans = endpoint({
  resource: 'loan',
  operation: 'unregister',
  name: 'Unregister',
  action: 'Unregister a loan',
  description: 'Report registered loans as closed; one request can combine many items',
  documentationUrl: LOAN_DOCUMENTATION,
  path: '/cra/loans/unregister',
  howToVerify: null,
  identity: [],
  combine: { list: 'loans' },
  request: z.strictObject({
    loans: groupList(
      { name: 'Loans', description: 'The loans to unregister' },
      {
        loan_id: loanId,
        closed_with_status: loanStatus(
          'Closed With Status',
          'Closing',
          'The status of the loan when it was closed',
        ),
      },
    ),
  }),
});
