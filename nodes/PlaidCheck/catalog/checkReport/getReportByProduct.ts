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
    "Get several products of a user's newest report in one call, with Plaid's newer report API, which needs a contract of its own",
  documentationUrl: 'https://plaid.com/docs/api/products/check/#crareportget',
  path: '/cra/report/get',
  // It says the stage and the purpose of a decision, as an inquiry does, and Plaid does not say what a call is billed.
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
      { name: 'Decision Stage', description: 'At which stage of lending you read the report' },
      {
        DECISIONING: {
          name: 'Decisioning',
          description: 'You decide on what the person applied for',
        },
        PREQUALIFICATION: {
          name: 'Prequalification',
          description: 'You look what you could offer before the person applies',
        },
        SERVICING: { name: 'Servicing', description: 'You look after a loan that is running' },
      },
    ),
    consumer_report_permissible_purpose: permissiblePurpose,
    report_id: textField({
      name: 'Report ID',
      description: 'The report to get; without it you get the newest one that fits the request',
    }).optional(),
    scope: reportScope.optional(),
  }),
});
