import type { IAuthenticate, ICredentialType, INodeProperties } from 'n8n-workflow';

import { authenticateRequest } from './plaidApi';

/** Keys and environment of a Plaid account; tested by the Plaid Check node (`testedBy`). */
export class PlaidCheckApi implements ICredentialType {
  name = 'plaidCheckApi';

  displayName = 'Plaid Check API';

  icon = {
    light: 'file:../nodes/PlaidCheck/plaidCheck.svg',
    dark: 'file:../nodes/PlaidCheck/plaidCheck.dark.svg',
  } as const;

  documentationUrl = 'https://github.com/n8n-nodes-plaid-check/n8n-nodes-plaid-check#credentials';

  properties: INodeProperties[] = [
    {
      displayName: 'Environment',
      name: 'environment',
      type: 'options',
      default: 'sandbox',
      description: 'Where requests go; each environment has a secret of its own',
      options: [
        {
          name: 'Custom Base URL',
          value: 'custom',
          description: 'An address of your own, such as a gateway or a local stand-in',
        },
        {
          name: 'Production',
          value: 'production',
          description: 'Real people and real bills',
        },
        {
          name: 'Sandbox',
          value: 'sandbox',
          description: "Plaid's test environment, free and without real people",
        },
      ],
    },
    {
      displayName: 'Base URL',
      name: 'customBaseUrl',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'https://plaid.example.com',
      description: 'Must start with https:// unless it is on this machine',
      displayOptions: { show: { environment: ['custom'] } },
    },
    {
      displayName: 'Client ID',
      name: 'clientId',
      type: 'string',
      default: '',
      required: true,
      description:
        'Under Developers > Keys in the <a href="https://dashboard.plaid.com/developers/keys" target="_blank">Plaid Dashboard</a>',
    },
    {
      displayName: 'Secret',
      name: 'secret',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      required: true,
      description:
        'The secret of the chosen environment, on the same page of the <a href="https://dashboard.plaid.com/developers/keys" target="_blank">Plaid Dashboard</a>',
    },
  ];

  authenticate: IAuthenticate = async (credentials, requestOptions) =>
    authenticateRequest(credentials, requestOptions);
}
