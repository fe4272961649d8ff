import { z } from 'zod/v4';

import { choice, group, isoDate, knownId } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { userId } from '../shared/identity';

const CLIENT_USER = 'For subscriptions to your own user';
const PLAID_NETWORK = 'For subscriptions to the Plaid network';

export const simulateSandboxServicingUpdate = endpoint({
  resource: 'sandbox',
  operation: 'simulateServicingUpdate',
  name: 'Simulate Servicing Update',
  action: 'Simulate a servicing update',
  description:
    "Make a new report for a servicing subscription, or a failure of one, and send the webhook about it; works in Plaid's Sandbox alone",
  documentationUrl: 'https://plaid.com/docs/api/sandbox/',
  path: '/sandbox/cra/servicing/simulate',
  // Every call makes a report and sends a webhook.
  howToVerify:
    'Send it again: nothing is billed in Sandbox, and at worst there is one report more, with its webhook',
  identity: [],
  request: z.strictObject({
    // Required in the SDK's types, even though they say of user_id that it can take its place.
    subscription_id: knownId('subscriptions', {
      name: 'Subscription ID',
      description: 'The servicing subscription to make an update for',
    }),
    user_id: userId.optional(),
    options: group(
      { name: 'Options', description: 'What the update is to be like' },
      {
        transactions_end_date: isoDate({
          name: 'Transactions End Date',
          description:
            'The day up to which there are transactions, today if you leave it out, and 180 days from now at the latest',
        }).nullish(),
        error_webhook_code: choice(
          {
            name: 'Error Webhook Code',
            description:
              'Make no report, and send a webhook with this error; it has to fit the scope of the subscription',
          },
          {
            USER_NOT_FOUND: { name: 'User Not Found', description: CLIENT_USER },
            PRODUCT_GENERATION_FAILED: {
              name: 'Product Generation Failed',
              description: CLIENT_USER,
            },
            UNMATCH: { name: 'Unmatch', description: PLAID_NETWORK },
            DATA_UNAVAILABLE: { name: 'Data Unavailable', description: PLAID_NETWORK },
            NO_ELIGIBLE_ITEMS_ON_PROFILE: {
              name: 'No Eligible Items on Profile',
              description: PLAID_NETWORK,
            },
            PRODUCT_GENERATION_ERROR: {
              name: 'Product Generation Error',
              description: PLAID_NETWORK,
            },
          },
        ).nullish(),
      },
    ).nullish(),
  }),
});
