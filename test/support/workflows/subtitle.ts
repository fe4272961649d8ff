import { Workflow, type INode } from 'n8n-workflow';
import { captureLog } from '../../../engine/log';
import { loadPackages } from '../../../engine/packages';

/** What stands below a node on the canvas, as n8n evaluates it. */
export async function subtitleOf(node: INode): Promise<unknown> {
  const { nodeTypes } = await captureLog([], loadPackages);
  const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
  const { subtitle } = nodeTypes.getByNameAndVersion(node.type).description;
  return workflow.expression.getSimpleParameterValue(node, subtitle, 'internal', {});
}
