import { z } from 'zod/v4';

import { endpoint } from './endpoint';

/** No endpoint of its own: any other one of Plaid, by its path and its JSON. */
export const customCall = {
  ...endpoint({
    resource: 'customCall',
    operation: 'send',
    name: 'Send Request',
    action: 'Send a request to any other endpoint',
    description:
      'Send JSON to any other endpoint of Plaid, with the same credential, retries, limits and errors; nothing is checked but the path',
    documentationUrl: 'https://plaid.com/docs/api/',
    path: '/',
    repeatable: false,
    identity: [],
    request: z.looseObject({}),
  }),
  isCustom: true as const,
};
