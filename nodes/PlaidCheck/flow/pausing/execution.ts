import {
  NodeHelpers,
  type IContextObject,
  type IExecuteData,
  type IExecuteFunctions,
  type IRunExecutionData,
  type IWebhookFunctions,
} from 'n8n-workflow';

/** What n8n saves with a waiting execution, as far as a node that pauses has to do with it. */
export interface SavedExecution {
  /** What the node remembers until its execution ends */
  memory: IContextObject;
  /** What n8n goes on with: the node that waits, with the items it passes on then */
  next: IExecuteData | undefined;
}

/**
 * The data of the execution, or undefined where n8n does not show it. A webhook has no other way to what the node
 * has remembered, nor to the error that n8n is to end with: n8n's own functions for that are for `execute` alone.
 */
export function executionOf(
  context: IExecuteFunctions | IWebhookFunctions,
): SavedExecution | undefined {
  const { runExecutionData: data } = context as { runExecutionData?: IRunExecutionData | null };
  if (!data?.executionData) return undefined;
  return {
    memory: NodeHelpers.getContext(data, 'node', context.getNode()),
    next: data.executionData.nodeExecutionStack[0],
  };
}
