import { z } from 'zod/v4';

import { endpoint } from '../endpoint';
import { userId, userToken } from '../shared/identity';
import { consumerReportUserIdentity, userIdentity } from '../shared/userIdentity';

export const updateUser = endpoint({
  resource: 'user',
  operation: 'update',
  name: 'Update',
  action: 'Update a user',
  description:
    'Add or change the identity data of a user, for example what a consumer report requires; omitted fields stay unchanged',
  documentationUrl: 'https://plaid.com/docs/api/users/#userupdate',
  path: '/user/update',
  howToVerify: null,
  identity: ['user_id', 'user_token'],
  request: z.strictObject({
    user_id: userId.optional(),
    user_token: userToken.optional(),
    identity: userIdentity.nullish(),
    consumer_report_user_identity: consumerReportUserIdentity.nullish(),
  }),
});
