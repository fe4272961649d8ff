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

/** SDK 47, CraSubscriptionCadence: Plaid sets the cadence of Qualify. */
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
    "Keep a user's report up to date for the life of a loan, with a webhook for each new report, until you delete the subscription",
  documentationUrl: 'https://plaid.com/docs/api/products/check/#craservicingsubscriptioncreate',
  created: {
    what: 'a servicing subscription of this user, which may be billed',
    next: 'Keep its ID, which is needed to change or end it. Reports follow later',
  },
  path: '/cra/servicing/subscription/create',
  howToVerify:
    'Run Servicing: List Subscriptions to see whether the subscription exists before you create another one, which may be billed',
  identity: ['user_id'],
  billing: 'unpublished',
  rules: [optionsAreForIncomeInsights, qualifyHasNoCadence],
  request: z.strictObject({
    user_id: userId,
    scope: reportScope,
    products: groupList(
      { name: 'Products', description: 'The products to keep up to date, one entry for each' },
      subscriptionProduct,
    ),
    cadence: choiceOrNull(
      {
        name: 'Cadence',
        description:
          'How often Plaid refreshes the products; omit it for Qualify, where Plaid decides',
      },
      { DAILY: 'Daily' },
      { name: 'Null', description: 'Send JSON null, which Plaid accepts for Qualify' },
    ).optional(),
    webhook: subscriptionWebhook.optional(),
  }),
});
