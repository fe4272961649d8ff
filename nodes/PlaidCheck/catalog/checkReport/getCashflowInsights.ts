import { z } from 'zod/v4';

import { group } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { thirdPartyUserToken, userId, userToken } from '../shared/identity';
import { cashflowAttributesVersion, OLDER_OPTIONS } from '../shared/insightVersions';
import { cashflowInsightsSummary } from './getCashflowInsights.summary';

export const getCashflowInsights = endpoint({
  resource: 'checkReport',
  operation: 'getCashflowInsights',
  name: 'Get Cashflow Insights',
  action: 'Get cashflow insights (legacy)',
  description: 'Get cash flow figures for your own scoring from a ready report',
  documentationUrl:
    'https://plaid.com/docs/api/products/check-legacy/#cracheck_reportcashflow_insightsget',
  path: '/cra/check_report/cashflow_insights/get',
  howToVerify: null,
  identity: ['user_id', 'user_token', 'third_party_user_token'],
  billing: 'firstRead',
  product: 'cra_cashflow_insights',
  readsReport: true,
  summary: cashflowInsightsSummary,
  request: z.strictObject({
    user_id: userId.optional(),
    user_token: userToken.optional(),
    third_party_user_token: thirdPartyUserToken.optional(),
    options: group(OLDER_OPTIONS, {
      attributes_version: cashflowAttributesVersion.nullish(),
    }).nullish(),
  }),
});
