import { choice, choiceOrNull, NULL_VALUE, textField } from '../../fields/builders';
import { requiredWith } from '../../fields/rules';
import { PERMISSIBLE_PURPOSE, SERVICING_PURPOSES } from './permissiblePurpose';
export const userTier = choiceOrNull(
  {
    name: 'User Tier',
    description: 'The tier of the user, if your Plaid contract has user tiers',
  },
  { free: 'Free', paid: 'Paid' },
  NULL_VALUE,
);

/** Selects one report of a user by the ID in a servicing subscription webhook. */
export const servicedReportId = textField({
  name: 'Report ID',
  description:
    "The report to read, from the webhook of a servicing subscription; the user's latest report if omitted",
  placeholder: 'e.g. cra-report-production-0b2f8c6d-4a4e-4f0b-9d3c-5a1e7f2b9c11',
  hint: 'Starts with cra-report- and requires a Permissible Purpose',
  neverBlank: true,
});

export const servicedReportPurpose = choice(
  {
    name: PERMISSIBLE_PURPOSE.name,
    description:
      'The legal reason for reading the report of an active loan; required with a Report ID',
  },
  SERVICING_PURPOSES,
);

/** SDK 47, CraCheckReportPermissiblePurpose: required with a report ID. */
export const namedReportNeedsPurpose = requiredWith(
  'consumer_report_permissible_purpose',
  'report_id',
);
