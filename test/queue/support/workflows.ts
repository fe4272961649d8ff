import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Cluster } from './cluster';

/** A node of a workflow. */
export interface NodeSpec {
  name: string;
  type: string;
  typeVersion?: number;
  parameters?: object;
  onError?: 'continueRegularOutput';
  retryOnFail?: boolean;
}

/** A published workflow that starts when it is called. */
export interface Workflow {
  readonly id: string;
  /** The part of its address after the host. */
  readonly path: string;
}

const LOOK_EVERY_MS = 100;

export const PLAID_CHECK = 'n8n-nodes-plaid-check.plaidCheck';
export const PLAID_CHECK_TRIGGER = 'n8n-nodes-plaid-check.plaidCheckTrigger';

/** Starts a workflow with the body of a request. */
export const WHEN_ASKED: NodeSpec = {
  name: 'When Asked',
  type: 'n8n-nodes-base.webhook',
  typeVersion: 2,
  parameters: { httpMethod: 'POST', options: {} },
};

/** One item for each entry of the body's `items`. */
export const SPLIT_OUT: NodeSpec = {
  name: 'Split Out',
  type: 'n8n-nodes-base.splitOut',
  parameters: { fieldToSplitOut: 'body.items', options: {} },
};

/** Starts a workflow with Plaid's webhooks. */
export const WHEN_PLAID_CALLS: NodeSpec = {
  name: 'When Plaid Calls',
  type: PLAID_CHECK_TRIGGER,
  typeVersion: 2,
  parameters: { events: ['*'], filters: {} },
};

/** Makes and publishes a workflow of nodes in a row, whose first one is called. */
export async function publish(
  { rest, postgres }: Cluster,
  name: string,
  nodes: readonly NodeSpec[],
  credential?: { id: string; name: string },
): Promise<Workflow> {
  const webhookId = randomUUID();
  const keys = credential ?? (await sandboxCredential(rest));
  const [first] = nodes;
  const { id, versionId } = await rest.call<{ id: string; versionId: string }>(
    'POST',
    '/rest/workflows',
    {
      name,
      settings: {},
      nodes: nodes.map(({ typeVersion = 1, parameters = {}, ...node }, index) => ({
        id: randomUUID(),
        ...node,
        typeVersion,
        parameters: node.name === WHEN_ASKED.name ? { ...parameters, path: webhookId } : parameters,
        ...(index === 0 && { webhookId }),
        position: [index * 224, 0],
        ...(node.type.startsWith(PLAID_CHECK) && { credentials: { plaidCheckApi: keys } }),
      })),
      connections: Object.fromEntries(
        nodes
          .slice(0, -1)
          .map((node, index) => [
            node.name,
            { main: [[{ node: nodes[index + 1]?.name, type: 'main', index: 0 }]] },
          ]),
      ),
    },
  );
  await rest.call('POST', `/rest/workflows/${id}/activate`, { versionId });
  // n8n answers before it has registered the address.
  const registered = `select 1 from webhook_entity where "workflowId" = '${id}'`;
  while ((await postgres.query(registered)).length === 0) await pause(LOOK_EVERY_MS);
  const isTrigger = first?.type === PLAID_CHECK_TRIGGER;
  return { id, path: isTrigger ? `/webhook/${webhookId}/webhook` : `/webhook/${webhookId}` };
}

/** Calls a workflow through the load balancer. Throws unless n8n has accepted the call. */
export async function start({ webhookUrl }: Cluster, { path }: Workflow, body: object) {
  const answer = await fetch(webhookUrl + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`n8n answered ${answer.status}: ${await answer.text()}`);
}

async function sandboxCredential(rest: Cluster['rest']): Promise<{ id: string; name: string }> {
  const all = await rest.call<{ id: string; name: string; type: string }[]>(
    'GET',
    '/rest/credentials',
  );
  const found = all.find(({ type }) => type === 'plaidCheckApi');
  if (!found) throw new Error('There is no credential for the sandbox');
  return { id: found.id, name: found.name };
}
