import type { INodeProperties } from 'n8n-workflow';

import { GROUP } from '../fields/names';
import { DEFAULTS } from './read';

const { maxAttempts, intervalSeconds, backoffRate, maxIntervalSeconds } = DEFAULTS;

/** When and how often a request that failed is sent again. */
export const retry: INodeProperties = {
  displayName: 'Retry',
  name: 'retry',
  type: 'fixedCollection',
  default: {
    [GROUP]: {
      maxAttempts,
      interval: intervalSeconds,
      backoffRate,
      maxInterval: maxIntervalSeconds,
      retryUncertain: false,
    },
  },
  description:
    "What to do when a request fails for a passing reason; leave n8n's own setting Retry On Fail off, as it would send every item again, with those that were answered and billed",
  options: [
    {
      displayName: 'Retry',
      name: GROUP,
      values: [
        {
          displayName: 'Backoff Rate',
          name: 'backoffRate',
          type: 'number',
          default: backoffRate,
          description: 'By what the interval is multiplied after each attempt',
        },
        {
          displayName: 'Interval (Seconds)',
          name: 'interval',
          type: 'number',
          default: intervalSeconds,
          description:
            'How long to wait before the second attempt, at most; Plaid can ask for longer',
        },
        {
          displayName: 'Max Attempts',
          name: 'maxAttempts',
          type: 'number',
          default: maxAttempts,
          description:
            'How often to send a request that fails, the first time included; that Plaid wants fewer requests at a time counts only when none gets through any more',
        },
        {
          displayName: 'Max Interval (Seconds)',
          name: 'maxInterval',
          type: 'number',
          default: maxIntervalSeconds,
          description: 'How long the interval can become',
        },
        {
          displayName: 'Retry Requests That May Have Succeeded',
          name: 'retryUncertain',
          type: 'boolean',
          default: false,
          description:
            'Whether to send again also what creates or bills, when the first request may have succeeded; Plaid may then bill it twice',
        },
      ],
    },
  ],
};
