import { z } from 'zod/v4';

import { choices, groupList } from '../../fields/builders';
import { endpoint } from '../endpoint';
import {
  optionsAreForIncomeInsights,
  subscriptionId,
  subscriptionProduct,
  subscriptionWebhook,
} from '../shared/subscription';

export const updateSubscription = endpoint({
  resource: 'servicing',
  operation: 'updateSubscription',
  name: 'Update Subscription',
  action: 'Update a servicing subscription',
  description:
    'Change the products or the webhook of a servicing subscription; what you leave out stays as it is',
  documentationUrl: 'https://plaid.com/docs/api/products/check/#craservicingsubscriptionupdate',
  path: '/cra/servicing/subscription/update',
  howToVerify: null,
  identity: [],
  mayBeBilled: true,
  rules: [optionsAreForIncomeInsights],
  request: z.strictObject({
    subscription_id: subscriptionId,
    products: groupList(
      {
        name: 'Products',
        description:
          'What to keep up to date from now on, one entry for each product; products that are not in this list are dropped',
      },
      subscriptionProduct,
    ).optional(),
    reset_fields: choices(
      {
        name: 'Reset Fields',
        description: 'What to set back to how Plaid has it by itself, even if you give a value',
      },
      { webhook: { name: 'Webhook URL', description: 'The one in your Plaid dashboard' } },
    ).nullish(),
    webhook: subscriptionWebhook.optional(),
  }),
});
