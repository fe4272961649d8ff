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
    "Make an update for a test user whom you monitor with the older Cash Flow Updates, webhooks included; works in Plaid's Sandbox alone",
  documentationUrl: 'https://plaid.com/docs/api/sandbox/#sandboxcracashflow_updatesupdate',
  path: '/sandbox/cra/cashflow_updates/update',
  // Every call makes an update and sends webhooks.
  howToVerify:
    'Send it again: nothing is billed in Sandbox, and at worst there is one update more, with its webhooks',
  identity: ['user_id', 'user_token'],
  request: z.strictObject({
    user_id: userId.optional(),
    user_token: userToken.optional(),
    webhook_codes: choices(
      { name: 'Webhook Codes', description: 'What is to happen to the user' },
      {
        LARGE_DEPOSIT_DETECTED: 'Large Deposit Detected',
        LOW_BALANCE_DETECTED: 'Low Balance Detected',
        NEW_LOAN_PAYMENT_DETECTED: 'New Loan Payment Detected',
        NSF_OVERDRAFT_DETECTED: 'Overdraft Detected (NSF)',
      },
    ).nullish(),
  }),
});
