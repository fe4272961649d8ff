import { z } from 'zod/v4';

import { choices } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { userId, userToken } from '../shared/identity';

export const triggerSandboxCashFlowUpdate = endpoint({
  resource: 'sandbox',
  operation: 'triggerCashFlowUpdate',
  name: 'Trigger Cash Flow Update',
  action: 'Trigger a test cash flow update',
  description:
    "Create an update with webhooks for a test user monitored with the older Cash Flow Updates; works only in Plaid's Sandbox",
  documentationUrl: 'https://plaid.com/docs/api/sandbox/#sandboxcracashflow_updatesupdate',
  created: {
    what: 'a simulated update, whose webhooks follow',
    next: 'Wait for the webhooks',
  },
  path: '/sandbox/cra/cashflow_updates/update',
  // Every call creates an update and sends webhooks.
  howToVerify: 'Retry: Sandbox is free, and at worst you get an extra update with its webhooks',
  identity: ['user_id', 'user_token'],
  request: z.strictObject({
    user_id: userId.optional(),
    user_token: userToken.optional(),
    webhook_codes: choices(
      { name: 'Webhook Codes', description: 'The events to simulate' },
      {
        LARGE_DEPOSIT_DETECTED: 'Large Deposit Detected',
        LOW_BALANCE_DETECTED: 'Low Balance Detected',
        NEW_LOAN_PAYMENT_DETECTED: 'New Loan Payment Detected',
        NSF_OVERDRAFT_DETECTED: 'Overdraft Detected (NSF)',
      },
    ).nullish(),
  }),
});
