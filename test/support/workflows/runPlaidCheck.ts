import type { INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { type RunOptions, type RunResult, runWorkflow } from '../../../engine/index';
import { plaidCheck } from './builtNode';
import { fillIn, type Wanted } from './fillIn';
import { PLAID_CHECK, plaidCheckWorkflow } from './plaidCheckWorkflow';

/** Where the node sends to and as whom; the data of a `plaidCheckApi` credential. */
export interface Account {
  url: string;
  clientId?: string;
  secret?: string;
}

export const CLIENT_ID = 'client-id-of-the-tests';
export const SECRET = 'secret-of-the-tests';

/** The data of a credential for an address of one's own. */
export const credentialFor = ({ url, clientId = CLIENT_ID, secret = SECRET }: Account) => ({
  environment: 'custom',
  customBaseUrl: url,
  clientId,
  secret,
});

export interface PlaidCheckRun extends RunResult {
  /** JSON of the items of the first output, in order. */
  json: unknown[];
  /** Items of each output; the error output is the second. */
  outputs: INodeExecutionData[][];
}

/** Runs one Plaid Check node on the given items. */
export async function runPlaidCheck(
  account: Account,
  parameters: INodeParameters,
  items: ReadonlyArray<INodeExecutionData['json']> = [{}],
  settings: Partial<INode> = {},
  options: Partial<RunOptions> = {},
): Promise<PlaidCheckRun> {
  const result = await runWorkflow({
    workflow: plaidCheckWorkflow(parameters, items, settings),
    credentials: { plaidCheckApi: credentialFor(account) },
    ...options,
  });
  const outputs = result.nodes[PLAID_CHECK]?.[0]?.outputs ?? [];
  return { ...result, outputs, json: (outputs[0] ?? []).map((item) => item.json) };
}

/** An endpoint as the pickers of the node name it. */
export interface Operation {
  resource: string;
  operation: string;
  path: string;
}

export const CREATE: Operation = {
  resource: 'checkReport',
  operation: 'create',
  path: '/cra/check_report/create',
};
export const PARTNER_INSIGHTS: Operation = {
  resource: 'checkReport',
  operation: 'getPartnerInsights',
  path: '/cra/check_report/partner_insights/get',
};
export const CREDIT_PROFILE: Operation = {
  resource: 'creditProfile',
  operation: 'getReport',
  path: '/cra/credit_profile/report/get',
};
export const MONITORING: Operation = {
  resource: 'monitoring',
  operation: 'getInsights',
  path: '/cra/monitoring_insights/get',
};

/** The node's parameters for a request body that is filled into its fields; reports come out as Plaid sends them. */
export const byFields = ({ resource, operation }: Operation, body: Wanted): INodeParameters => ({
  ...fillIn(plaidCheck.description.properties, resource, operation, body),
  output: 'full',
});

/** The same parameters with the output that the node gives unless told otherwise. */
export function withDefaultOutput(parameters: INodeParameters): INodeParameters {
  const { output, ...others } = parameters;
  if (output !== 'full') throw new Error('The output is chosen');
  return others;
}

/** Each request is sent once. */
export const ONCE = { retry: { values: { maxAttempts: 1 } } };

/** Requests are sent one after another. */
export const ONE_BY_ONE = { throttling: { values: { concurrency: 1, requestsPerSecond: 0 } } };

/** The node's parameters with options beside those they have. */
export const withOptions = (parameters: INodeParameters, options: INodeParameters) => ({
  ...parameters,
  options: { ...(parameters.options as INodeParameters | undefined), ...options },
});

/** The node's parameters for a request that is given as JSON, text or an expression; reports come out as Plaid sends them. */
export const byJson = ({ resource, operation }: Operation, jsonBody: string): INodeParameters => ({
  resource,
  operation,
  specifyRequest: 'json',
  jsonBody,
  output: 'full',
});
