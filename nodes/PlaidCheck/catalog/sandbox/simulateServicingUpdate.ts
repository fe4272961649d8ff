import { z } from 'zod/v4';

import { choice, group, isoDate, knownId } from '../../fields/builders';
import { withFormat } from '../../fields/formats';
import { endpoint } from '../endpoint';
import { atMostDaysAhead } from '../shared/formats';
import { userId } from '../shared/identity';

const CLIENT_USER = 'For subscriptions to your own user';
const PLAID_NETWORK = 'For subscriptions to the Plaid network';

export const simulateSandboxServicingUpdate = endpoint({
  resource: 'sandbox',
  operation: 'simulateServicingUpdate',
  name: 'Simulate Servicing Update',
  action: 'Simulate a servicing update',
  description:
    "Create a report or an error for a servicing subscription, and send its webhook; works only in Plaid's Sandbox",
  documentationUrl: 'https://plaid.com/docs/api/sandbox/',
  created: {
    what: 'a simulated update, whose webhook follows',
    next: 'Wait for the webhook',
  },
  path: '/sandbox/cra/servicing/simulate',
  // Every call creates a report and sends a webhook.
  howToVerify: 'Retry: Sandbox is free, and at worst you get an extra report and webhook',
  identity: [],
  request: z.strictObject({
    // Required in the SDK's types, although their docs allow user_id instead.
    subscription_id: knownId('subscriptions', {
      name: 'Subscription ID',
      description: 'The servicing subscription to make an update for',
    }),
    user_id: userId.optional(),
    options: group(
      { name: 'Simulation Options', description: 'Settings for the update' },
      {
        transactions_end_date: withFormat(
          isoDate({
            name: 'Transactions End Date',
            description:
              'The last date with transactions, at most 180 days from now; today if omitted',
          }),
          atMostDaysAhead(180),
        ).nullish(),
        error_webhook_code: choice(
          {
            name: 'Error Webhook Code',
            description:
              'Send a webhook with this error instead of creating a report; must match the scope of the subscription',
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
