import { z } from 'zod/v4';

import { choice, choices, toggle } from '../../fields/builders';
import { distinctValues, exactlyOne, exclusiveValue } from '../../fields/rules';
import { endpoint } from '../endpoint';
import { HOME_LENDING_REPORTS } from '../shared/homeLending';
import { thirdPartyUserToken, userId, userToken } from '../shared/identity';

/** This endpoint uses lowercase values. */
const REPORTS = {
  employment_refresh: HOME_LENDING_REPORTS.EMPLOYMENT_REFRESH,
  income: HOME_LENDING_REPORTS.INCOME,
  voa: HOME_LENDING_REPORTS.VOA,
};

export const getHomeLendingPdf = endpoint({
  resource: 'checkReport',
  operation: 'getHomeLendingPdf',
  name: 'Get Home Lending PDF',
  action: 'Get a home lending report as a PDF (legacy)',
  description:
    'Get a ready home lending report as a PDF file; select its contents under Additional Fields',
  documentationUrl:
    'https://plaid.com/docs/api/products/check-legacy/#cracheck_reportverificationpdfget',
  path: '/cra/check_report/verification/pdf/get',
  howToVerify: null,
  identity: ['user_id', 'user_token', 'third_party_user_token'],
  billing: 'firstRead',
  product: 'cra_home_lending',
  readsReport: true,
  pdf: 'home-lending-report',
  rules: [
    // Plaid replaced report_requested with reports_requested (OpenAPI 2020-09-14_1.691.0).
    exactlyOne(['reports_requested', 'report_requested']),
    // SDK 47 allows [voa], [employment_refresh], [income] and [voa, income].
    exclusiveValue('reports_requested', 'employment_refresh'),
    distinctValues('reports_requested'),
  ],
  request: z.strictObject({
    user_id: userId.optional(),
    user_token: userToken.optional(),
    third_party_user_token: thirdPartyUserToken.optional(),
    reports_requested: choices(
      {
        name: 'Reports Requested',
        description:
          'The home lending reports to include in the PDF; employment refresh is always a separate PDF',
      },
      REPORTS,
    ).optional(),
    report_requested: choice(
      {
        name: 'Report Requested',
        description: 'The home lending report to include in the PDF; use Reports Requested instead',
        deprecated: true,
      },
      REPORTS,
    ).optional(),
    hide_gse_details: toggle({
      name: 'Hide GSE Details',
      description: 'Whether to omit the IDs that Fannie Mae and Freddie Mac use to find the report',
    }).optional(),
  }),
});
