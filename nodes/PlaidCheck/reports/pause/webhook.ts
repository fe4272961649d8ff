import type { IWebhookDescription } from 'n8n-workflow';

/** Receives the webhooks that resume an execution waiting at this node; they never start one. */
export const resumeWebhooks: IWebhookDescription[] = [
  {
    name: 'default',
    httpMethod: 'POST',
    responseMode: 'onReceived',
    path: '={{ $nodeId }}',
    restartWebhook: true,
  },
];

/** What the editor shows while the execution waits, with the longest wait where no expression gives it. */
export const waitingNodeTooltip =
  "=Waiting for Plaid's webhook that the report is ready. If none arrives within {{ Number($parameter.options?.waitUntilReady?.values?.maxWait) > 0 ? $parameter.options.waitUntilReady.values.maxWait + ' seconds' : 'Max Wait' }}, the node fails";
