import type { IWebhookDescription } from 'n8n-workflow';

/** Where n8n takes the webhooks of an execution that waits at this node, and never starts one by them. */
export const resumeWebhooks: IWebhookDescription[] = [
  {
    name: 'default',
    httpMethod: 'POST',
    responseMode: 'onReceived',
    path: '={{ $nodeId }}',
    restartWebhook: true,
  },
];
