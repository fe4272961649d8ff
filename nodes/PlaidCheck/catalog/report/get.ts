import { z } from 'zod/v4';

import { textField } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { VERIFY_INQUIRY } from '../shared/howToVerify';
import { userId } from '../shared/identity';
import { decisionStage } from '../shared/newReport';
import { permissiblePurpose } from '../shared/permissiblePurpose';
import { eachProductOnce, productsToRead } from '../shared/reportProducts';
import { reportScope } from '../shared/scope';
import { ULTRAFICO_ASKED_IN_CURRENT } from '../shared/ultraFico';
import { reportSummary } from './get.summary';

export const getReport = endpoint({
  resource: 'report',
  operation: 'get',
  name: 'Get',
  action: 'Get a check report with all its products',
  description: `Get every product of a user's report in one call with Plaid's current report API; your contract with Plaid must include the products and the decision stage; request UltraFICO scores in ${ULTRAFICO_ASKED_IN_CURRENT}`,
  documentationUrl: 'https://plaid.com/docs/api/products/check/#crareportget',
  path: '/cra/report/get',
  // Treated as an inquiry, since it names a decision stage and purpose; Plaid does not publish its price.
  howToVerify: VERIFY_INQUIRY,
  identity: ['user_id'],
  readsReport: true,
  billing: 'unpublished',
  summary: reportSummary,
  rules: [eachProductOnce(['products'])],
  request: z.strictObject({
    user_id: userId,
    products: productsToRead,
    decision_stage: decisionStage,
    consumer_report_permissible_purpose: permissiblePurpose,
    report_id: textField({
      name: 'Report ID',
      description: 'The report to get; the latest matching report if omitted',
      neverBlank: true,
    }).optional(),
    scope: reportScope.optional(),
  }),
});
