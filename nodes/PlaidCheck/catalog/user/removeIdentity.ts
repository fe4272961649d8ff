import { z } from 'zod/v4';

import { endpoint } from '../endpoint';
import { userId } from '../shared/identity';

export const removeUserIdentity = endpoint({
  resource: 'user',
  operation: 'removeIdentity',
  name: 'Remove Identity',
  action: 'Remove the identity of a user',
  description:
    "Delete the personal data of a user but keep the user; your account must be enabled for this, and it can't be undone",
  documentationUrl: 'https://plaid.com/docs/api/users/#useridentityremove',
  path: '/user/identity/remove',
  howToVerify: null,
  identity: ['user_id'],
  request: z.strictObject({ user_id: userId }),
});
