import { z } from 'zod/v4';

import { endpoint } from '../endpoint';
import { oauthToken } from '../shared/oauthToken';

export const revokeOAuthToken = endpoint({
  resource: 'partnerSharing',
  operation: 'revoke',
  name: 'Revoke',
  action: 'Revoke an OAuth token',
  description:
    "Revoke a token so that the partner can no longer read the user's reports; this can't be undone",
  documentationUrl: 'https://plaid.com/docs/api/oauth/#oauthrevoke',
  path: '/oauth/revoke',
  howToVerify: null,
  identity: [],
  request: z.strictObject({ token: oauthToken }),
});
