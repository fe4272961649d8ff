import { z } from 'zod/v4';

import { endpoint } from '../endpoint';
import { thirdPartyUserToken } from '../shared/identity';

export const removeThirdPartyToken = endpoint({
  resource: 'user',
  operation: 'removeThirdPartyToken',
  name: 'Remove Third-Party Token',
  action: 'Remove a third party token',
  description:
    "Revoke a third-party token so that the other company can no longer read the user's data; this can't be undone",
  documentationUrl: 'https://plaid.com/docs/api/users/#userthirdpartytokenremove',
  path: '/user/third_party_token/remove',
  howToVerify: null,
  identity: [],
  request: z.strictObject({ third_party_user_token: thirdPartyUserToken }),
});
