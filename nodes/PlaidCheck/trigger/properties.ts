import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { byName } from '../fields/names';
import { ALL_EVENTS, ANY_CODE, EVENTS, OTHER_EVENTS, eventValue } from './events';

/** Names of the trigger's parameters, as saved in workflows. */
export const TRIGGER_PARAMETER = { events: 'events', filters: 'filters' } as const;

const choices: INodePropertyOptions[] = [
  { name: 'All Events', value: ALL_EVENTS, description: 'Whatever Plaid sends to this address' },
  {
    name: 'Other Events',
    value: OTHER_EVENTS,
    description: 'Whatever has no entry of its own here',
  },
  ...EVENTS.map(({ type, code, name, description }) => ({
    name,
    value: eventValue({ type, code }),
    description: `${description} (${code === ANY_CODE ? type : code})`,
  })),
];

/** The fields of the trigger in the editor. */
export const triggerProperties: INodeProperties[] = [
  {
    displayName:
      'Plaid sends webhooks to the address you give it. Copy the Production URL above into the field Webhook URL of Check Report: Create, Link Token: Create, Monitoring: Subscribe or Servicing: Create Subscription, or into <a href="https://dashboard.plaid.com/developers/webhooks" target="_blank">Developers > Webhooks</a> of the Plaid Dashboard. The Test URL works only while you listen for a test event. Plaid reaches either only if this n8n can be reached from the internet, and by https.',
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
    description: 'Which webhooks start the workflow; others are answered and dropped',
    options: [...choices].sort((one, other) => byName(one.name, other.name)),
  },
  {
    displayName: 'Filters',
    name: TRIGGER_PARAMETER.filters,
    type: 'collection',
    placeholder: 'Add Filter',
    default: {},
    description: 'Which of these webhooks start the workflow',
    options: [
      {
        displayName: 'Environment',
        name: 'environment',
        type: 'options',
        default: 'production',
        description: 'Which of the environments of Plaid the webhook is from',
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
        description: 'Only webhooks about one of these users; those that name no user are dropped',
      },
    ],
  },
];
