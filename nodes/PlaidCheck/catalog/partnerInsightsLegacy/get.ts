import { z } from 'zod/v4';

import { endpoint } from '../endpoint';
import { VERIFY_BILLED } from '../shared/howToVerify';
import { userToken } from '../shared/identity';
import { userTier } from '../shared/servicedReport';
import { legacyPartnerInsightsSummary } from './get.summary';

export const getLegacyPartnerInsights = endpoint({
  resource: 'partnerInsightsLegacy',
  operation: 'get',
  name: 'Get',
  action: 'Get partner insights of income users (legacy)',
  description:
    'Get Prism Data scores for a user who linked a bank for income verification; for a check report, use Check Report (Legacy API): Get Partner Insights',
  documentationUrl: 'https://plaid.com/docs/api/products/income/#crapartner_insightsget',
  path: '/cra/partner_insights/get',
  // Like the newer operation, this may request the scores from a partner and be billed.
  howToVerify: VERIFY_BILLED,
  identity: ['user_token'],
  mayNotBeReady: true,
  billing: 'unpublished',
  summary: legacyPartnerInsightsSummary,
  request: z.strictObject({
    user_token: userToken,
    user_tier: userTier.optional(),
  }),
});
