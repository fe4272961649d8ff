import { z } from 'zod/v4';

import { endpoint } from '../endpoint';
import { subscriptionId } from '../shared/subscription';

export const getSubscription = endpoint({
  resource: 'servicing',
  operation: 'getSubscription',
  name: 'Get Subscription',
  action: 'Get a servicing subscription',
  description: 'Get the user, products, scope and webhook of one servicing subscription',
  documentationUrl: 'https://plaid.com/docs/api/products/check/#craservicingsubscriptionget',
  path: '/cra/servicing/subscription/get',
  howToVerify: null,
  identity: [],
  request: z.strictObject({ subscription_id: subscriptionId }),
});
