import type { ExecutionError, IExecuteData, INode, INodeExecutionData } from 'n8n-workflow';

import { failureError, failureJson, type Failure } from '../../transport/failure';

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
