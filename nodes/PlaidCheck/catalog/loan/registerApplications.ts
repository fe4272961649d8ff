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
    'Tell Plaid about applications for a loan and how you decided on them; many items can go in one request',
  documentationUrl: LOAN_DOCUMENTATION,
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
          { name: 'Decision', description: 'How you decided on the application' },
          { APPROVED: 'Approved', DECLINED: 'Declined', OTHER: 'Other' },
        ),
        application_date: applicationDate.optional(),
        decision_date: isoDate({
          name: 'Decision Date',
          description: 'The day on which you decided',
        }).optional(),
      },
    ),
  }),
});
