import { z } from 'zod/v4';

import { choice, textField } from '../../fields/builders';
import { requiredWhen } from '../../fields/rules';
import { endpoint } from '../endpoint';

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

const neededFor = (grant_type: string, name: string) =>
  requiredWhen([name], { field: ['grant_type'], contains: grant_type });

/** https://plaid.com/docs/check/oauth-sharing/ */
export const createOAuthToken = endpoint({
  resource: 'partnerSharing',
  operation: 'createOAuthToken',
  name: 'Create OAuth Token',
  action: 'Create an OAuth token to share reports with a partner',
  description:
    "Create or refresh a token that lets a partner such as Fannie Mae, Freddie Mac or Experian read a user's reports; hand the access token to the partner",
  documentationUrl: 'https://plaid.com/docs/api/oauth/#oauthtoken',
  path: '/oauth/token',
  howToVerify:
    'Send it again: a token that nobody has does nothing. If Plaid then refuses the refresh token you send, create a new token by Token Exchange',
  identity: [],
  rules: [
    neededFor('refresh_token', 'refresh_token'),
    neededFor(TOKEN_EXCHANGE, 'audience'),
    neededFor(TOKEN_EXCHANGE, 'subject_token'),
    neededFor(TOKEN_EXCHANGE, 'subject_token_type'),
  ],
  request: z.strictObject({
    grant_type: choice(
      {
        name: 'Grant Type',
        description: 'How to come by the token; Token Exchange is the one to share reports with',
        default: TOKEN_EXCHANGE,
      },
      {
        [TOKEN_EXCHANGE]: {
          name: 'Token Exchange',
          description: 'For a user; needs Subject Token, its type, and Audience',
        },
        refresh_token: {
          name: 'Refresh Token',
          description: 'A new access token for one that ends; needs Refresh Token',
        },
        client_credentials: {
          name: 'Client Credentials',
          description: 'For your own account, by the keys of the credential',
        },
      },
    ),
    subject_token: textField({
      name: 'Subject Token',
      description:
        'Whose reports to share: the user ID, or the user token of older integrations; for the type OAuth User Token a refresh token',
      secret: true,
    }).optional(),
    subject_token_type: choice(
      {
        name: 'Subject Token Type',
        description: 'What Subject Token is; User for One or More Partners to share reports',
        default: 'urn:plaid:params:credit:multi-user',
      },
      {
        'urn:plaid:params:credit:multi-user': {
          name: 'User for One or More Partners',
          description: 'A user whose reports the companies in Audience may read',
        },
        'urn:plaid:params:oauth:user-token': {
          name: 'OAuth User Token',
          description: 'A refresh token, to be exchanged for a token of the company in Audience',
        },
        'urn:plaid:params:tokens:user': {
          name: 'User for Yourself',
          description: 'A user token, for which Audience is your own client ID',
        },
      },
    ).optional(),
    audience: textField({
      name: 'Audience',
      description:
        'Who may use the token: urn:plaid:params:cra-partner: and then experian, fannie-mae or freddie-mac, or a client ID; several with commas between them',
      placeholder: 'e.g. urn:plaid:params:cra-partner:fannie-mae',
    }).optional(),
    scope: textField({
      name: 'Scope',
      description:
        'What the token allows, with spaces between several: user:read, user:write, exchange or mcp:dashboard',
      placeholder: 'e.g. user:read',
    }).optional(),
    refresh_token: textField({
      name: 'Refresh Token',
      description: 'The refresh token that came with the token that ends',
      secret: true,
    }).optional(),
    resource: textField({
      name: 'Resource',
      description: 'The address of the server that the token is for',
    }).optional(),
  }),
});
