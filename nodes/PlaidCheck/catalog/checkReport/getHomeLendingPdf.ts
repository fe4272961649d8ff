import { z } from 'zod/v4';

import { choice, choices, toggle } from '../../fields/builders';
import { exactlyOne, exclusiveValue } from '../../fields/rules';
import { endpoint } from '../endpoint';
import { HOME_LENDING_REPORTS } from '../shared/homeLending';
import { thirdPartyUserToken, userId, userToken } from '../shared/identity';

/** Plaid writes the same reports in lower case here. */
const REPORTS = {
  employment_refresh: HOME_LENDING_REPORTS.EMPLOYMENT_REFRESH,
  income: HOME_LENDING_REPORTS.INCOME,
  voa: HOME_LENDING_REPORTS.VOA,
};

export const getHomeLendingPdf = endpoint({
  resource: 'checkReport',
  operation: 'getHomeLendingPdf',
  name: 'Get Home Lending PDF',
  action: 'Get a home lending report as a PDF file',
  description:
    'Get a home lending report that is ready as a PDF file; choose under Additional Fields which ones it is to hold',
  documentationUrl:
    'https://plaid.com/docs/api/products/check-legacy/#cracheck_reportverificationpdfget',
  path: '/cra/check_report/verification/pdf/get',
  howToVerify: null,
  identity: ['user_id', 'user_token', 'third_party_user_token'],
  mayBeBilled: true,
  readsReport: true,
  pdf: 'home-lending-report',
  rules: [
    // Plaid replaced the one, which was required, with the other (its OpenAPI 2020-09-14_1.691.0).
    exactlyOne(['reports_requested', 'report_requested']),
    // SDK 47: [voa], [employment_refresh], [income] or [voa, income]; no other combination.
    exclusiveValue('reports_requested', 'employment_refresh'),
  ],
  request: z.strictObject({
    user_id: userId.optional(),
    user_token: userToken.optional(),
    third_party_user_token: thirdPartyUserToken.optional(),
    reports_requested: choices(
      {
        name: 'Reports Requested',
        description:
          'The home lending reports to put into the PDF; employment refresh is always a PDF of its own',
      },
      REPORTS,
    ).optional(),
    report_requested: choice(
      {
        name: 'Report Requested',
        description: 'The home lending report to put into the PDF; use Reports Requested instead',
        deprecated: true,
      },
      REPORTS,
    ).optional(),
    hide_gse_details: toggle({
      name: 'Hide GSE Details',
      description:
        'Whether to leave out the IDs by which Fannie Mae and Freddie Mac find the report',
    }).optional(),
  }),
});
