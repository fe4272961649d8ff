import { z } from 'zod/v4';

import { choice, choices, group, httpsUrl } from '../../fields/builders';
import { SCORES_CREATED } from '../billing';
import { endpoint } from '../endpoint';
import {
  baseReport,
  clientReportIdField,
  daysRequestedField,
  daysRequired,
  includeInvestments,
  incomeInsights,
  lendScore,
  networkInsights,
  reportSettingsRules,
} from '../shared/reportSettings';
import { userId, userToken } from '../shared/identity';
import { cashflowAttributesVersion } from '../shared/insightVersions';
import { fico, PARTNER_INSIGHTS, prismProducts, prismVersions } from '../shared/partnerInsights';
import { permissiblePurpose } from '../shared/permissiblePurpose';
import { CHECK_PRODUCTS } from '../shared/products';
export const createCheckReport = endpoint({
  resource: 'checkReport',
  operation: 'create',
  name: 'Create',
  action: 'Create a check report (legacy)',
  description: 'Create a consumer report for a user, or refresh an existing one',
  documentationUrl: 'https://plaid.com/docs/api/products/check-legacy/#cracheck_reportcreate',
  created: {
    what: 'a new report of this user, which may be billed',
    next: 'Plaid generates it within minutes. Read it with a tool that gets a report of this user; if it is not ready, read it again later',
  },
  path: '/cra/check_report/create',
  howToVerify:
    'Wait a minute, then run Check Report (Legacy API): Get Base Report. If it returns a report generated after this run started, or the error PRODUCT_NOT_READY, the request succeeded: do not create another report. If after several minutes it returns only an older report, CONSUMER_REPORT_EXPIRED or CONSUMER_REPORT_NOT_FOUND, the request probably failed. A second report is billed separately',
  identity: ['user_id', 'user_token'],
  billing: 'creation',
  makesReport: true,
  rules: reportSettingsRules(),
  request: z.strictObject({
    user_id: userId.optional(),
    user_token: userToken.optional(),
    consumer_report_permissible_purpose: permissiblePurpose,
    days_requested: daysRequestedField,
    webhook: httpsUrl({
      name: 'Webhook URL',
      description: 'The https URL that Plaid notifies when the report is ready or has failed',
      placeholder: 'e.g. https://example.com/plaid-webhook',
    }),
    days_required: daysRequired.optional(),
    client_report_id: clientReportIdField.nullish(),
    products: choices(
      {
        name: 'Products',
        description: 'Products to create with the base report, so that they load fast later',
      },
      {
        ...CHECK_PRODUCTS,
        cra_partner_insights: {
          name: 'Partner Insights',
          description: SCORES_CREATED,
        },
      },
    ).nullish(),
    include_investments: includeInvestments.nullish(),
    base_report: baseReport.nullish(),
    cashflow_insights: group(
      { name: 'Cashflow Insights', description: 'Settings for cashflow insights' },
      {
        attributes_version: cashflowAttributesVersion.nullish(),
        plaid_check_score_version: choice(
          {
            name: 'Plaid Check Score Version',
            description:
              'The version of the Check Score; new integrations use the LendScore instead',
            deprecated: true,
          },
          { 'v1.0': 'Version 1.0', 'v2.0': 'Version 2.0' },
        ).nullish(),
      },
    ).nullish(),
    income_insights: incomeInsights.nullish(),
    lend_score: lendScore.nullish(),
    network_insights: networkInsights.nullish(),
    partner_insights: group(PARTNER_INSIGHTS, {
      fico: fico.nullish(),
      prism_products: prismProducts.nullish(),
      prism_versions: prismVersions.nullish(),
    }).nullish(),
  }),
});
