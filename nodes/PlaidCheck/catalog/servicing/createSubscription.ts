import { z } from 'zod/v4';

import { choiceOrNull, groupList } from '../../fields/builders';
import { nullWhen } from '../../fields/rules';
import { endpoint } from '../endpoint';
import { userId } from '../shared/identity';
import { reportScope } from '../shared/scope';
import {
  optionsAreForIncomeInsights,
  subscriptionProduct,
  subscriptionWebhook,
} from '../shared/subscription';

/** SDK 47, CraSubscriptionCadence: Plaid itself says how often it makes Qualify. */
const qualifyHasNoCadence = nullWhen('cadence', 'products', {
  field: 'product',
  contains: 'cra_qualify',
});

export const createSubscription = endpoint({
  resource: 'servicing',
  operation: 'createSubscription',
  name: 'Create Subscription',
  action: 'Create a servicing subscription',
  description:
    "Have Plaid renew a user's report again and again while a loan is running, and tell your webhook each time, until you delete the subscription",
  documentationUrl: 'https://plaid.com/docs/api/products/check/#craservicingsubscriptioncreate',
  path: '/cra/servicing/subscription/create',
  howToVerify:
    'Look with Servicing: List Subscriptions whether it is there, before you create another one, which may be billed',
  identity: ['user_id'],
  mayBeBilled: true,
  rules: [optionsAreForIncomeInsights, qualifyHasNoCadence],
  request: z.strictObject({
    user_id: userId,
    scope: reportScope,
    products: groupList(
      { name: 'Products', description: 'What to keep up to date, one entry for each product' },
      subscriptionProduct,
    ),
    cadence: choiceOrNull(
      {
        name: 'Cadence',
        description:
          'How often Plaid makes the products anew; leave it out for Qualify, of which Plaid itself decides that',
      },
      { DAILY: 'Daily' },
      { name: 'Null', description: 'Send JSON null, which Plaid takes for Qualify' },
    ).optional(),
    webhook: subscriptionWebhook.optional(),
  }),
});
