import { z } from 'zod/v4';

import { textField } from '../../fields/builders';
import { endpoint } from '../endpoint';

export const getLinkToken = endpoint({
  resource: 'linkToken',
  operation: 'get',
  name: 'Get',
  action: 'Get a Link session',
  description: 'Get the result of a Link session, for example whether the person linked a bank',
  documentationUrl: 'https://plaid.com/docs/api/link/#linktokenget',
  path: '/link/token/get',
  howToVerify: null,
  identity: [],
  request: z.strictObject({
    link_token: textField({
      name: 'Link Token',
      description: 'The token returned when you created the session',
      placeholder: 'e.g. link-sandbox-af1a0311-da53-4636-b754-dd15cc058176',
      secret: true,
    }),
  }),
});
