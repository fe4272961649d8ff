import { z } from 'zod/v4';

import { endpoint } from '../endpoint';
import { userId, userToken } from '../shared/identity';

export const removeUser = endpoint({
  resource: 'user',
  operation: 'remove',
  name: 'Remove',
  action: 'Remove a user',
  description: "Delete a user with all data and linked Items; this can't be undone",
  documentationUrl: 'https://plaid.com/docs/api/users/#userremove',
  path: '/user/remove',
  howToVerify: null,
  identity: ['user_id', 'user_token'],
  request: z.strictObject({
    user_id: userId.optional(),
    user_token: userToken.optional(),
  }),
});
