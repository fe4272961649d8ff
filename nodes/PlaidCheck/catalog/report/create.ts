import { z } from 'zod/v4';

import { httpsUrl } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { ACTIVITY_LOG } from '../shared/howToVerify';
import { userId } from '../shared/identity';
import { decisionStage, newReportRules, newReportSettings } from '../shared/newReport';
import { permissiblePurpose } from '../shared/permissiblePurpose';
import { productsToCreate } from '../shared/reportProducts';
import { daysRequestedField } from '../shared/reportSettings';

export const createReport = endpoint({
  resource: 'report',
  operation: 'create',
  name: 'Create',
  action: 'Create a check report',
  description:
    "Create a consumer report with Plaid's current report API; your contract with Plaid must include the products and the decision stage",
  documentationUrl: 'https://plaid.com/docs/api/products/check/#crareportcreate',
  created: {
    what: 'a new report of this user, which may be billed',
    next: 'Plaid generates it within minutes. Read it by its report_id with a tool that gets the report; if it is not ready, read it again later',
  },
  path: '/cra/report/create',
  howToVerify: `Check ${ACTIVITY_LOG} for the response, which has the ID of the new report. If Plaid responded, do not create another report: read that one by its report ID. Each report may be billed`,
  identity: ['user_id'],
  billing: 'unpublished',
  makesReport: true,
  rules: newReportRules(),
  request: z.strictObject({
    user_id: userId,
    products: productsToCreate,
    decision_stage: decisionStage,
    consumer_report_permissible_purpose: permissiblePurpose,
    ...newReportSettings,
    webhook: httpsUrl({
      name: 'Webhook URL',
      description: 'The https URL that Plaid notifies when the report is finished or has failed',
      placeholder: 'e.g. https://example.com/plaid-webhook',
    }).optional(),
  }),
});

/**
 * What a new report can have beyond the request that reads it. One field is required, because the editor drops a group
 * that holds nothing.
 */
export const newReportOption = z.strictObject({
  ...createReport.request.omit({
    user_id: true,
    decision_stage: true,
    consumer_report_permissible_purpose: true,
    scope: true,
  }).shape,
  products: createReport.request.shape.products.optional(),
  days_requested: daysRequestedField,
});
