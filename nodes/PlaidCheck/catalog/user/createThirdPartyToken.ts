import { z } from 'zod/v4';

import { isoDateTime, textField } from '../../fields/builders';
import { withFormat } from '../../fields/formats';
import { endpoint } from '../endpoint';
import { atMostHoursAhead } from '../shared/formats';
import { userId, userToken } from '../shared/identity';

export const createThirdPartyToken = endpoint({
  resource: 'user',
  operation: 'createThirdPartyToken',
  name: 'Create Third-Party Token',
  action: 'Create a third party token for a user',
  description:
    "Create a token that lets one other company read a user's data for up to 24 hours; store it, because Plaid returns it only once",
  documentationUrl: 'https://plaid.com/docs/api/users/#userthirdpartytokencreate',
  created: {
    what: 'a token that lets another company read the reports of this user',
    next: 'Give it to that company only',
  },
  path: '/user/third_party_token/create',
  howToVerify: 'Retry: an unused token does nothing and expires',
  identity: ['user_id', 'user_token'],
  request: z.strictObject({
    user_id: userId.optional(),
    user_token: userToken.optional(),
    third_party_client_id: textField({
      name: 'Third-Party Client ID',
      description: 'The Plaid client ID of the company that may use the token',
    }),
    expiration_time: withFormat(
      isoDateTime({
        name: 'Expiration Time',
        description: 'When the token expires; at most, and by default, 24 hours from now',
        hint: 'UTC if the time has no time zone',
        placeholder: 'e.g. 2026-11-20T17:00:00Z',
      }),
      atMostHoursAhead(24),
    ).nullish(),
  }),
});
