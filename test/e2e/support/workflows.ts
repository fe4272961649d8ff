import type { Page } from 'playwright-core';
import { editor } from './shared';

export interface NodeSpec {
  name: string;
  type: string;
  typeVersion?: number;
  parameters?: object;
  /** What the address of a trigger is made of. */
  webhookId?: string;
  /** The setting On Error */
  onError?: string;
}

export const PLAID_CHECK = 'n8n-nodes-plaid-check.plaidCheck';
export const PLAID_CHECK_TRIGGER = 'n8n-nodes-plaid-check.plaidCheckTrigger';

export const START: NodeSpec = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };

/** Makes a workflow of nodes in a row; those of ours get the ready credential, or another one. Returns its id. */
export async function makeWorkflow(
  nodes: readonly NodeSpec[],
  name = 'Loan applications',
  otherCredential?: { id: string; name: string },
): Promise<string> {
  const credential = otherCredential ?? (await readyCredential());
  const { id } = await editor().rest.call<{ id: string }>('POST', '/rest/workflows', {
    name,
    settings: {},
    nodes: nodes.map(
      ({ name, type, typeVersion = 1, parameters = {}, webhookId, onError }, index) => ({
        id: `node-${index}`,
        name,
        type,
        ...(webhookId && { webhookId }),
        ...(onError && { onError }),
        typeVersion,
        parameters,
        position: [index * 224, 0],
        ...(type.startsWith(PLAID_CHECK) && { credentials: { plaidCheckApi: credential } }),
      }),
    ),
    connections: Object.fromEntries(
      nodes
        .slice(0, -1)
        .map(({ name }, index) => [
          name,
          { main: [[{ node: nodes[index + 1]?.name, type: 'main', index: 0 }]] },
        ]),
    ),
  });
  return id;
}

/** The credential for the sandbox that the editor starts with. */
export async function readyCredential(): Promise<{ id: string; name: string }> {
  const all = await editor().rest.call<{ id: string; name: string; type: string }[]>(
    'GET',
    '/rest/credentials',
  );
  const ready = all.find(({ type, name }) => type === 'plaidCheckApi' && /sandbox/.test(name));
  if (!ready) throw new Error('The editor has no credential for the sandbox');
  return { id: ready.id, name: ready.name };
}

/** Opens a workflow on the canvas. */
export async function openWorkflow(page: Page, id: string): Promise<void> {
  await page.goto(`/workflow/${id}`);
  await canvasNode(page).first().waitFor();
  await page.getByTestId('zoom-to-fit').click();
}

/** A node on the canvas, or all of them. */
export function canvasNode(page: Page, name?: string) {
  return name
    ? page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`)
    : page.getByTestId('canvas-node');
}

/** Opens a node's panel with a double-click. */
export async function openNode(page: Page, name: string): Promise<void> {
  await canvasNode(page, name).dblclick();
  await page.getByTestId('ndv').waitFor();
}

/** Opens the panel of a Plaid Check node, in a new workflow. */
export async function openPlaidCheck(page: Page, parameters: object = {}): Promise<void> {
  const nodes = [START, { name: 'Plaid Check', type: PLAID_CHECK, parameters }];
  await openWorkflow(page, await makeWorkflow(nodes));
  await openNode(page, 'Plaid Check');
}
