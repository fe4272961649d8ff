import { z } from 'zod/v4';

import { group } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { thirdPartyUserToken, userId, userToken } from '../shared/identity';
import { incomeInsightsOptions } from '../shared/incomeInsights';
import { OLDER_OPTIONS } from '../shared/insightVersions';
import {
  namedReportNeedsPurpose,
  servicedReportId,
  servicedReportPurpose,
} from '../shared/servicedReport';
import { incomeInsightsSummary } from './getIncomeInsights.summary';

export const getIncomeInsights = endpoint({
  resource: 'checkReport',
  operation: 'getIncomeInsights',
  name: 'Get Income Insights',
  action: 'Get income insights (legacy)',
  description: "Get a user's income sources, past income and forecast from a ready report",
  documentationUrl:
    'https://plaid.com/docs/api/products/check-legacy/#cracheck_reportincome_insightsget',
  path: '/cra/check_report/income_insights/get',
  howToVerify: null,
  identity: ['user_id', 'user_token', 'third_party_user_token'],
  billing: 'firstRead',
  product: 'cra_income_insights',
  readsReport: true,
  rules: [namedReportNeedsPurpose],
  summary: incomeInsightsSummary,
  request: z.strictObject({
    user_id: userId.optional(),
    user_token: userToken.optional(),
    third_party_user_token: thirdPartyUserToken.optional(),
    report_id: servicedReportId.optional(),
    consumer_report_permissible_purpose: servicedReportPurpose.optional(),
    options: group(OLDER_OPTIONS, incomeInsightsOptions).nullish(),
  }),
});
