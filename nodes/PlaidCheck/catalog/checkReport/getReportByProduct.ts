import { z } from 'zod/v4';

import { choice, groupList, textField } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { VERIFY_INQUIRY } from '../shared/howToVerify';
import { userId } from '../shared/identity';
import { permissiblePurpose } from '../shared/permissiblePurpose';
import { productVersion } from '../shared/insightVersions';
import { reportScope } from '../shared/scope';
import { reportByProductSummary } from './getReportByProduct.summary';

export const getReportByProduct = endpoint({
  resource: 'checkReport',
  operation: 'getReportByProduct',
  name: 'Get Report by Product',
  action: 'Get a report by product and decision stage',
  description:
    "Get several products of a user's latest report in one call with Plaid's newer report API, which requires a separate contract",
  documentationUrl: 'https://plaid.com/docs/api/products/check/#crareportget',
  path: '/cra/report/get',
  // Treated as an inquiry, since it names a decision stage and purpose; Plaid does not publish its price.
  howToVerify: VERIFY_INQUIRY,
  identity: ['user_id'],
  mayNotBeReady: true,
  mayBeBilled: true,
  summary: reportByProductSummary,
  request: z.strictObject({
    user_id: userId,
    products: groupList(
      { name: 'Products', description: 'The products to get, one entry for each' },
      {
        product: choice(
          { name: 'Product', description: 'The product to get' },
          {
            cra_home_lending: 'Home Lending Report',
            cra_income_insights: 'Income Insights',
            cra_qualify: 'Qualify',
          },
        ),
        version: productVersion,
      },
    ),
    decision_stage: choice(
      { name: 'Decision Stage', description: 'The lending stage that you read the report for' },
      {
        DECISIONING: {
          name: 'Decisioning',
          description: 'You decide on an application',
        },
        PREQUALIFICATION: {
          name: 'Prequalification',
          description: 'You prepare an offer before the person applies',
        },
        SERVICING: { name: 'Servicing', description: 'You service an active loan' },
      },
    ),
    consumer_report_permissible_purpose: permissiblePurpose,
    report_id: textField({
      name: 'Report ID',
      description: 'The report to get; the latest matching report if omitted',
      neverBlank: true,
    }).optional(),
    scope: reportScope.optional(),
  }),
});
