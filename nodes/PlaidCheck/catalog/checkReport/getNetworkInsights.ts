import { z } from 'zod/v4';

import { group } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { thirdPartyUserToken, userId, userToken } from '../shared/identity';
import { networkInsightsVersion, OLDER_OPTIONS } from '../shared/insightVersions';
import { networkInsightsSummary } from './getNetworkInsights.summary';

export const getNetworkInsights = endpoint({
  resource: 'checkReport',
  operation: 'getNetworkInsights',
  name: 'Get Network Insights',
  action: 'Get network insights (legacy)',
  description:
    'Get figures on the lenders and other financial apps that a user connected through Plaid from a ready report',
  documentationUrl:
    'https://plaid.com/docs/api/products/check-legacy/#cracheck_reportnetwork_insightsget',
  path: '/cra/check_report/network_insights/get',
  howToVerify: null,
  identity: ['user_id', 'user_token', 'third_party_user_token'],
  billing: 'firstRead',
  product: 'cra_network_insights',
  readsReport: true,
  summary: networkInsightsSummary,
  request: z.strictObject({
    user_id: userId.optional(),
    user_token: userToken.optional(),
    third_party_user_token: thirdPartyUserToken.optional(),
    options: group(OLDER_OPTIONS, {
      network_insights_version: networkInsightsVersion.nullish(),
    }).nullish(),
  }),
});
