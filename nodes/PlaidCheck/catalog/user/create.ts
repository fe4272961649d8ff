import { z } from 'zod/v4';

import { textField, toggle } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { clientUserId } from '../shared/identity';
import { consumerReportUserIdentity, userIdentity } from '../shared/userIdentity';

export const createUser = endpoint({
  resource: 'user',
  operation: 'create',
  name: 'Create',
  action: 'Create a user',
  description:
    'Create a Plaid user for a person, the first step to a consumer report; store the returned user ID',
  documentationUrl: 'https://plaid.com/docs/api/users/#usercreate',
  created: {
    what: 'a user',
    next: 'Use its user_id as the input of other tools',
  },
  path: '/user/create',
  // Idempotent: the same client_user_id returns the same user, or an error in integrations with user tokens
  // (https://plaid.com/docs/api/users/migrate-to-new-user-apis/).
  howToVerify: null,
  identity: [],
  // Not sent: the header Plaid-New-User-API-Enabled of Plaid's beta, still a parameter of five operations in the SDK. Plaid
  // replaced it with `with_upgraded_user` (plaid-node's changelog, OpenAPI 2020-09-14_1.672.5).
  request: z.strictObject({
    client_user_id: clientUserId,
    identity: userIdentity.nullish(),
    consumer_report_user_identity: consumerReportUserIdentity.nullish(),
    end_customer: textField(
      {
        name: 'End Customer',
        description: 'The ID of your customer, if you resell consumer reports',
      },
      { max: 128 },
    ).optional(),
    with_upgraded_user: toggle({
      name: 'With Upgraded User',
      description:
        'Whether to create a user with a user ID and Identity, in an integration from before December 10, 2025',
    }).optional(),
  }),
});
