import type { IAuthenticate, ICredentialType, INodeProperties } from 'n8n-workflow';

import { authenticateRequest, DEMO } from './plaidApi';
import { sslFields } from './sslCertificates';

const HAS_KEYS = { hide: { environment: [DEMO] } };

/** Keys and environment of a Plaid account. The Plaid Check node tests it (`testedBy`). */
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
      description: 'The Plaid environment to send requests to; each has its own secret',
      options: [
        {
          name: 'Custom Base URL',
          value: 'custom',
          description: 'Your own URL, such as a gateway or a local stand-in for Plaid',
        },
        {
          name: 'Demo (No Plaid Account)',
          value: DEMO,
          description:
            'Made-up people; the node answers requests itself, sends nothing, and marks its output with demo: true',
        },
        {
          name: 'Production',
          value: 'production',
          description: 'Real people, billed by Plaid',
        },
        {
          name: 'Sandbox',
          value: 'sandbox',
          description: "Plaid's free test environment with test people",
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
      description: 'Must start with https:// unless it is on the machine that runs n8n',
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
      displayOptions: HAS_KEYS,
    },
    {
      displayName: 'Secret',
      name: 'secret',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      required: true,
      description:
        'The secret for the selected environment, on the same page of the <a href="https://dashboard.plaid.com/developers/keys" target="_blank">Plaid Dashboard</a>',
      displayOptions: HAS_KEYS,
    },
    ...sslFields,
  ];

  authenticate: IAuthenticate = async (credentials, requestOptions) =>
    authenticateRequest(credentials, requestOptions);
}
