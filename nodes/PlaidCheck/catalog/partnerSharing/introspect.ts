import { z } from 'zod/v4';

import { endpoint } from '../endpoint';
import { oauthToken } from '../shared/oauthToken';

export const introspectOAuthToken = endpoint({
  resource: 'partnerSharing',
  operation: 'introspect',
  name: 'Introspect',
  action: 'Introspect an OAuth token',
  description: 'Find out whether a token is still good, for whom, for what and until when',
  documentationUrl: 'https://plaid.com/docs/api/oauth/#oauthintrospect',
  path: '/oauth/introspect',
  howToVerify: null,
  identity: [],
  request: z.strictObject({ token: oauthToken }),
});
