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
    'Report new statuses and payments of registered loans; one request can combine many items',
  documentationUrl: LOAN_DOCUMENTATION,
  created: {
    what: 'the update of these loans',
    next: 'Do not send it again',
  },
  path: '/cra/loans/update',
  // Plaid does not document that it ignores duplicate history entries.
  howToVerify: VERIFY_LOAN_REPORT,
  identity: [],
  combine: { list: 'loans' },
  request: z.strictObject({
    loans: groupList(
      { name: 'Loans', description: 'The loans to update' },
      {
        loan_id: loanId.optional(),
        status_history: groupList(
          { name: 'Status History', description: 'The statuses of the loan over time' },
          loanStatusMembers,
        ).optional(),
        payment_history: groupList(
          { name: 'Payment History', description: 'The payments on the loan, by period' },
          {
            period: wholeNumber(
              {
                name: 'Period',
                description:
                  'The number of the payment period; period 1 runs from the opening of the loan to the first due date',
              },
              { min: 1 },
            ),
            due_date: isoDate({
              name: 'Due Date',
              description: 'The date the payment was due or the period ended',
            }),
            days_past_due: wholeNumber(
              {
                name: 'Days Past Due',
                description: 'Number of days the loan was past due at the end of the period, or 0',
              },
              { min: 0 },
            ),
            amount_past_due: decimal({
              name: 'Amount Past Due',
              description: 'The amount past due or charged off at the end of the period',
            }).optional(),
            balance_remaining: decimal({
              name: 'Balance Remaining',
              description: 'The remaining balance at the end of the period',
            }).optional(),
          },
        ).optional(),
      },
    ),
  }),
});
