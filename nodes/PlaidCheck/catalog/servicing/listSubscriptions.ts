import { z } from 'zod/v4';

import { endpoint } from '../endpoint';
import { userId } from '../shared/identity';

export const listSubscriptions = endpoint({
  resource: 'servicing',
  operation: 'listSubscriptions',
  name: 'List Subscriptions',
  action: 'List the servicing subscriptions of a user',
  description: 'Get all servicing subscriptions of a user, for example to find the ID of one',
  documentationUrl: 'https://plaid.com/docs/api/products/check/#craservicingsubscriptionlist',
  path: '/cra/servicing/subscription/list',
  howToVerify: null,
  identity: ['user_id'],
  list: { field: 'subscriptions', name: 'Subscription' },
  request: z.strictObject({ user_id: userId }),
});
