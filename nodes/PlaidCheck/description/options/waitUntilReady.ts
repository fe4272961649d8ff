import type { INodeProperties } from 'n8n-workflow';

import type { Endpoint } from '../../catalog/endpoint';
import { GROUP } from '../../fields/names';
import { DEFAULTS } from '../../flow/settings';
import { shownWhere } from '../shown';

const { maxWaitSeconds } = DEFAULTS;

/** Waiting for a report, where an operation makes or reads one. */
export const waitUntilReady = (catalog: readonly Endpoint[]): INodeProperties => ({
  displayName: 'Wait Until Ready',
  name: 'waitUntilReady',
  type: 'fixedCollection',
  default: { [GROUP]: { maxWait: maxWaitSeconds } },
  description: 'Wait for a report that is still being made, instead of failing',
  displayOptions: shownWhere(
    catalog,
    ({ makesReport, readsReport }) => makesReport === true || readsReport === true,
  ),
  options: [
    {
      displayName: 'Wait Until Ready',
      name: GROUP,
      values: [
        {
          displayName: 'Max Wait (Seconds)',
          name: 'maxWait',
          type: 'number',
          typeOptions: { minValue: 1 },
          default: maxWaitSeconds,
          description: 'How long to wait for the report before the item fails',
        },
      ],
    },
  ],
});
