import { z } from 'zod/v4';

import { textField } from '../../fields/builders';
import { endpoint } from '../endpoint';

export const unsubscribeMonitoring = endpoint({
  resource: 'monitoring',
  operation: 'unsubscribe',
  name: 'Unsubscribe',
  action: 'Unsubscribe from monitoring (legacy)',
  description:
    'Stop monitoring a user with Cash Flow Updates; Plaid replaces them with Servicing on August 20, 2027',
  documentationUrl:
    'https://plaid.com/docs/api/products/check-legacy/#cramonitoring_insightsunsubscribe',
  path: '/cra/monitoring_insights/unsubscribe',
  howToVerify: null,
  identity: [],
  request: z.strictObject({
    subscription_id: textField({
      name: 'Subscription ID',
      description: 'The ID returned when you subscribed',
    }),
  }),
});
