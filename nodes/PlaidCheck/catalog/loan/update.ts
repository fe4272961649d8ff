import { z } from 'zod/v4';

import { decimal, groupList, isoDate, wholeNumber } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { VERIFY_LOAN_REPORT } from '../shared/howToVerify';
import { LOAN_DOCUMENTATION, loanId, loanStatusMembers } from '../shared/loan';

export const updateLoans = endpoint({
  resource: 'loan',
  operation: 'update',
  name: 'Update',
  action: 'Update a loan with its status and payments',
  description:
    'Report new states and payments of loans that you registered; many items can go in one request',
  documentationUrl: LOAN_DOCUMENTATION,
  path: '/cra/loans/update',
  // Plaid does not say that an entry of a history which it has already is taken once only.
  howToVerify: VERIFY_LOAN_REPORT,
  identity: [],
  combine: { list: 'loans' },
  request: z.strictObject({
    loans: groupList(
      { name: 'Loans', description: 'The loans to update' },
      {
        loan_id: loanId.optional(),
        status_history: groupList(
          { name: 'Status History', description: 'The states that the loan came into' },
          loanStatusMembers,
        ).optional(),
        payment_history: groupList(
          { name: 'Payment History', description: 'How the loan was paid, period by period' },
          {
            period: wholeNumber(
              {
                name: 'Period',
                description:
                  'Which payment period it is: 1 is the time from the opening of the loan to the first due date',
              },
              { min: 1 },
            ),
            due_date: isoDate({
              name: 'Due Date',
              description: 'The day on which the payment was due, or on which the period ended',
            }),
            days_past_due: wholeNumber(
              {
                name: 'Days Past Due',
                description: 'How many days the loan was late at the end of the period, 0 if none',
              },
              { min: 0 },
            ),
            amount_past_due: decimal({
              name: 'Amount Past Due',
              description: 'The amount that was late or charged off at the end of the period',
            }).optional(),
            balance_remaining: decimal({
              name: 'Balance Remaining',
              description: 'What remained of the loan at the end of the period',
            }).optional(),
          },
        ).optional(),
      },
    ),
  }),
});
