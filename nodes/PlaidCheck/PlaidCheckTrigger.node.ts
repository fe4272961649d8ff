import {
  NodeConnectionTypes,
  type INodeType,
  type INodeTypeDescription,
  type IWebhookFunctions,
  type IWebhookResponseData,
} from 'n8n-workflow';

import { testPlaidCheckApi } from './client/credentialTest';
import { triggerProperties } from './trigger/properties';
import { receiveWebhook } from './trigger/receive';

/** The Plaid Check Trigger node: its fields are in trigger/properties.ts, its work is done in trigger/receive.ts. */
export class PlaidCheckTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Plaid Check Trigger',
    name: 'plaidCheckTrigger',
    icon: { light: 'file:plaidCheck.svg', dark: 'file:plaidCheck.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle:
      '={{ $parameter["events"].includes("*") ? "All events" : $parameter["events"].length === 1 ? "1 event" : $parameter["events"].length + " events" }}',
    // n8n shows it for both nodes, as it lists them under one name.
    description:
      'Consumer reports, credit scores and updates from Plaid Check; starts the workflow when Plaid has news',
    eventTriggerDescription: 'Waiting for Plaid to send a webhook to the Test URL',
    activationMessage: 'Plaid can now send webhooks to the Production URL of this node.',
    defaults: { name: 'Plaid Check Trigger' },
    triggerPanel: {
      header: '',
      executionsHelp: {
        inactive:
          "<b>While building your workflow</b>, click the 'execute step' button, give Plaid the Test URL as its webhook and make an event happen, for example with the operation Fire Webhook of the Plaid Check node. The execution shows up in this editor.<br /> <br /><b>Once you're happy with your workflow</b>, publish it and give Plaid the Production URL. These executions show up in the <a data-key='executions'>executions list</a>, but not in the editor.",
        active:
          "<b>While building your workflow</b>, click the 'execute step' button, give Plaid the Test URL as its webhook and make an event happen, for example with the operation Fire Webhook of the Plaid Check node. The execution shows up in this editor.<br /> <br /><b>Your workflow also runs automatically</b>, since it's published: for each webhook that Plaid sends to the Production URL. These executions show up in the <a data-key='executions'>executions list</a>, but not in the editor.",
      },
      activationHint:
        "Once you've finished building your workflow, publish it and give Plaid the Production URL, so that it runs without clicking this button.",
    },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'plaidCheckApi', required: true, testedBy: 'testPlaidCheckApi' }],
    webhooks: [
      {
        name: 'default',
        httpMethod: 'POST',
        path: 'webhook',
        // Plaid looks at the status alone.
        responseMode: 'onReceived',
        responseData: 'noData',
      },
    ],
    properties: triggerProperties,
  };

  methods = { credentialTest: { testPlaidCheckApi } };

  /** Plaid has no API to register an address at: it comes with the requests that lead to webhooks. */
  webhookMethods = {
    default: {
      async checkExists(): Promise<boolean> {
        return true;
      },
      async create(): Promise<boolean> {
        return true;
      },
      async delete(): Promise<boolean> {
        return true;
      },
    },
  };

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    return await receiveWebhook(this);
  }
}
