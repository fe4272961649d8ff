import { z } from 'zod/v4';

import { choices } from '../fields/builders';
import { getBaseReport } from './checkReport/getBaseReport';
import { getCashflowInsights } from './checkReport/getCashflowInsights';
import { getIncomeInsights } from './checkReport/getIncomeInsights';
import { getLendScore } from './checkReport/getLendScore';
import { getNetworkInsights } from './checkReport/getNetworkInsights';
import { getPartnerInsights } from './checkReport/getPartnerInsights';
import { endpoint } from './endpoint';
import { thirdPartyUserToken, userId, userToken } from './shared/identity';

/** The parts of a report by the name they have in the output; each is an endpoint of its own. */
const parts = {
  base_report: getBaseReport,
  cashflow_insights: getCashflowInsights,
  income_insights: getIncomeInsights,
  lend_score: getLendScore,
  network_insights: getNetworkInsights,
  partner_insights: getPartnerInsights,
};

/** No endpoint of Plaid: several reads of one report side by side, with one item out. */
export const getFullReport = {
  ...endpoint({
    resource: 'checkReport',
    operation: 'getFullReport',
    name: 'Get Full Report',
    action: 'Get base report with income and scores in one step',
    description:
      'Get several products of a report that is ready in one step: one item comes out, with the answer or the error of each',
    documentationUrl: 'https://plaid.com/docs/api/products/check-legacy/',
    path: '/cra/check_report',
    // The only part that can be billed at the call; each request names its own.
    howToVerify: `Where Partner Insights is among the products: ${getPartnerInsights.howToVerify}`,
    identity: ['user_id', 'user_token', 'third_party_user_token'],
    readsReport: true,
    mayBeBilled: true,
    request: z.strictObject({
      user_id: userId.optional(),
      user_token: userToken.optional(),
      third_party_user_token: thirdPartyUserToken.optional(),
      products: choices(
        { name: 'Products', description: 'What to get; each is a request of its own' },
        {
          base_report: 'Base Report',
          cashflow_insights: 'Cashflow Insights',
          income_insights: 'Income Insights',
          lend_score: 'LendScore',
          network_insights: 'Network Insights',
          partner_insights: {
            name: 'Partner Insights',
            description: 'Billed now, unless they were made along with the report',
          },
        },
      ),
    }),
  }),
  parts,
};
