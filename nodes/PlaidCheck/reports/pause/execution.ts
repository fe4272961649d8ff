import {
  type ExecutionError,
  type IContextObject,
  type IExecuteData,
  type IExecuteFunctions,
  type INode,
  type INodeExecutionData,
  type IRunExecutionData,
  type IWebhookFunctions,
  NodeHelpers,
} from 'n8n-workflow';
import { failureError, failureJson, type Failure } from '../../client/failure';

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

/** Whether the user wants the workflow to go on when this node fails. */
const goesOnAtErrors = ({ onError, continueOnFail }: INode) =>
  onError === undefined
    ? continueOnFail === true
    : onError === 'continueRegularOutput' || onError === 'continueErrorOutput';

/**
 * What n8n goes on with once the wait is over. n8n passes the items on without asking the node again; an
 * error ends the execution instead (from n8n 2.27 on; older ones know items only, so it is an item too).
 */
export function endsWith(
  next: IExecuteData,
  node: INode,
  outcome: { failure: Failure } | { items: INodeExecutionData[] },
): INodeExecutionData[] {
  const items = 'items' in outcome ? outcome.items : [{ json: failureJson(outcome.failure) }];
  const isError = 'failure' in outcome && !goesOnAtErrors(node);
  const resumeError = isError ? savedError(node, outcome.failure) : undefined;
  next.metadata = { ...next.metadata, resumeError };
  next.data = { ...next.data, main: [items] };
  return items;
}

/** The error as n8n saves errors: plain data, from which it makes one again by the name. */
function savedError(node: INode, failure: Failure): ExecutionError {
  const error = failureError(node, failure, 0);
  const { name, message } = error;
  return { ...error, name, message, stack: '' } as unknown as ExecutionError;
}
