import { z } from 'zod/v4';

import { endpoint } from '../endpoint';
import { oauthToken } from '../shared/oauthToken';

export const introspectOAuthToken = endpoint({
  resource: 'partnerSharing',
  operation: 'introspect',
  name: 'Introspect',
  action: 'Introspect an OAuth token',
  description: 'Check whether a token is valid, and get its user, scope and expiration',
  documentationUrl: 'https://plaid.com/docs/api/oauth/#oauthintrospect',
  path: '/oauth/introspect',
  howToVerify: null,
  identity: [],
  request: z.strictObject({ token: oauthToken }),
});
