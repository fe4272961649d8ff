import { choice, group, httpsUrl, knownId } from '../../fields/builders';
import { allowedOnlyWhen } from '../../fields/rules';
import { incomeInsightsOptions } from './incomeInsights';
import { productVersion } from './insightVersions';

/** A servicing subscription that there is. */
export const subscriptionId = knownId('subscriptions', {
  name: 'Subscription ID',
  description: 'The ID that Plaid gave this subscription when you created it',
  placeholder: 'e.g. cra-sub-production-5d1c7f3e-8a52-4c0e-b7a4-2f9d6e1b0c37',
  hint: 'To pick one from the list, type a user ID into its search box',
});

export const subscriptionWebhook = httpsUrl({
  name: 'Webhook URL',
  description:
    'The https address that Plaid tells when there is a new report, instead of the one in your Plaid dashboard',
  placeholder: 'e.g. https://example.com/plaid-webhook',
});

/** One product of a subscription: the SDK has a type for each product, told apart by `product`. */
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
    { name: 'Options', description: 'Settings for income insights, which no other product has' },
    incomeInsightsOptions,
  ).nullish(),
};

export const optionsAreForIncomeInsights = allowedOnlyWhen('products', 'options', {
  field: 'product',
  contains: 'cra_income_insights',
});
