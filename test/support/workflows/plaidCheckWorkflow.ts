import type { INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { workflowOfNode, type WorkflowJson } from '../../../engine/index';

/** Name of the node of `plaidCheckWorkflow`. */
export const PLAID_CHECK = 'Plaid Check';

/** A workflow of one Plaid Check node that gets these items; `settings` such as `onError` go into the node. */
export function plaidCheckWorkflow(
  parameters: INodeParameters,
  items: ReadonlyArray<INodeExecutionData['json']>,
  settings: Partial<INode> = {},
): WorkflowJson {
  const node: INode = {
    id: 'plaid-check',
    name: PLAID_CHECK,
    type: 'n8n-nodes-plaid-check.plaidCheck',
    typeVersion: 1,
    position: [220, 0],
    parameters,
    credentials: { plaidCheckApi: { id: '1', name: 'Plaid' } },
    ...settings,
  };
  return workflowOfNode(node, items);
}
