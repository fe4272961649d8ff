import type { INodeProperties } from 'n8n-workflow';

import { GROUP } from '../fields/names';
import { DEFAULTS } from './read';

const { concurrency } = DEFAULTS;

/** How many requests a run sends side by side. */
export const batching: INodeProperties = {
  displayName: 'Batching',
  name: 'batching',
  type: 'fixedCollection',
  default: { [GROUP]: { concurrency, perSecond: 0 } },
  description:
    'How many requests to send side by side, which may then be done in another order; when Plaid says that there are too many, all of them slow down together',
  options: [
    {
      displayName: 'Batching',
      name: GROUP,
      values: [
        {
          displayName: 'Requests at Once',
          name: 'concurrency',
          type: 'number',
          typeOptions: { minValue: 1, numberPrecision: 0 },
          default: concurrency,
          description: 'How many requests may be on their way at the same time',
        },
        {
          displayName: 'Requests Per Second',
          name: 'perSecond',
          type: 'number',
          typeOptions: { minValue: 0 },
          default: 0,
          description: 'How many requests may start in a second, 0 for no limit',
        },
      ],
    },
  ],
};
