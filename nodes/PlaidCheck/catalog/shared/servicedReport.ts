import { choice, choiceOrNull, NULL_VALUE, textField } from '../../fields/builders';
import { requiredWith } from '../../fields/rules';
import { PERMISSIBLE_PURPOSE, SERVICING_PURPOSES } from './permissiblePurpose';
export const userTier = choiceOrNull(
  {
    name: 'User Tier',
    description: 'Whether the user is a free or a paid one, if you agreed on tiers with Plaid',
  },
  { free: 'Free', paid: 'Paid' },
  NULL_VALUE,
);

/** One report out of several of a user, as the webhook of a servicing subscription names it. */
export const servicedReportId = textField({
  name: 'Report ID',
  description:
    "The report to read, as the webhook of a servicing subscription names it; without it you get the user's newest one",
  placeholder: 'e.g. cra-report-production-0b2f8c6d-4a4e-4f0b-9d3c-5a1e7f2b9c11',
  hint: 'Starts with cra-report-, and needs a Permissible Purpose',
});

export const servicedReportPurpose = choice(
  {
    name: PERMISSIBLE_PURPOSE.name,
    description:
      'The legal reason for which you read the report of a loan that is already running; required with a Report ID',
  },
  SERVICING_PURPOSES,
);

/** SDK 47, CraCheckReportPermissiblePurpose: required when a report is named. */
export const namedReportNeedsPurpose = requiredWith(
  'consumer_report_permissible_purpose',
  'report_id',
);
