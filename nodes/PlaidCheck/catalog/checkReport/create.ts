import { z } from 'zod/v4';

import { choice, choices, group, httpsUrl, text, toggle, wholeNumber } from '../../fields/field';
import { notAbove, requiredWhen } from '../../fields/rules';
import { endpoint } from '../endpoint';
import { clientReportId } from '../shared/clientReportId';
import {
  employmentRefreshOptions,
  GSE_REPORTS,
  HOME_LENDING_REPORTS,
  MAX_DAYS_REQUESTED,
} from '../shared/homeLending';
import { userId, userToken } from '../shared/identity';
import { incomeInsightsOptions } from '../shared/incomeInsights';
import {
  cashflowAttributesVersion,
  lendScoreVersion,
  networkInsightsVersion,
} from '../shared/insightVersions';
import { fico, prismProducts, prismVersions } from '../shared/partnerInsights';
import { permissiblePurpose } from '../shared/permissiblePurpose';
import { CHECK_PRODUCTS } from '../shared/products';

const MAX_DAYS_REQUIRED = 184;

/** Plaid requires the options for this one of the home lending reports. */
const employmentRefreshNeedsOptions = requiredWhen(
  ['base_report', 'home_lending_report_options'],
  'employment_refresh_options',
  { field: 'reports_requested', holds: 'EMPLOYMENT_REFRESH' },
);

export const createCheckReport = endpoint({
  resource: 'checkReport',
  operation: 'create',
  name: 'Create',
  action: 'Create a check report',
  description: 'Make a new consumer report for a user, or refresh the data of the one there is',
  documentationUrl: 'https://plaid.com/docs/api/products/check-legacy/#cracheck_reportcreate',
  path: '/cra/check_report/create',
  repeatable: false,
  identity: ['user_id', 'user_token'],
  rules: [notAbove('days_required', 'days_requested'), employmentRefreshNeedsOptions],
  request: z.strictObject({
    user_id: userId.optional(),
    user_token: userToken.optional(),
    consumer_report_permissible_purpose: permissiblePurpose,
    days_requested: wholeNumber(
      {
        name: 'Days Requested',
        description: 'How many days of bank history the report should cover, 731 at most',
        hint: 'Plaid raises anything under 180 days to 180',
        default: 365,
      },
      { min: 1, max: MAX_DAYS_REQUESTED },
    ),
    webhook: httpsUrl({
      name: 'Webhook URL',
      description: 'The https address that Plaid tells when the report is ready or has failed',
      placeholder: 'e.g. https://example.com/plaid-webhook',
    }),
    days_required: wholeNumber(
      {
        name: 'Days Required',
        description:
          'How many days of bank history there must be for the report to be made, 184 at most and not more than Days Requested',
        default: 180,
      },
      { min: 0, max: MAX_DAYS_REQUIRED },
    ).optional(),
    client_report_id: clientReportId.nullish(),
    products: choices(
      {
        name: 'Products',
        description:
          'What to prepare along with the base report, so that reading it later is quick; Partner Insights is billed as soon as it is prepared',
      },
      {
        ...CHECK_PRODUCTS,
        cra_partner_insights: {
          name: 'Partner Insights',
          description: 'Billed as soon as the report is created',
        },
      },
    ).nullish(),
    include_investments: toggle({
      name: 'Include Investments',
      description: 'Whether to read investment data from the linked accounts too',
    }).nullish(),
    base_report: group(
      { name: 'Base Report', description: 'Settings for the base report' },
      {
        require_identity: toggle({
          name: 'Require Identity',
          description: 'Whether the report must fail if the bank gives no identity data',
        }).nullish(),
        gse_options: group(
          {
            name: 'GSE Options',
            description:
              'Settings for reports that can be shared with Fannie Mae or Freddie Mac to verify a mortgage',
          },
          {
            report_types: choices(
              { name: 'Report Types', description: 'The reports to make available for sharing' },
              GSE_REPORTS,
            ),
          },
        ).nullish(),
        home_lending_report_options: group(
          { name: 'Home Lending Report Options', description: 'Settings for home lending reports' },
          {
            reports_requested: choices(
              { name: 'Reports Requested', description: 'The home lending reports to make' },
              HOME_LENDING_REPORTS,
            ),
            employment_refresh_options: group(
              {
                name: 'Employment Refresh Options',
                description:
                  'Settings for the employment refresh report, required if you request one',
              },
              employmentRefreshOptions,
            ).nullish(),
          },
        ).nullish(),
        client_report_id: text({
          name: 'Client Report ID',
          description:
            'Your own ID of this report; use the field of the same name outside of Base Report instead',
          deprecated: true,
        }).nullish(),
      },
    ).nullish(),
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
    income_insights: group(
      { name: 'Income Insights', description: 'Settings for income insights' },
      incomeInsightsOptions,
    ).nullish(),
    lend_score: group(
      { name: 'LendScore', description: 'Settings for the LendScore' },
      { lend_score_version: lendScoreVersion.nullish() },
    ).nullish(),
    network_insights: group(
      { name: 'Network Insights', description: 'Settings for network insights' },
      { network_insights_version: networkInsightsVersion.nullish() },
    ).nullish(),
    partner_insights: group(
      {
        name: 'Partner Insights',
        description: 'Settings for scores and insights of FICO and Prism Data',
      },
      {
        fico: fico.nullish(),
        prism_products: prismProducts.nullish(),
        prism_versions: prismVersions.nullish(),
      },
    ).nullish(),
  }),
});
