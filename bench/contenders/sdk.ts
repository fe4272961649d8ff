import { Configuration, PlaidApi } from 'plaid';
import type { CraMonitoringInsightsGetRequest } from 'plaid';

import { KEYS, PURPOSE, type Contender } from '.';

/** The official SDK in a plain script, without n8n: as many requests at once as it is told, and no retry. */
export const sdk: Contender = async ({ url, users, concurrency }) => {
  const headers = { 'PLAID-CLIENT-ID': KEYS.clientId, 'PLAID-SECRET': KEYS.secret };
  const client = new PlaidApi(new Configuration({ basePath: url, baseOptions: { headers } }));
  const purpose = PURPOSE as CraMonitoringInsightsGetRequest['consumer_report_permissible_purpose'];
  const answers: unknown[] = [];
  const left = users.entries();
  const worker = async () => {
    for (const [item, user_id] of left) {
      const request = { user_id, consumer_report_permissible_purpose: purpose };
      answers[item] = await client.craMonitoringInsightsGet(request).then(
        ({ data }) => data,
        (error: unknown) => ({ error: String(error) }),
      );
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return answers;
};
