import type { INode, INodeExecutionData } from 'n8n-workflow';
import type { WorkflowJson } from './execution';

const START = 'Start';

/** A workflow of one node that gets these items. */
export function workflowOfNode(
  node: INode,
  items: ReadonlyArray<INodeExecutionData['json']>,
): WorkflowJson {
  const start: INode = {
    id: 'start',
    name: START,
    type: 'n8n-nodes-base.manualTrigger',
    typeVersion: 1,
    position: [0, 0],
    parameters: {},
  };
  return {
    nodes: [start, node],
    connections: { [START]: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
    pinData: { [START]: items.map((json) => ({ json })) },
    settings: { executionOrder: 'v1' },
  };
}
