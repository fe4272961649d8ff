import type { Contender, NodeOfJob } from '../job';
import { PURPOSE } from '../request';
import { answersThrough } from './workflow';

/** This node, configured by its fields. */
export const plaidCheckNode: NodeOfJob = (job) => ({
  type: 'n8n-nodes-plaid-check.plaidCheck',
  typeVersion: 1,
  parameters: {
    resource: 'monitoring',
    operation: 'getInsights',
    user_id: '={{ $json.user_id }}',
    consumer_report_permissible_purpose: PURPOSE,
    additionalFields: {},
    output: 'full',
    options: job.byDefault ? {} : { throttling: { values: { concurrency: job.concurrency } } },
  },
});

export const plaidCheck: Contender = (job) => answersThrough(job, plaidCheckNode(job));
