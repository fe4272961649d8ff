import { Configuration, type CraMonitoringInsightsGetRequest, PlaidApi } from 'plaid';
import type { Contender } from '../job';
import { KEYS, PURPOSE } from '../request';
import { sendConcurrently } from './sendConcurrently';

/** The official SDK in a plain script, without n8n and without any retry. */
export const sdk: Contender = async (job) => {
  const headers = { 'PLAID-CLIENT-ID': KEYS.clientId, 'PLAID-SECRET': KEYS.secret };
  const client = new PlaidApi(new Configuration({ basePath: job.url, baseOptions: { headers } }));
  const purpose = PURPOSE as CraMonitoringInsightsGetRequest['consumer_report_permissible_purpose'];
  return sendConcurrently(job, async (user_id) => {
    const request = { user_id, consumer_report_permissible_purpose: purpose };
    return (await client.craMonitoringInsightsGet(request)).data;
  });
};
