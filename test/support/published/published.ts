import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INode, INodeTypeDescription } from 'n8n-workflow';
import { listen, runWithWait, type RunResult, type WorkflowJson } from '../../../engine/index';
import { SANDBOX_CLIENT_ID, SANDBOX_SECRET, type Sandbox } from '../../../sandbox/server';
import type { ScriptedServer } from '../servers/scriptedServer';
import { plaidCheck, plaidCheckTrigger } from '../workflows/builtNode';
import { workflow as n8nWorkflow } from '../workflows/nodeRealm';
import { post } from '../workflows/listenTrigger';
import { PLAID_CHECK } from '../workflows/plaidCheckWorkflow';
import { credentialFor, type Account } from '../workflows/runPlaidCheck';

/** A folder for each version, with the workflows that its users may have saved. */
export const PUBLISHED = join(__dirname, '../../published');

/** A request as it left the node; of its headers those that the node and its credential decide. */
export interface SentRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  /** As text: JSON in UTF-8, byte for byte */
  body: string;
}

/** What Plaid answered when the version was frozen. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** Text, or base64 where it is a file */
  body: string;
}

export interface Exchange {
  request: SentRequest;
  answer: Answer;
}

/** A workflow as a version of the package saved it, with what it did. */
export interface PublishedRun {
  workflow: WorkflowJson;
  exchanges: Exchange[];
  /** JSON of the items that came out */
  output: IDataObject[];
}

/** A workflow that begins with the trigger, with webhooks that reached it. */
export interface PublishedTrigger {
  workflow: WorkflowJson;
  webhooks: string[];
  /** JSON of the items that started it, in the order of the webhooks */
  output: IDataObject[];
}

export type Published = PublishedRun | PublishedTrigger;

export const isTrigger = (published: Published): published is PublishedTrigger =>
  'webhooks' in published;

/** The node's own headers: not the host, the length of the body and what n8n's HTTP client adds. */
const OWN_HEADERS = [
  'accept',
  'content-type',
  'plaid-client-id',
  'plaid-secret',
  'plaid-version',
] as const;

/** A workflow that pauses tells Plaid an address that n8n makes anew for each execution. */
const RESUME_URL = 'https://n8n.example.com/webhook-waiting';
const withoutExecution = (body: string) =>
  body.replace(new RegExp(`${RESUME_URL}/[^"]+`, 'g'), RESUME_URL);

export const sentRequest = ({
  method,
  path,
  headers,
  text,
}: ScriptedServer['requests'][number]): SentRequest => ({
  method,
  path,
  headers: Object.fromEntries(OWN_HEADERS.map((name) => [name, String(headers[name])])),
  body: withoutExecution(text),
});

const FILE = 'application/pdf';

export const encodingOf = ({ headers }: Pick<Answer, 'headers'>) =>
  headers['content-type'] === FILE ? 'base64' : 'utf8';

/** Versions with a folder, oldest first. */
export const versions = (): string[] =>
  readdirSync(PUBLISHED).sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));

/** The names of a version's workflows, without `.json`. */
export const workflowsOf = (version: string): string[] =>
  readdirSync(join(PUBLISHED, version))
    .map((file) => file.replace(/\.json$/, ''))
    .sort();

export const readPublished = (version: string, name: string): Published =>
  JSON.parse(readFileSync(join(PUBLISHED, version, `${name}.json`), 'utf8')) as Published;

/** This package's node of a workflow. */
export function ownNode({ nodes }: WorkflowJson): INode {
  const node = nodes.find(({ type }) => type.startsWith('n8n-nodes-plaid-check.'));
  if (!node) throw new Error('The workflow has no node of this package');
  return node;
}

const descriptionOf = ({ type }: INode): INodeTypeDescription =>
  type.endsWith('Trigger') ? plaidCheckTrigger.description : plaidCheck.description;

/** The parameters that n8n keeps of a node when it opens and saves a workflow: it drops what it does not know. */
export function keptParameters(node: INode) {
  const description = descriptionOf(node);
  return n8nWorkflow.NodeHelpers.getNodeParameters(
    description.properties,
    node.parameters,
    false,
    false,
    node,
    description,
  );
}

/** Runs a workflow with the credential of the server, until it ends or waits. */
export async function run(workflow: WorkflowJson, account: Account): Promise<RunResult> {
  const credentials = { plaidCheckApi: credentialFor(account) };
  const { first, close } = await runWithWait({ workflow, credentials, waitingBaseUrl: RESUME_URL });
  await close();
  return first;
}

export const outputOf = ({ nodes }: RunResult): IDataObject[] =>
  (nodes[PLAID_CHECK]?.[0]?.outputs ?? []).flat().map(({ json }) => json);

/**
 * Runs a workflow against a server that answers as Plaid did. A request that was not recorded is refused.
 * @returns the requests in the order in which they arrived, and the output
 */
export async function replay(
  { workflow, exchanges }: PublishedRun,
  server: ScriptedServer,
): Promise<{ requests: SentRequest[]; output: IDataObject[] }> {
  const left = [...exchanges];
  server.play((response, arrived) => {
    const { path, body } = sentRequest(arrived);
    const next = left.findIndex(({ request }) => request.path === path && request.body === body);
    const [found] = next === -1 ? [] : left.splice(next, 1);
    if (!found) {
      response.writeHead(400, { 'content-type': 'application/json' });
      return void response.end('{"error_type":"INVALID_REQUEST","error_code":"NOT_RECORDED"}');
    }
    const { status, headers, body: text } = found.answer;
    response.writeHead(status, headers).end(Buffer.from(text, encodingOf(found.answer)));
  });
  const result = await run(workflow, {
    url: server.url,
    clientId: SANDBOX_CLIENT_ID,
    secret: SANDBOX_SECRET,
  });
  return { requests: server.requests.map(sentRequest), output: outputOf(result) };
}

/** Sends the webhooks to a workflow. The JSON of the items that started it, in the order of the webhooks. */
export async function hear(
  { workflow, webhooks }: Omit<PublishedTrigger, 'output'>,
  sandbox: Sandbox,
): Promise<IDataObject[]> {
  const credentials = { plaidCheckApi: credentialFor(sandbox) };
  const listener = await listen({ workflow, credentials });
  for (const body of webhooks) {
    const headers = {
      'content-type': 'application/json',
      'plaid-verification': sandbox.signWebhook(body),
    };
    const { status, text } = await post(listener.url, body, headers);
    if (status !== 200) throw new Error(`The trigger answered ${status}: ${text}`);
  }
  const runs = await Promise.all(listener.executions);
  await listener.close();
  const { name } = ownNode(workflow);
  return runs.flatMap(({ nodes }) => (nodes[name]?.[0]?.outputs[0] ?? []).map(({ json }) => json));
}

/** Fields whose values are of the run, or of the version, alone. */
const OF_THE_RUN = new Set([
  'delivery_key',
  'duration_ms',
  'event_key',
  'file_name',
  'node_version',
  'received_at',
  'started_at',
  'url',
  'waited_ms',
]);

/** Where a value that was output is gone or another one now. Fields may be added. */
export function lost(before: unknown, now: unknown, path = ''): string[] {
  if (Array.isArray(before)) {
    if (!Array.isArray(now) || now.length !== before.length) return [path];
    return before.flatMap((value, index) => lost(value, now[index], `${path}[${index}]`));
  }
  if (typeof before === 'object' && before !== null) {
    if (typeof now !== 'object' || now === null) return [path];
    const current = now as Record<string, unknown>;
    return Object.entries(before).flatMap(([name, value]) => {
      const at = path ? `${path}.${name}` : name;
      if (!Object.hasOwn(current, name)) return [at];
      return OF_THE_RUN.has(name) ? [] : lost(value, current[name], at);
    });
  }
  return Object.is(before, now) ? [] : [path];
}
