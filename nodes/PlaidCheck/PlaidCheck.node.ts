import {
  NodeConnectionTypes,
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  type IWebhookFunctions,
  type IWebhookResponseData,
} from 'n8n-workflow';

import { nodeHint } from './description/builderHints';
import { testPlaidCheckApi } from './client/credentialTest';
import { resumeWebhooks, waitingNodeTooltip } from './reports/pause/webhook';
import { choices, lookups } from './lookups';
import { properties, subtitle } from './description/generated';

/** The Plaid Check node. Its fields come from catalog/, its execution is in execute/. */
export class PlaidCheck implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Plaid Check',
    name: 'plaidCheck',
    icon: { light: 'file:plaidCheck.svg', dark: 'file:plaidCheck.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle,
    description: 'Get consumer reports, credit scores and monitoring updates from Plaid Check',
    defaults: { name: 'Plaid Check' },
    builderHint: nodeHint,
    usableAsTool: true,
    // Labels of nested groups need the space.
    parameterPane: 'wide',
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'plaidCheckApi', required: true, testedBy: 'testPlaidCheckApi' }],
    webhooks: resumeWebhooks,
    waitingNodeTooltip,
    properties,
  };

  methods = { credentialTest: { testPlaidCheckApi }, listSearch: lookups, loadOptions: choices };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    // Loaded on first use: it would more than double the time n8n takes to load the node.
    const { executeItems } = await import('./execute/index.js');
    return [await executeItems(this)];
  }

  /** Resumes an execution that waits for a report (option Wait Until Ready). */
  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    const { resume } = await import('./reports/pause/resume.js');
    return await resume(this);
  }
}
