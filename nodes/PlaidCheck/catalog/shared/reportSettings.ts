import { choices, group, textField, toggle, wholeNumber } from '../../fields/builders';
import { atMostField, requiredWhen, type Rule } from '../../fields/rules';
import type { Path } from '../../fields/path';
import {
  employmentRefreshOptions,
  GSE_REPORTS,
  HOME_LENDING_REPORTS,
  MAX_DAYS_REQUESTED,
} from './homeLending';
import { incomeInsightsOptions } from './incomeInsights';
import { lendScoreVersion, networkInsightsVersion } from './insightVersions';
export const clientReportIdField = textField({
  name: 'Client Report ID',
  description: 'Your own ID for this report, such as a loan application number',
  placeholder: 'e.g. loan-2026-00417',
});

/*
 * Report settings, shared by Check Report (Legacy API): Create and Link Token: Create
 * (https://plaid.com/docs/api/products/check-legacy/#cracheck_reportcreate).
 */

const MAX_DAYS_REQUIRED = 184;

export const daysRequestedField = wholeNumber(
  {
    name: 'Days Requested',
    description: 'Number of days of bank history that the report should cover, up to 731',
    hint: 'Plaid raises values below 180 to 180',
    default: 365,
  },
  { min: 1, max: MAX_DAYS_REQUESTED },
);

export const daysRequired = wholeNumber(
  {
    name: 'Days Required',
    description:
      'Minimum number of days of bank history required to create the report, up to 184 and not more than Days Requested',
    default: 180,
  },
  { min: 0, max: MAX_DAYS_REQUIRED },
);

export const includeInvestments = toggle({
  name: 'Include Investments',
  description: 'Whether to include investment data from the linked accounts',
});

export const baseReport = group(
  { name: 'Base Report', description: 'Settings for the base report' },
  {
    require_identity: toggle({
      name: 'Require Identity',
      description: 'Whether the report fails if the bank provides no identity data',
    }).nullish(),
    gse_options: group(
      {
        name: 'GSE Options',
        description:
          'Settings for mortgage verification reports shared with Fannie Mae or Freddie Mac',
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
          { name: 'Reports Requested', description: 'The home lending reports to create' },
          HOME_LENDING_REPORTS,
        ),
        employment_refresh_options: group(
          {
            name: 'Employment Refresh Options',
            description: 'Settings for the employment refresh report; required if you request one',
          },
          employmentRefreshOptions,
        ).nullish(),
      },
    ).nullish(),
    client_report_id: textField({
      name: 'Client Report ID',
      description:
        'Your own ID for this report; use the field of the same name outside Base Report instead',
      deprecated: true,
    }).nullish(),
  },
);

export const incomeInsights = group(
  { name: 'Income Insights', description: 'Settings for income insights' },
  incomeInsightsOptions,
);

export const lendScore = group(
  { name: 'LendScore', description: 'Settings for the LendScore' },
  { lend_score_version: lendScoreVersion.nullish() },
);

export const networkInsights = group(
  { name: 'Network Insights', description: 'Settings for network insights' },
  { network_insights_version: networkInsightsVersion.nullish() },
);

/** Rules between these settings, for their location in the request. */
export const reportSettingsRules = (at: Path = []): Rule[] => [
  atMostField([...at, 'days_required'], [...at, 'days_requested']),
  requiredWhen(
    [...at, 'base_report', 'home_lending_report_options', 'employment_refresh_options'],
    {
      field: [...at, 'base_report', 'home_lending_report_options', 'reports_requested'],
      contains: 'EMPLOYMENT_REFRESH',
    },
  ),
];
