import {
  type ExecutionError,
  type IContextObject,
  type IDataObject,
  type IExecuteData,
  type IExecuteFunctions,
  type INode,
  type INodeExecutionData,
  type IRunExecutionData,
  type IWebhookFunctions,
  NodeHelpers,
} from 'n8n-workflow';
import { withInputFields } from '../../options/inputFields';
import type { Failure } from '../../client/failure';
import { failureError, failureJson } from '../../client/tellFailure';

/** The part of a waiting execution, as n8n saves it, that a node that pauses needs. */
export interface SavedExecution {
  /** Kept until the execution ends */
  memory: IContextObject;
  /** The node that waits, with the items that it passes on when it resumes */
  next: IExecuteData | undefined;
  /** Whether the node has run in it before, an earlier try that failed included */
  hasRun: boolean;
}

/**
 * The data of the execution, or undefined where n8n does not expose it. A webhook has no other access to the node's memory
 * and to the error of the execution: n8n's own functions for them exist in `execute` only.
 */
export function executionOf(
  context: IExecuteFunctions | IWebhookFunctions,
): SavedExecution | undefined {
  const { runExecutionData: data } = context as { runExecutionData?: IRunExecutionData | null };
  if (!data?.executionData) return undefined;
  const { resultData }: Partial<IRunExecutionData> = data;
  return {
    memory: NodeHelpers.getContext(data, 'node', context.getNode()),
    next: data.executionData.nodeExecutionStack[0],
    // n8n takes a run that failed out of the list, and leaves the list.
    hasRun: Object.hasOwn(resultData?.runData ?? {}, context.getNode().name),
  };
}

/** Whether the workflow continues when this node fails. */
const continuesOnError = ({ onError, continueOnFail }: INode) =>
  onError === undefined
    ? continueOnFail === true
    : onError === 'continueRegularOutput' || onError === 'continueErrorOutput';

/** There, n8n itself adds all input fields to an item that holds the error alone, and takes no other for an error. */
export const hasErrorOutput = ({ onError }: INode): boolean => onError === 'continueErrorOutput';

/**
 * Sets the outcome of the node when it resumes. n8n passes the items on without running the node again; an error ends the
 * execution instead (n8n 2.27 and later; older versions know items only, so it is an item as well).
 * @param input fields of the input item that the output has as well
 */
export function setOutcome(
  next: IExecuteData,
  node: INode,
  outcome: { failure: Failure } | { json: IDataObject },
  input: IDataObject,
): INodeExecutionData[] {
  const json = 'json' in outcome ? outcome.json : failureJson(node, outcome.failure);
  const isOnErrorOutput = 'failure' in outcome && hasErrorOutput(node);
  const items = [{ json: withInputFields(json, isOnErrorOutput ? {} : input) }];
  const isError = 'failure' in outcome && !continuesOnError(node);
  const resumeError = isError ? savedError(node, outcome.failure) : undefined;
  next.metadata = { ...next.metadata, resumeError };
  next.data = { ...next.data, main: [items] };
  return items;
}

/** The error as n8n saves it: plain data, from which it restores the error by its name. */
function savedError(node: INode, failure: Failure): ExecutionError {
  const error = failureError(node, failure, 0);
  const { name, message } = error;
  return { ...error, name, message, stack: '' } as unknown as ExecutionError;
}
