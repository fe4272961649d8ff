import { z } from 'zod/v4';

import { endpoint } from '../endpoint';
import { subscriptionId } from '../shared/subscription';

export const deleteSubscription = endpoint({
  resource: 'servicing',
  operation: 'deleteSubscription',
  name: 'Delete Subscription',
  action: 'Delete a servicing subscription',
  description: 'Delete a servicing subscription, for example when the loan is paid off',
  documentationUrl: 'https://plaid.com/docs/api/products/check/#craservicingsubscriptiondelete',
  path: '/cra/servicing/subscription/delete',
  howToVerify: null,
  identity: [],
  request: z.strictObject({ subscription_id: subscriptionId }),
});
