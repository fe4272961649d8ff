import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { byName } from '../fields/names';
import { ALL_EVENTS, ANY_CODE, EVENTS, OTHER_EVENTS, eventValue } from './events';

/**
 * The versions of the trigger. They do the same, but n8n evaluates an expression of its own for each webhook of a version
 * 1, in a new V8 isolate.
 */
export const TRIGGER_VERSIONS = [1, 2];

/** Parameter names, as saved in workflows. */
export const TRIGGER_PARAMETER = { events: 'events', filters: 'filters' } as const;

const eventOptions: INodePropertyOptions[] = [
  {
    name: 'All Events',
    value: ALL_EVENTS,
    action: 'On any event',
    description: 'Every webhook that Plaid sends to this URL',
  },
  {
    name: 'Other Events',
    value: OTHER_EVENTS,
    action: 'On any other event',
    description: 'Every webhook that is not in this list',
  },
  ...EVENTS.map(({ type, code, name, action, description }) => ({
    name,
    value: eventValue({ type, code }),
    action,
    description: `${description} (${code === ANY_CODE ? type : code})`,
  })),
];

export const triggerProperties: INodeProperties[] = [
  {
    displayName:
      'Plaid sends webhooks to the URL you give it. Copy the Production URL above into the Webhook URL field of Check Report: Create, Check Report (Legacy API): Create, Link Token: Create, Monitoring (Legacy): Subscribe or Servicing: Create Subscription, or into <a href="https://dashboard.plaid.com/developers/webhooks" target="_blank">Developers > Webhooks</a> in the Plaid Dashboard. The Test URL works only while you listen for a test event. Plaid must be able to reach this n8n from the internet over https.',
    name: 'about',
    type: 'notice',
    default: '',
  },
  {
    displayName: 'Events',
    name: TRIGGER_PARAMETER.events,
    type: 'multiOptions',
    required: true,
    default: [ALL_EVENTS],
    description: 'Which webhooks start the workflow; others are acknowledged and ignored',
    options: [...eventOptions].sort((one, other) => byName(one.name, other.name)),
  },
  {
    displayName: 'Filters',
    name: TRIGGER_PARAMETER.filters,
    type: 'collection',
    placeholder: 'Add Filter',
    default: {},
    description: 'Further conditions that a webhook must meet to start the workflow',
    options: [
      {
        displayName: 'Environment',
        name: 'environment',
        type: 'options',
        default: 'production',
        description: 'Only webhooks from this Plaid environment',
        options: [
          { name: 'Production', value: 'production' },
          { name: 'Sandbox', value: 'sandbox' },
        ],
      },
      {
        displayName: 'User IDs',
        name: 'userIds',
        type: 'string',
        typeOptions: { multipleValues: true, multipleValueButtonText: 'Add User ID' },
        default: [],
        placeholder: 'usr_9nSp2KuZ2x4JDw',
        description: 'Only webhooks about these users; webhooks without a user ID are ignored',
      },
    ],
  },
];
