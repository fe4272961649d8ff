import { z } from 'zod/v4';

import { endpoint } from './endpoint';
import { ACTIVITY_LOG } from './shared/howToVerify';

/** No endpoint of its own: any other one of Plaid, by its path and its JSON. */
export const customCall = {
  ...endpoint({
    resource: 'customCall',
    operation: 'send',
    name: 'Send Request',
    action: 'Send a request to any other endpoint',
    description:
      'Send JSON to any other endpoint of Plaid, with the same credential, retries, limits and errors; of the request only the path is checked, and that the body is a JSON object without your keys',
    documentationUrl: 'https://plaid.com/docs/api/',
    path: '/',
    howToVerify: `Only you know what this endpoint does: look in ${ACTIVITY_LOG}. If it is safe to retry, switch Safe to Retry on`,
    identity: [],
    request: z.looseObject({}),
  }),
  isCustom: true as const,
};
