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
    'Create a user in Plaid for a person, which is the first step to a consumer report; keep the user ID that comes back',
  documentationUrl: 'https://plaid.com/docs/api/users/#usercreate',
  path: '/user/create',
  // The same client_user_id gives the same user again, or an error in integrations with user tokens; never a second user
  // (https://plaid.com/docs/api/users/migrate-to-new-user-apis/).
  howToVerify: null,
  identity: [],
  request: z.strictObject({
    client_user_id: clientUserId,
    identity: userIdentity.nullish(),
    consumer_report_user_identity: consumerReportUserIdentity.nullish(),
    end_customer: textField(
      {
        name: 'End Customer',
        description: 'The ID of the customer for whom you ask, if you resell consumer reports',
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
