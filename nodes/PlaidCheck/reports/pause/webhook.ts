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
