import { z } from 'zod/v4';

import { choice, groupList, isoDate } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { VERIFY_LOAN_REPORT } from '../shared/howToVerify';
import {
  applicationDate,
  applicationId,
  LOAN_DOCUMENTATION,
  loanType,
  loanUserToken,
} from '../shared/loan';

export const registerLoanApplications = endpoint({
  resource: 'loan',
  operation: 'registerApplications',
  name: 'Register Applications',
  action: 'Register a loan application and its decision',
  description:
    'Report loan applications and your decisions to Plaid; one request can combine many items; Plaid does not list applications, so the node cannot look for one before it registers it',
  documentationUrl: LOAN_DOCUMENTATION,
  created: {
    what: 'the registration of these applications',
    next: 'Do not register them again',
  },
  path: '/cra/loans/applications/register',
  howToVerify: VERIFY_LOAN_REPORT,
  identity: [],
  combine: { list: 'applications' },
  request: z.strictObject({
    applications: groupList(
      { name: 'Applications', description: 'The applications to register' },
      {
        user_token: loanUserToken,
        application_id: applicationId,
        type: loanType,
        decision: choice(
          { name: 'Decision', description: 'Your decision on the application' },
          { APPROVED: 'Approved', DECLINED: 'Declined', OTHER: 'Other' },
        ),
        application_date: applicationDate.optional(),
        decision_date: isoDate({
          name: 'Decision Date',
          description: 'The date of your decision',
        }).optional(),
      },
    ),
  }),
});
