import { z } from 'zod/v4';

import { group } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { thirdPartyUserToken, userId, userToken } from '../shared/identity';
import { lendScoreVersion, OLDER_OPTIONS } from '../shared/insightVersions';
import { lendScoreSummary } from './getLendScore.summary';

export const getLendScore = endpoint({
  resource: 'checkReport',
  operation: 'getLendScore',
  name: 'Get LendScore',
  action: 'Get a LendScore with its reasons (legacy)',
  description:
    'Get a LendScore from 1 (highest risk) to 99 with its reason codes from a ready report',
  documentationUrl:
    'https://plaid.com/docs/api/products/check-legacy/#cracheck_reportlend_scoreget',
  path: '/cra/check_report/lend_score/get',
  howToVerify: null,
  identity: ['user_id', 'user_token', 'third_party_user_token'],
  billing: 'firstRead',
  product: 'cra_lend_score',
  readsReport: true,
  summary: lendScoreSummary,
  request: z.strictObject({
    user_id: userId.optional(),
    user_token: userToken.optional(),
    third_party_user_token: thirdPartyUserToken.optional(),
    options: group(OLDER_OPTIONS, { lend_score_version: lendScoreVersion.nullish() }).nullish(),
  }),
});
