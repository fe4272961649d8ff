import { z } from 'zod/v4';

import { choice } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { clientReportIdField } from '../shared/reportSettings';
import { VERIFY_INQUIRY } from '../shared/howToVerify';
import { userId } from '../shared/identity';
import { permissiblePurpose } from '../shared/permissiblePurpose';
import { creditProfileReportSummary } from './getReport.summary';

export const getCreditProfileReport = endpoint({
  resource: 'creditProfile',
  operation: 'getReport',
  name: 'Get Report',
  action: 'Get a credit profile report',
  description: "Get a user's credit profile with LendScores, cashflow and network attributes",
  documentationUrl: 'https://plaid.com/docs/api/products/check/',
  path: '/cra/credit_profile/report/get',
  // Every call is a new inquiry.
  howToVerify: VERIFY_INQUIRY,
  identity: ['user_id'],
  mayNotBeReady: true,
  billing: 'unpublished',
  summary: creditProfileReportSummary,
  request: z.strictObject({
    user_id: userId,
    consumer_report_permissible_purpose: permissiblePurpose,
    client_report_id: clientReportIdField,
    inquiry_type: choice(
      { name: 'Inquiry Type', description: 'The type of inquiry to make for this report' },
      { SOFT_INQUIRY: 'Soft Inquiry', STANDARD_INQUIRY: 'Standard Inquiry' },
    ),
    report_type: choice(
      { name: 'Report Type', description: 'The credit profile product to get' },
      { QUALIFY: 'Qualify' },
    ),
    version: choice(
      { name: 'Version', description: 'The version of the credit profile report to get' },
      { v1: 'Version 1' },
    ),
  }),
});
