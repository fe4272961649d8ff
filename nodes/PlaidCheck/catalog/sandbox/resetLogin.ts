import { z } from 'zod/v4';

import { knownIds } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { userId, userToken } from '../shared/identity';

export const resetSandboxLogin = endpoint({
  resource: 'sandbox',
  operation: 'resetLogin',
  name: 'Reset Login',
  action: 'Reset the login of test items',
  description:
    "Make the Items of a test user require a new login, to test your update flow; works only in Plaid's Sandbox",
  documentationUrl: 'https://plaid.com/docs/api/sandbox/#sandboxuserreset_login',
  path: '/sandbox/user/reset_login',
  howToVerify: null,
  identity: ['user_id', 'user_token'],
  request: z.strictObject({
    user_id: userId.optional(),
    user_token: userToken.optional(),
    item_ids: knownIds('items', {
      name: 'Item IDs',
      description: 'The Items to reset; all Items of the user if omitted',
      emptyMeans: 'Plaid resets all Items of the user',
    }).nullish(),
  }),
});
