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
    'Change the products or the webhook of a servicing subscription; omitted fields stay unchanged',
  documentationUrl: 'https://plaid.com/docs/api/products/check/#craservicingsubscriptionupdate',
  created: {
    what: 'the subscription with these values, which may be billed',
    next: 'Nothing more is to be done',
  },
  path: '/cra/servicing/subscription/update',
  howToVerify: null,
  identity: [],
  billing: 'unpublished',
  rules: [optionsAreForIncomeInsights],
  request: z.strictObject({
    subscription_id: subscriptionId,
    products: groupList(
      {
        name: 'Products',
        description:
          'The products to keep up to date from now on, one entry for each; products not in this list are removed',
      },
      subscriptionProduct,
    ).optional(),
    reset_fields: choices(
      {
        name: 'Reset Fields',
        description: "The fields to reset to Plaid's default, even if you set a value",
      },
      { webhook: { name: 'Webhook URL', description: 'Use the URL from the Plaid Dashboard' } },
    ).nullish(),
    webhook: subscriptionWebhook.optional(),
  }),
});
