import { z } from 'zod/v4';

import { choice, httpsUrl } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { userId, userToken } from '../shared/identity';

export const fireSandboxWebhook = endpoint({
  resource: 'sandbox',
  operation: 'fireWebhook',
  name: 'Fire Webhook',
  action: 'Fire a test webhook',
  description:
    "Send a webhook that a report is ready or has failed, to test your workflow; works only in Plaid's Sandbox",
  documentationUrl: 'https://plaid.com/docs/api/sandbox/',
  created: {
    what: 'a test webhook, which Plaid sends',
    next: 'Wait for the webhook',
  },
  path: '/sandbox/user/fire_webhook',
  // Every call sends a webhook.
  howToVerify: 'Retry: Sandbox is free, and at worst the webhook is sent twice',
  identity: ['user_id', 'user_token'],
  request: z.strictObject({
    user_id: userId.optional(),
    user_token: userToken.optional(),
    webhook_type: choice(
      { name: 'Webhook Type', description: 'The type of the webhook' },
      { CHECK_REPORT: 'Check Report' },
    ),
    webhook_code: choice(
      { name: 'Webhook Code', description: 'The event of the webhook' },
      {
        USER_CHECK_REPORT_READY: {
          name: 'User Check Report Ready',
          description: 'A report is ready, for users with a user ID',
        },
        USER_CHECK_REPORT_FAILED: {
          name: 'User Check Report Failed',
          description: 'A report has failed, for users with a user ID',
        },
        CHECK_REPORT_READY: {
          name: 'Check Report Ready',
          description: 'A report is ready, for users with a user token',
        },
        CHECK_REPORT_FAILED: {
          name: 'Check Report Failed',
          description: 'A report has failed, for users with a user token',
        },
      },
    ),
    webhook: httpsUrl({
      name: 'Webhook URL',
      description: 'The https URL to send the webhook to',
      placeholder: 'e.g. https://example.com/plaid-webhook',
    }),
  }),
});
