import { z } from 'zod/v4';

import { choices } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { thirdPartyUserToken, userId, userToken } from '../shared/identity';

export const getPdf = endpoint({
  resource: 'checkReport',
  operation: 'getPdf',
  name: 'Get PDF',
  action: 'Get a check report as a PDF file (legacy)',
  description: 'Get a ready base report as a PDF file, optionally with income or partner insights',
  documentationUrl: 'https://plaid.com/docs/api/products/check-legacy/#cracheck_reportpdfget',
  path: '/cra/check_report/pdf/get',
  howToVerify: null,
  identity: ['user_id', 'user_token', 'third_party_user_token'],
  billing: 'firstRead',
  readsReport: true,
  pdf: 'check-report',
  request: z.strictObject({
    user_id: userId.optional(),
    user_token: userToken.optional(),
    third_party_user_token: thirdPartyUserToken.optional(),
    add_ons: choices(
      { name: 'Add-Ons', description: 'What to include in the PDF in addition to the base report' },
      { cra_income_insights: 'Income Insights', cra_partner_insights: 'Partner Insights' },
    ).optional(),
  }),
});
