import type { INodeProperties } from 'n8n-workflow';

import type { Endpoint } from '../catalog/endpoint';
import { GROUP } from '../fields/names';
import { DEFAULTS, MAX_WAIT_SECONDS, WAIT_WAYS } from './read';
import { shownWhere } from '../catalog/shownFor';

const { maxWaitSeconds } = DEFAULTS;

const makesReport = (endpoint: Endpoint) => endpoint.makesReport === true;

/** Waiting for a report, where an operation makes or reads one. */
export const waitUntilReady = (catalog: readonly Endpoint[]): INodeProperties => ({
  displayName: 'Wait Until Ready',
  name: 'waitUntilReady',
  type: 'fixedCollection',
  default: { [GROUP]: { maxWait: maxWaitSeconds } },
  description: 'Wait for a report that is still being made, instead of failing',
  displayOptions: shownWhere(catalog, ({ makesReport: makes, readsReport, mayNotBeReady }) =>
    [makes, readsReport, mayNotBeReady].includes(true),
  ),
  options: [
    {
      displayName: 'Wait Until Ready',
      name: GROUP,
      values: [
        {
          displayName: 'How to Wait',
          name: 'how',
          type: 'options',
          noDataExpression: true,
          default: 'ask',
          description: 'How to find out that the report is ready',
          options: [
            {
              name: 'Ask Plaid Again and Again',
              value: WAIT_WAYS.ask,
              description:
                'Also for many items side by side; it looks whether the base report can be read, and the execution is lost if n8n is stopped meanwhile',
            },
            {
              name: "Pause Until Plaid's Webhook",
              value: WAIT_WAYS.pause,
              description:
                'For one item; n8n keeps the paused execution in its database, so it survives a restart',
            },
          ],
          displayOptions: shownWhere(catalog, makesReport),
        },
        {
          displayName:
            'Plaid has to reach this n8n at an https address. The address that resumes the execution takes the place of the Webhook URL. If no webhook comes within the time below, the node fails; n8n looks once a minute. n8n before 2.27 does not stop at such an error: it outputs an item with the field error',
          name: 'aboutPausing',
          type: 'notice',
          default: '',
          displayOptions: {
            show: { ...shownWhere(catalog, makesReport).show, how: [WAIT_WAYS.pause] },
          },
        },
        {
          displayName: 'Max Wait (Seconds)',
          name: 'maxWait',
          type: 'number',
          typeOptions: { minValue: 1, maxValue: MAX_WAIT_SECONDS },
          default: maxWaitSeconds,
          description:
            'How long to wait for the report before the item fails, a week (604800) at most',
        },
      ],
    },
  ],
});
