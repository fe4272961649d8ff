import { z } from 'zod/v4';

import { choices, group } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { employmentRefreshOptions, HOME_LENDING_REPORTS } from '../shared/homeLending';
import { userId, userToken } from '../shared/identity';
import { homeLendingReportSummary } from './getHomeLendingReport.summary';

export const getHomeLendingReport = endpoint({
  resource: 'checkReport',
  operation: 'getHomeLendingReport',
  name: 'Get Home Lending Report',
  action: 'Get a home lending report (legacy)',
  description:
    'Get the verification of assets, income or employment for a mortgage from a ready report',
  documentationUrl:
    'https://plaid.com/docs/api/products/check-legacy/#cracheck_reportverificationget',
  path: '/cra/check_report/verification/get',
  howToVerify: null,
  identity: ['user_id', 'user_token'],
  billing: 'firstRead',
  product: 'cra_home_lending',
  readsReport: true,
  summary: homeLendingReportSummary,
  request: z.strictObject({
    user_id: userId.optional(),
    user_token: userToken.optional(),
    reports_requested: choices(
      { name: 'Reports Requested', description: 'The home lending reports to get' },
      HOME_LENDING_REPORTS,
    ),
    employment_refresh_options: group(
      {
        name: 'Employment Refresh Options',
        description:
          'Older settings for the employment refresh report; Plaid customers since July 2026 set them when they create the report',
        deprecated: true,
      },
      employmentRefreshOptions,
    ).nullish(),
  }),
});
