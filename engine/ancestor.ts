import type { INodeExecutionData } from 'n8n-workflow';
import type { NodeRun, RunResult } from './execution';

/**
 * The item of the node `ancestor` that an item of `run` goes back to, by n8n's pairing of items;
 * `undefined` where the pairing ends before it. Like `$('ancestor').item` in an expression.
 */
export function ancestorItem(
  { nodes }: Pick<RunResult, 'nodes'>,
  run: NodeRun,
  item: INodeExecutionData,
  ancestor: string,
): INodeExecutionData | undefined {
  const paired = [item.pairedItem].flat()[0];
  if (paired === undefined) return undefined;
  const { item: index, input = 0 } = typeof paired === 'number' ? { item: paired } : paired;
  const source = run.source[input];
  const sourceRun = source && nodes[source.previousNode]?.[source.previousNodeRun ?? 0];
  const sourceItem = sourceRun?.outputs[source?.previousNodeOutput ?? 0]?.[index];
  if (!source || !sourceRun || !sourceItem) return undefined;
  if (source.previousNode === ancestor) return sourceItem;
  return ancestorItem({ nodes }, sourceRun, sourceItem, ancestor);
}
