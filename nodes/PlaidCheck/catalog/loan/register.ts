import { z } from 'zod/v4';

import { choice, decimal, group, groupList, isoDate } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { VERIFY_LOAN_REPORT } from '../shared/howToVerify';
import {
  applicationDate,
  applicationId,
  LOAN_DOCUMENTATION,
  loanId,
  loanStatus,
  loanType,
  loanUserToken,
} from '../shared/loan';

export const registerLoans = endpoint({
  resource: 'loan',
  operation: 'register',
  name: 'Register',
  action: 'Register a loan',
  description:
    'Report to Plaid the loans that you opened; one request can combine many items; Plaid does not list loans, so the node cannot look for one before it registers it',
  documentationUrl: LOAN_DOCUMENTATION,
  created: {
    what: 'the registration of these loans',
    next: 'Do not register them again; changes are updates',
  },
  path: '/cra/loans/register',
  howToVerify: VERIFY_LOAN_REPORT,
  identity: [],
  combine: { list: 'loans' },
  request: z.strictObject({
    loans: groupList(
      { name: 'Loans', description: 'The loans to register' },
      {
        user_token: loanUserToken,
        loan_id: loanId,
        type: loanType,
        payment_schedule: choice(
          { name: 'Payment Schedule', description: 'How often a payment is due' },
          {
            ANNUALLY: 'Annually',
            BIWEEKLY: { name: 'Biweekly', description: 'One payment every two weeks' },
            DAILY: 'Daily',
            MONTHLY: 'Monthly',
            OTHER: 'Other',
            QUARTERLY: 'Quarterly',
            WEEKLY: 'Weekly',
          },
        ),
        opened_date: isoDate({
          name: 'Opened Date',
          description: 'The date the loan account was opened',
        }),
        opened_with_status: loanStatus(
          'Opened With Status',
          'Opening',
          'The status of the loan when it was opened',
        ),
        loan_amount: decimal({
          name: 'Loan Amount',
          description: 'The total amount of the approved loan',
        }).optional(),
        application: group(
          {
            name: 'Application',
            description: 'The application that led to the loan',
            neverBlank: true,
          },
          {
            application_id: applicationId.optional(),
            application_date: applicationDate.optional(),
          },
        ).optional(),
      },
    ),
  }),
});
