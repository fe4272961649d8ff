import { z } from 'zod/v4';

import { choice } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { userId, userToken } from '../shared/identity';
import { PERMISSIBLE_PURPOSE, SERVICING_PURPOSES } from '../shared/permissiblePurpose';
import { monitoringInsightsSummary } from './getInsights.summary';

export const getMonitoringInsights = endpoint({
  resource: 'monitoring',
  operation: 'getInsights',
  name: 'Get Insights',
  action: 'Get monitoring insights (legacy)',
  description:
    'Get the latest report for a user monitored with Cash Flow Updates; Plaid replaces them with Servicing on August 20, 2027',
  documentationUrl: 'https://plaid.com/docs/api/products/check-legacy/#cramonitoring_insightsget',
  path: '/cra/monitoring_insights/get',
  howToVerify: null,
  identity: ['user_id', 'user_token'],
  mayNotBeReady: true,
  summary: monitoringInsightsSummary,
  request: z.strictObject({
    user_id: userId.optional(),
    user_token: userToken.optional(),
    consumer_report_permissible_purpose: choice(PERMISSIBLE_PURPOSE, SERVICING_PURPOSES),
  }),
});
