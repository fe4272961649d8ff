import type { JsonObject } from 'n8n-workflow';

import type { Rule } from '../../fields/rules';

/** The products of Plaid Check. For Plaid's other products, use Extra Body Fields. */
export const CHECK_PRODUCTS = {
  cra_base_report: 'Base Report',
  cra_cashflow_insights: 'Cashflow Insights',
  cra_home_lending: 'Home Lending Report',
  cra_income_insights: 'Income Insights',
  cra_lend_score: 'LendScore',
  cra_monitoring: 'Monitoring',
  cra_network_insights: 'Network Insights',
  cra_partner_insights: 'Partner Insights',
  cra_plaid_credit_score: {
    name: 'Plaid Credit Score (Deprecated)',
    description: 'Plaid has removed this product; do not request it',
  },
  cra_qualify: 'Qualify',
} as const;

const firstCheckProduct = ({ products }: JsonObject): string | undefined =>
  (Array.isArray(products) ? products : []).find(
    (one) => typeof one === 'string' && one.startsWith('cra_'),
  ) as string | undefined;

/** Link requires the base report for other Plaid Check products (SDK 47, LinkTokenCreateRequest.products). */
export const baseReportAmongProducts: Rule = (body) => {
  const first = firstCheckProduct(body);
  const has = Array.isArray(body.products) && body.products.includes('cra_base_report');
  // A report of the current API has its own list of products.
  return first === undefined || has || body.cra_report_parameter !== undefined
    ? []
    : [
        {
          path: ['products'],
          text: `must include "cra_base_report" because it contains "${first}"`,
        },
      ];
};

/** Link requires the purpose with any Plaid Check product (SDK 47, ConsumerReportPermissiblePurpose). */
export const purposeWithProducts: Rule = (body) => {
  const first = firstCheckProduct(body);
  const name = 'consumer_report_permissible_purpose';
  return first === undefined || body[name] !== undefined
    ? []
    : [{ path: [name], text: `is required because products contains "${first}"` }];
};
