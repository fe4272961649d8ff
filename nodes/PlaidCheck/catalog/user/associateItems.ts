import { z } from 'zod/v4';

import { textList } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { userId } from '../shared/identity';

const MAX_ITEMS = 100;

export const associateUserItems = endpoint({
  resource: 'user',
  operation: 'associateItems',
  name: 'Associate Items',
  action: 'Associate items with a user',
  description: 'Assign existing Items to a user; an Item of another user moves to this one',
  documentationUrl: 'https://plaid.com/docs/api/users/#useritemsassociate',
  path: '/user/items/associate',
  howToVerify: null,
  identity: ['user_id'],
  request: z.strictObject({
    user_id: userId,
    // Not a list to pick from: the user does not have these Items yet.
    item_ids: textList(
      { name: 'Item IDs', description: 'The Items to assign to the user, up to 100' },
      { max: MAX_ITEMS },
    ),
  }),
});
