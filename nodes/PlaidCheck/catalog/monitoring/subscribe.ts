import { z } from 'zod/v4';

import { choices, httpsUrl, knownId } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { ACTIVITY_LOG } from '../shared/howToVerify';
import { userId, userToken } from '../shared/identity';

export const subscribeMonitoring = endpoint({
  resource: 'monitoring',
  operation: 'subscribe',
  name: 'Subscribe',
  action: 'Subscribe to monitoring insights (legacy)',
  description:
    'Monitor the cash flow of a user until you unsubscribe; only for accounts that already use Cash Flow Updates, which Plaid replaces with Servicing on August 20, 2027; Plaid does not list these subscriptions, so the node cannot look for one before it subscribes',
  documentationUrl:
    'https://plaid.com/docs/api/products/check-legacy/#cramonitoring_insightssubscribe',
  created: {
    what: 'a monitoring subscription of this user, which may be billed',
    next: 'Keep its subscription_id, which is needed to end it. Insights follow later',
  },
  path: '/cra/monitoring_insights/subscribe',
  howToVerify: `Check ${ACTIVITY_LOG} for the subscription ID, which you also need to unsubscribe. Monitoring (Legacy): Get Insights may still be empty even if the request succeeded`,
  identity: ['user_id', 'user_token'],
  billing: 'unpublished',
  request: z.strictObject({
    user_id: userId.optional(),
    user_token: userToken.optional(),
    webhook: httpsUrl({
      name: 'Webhook URL',
      description: 'The https URL that Plaid notifies of new insights',
      placeholder: 'e.g. https://example.com/plaid-webhook',
    }),
    item_id: knownId('items', {
      name: 'Item ID',
      description: 'The bank connection (Item) to monitor; Plaid monitors one per user',
      neverBlank: true,
    }).optional(),
    income_categories: choices(
      {
        name: 'Income Categories',
        description: 'The types of income to monitor; all if empty',
        emptyMeans: 'Plaid monitors all types',
      },
      {
        BANK_INTEREST: 'Bank Interest',
        BENEFIT_OTHER: 'Benefit (Other)',
        CASH: { name: 'Cash', description: 'Older integrations only' },
        CASH_DEPOSIT: 'Cash Deposit',
        CHILD_SUPPORT: 'Child Support',
        GIG_ECONOMY: 'Gig Economy',
        LONG_TERM_DISABILITY: 'Long-Term Disability',
        MILITARY: { name: 'Military', description: "Veterans' benefits; pay counts as a salary" },
        OTHER: 'Other',
        RENTAL: 'Rental',
        RETIREMENT: 'Retirement',
        SALARY: 'Salary',
        TAX_REFUND: 'Tax Refund',
        TRANSFER_FROM_APPLICATION: {
          name: 'Transfer From Application',
          description: 'Deposits from an app such as Venmo, Cash App or Zelle',
        },
        UNEMPLOYMENT: 'Unemployment',
      },
    ).nullish(),
  }),
});
