import { editor } from './shared';
import { readyCredential } from './workflows';

/**
 * The middle of docs/night-job.md made of n8n's HTTP Request node: from an application without a decision to the facts of
 * a decision. It does what the two Plaid Check nodes do: looks for a report of the application before it creates one,
 * waits until it is ready, reads both products, and leaves out whoever fails.
 */

/** A node as n8n saves it: with what a person has changed of its parameters, and no defaults. */
export interface SavedNode {
  name: string;
  type: string;
  typeVersion: number;
  parameters: Record<string, unknown>;
  onError?: string;
  retryOnFail?: boolean;
}

/** What n8n writes beside the values that a person enters, and the picked action. */
const OWN = new Set([
  'resource',
  'operation',
  'id',
  'caseSensitive',
  'typeValidation',
  'version',
  'combinator',
  'singleValue',
  'type',
]);

/** How many values a person has entered in nodes: fields, each member of a JSON body, and settings. */
export const fieldsOf = (nodes: readonly SavedNode[]): number =>
  nodes
    .map(
      ({ parameters, onError, retryOnFail }) =>
        leaves(parameters) + (onError ? 1 : 0) + (retryOnFail ? 1 : 0),
    )
    .reduce((sum, count) => sum + count, 0);

function leaves(value: unknown, name = ''): number {
  if (value === '' || value === null) return 0;
  // An operator is one choice.
  if (name === 'operator') return 1;
  if (name === 'jsonBody') return String(value).match(/\w+: /g)?.length ?? 1;
  if (typeof value !== 'object') return 1;
  // Several values are picked from one list.
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return 1;
  return Object.entries(value)
    .filter(([member]) => !OWN.has(member))
    .map(([member, inner]) => leaves(inner, member))
    .reduce((sum, count) => sum + count, 0);
}

const SOURCE = "$('Applications').item.json";

/** @param keepsErrors whether the node outputs an answer of any status, so that the workflow can tell them apart */
function request(name: string, path: string, body: string, keepsErrors = false): SavedNode {
  return {
    name,
    type: 'n8n-nodes-base.httpRequest',
    typeVersion: 4.2,
    parameters: {
      method: 'POST',
      url: editor().sandbox.url + path,
      authentication: 'predefinedCredentialType',
      nodeCredentialType: 'plaidCheckApi',
      sendBody: true,
      specifyBody: 'json',
      jsonBody: `={{ { ${body} } }}`,
      options: keepsErrors
        ? { response: { response: { fullResponse: true, neverError: true } } }
        : {},
    },
    ...(!keepsErrors && { onError: 'continueErrorOutput' }),
  };
}

function onlyIf(name: string, condition: string): SavedNode {
  return {
    name,
    type: 'n8n-nodes-base.if',
    typeVersion: 2.2,
    parameters: {
      conditions: {
        options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
        conditions: [
          {
            id: name,
            leftValue: `={{ ${condition} }}`,
            rightValue: '',
            operator: { type: 'boolean', operation: 'true', singleValue: true },
          },
        ],
        combinator: 'and',
      },
      options: {},
    },
  };
}

/** The nodes whose fields count. */
export const requestNodes = (): SavedNode[] => [
  request('Look', '/cra/check_report/base_report/get', `user_id: ${SOURCE}.user_id`, true),
  onlyIf('Exists?', `$json.body.report?.client_report_id === ${SOURCE}.application_id`),
  request(
    'Create',
    '/cra/check_report/create',
    [
      `user_id: ${SOURCE}.user_id`,
      "webhook: 'https://example.com/plaid/webhook'",
      'days_requested: 365',
      "consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT'",
      `client_report_id: ${SOURCE}.application_id`,
      "products: ['cra_base_report', 'cra_lend_score']",
    ].join(', '),
  ),
  {
    name: 'Wait',
    type: 'n8n-nodes-base.wait',
    typeVersion: 1.1,
    parameters: { amount: 2 },
  },
  request('Base Report', '/cra/check_report/base_report/get', `user_id: ${SOURCE}.user_id`, true),
  onlyIf('Ready?', '$json.statusCode === 200'),
  onlyIf('Not Ready Yet?', "$json.body.error_code === 'PRODUCT_NOT_READY'"),
  {
    ...request('LendScore', '/cra/check_report/lend_score/get', `user_id: ${SOURCE}.user_id`),
    retryOnFail: true,
  },
];

/** Makes the job, with the results in a data table. */
export async function makeHttpRequestJob(rows: readonly object[], table: string): Promise<string> {
  const credential = await readyCredential();
  const decision = `={{ {
    application_id: ${SOURCE}.application_id,
    user_id: ${SOURCE}.user_id,
    status: 'DECIDED',
    decision: [...$('Base Report').item.json.body.warnings, ...$json.warnings].length === 0
      && $json.report.lend_score.score >= 60 ? 'APPROVE' : 'REFER',
    lend_score: $json.report.lend_score.score,
    reason: '',
  } }}`;
  const nodes: SavedNode[] = [
    { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
    {
      name: 'Applications',
      type: 'n8n-nodes-base.code',
      typeVersion: 2,
      parameters: { jsCode: `return ${JSON.stringify(rows)}.map((json) => ({ json }));` },
    },
    ...requestNodes(),
    {
      name: 'Decision',
      type: 'n8n-nodes-base.set',
      typeVersion: 3.4,
      parameters: { mode: 'raw', jsonOutput: decision, options: {} },
    },
    {
      name: 'Save',
      type: 'n8n-nodes-base.dataTable',
      typeVersion: 1.1,
      parameters: {
        resource: 'row',
        operation: 'insert',
        dataTableId: { __rl: true, mode: 'id', value: table },
        columns: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: [], schema: [] },
        options: {},
      },
    },
  ];
  const to = (...names: string[]) => names.map((node) => ({ node, type: 'main', index: 0 }));
  const connections = {
    Start: { main: [to('Applications')] },
    Applications: { main: [to('Look')] },
    Look: { main: [to('Exists?')] },
    'Exists?': { main: [to('Wait'), to('Create')] },
    Create: { main: [to('Wait'), []] },
    Wait: { main: [to('Base Report')] },
    'Base Report': { main: [to('Ready?')] },
    'Ready?': { main: [to('LendScore'), to('Not Ready Yet?')] },
    'Not Ready Yet?': { main: [to('Wait'), []] },
    LendScore: { main: [to('Decision'), []] },
    Decision: { main: [to('Save')] },
  };
  const { id } = await editor().rest.call<{ id: string }>('POST', '/rest/workflows', {
    name: 'The night job with HTTP Request',
    settings: {},
    nodes: nodes.map((node, index) => ({
      ...node,
      id: `node-${index}`,
      position: [index * 224, 0],
      ...(node.type.endsWith('.httpRequest') && { credentials: { plaidCheckApi: credential } }),
    })),
    connections,
  });
  return id;
}
