import { z } from 'zod/v4';

import { endpoint } from '../endpoint';
import { userId } from '../shared/identity';

export const getUser = endpoint({
  resource: 'user',
  operation: 'get',
  name: 'Get',
  action: 'Get a user',
  description:
    'Get the identity data of a user; only for users with a user ID, not with a user token',
  documentationUrl: 'https://plaid.com/docs/api/users/#userget',
  path: '/user/get',
  howToVerify: null,
  identity: ['user_id'],
  request: z.strictObject({ user_id: userId }),
});
