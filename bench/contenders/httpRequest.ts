import type { Contender, Job, NodeOfJob } from '../job';
import { PATH, PURPOSE } from '../request';
import { answersThrough } from './workflow';

/** n8n's HTTP Request node, set up as a person would, with this package's credential. */
export const httpRequestNode: NodeOfJob = (job) => ({
  type: 'n8n-nodes-base.httpRequest',
  typeVersion: 4.5,
  parameters: {
    method: 'POST',
    url: `${job.url}${PATH}`,
    authentication: 'predefinedCredentialType',
    nodeCredentialType: 'plaidCheckApi',
    sendBody: true,
    specifyBody: 'json',
    jsonBody: `={
  "user_id": "{{ $json.user_id }}",
  "consumer_report_permissible_purpose": "${PURPOSE}"
}`,
    options: batching(job),
  },
});

export const httpRequest: Contender = (job) => answersThrough(job, httpRequestNode(job));

/**
 * It has no concurrency limit, only batches that start at an interval (without one, all requests start together).
 * An interval equal to the latency is the closest match.
 */
const batching = ({ byDefault, concurrency, latencyMs }: Omit<Job, 'users'>) =>
  byDefault ? {} : { batching: { batch: { batchSize: concurrency, batchInterval: latencyMs } } };
