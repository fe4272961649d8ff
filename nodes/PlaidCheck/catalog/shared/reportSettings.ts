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
  description: 'Your own ID of this report, for example the number of the loan application',
  placeholder: 'e.g. loan-2026-00417',
});

/*
 * How a report is to be made, said when it is created or when Link is opened
 * (https://plaid.com/docs/api/products/check/#cracheck_reportcreate).
 */

const MAX_DAYS_REQUIRED = 184;

export const daysRequestedField = wholeNumber(
  {
    name: 'Days Requested',
    description: 'How many days of bank history the report should cover, 731 at most',
    hint: 'Plaid raises anything under 180 days to 180',
    default: 365,
  },
  { min: 1, max: MAX_DAYS_REQUESTED },
);

export const daysRequired = wholeNumber(
  {
    name: 'Days Required',
    description:
      'How many days of bank history there must be for the report to be made, 184 at most and not more than Days Requested',
    default: 180,
  },
  { min: 0, max: MAX_DAYS_REQUIRED },
);

export const includeInvestments = toggle({
  name: 'Include Investments',
  description: 'Whether to read investment data from the linked accounts too',
});

export const baseReport = group(
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
            description: 'Settings for the employment refresh report, required if you request one',
          },
          employmentRefreshOptions,
        ).nullish(),
      },
    ).nullish(),
    client_report_id: textField({
      name: 'Client Report ID',
      description:
        'Your own ID of this report; use the field of the same name outside of Base Report instead',
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

/** What Plaid demands between these settings, for the place in the request where they stand. */
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
