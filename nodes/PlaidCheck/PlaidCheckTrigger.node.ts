import {
  NodeConnectionTypes,
  type INodeType,
  type INodeTypeDescription,
  type IWebhookFunctions,
  type IWebhookResponseData,
} from 'n8n-workflow';

import { triggerHint } from './description/builderHints';
import { testPlaidCheckApi } from './client/credentialTest';
import { TRIGGER_VERSIONS, triggerProperties } from './trigger/properties';
import { DEMO_WEBHOOK, receiveWebhook } from './trigger/receive';

/** The Plaid Check Trigger node. Its fields are in trigger/properties.ts, its execution is in trigger/receive.ts. */
export class PlaidCheckTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Plaid Check Trigger',
    name: 'plaidCheckTrigger',
    icon: { light: 'file:plaidCheck.svg', dark: 'file:plaidCheck.dark.svg' },
    group: ['trigger'],
    version: TRIGGER_VERSIONS,
    defaultVersion: TRIGGER_VERSIONS.at(-1),
    subtitle:
      '={{ $parameter["events"].includes("*") ? "All events" : $parameter["events"].length === 1 ? "1 event" : $parameter["events"].length + " events" }}',
    // n8n's node list merges both nodes into one entry, with this description.
    description:
      'Get consumer reports, credit scores and updates from Plaid Check, or start the workflow when Plaid sends a webhook',
    eventTriggerDescription: 'Waiting for Plaid to send a webhook to the Test URL',
    activationMessage: 'Plaid can now send webhooks to the Production URL of this node.',
    defaults: { name: 'Plaid Check Trigger' },
    builderHint: triggerHint,
    triggerPanel: {
      header: '',
      executionsHelp: {
        inactive:
          "<b>While building your workflow</b>, click the 'execute step' button, give Plaid the Test URL and trigger an event, for example with the Fire Webhook operation of the Plaid Check node. With a Demo credential, open the Test URL in your browser instead. The execution will show up in this editor.<br /> <br /><b>Once you're happy with your workflow</b>, publish it and give Plaid the Production URL. These executions will show up in the <a data-key='executions'>executions list</a>, but not in the editor.",
        active:
          "<b>While building your workflow</b>, click the 'execute step' button, give Plaid the Test URL and trigger an event, for example with the Fire Webhook operation of the Plaid Check node. With a Demo credential, open the Test URL in your browser instead. The execution will show up in this editor.<br /> <br /><b>Your workflow also runs automatically</b>, since it's published. It runs for each webhook that Plaid sends to the Production URL. These executions will show up in the <a data-key='executions'>executions list</a>, but not in the editor.",
      },
      activationHint:
        "Once you've finished building your workflow, publish it and give Plaid the Production URL to have it run automatically.",
    },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'plaidCheckApi', required: true, testedBy: 'testPlaidCheckApi' }],
    webhooks: [
      {
        name: 'default',
        httpMethod: 'POST',
        path: 'webhook',
        // Plaid reads only the status.
        responseMode: 'onReceived',
        responseData: 'noData',
      },
      // For the demo only: a browser that opens the Test URL.
      {
        name: DEMO_WEBHOOK,
        httpMethod: 'GET',
        path: 'webhook',
        responseMode: 'onReceived',
        responseData: 'Demo event sent. Return to the editor.',
        ndvHideUrl: true,
      },
    ],
    properties: triggerProperties,
  };

  methods = { credentialTest: { testPlaidCheckApi } };

  /** Nothing to do: Plaid has no API to register webhooks; requests carry the URL instead. */
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
