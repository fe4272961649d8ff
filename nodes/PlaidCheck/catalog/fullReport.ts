import { z } from 'zod/v4';

import { choices } from '../fields/builders';
import { distinctValues } from '../fields/rules';
import { getBaseReport } from './checkReport/getBaseReport';
import { getCashflowInsights } from './checkReport/getCashflowInsights';
import { getIncomeInsights } from './checkReport/getIncomeInsights';
import { getLendScore } from './checkReport/getLendScore';
import { getNetworkInsights } from './checkReport/getNetworkInsights';
import { getPartnerInsights } from './checkReport/getPartnerInsights';
import { SCORES_READ } from './billing';
import { endpoint } from './endpoint';
import { thirdPartyUserToken, userId, userToken } from './shared/identity';
import { ULTRAFICO_ASKED_IN } from './shared/ultraFico';

/** Endpoints for the parts of a report, by their name in the output. */
const parts = {
  base_report: getBaseReport,
  cashflow_insights: getCashflowInsights,
  income_insights: getIncomeInsights,
  lend_score: getLendScore,
  network_insights: getNetworkInsights,
  partner_insights: getPartnerInsights,
};

/** Combines several concurrent reads of one report into one item. */
export const getFullReport = {
  ...endpoint({
    resource: 'checkReport',
    operation: 'getFullReport',
    name: 'Get Full Report',
    action: 'Get a full report with all products (legacy)',
    description: `Get several products of a ready report in one step; returns one item with complete (whether every product was read, not every bank), the values of each product and errors, a list of the products that could not be read; for UltraFICO scores in Partner Insights, request them in ${ULTRAFICO_ASKED_IN}`,
    documentationUrl: 'https://plaid.com/docs/api/products/check-legacy/',
    path: '/cra/check_report',
    // The only part that Plaid may still have to create when it is read.
    howToVerify: `If the products include Partner Insights: ${getPartnerInsights.howToVerify}`,
    identity: ['user_id', 'user_token', 'third_party_user_token'],
    readsReport: true,
    billing: 'firstRead',
    rules: [distinctValues('products')],
    request: z.strictObject({
      user_id: userId.optional(),
      user_token: userToken.optional(),
      third_party_user_token: thirdPartyUserToken.optional(),
      products: choices(
        { name: 'Products', description: 'The products to get, each with a separate request' },
        {
          base_report: 'Base Report',
          cashflow_insights: 'Cashflow Insights',
          income_insights: 'Income Insights',
          lend_score: 'LendScore',
          network_insights: 'Network Insights',
          partner_insights: {
            name: 'Partner Insights',
            description: SCORES_READ,
          },
        },
      ),
    }),
  }),
  parts,
};
