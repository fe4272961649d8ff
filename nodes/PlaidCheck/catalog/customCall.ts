import { z } from 'zod/v4';

import { endpoint } from './endpoint';
import { ACTIVITY_LOG } from './shared/howToVerify';

/** Calls any endpoint of Plaid by path and JSON. */
export const customCall = {
  ...endpoint({
    resource: 'customCall',
    operation: 'send',
    name: 'Send Request',
    action: 'Send a request to any other endpoint',
    description:
      'Send JSON to any other Plaid endpoint with the same credential, retries, limits and errors; the node validates only the path, and that the body is a JSON object without your keys',
    documentationUrl: 'https://plaid.com/docs/api/',
    path: '/',
    howToVerify: `Check ${ACTIVITY_LOG}. If the endpoint is safe to retry, turn on Safe to Retry`,
    identity: [],
    request: z.looseObject({}),
  }),
  // Other endpoints have users of their own.
  rules: [],
  isCustom: true as const,
};
