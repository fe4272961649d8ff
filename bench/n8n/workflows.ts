import type { Editor } from '../../launcher/index';

/** A node of a workflow to measure. */
export interface NodeSpec {
  name: string;
  type: string;
  typeVersion: number;
  parameters?: object;
  /** What the address of a trigger is made of */
  webhookId?: string;
  /** By credential type */
  credentials?: Record<string, { id: string; name: string }>;
}

/** Nodes that make an item of each user, without n8n's runner of code, which is a process of its own. */
export const itemsOf = (users: readonly string[]): NodeSpec[] => [
  { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1 },
  {
    name: 'Users',
    type: 'n8n-nodes-base.set',
    typeVersion: 3.4,
    parameters: { mode: 'raw', jsonOutput: JSON.stringify({ user_id: users }), options: {} },
  },
  {
    name: 'Each User',
    type: 'n8n-nodes-base.splitOut',
    typeVersion: 1,
    parameters: { fieldToSplitOut: 'user_id', options: {} },
  },
];

/**
 * Saves a workflow.
 * @param isRow whether each node is connected to the next one
 * @returns its id
 */
export async function makeWorkflow(
  { rest }: Editor,
  name: string,
  specs: readonly NodeSpec[],
  isRow = true,
): Promise<string> {
  const nodes = specs.map((node, index) => ({
    parameters: {},
    ...node,
    id: `node-${index}`,
    position: [index * 224, 0],
  }));
  const next = (index: number) => [[{ node: specs[index + 1]?.name, type: 'main', index: 0 }]];
  const connections = isRow
    ? Object.fromEntries(
        specs.slice(0, -1).map((node, index) => [node.name, { main: next(index) }]),
      )
    : {};
  const workflow = { name, settings: {}, connections, nodes };
  return (await rest.call<{ id: string }>('POST', '/rest/workflows', workflow)).id;
}

/** Publishes a workflow, so that its trigger runs it. */
export async function publish({ rest }: Editor, id: string): Promise<void> {
  const { versionId } = await rest.call<{ versionId: string }>('GET', `/rest/workflows/${id}`);
  await rest.call('POST', `/rest/workflows/${id}/activate`, { versionId });
}
