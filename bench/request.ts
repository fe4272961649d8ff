/** The request that every contender sends for each user. */
export const PATH = '/cra/monitoring_insights/get';

export const PURPOSE = 'ACCOUNT_REVIEW_CREDIT';

export const KEYS = { clientId: 'client-id-of-the-bench', secret: 'secret-of-the-bench' };

/** What n8n's credential sends with each request, for those that know no credential. */
export const HEADERS = {
  'Content-Type': 'application/json',
  'PLAID-CLIENT-ID': KEYS.clientId,
  'PLAID-SECRET': KEYS.secret,
};
