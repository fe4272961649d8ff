import type { Case } from '../cases';

/** What a contender has to do: one request for each user, all answers kept in the order of the users. */
export interface Job extends Case {
  /** Of the local server, without a slash at the end */
  url: string;
  users: readonly string[];
}

/** Does a job and gives what came of each user: Plaid's answer, or anything else for a failure. */
export type Contender = (job: Job) => Promise<readonly unknown[]>;

export const PATH = '/cra/monitoring_insights/get';

export const PURPOSE = 'ACCOUNT_REVIEW_CREDIT';

export const KEYS = { clientId: 'client-id-of-the-bench', secret: 'secret-of-the-bench' };

/** What n8n's credential sends with each request, for those that know no credential. */
export const HEADERS = {
  'Content-Type': 'application/json',
  'PLAID-CLIENT-ID': KEYS.clientId,
  'PLAID-SECRET': KEYS.secret,
};

/** Loads a contender alone, so that none has the code of another in its memory. */
const LOAD = {
  plaidCheck: async () => (await import('./plaidCheck.js')).plaidCheck,
  httpRequest: async () => (await import('./httpRequest.js')).httpRequest,
  sdk: async () => (await import('./sdk.js')).sdk,
  requestHelper: async () => (await import('./requestHelper.js')).requestHelper,
  nodeHttp: async () => (await import('./nodeHttp.js')).nodeHttp,
} satisfies Record<string, () => Promise<Contender>>;

export type ContenderName = keyof typeof LOAD;

/** How the table calls them. */
export const NAMES: Record<ContenderName, string> = {
  plaidCheck: 'Plaid Check',
  httpRequest: 'HTTP Request',
  sdk: 'plaid SDK',
  requestHelper: "n8n's helper alone",
  nodeHttp: "Node.js's http",
};

export const loadContender = (name: ContenderName): Promise<Contender> => LOAD[name]();
