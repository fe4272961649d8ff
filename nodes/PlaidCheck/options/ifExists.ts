import type { INodeProperties } from 'n8n-workflow';

import type { Endpoint } from '../catalog/endpoint';
import { createSubscription } from '../catalog/servicing/createSubscription';
import { choice, decimal, group } from '../fields/builders';
import { withMembers } from './members';
import { addedOption, convertedOption, option } from './option';

const HOUR_MS = 60 * 60 * 1000;

/** When Create uses a report that exists, instead of creating another one. */
export type ReportReuse =
  { mode: 'sameClientReportId' } | { mode: 'notOlderThan'; maxAgeMs: number };

export const IF_REPORT_EXISTS = 'If a Report Exists';
export const IF_SUBSCRIPTION_EXISTS = 'If a Subscription Exists';

const makesReport = ({ makesReport: makes }: Endpoint) => makes === true;

/** Options that look for what a creation would create, so that running it again is not billed again. */
export const IF_EXISTS_OPTIONS = {
  ifReportExists: {
    ...addedOption(
      convertedOption(
        group(
          {
            name: IF_REPORT_EXISTS,
            description:
              'What to do if the user already has a report, so that a second run creates no second one; without this option, the node creates another',
          },
          {
            mode: choice(
              {
                name: 'Action',
                description: 'What to do if the user has a report that has not expired',
                default: 'sameClientReportId',
              },
              {
                createAnother: {
                  name: 'Create Another',
                  description: 'Creates a report without looking for one',
                },
                sameClientReportId: {
                  name: 'Use It If It Has the Same Client Report ID',
                  description:
                    'The request needs a Client Report ID; a report with another ID or without one leads to a new report',
                },
                notOlderThan: {
                  name: 'Use It If Not Older Than',
                  description:
                    'Uses a report that Plaid generated within a number of hours; an older one leads to a new report',
                },
              },
            ),
            maxAge: decimal(
              {
                name: 'Hours',
                description:
                  'The maximum age of a report to use, counted from when Plaid generated it; 0 uses none',
                default: 24,
              },
              { min: 0, max: 24 * 365 },
            ),
          },
        ),
        ({ mode, maxAge }): ReportReuse | undefined => {
          if (mode === 'createAnother') return undefined;
          return mode === 'notOlderThan' ? { mode, maxAgeMs: maxAge * HOUR_MS } : { mode };
        },
        { shownFor: makesReport, form: withBilling },
      ),
    ),
    holdsBack: true as const,
  },

  ifSubscriptionExists: option(
    choice(
      {
        name: IF_SUBSCRIPTION_EXISTS,
        description:
          'What to do if the user has a servicing subscription, so that the node can run again without a second one',
        default: 'useExisting',
      },
      {
        createAnother: {
          name: 'Create Another',
          description: 'Creates a subscription without looking for one',
        },
        useExisting: {
          name: 'Use It If It Has the Same Scope and Products',
          description:
            "Lists the user's subscriptions first, which Plaid does not bill, and outputs the one that covers the products; fails if its webhook or cadence differs",
        },
      },
    ),
    {
      absent: 'createAnother',
      holdsBack: true,
      shownFor: ({ path }) => path === createSubscription.path,
    },
  ),
};

/** What reading first may cost, above the hours, which only one of the actions has. */
function withBilling(derived: INodeProperties): INodeProperties {
  const looking: INodeProperties = {
    displayName:
      'Reads first. Check Report (Legacy API): Create reads the base report, which Plaid bills once per report. Check Report: Create reads the products of the request, which Plaid may bill and count as an inquiry. An answer that there is no report bills nothing. What was read is output, so that it needs no second read. If the read fails for another reason, nothing is created',
    name: 'aboutLooking',
    type: 'notice',
    default: '',
    displayOptions: { show: { mode: ['sameClientReportId', 'notOlderThan'] } },
  };
  return withMembers(derived, (member) =>
    member.name === 'maxAge'
      ? [looking, { ...member, displayOptions: { show: { mode: ['notOlderThan'] } } }]
      : [member],
  );
}
