import { z } from 'zod/v4';

import { group } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { VERIFY_SCORES } from '../shared/howToVerify';
import { thirdPartyUserToken, userId, userToken } from '../shared/identity';
import {
  fico,
  olderPrismVersions,
  PARTNER_INSIGHTS,
  prismVersions,
} from '../shared/partnerInsights';
import { userTier } from '../shared/servicedReport';
import { ULTRAFICO_ASKED_IN } from '../shared/ultraFico';
import { partnerInsightsSummary } from './getPartnerInsights.summary';

export const getPartnerInsights = endpoint({
  resource: 'checkReport',
  operation: 'getPartnerInsights',
  name: 'Get Partner Insights',
  action: 'Get UltraFICO and Prism scores (legacy)',
  description: `Get UltraFICO and Prism Data scores and insights from a ready report; request UltraFICO scores in ${ULTRAFICO_ASKED_IN}`,
  documentationUrl:
    'https://plaid.com/docs/api/products/check-legacy/#cracheck_reportpartner_insightsget',
  path: '/cra/check_report/partner_insights/get',
  // Unless the insights exist, Plaid requests them from its partners now and bills the call.
  howToVerify: VERIFY_SCORES,
  identity: ['user_id', 'user_token', 'third_party_user_token'],
  billing: 'scores',
  product: 'cra_partner_insights',
  readsReport: true,
  summary: partnerInsightsSummary,
  request: z.strictObject({
    user_id: userId.optional(),
    user_token: userToken.optional(),
    third_party_user_token: thirdPartyUserToken.optional(),
    partner_insights: group(PARTNER_INSIGHTS, {
      fico: fico.nullish(),
      prism_versions: prismVersions.nullish(),
    }).optional(),
    options: group(
      {
        name: 'Partner Insights Options',
        description: 'Older settings for partner insights; use Partner Insights instead',
        deprecated: true,
      },
      { prism_versions: olderPrismVersions.nullish() },
    ).nullish(),
    user_tier: userTier.optional(),
  }),
});
