import { choice, group, httpsUrl, knownId } from '../../fields/builders';
import { allowedOnlyWhen } from '../../fields/rules';
import { incomeInsightsOptions } from './incomeInsights';
import { productVersion } from './insightVersions';

export const subscriptionId = knownId('subscriptions', {
  name: 'Subscription ID',
  description: 'The ID that Plaid returned when you created the subscription',
  placeholder: 'e.g. cra-sub-production-5d1c7f3e-8a52-4c0e-b7a4-2f9d6e1b0c37',
  hint: 'To pick from the list, enter a user ID in its search box',
});

export const subscriptionWebhook = httpsUrl({
  name: 'Webhook URL',
  description:
    'The https URL that Plaid notifies of new reports, instead of the one in the Plaid Dashboard',
  placeholder: 'e.g. https://example.com/plaid-webhook',
});

/** One product of a subscription. The SDK has a separate type for each value of `product`. */
export const subscriptionProduct = {
  product: choice(
    { name: 'Product', description: 'The product to keep up to date' },
    {
      cra_base_report: 'Base Report',
      cra_income_insights: 'Income Insights',
      cra_qualify: 'Qualify',
    },
  ),
  version: productVersion,
  options: group(
    {
      name: 'Income Insights Options',
      description: 'Settings for income insights; not allowed for other products',
    },
    incomeInsightsOptions,
  ).nullish(),
};

export const optionsAreForIncomeInsights = allowedOnlyWhen('products', 'options', {
  field: 'product',
  contains: 'cra_income_insights',
});
