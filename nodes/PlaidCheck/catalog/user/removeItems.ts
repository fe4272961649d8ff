import { z } from 'zod/v4';

import { knownIds } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { userId, userToken } from '../shared/identity';

export const removeUserItems = endpoint({
  resource: 'user',
  operation: 'removeItems',
  name: 'Remove Items',
  action: 'Remove items of a user',
  description:
    "Delete Items of a user with their data and end their billing; this can't be undone, and the person has to link the bank again",
  documentationUrl: 'https://plaid.com/docs/api/users/#useritemsremove',
  path: '/user/items/remove',
  howToVerify: null,
  identity: ['user_id', 'user_token'],
  request: z.strictObject({
    user_id: userId.optional(),
    user_token: userToken.optional(),
    item_ids: knownIds('items', {
      name: 'Item IDs',
      description: 'The Items to delete; if one belongs to another user, none are deleted',
    }),
  }),
});
