import { z } from 'zod/v4';

import { knownIds } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { thirdPartyUserToken, userId, userToken } from '../shared/identity';
import {
  namedReportNeedsPurpose,
  servicedReportId,
  servicedReportPurpose,
  userTier,
} from '../shared/servicedReport';
import { baseReportSummary } from './getBaseReport.summary';

export const getBaseReport = endpoint({
  resource: 'checkReport',
  operation: 'getBaseReport',
  name: 'Get Base Report',
  action: 'Get a base report (legacy)',
  description:
    'Get the accounts, owners, balances and transactions of a ready report; Plaid keeps it for 24 hours',
  documentationUrl:
    'https://plaid.com/docs/api/products/check-legacy/#cracheck_reportbase_reportget',
  path: '/cra/check_report/base_report/get',
  howToVerify: null,
  identity: ['user_id', 'user_token', 'third_party_user_token'],
  billing: 'firstRead',
  readsReport: true,
  rules: [namedReportNeedsPurpose],
  summary: baseReportSummary,
  request: z.strictObject({
    user_id: userId.optional(),
    user_token: userToken.optional(),
    third_party_user_token: thirdPartyUserToken.optional(),
    item_ids: knownIds('items', {
      name: 'Item IDs',
      description: 'The bank connections (Items) to include; all Items of the user if empty',
    }).nullish(),
    report_id: servicedReportId.optional(),
    consumer_report_permissible_purpose: servicedReportPurpose.optional(),
    user_tier: userTier.optional(),
  }),
});
