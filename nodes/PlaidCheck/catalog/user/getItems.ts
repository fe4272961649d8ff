import { z } from 'zod/v4';

import { endpoint } from '../endpoint';
import { userId, userToken } from '../shared/identity';

export const getUserItems = endpoint({
  resource: 'user',
  operation: 'getItems',
  name: 'Get Items',
  action: 'Get the items of a user',
  description: 'List the Items of a user with their status; an Item is a connection to one bank',
  documentationUrl: 'https://plaid.com/docs/api/users/#useritemsget',
  path: '/user/items/get',
  howToVerify: null,
  identity: ['user_id', 'user_token'],
  list: { field: 'items', name: 'Item' },
  request: z.strictObject({
    user_id: userId.optional(),
    user_token: userToken.optional(),
  }),
});
