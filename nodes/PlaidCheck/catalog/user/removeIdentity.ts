import { z } from 'zod/v4';

import { endpoint } from '../endpoint';
import { userId } from '../shared/identity';

export const removeUserIdentity = endpoint({
  resource: 'user',
  operation: 'removeIdentity',
  name: 'Remove Identity',
  action: 'Remove the identity of a user',
  description:
    "Delete the personal data you gave Plaid about a user, while the user stays; this can't be undone, and your account has to be enabled for it",
  documentationUrl: 'https://plaid.com/docs/api/users/#useridentityremove',
  path: '/user/identity/remove',
  howToVerify: null,
  identity: ['user_id'],
  request: z.strictObject({ user_id: userId }),
});
