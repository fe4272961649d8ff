import { z } from 'zod/v4';

import { choice, textField } from '../../fields/builders';
import { withFormat, type Format } from '../../fields/formats';
import { requiredWhen } from '../../fields/rules';
import { endpoint } from '../endpoint';
import { absoluteUri, wordsOf } from '../shared/formats';

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

const neededFor = (grant_type: string, name: string) =>
  requiredWhen([name], { field: ['grant_type'], contains: grant_type });

const SCOPES = ['user:read', 'user:write', 'exchange', 'mcp:dashboard'];

const scopes = wordsOf(SCOPES, / /, `${SCOPES.join(', ')}, or several with a space between them`);

const PARTNERS = ['experian', 'fannie-mae', 'freddie-mac'];

/** Client IDs and partners, with commas between them; only a partner's URN can be seen to be wrong. */
const knownPartners: Format = (text) =>
  text
    .split(',')
    .map((one) => one.trim())
    .every((one) => !/^urn:/i.test(one) || isPartner(one))
    ? undefined
    : { expected: `client IDs or urn:plaid:params:cra-partner: with ${PARTNERS.join(', ')}` };

const isPartner = (urn: string) =>
  PARTNERS.some((partner) => urn === `urn:plaid:params:cra-partner:${partner}`);

/** https://plaid.com/docs/check/oauth-sharing/ */
export const createOAuthToken = endpoint({
  resource: 'partnerSharing',
  operation: 'createOAuthToken',
  name: 'Create OAuth Token',
  action: 'Create an OAuth token for a partner',
  description:
    "Create or refresh a token that lets a partner such as Fannie Mae, Freddie Mac or Experian read a user's reports; hand the access token to the partner",
  documentationUrl: 'https://plaid.com/docs/api/oauth/#oauthtoken',
  created: {
    what: 'an access token',
    next: 'Use it for the request that needs it; it expires',
  },
  path: '/oauth/token',
  howToVerify:
    'Retry: an unused token does nothing. If Plaid rejects the refresh token, create a new token with Token Exchange',
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
        description: 'How to get the token; use Token Exchange to share reports',
        default: TOKEN_EXCHANGE,
      },
      {
        [TOKEN_EXCHANGE]: {
          name: 'Token Exchange',
          description: 'For a user; requires Subject Token, Subject Token Type and Audience',
        },
        refresh_token: {
          name: 'Refresh Token',
          description: 'Replaces an access token that expires; requires Refresh Token',
        },
        client_credentials: {
          name: 'Client Credentials',
          description: 'For your own account, with the keys of the credential',
        },
      },
    ),
    subject_token: textField({
      name: 'Subject Token',
      description:
        'The user whose reports to share: a user ID, or a user token in older integrations; for OAuth User Token, a refresh token',
      secret: true,
    }).optional(),
    subject_token_type: choice(
      {
        name: 'Subject Token Type',
        description:
          'The type of Subject Token; use User for One or More Partners to share reports',
        default: 'urn:plaid:params:credit:multi-user',
      },
      {
        'urn:plaid:params:credit:multi-user': {
          name: 'User for One or More Partners',
          description: 'A user whose reports the companies in Audience may read',
        },
        'urn:plaid:params:oauth:user-token': {
          name: 'OAuth User Token',
          description: 'A refresh token to exchange for a token for the company in Audience',
        },
        'urn:plaid:params:tokens:user': {
          name: 'User for Yourself',
          description: 'A user token; Audience is your own client ID',
        },
      },
    ).optional(),
    audience: withFormat(
      textField({
        name: 'Audience',
        description:
          'Who may use the token: a client ID, or urn:plaid:params:cra-partner: followed by experian, fannie-mae or freddie-mac; separate several with commas',
        placeholder: 'e.g. urn:plaid:params:cra-partner:fannie-mae',
      }),
      knownPartners,
    ).optional(),
    scope: withFormat(
      textField({
        name: 'Scope',
        description:
          'What the token allows: user:read, user:write, exchange or mcp:dashboard; separate several with spaces',
        placeholder: 'e.g. user:read',
      }),
      scopes,
    ).optional(),
    refresh_token: textField({
      name: 'Refresh Token',
      description: 'The refresh token returned with the expiring token',
      secret: true,
    }).optional(),
    resource: withFormat(
      textField({
        name: 'Resource',
        description: 'The URL of the server that the token is for',
      }),
      absoluteUri,
    ).optional(),
  }),
});
