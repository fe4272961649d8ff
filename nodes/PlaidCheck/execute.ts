import {
  NodeOperationError,
  type IDataObject,
  type IExecuteFunctions,
  type INodeExecutionData,
} from 'n8n-workflow';

import { authenticationHeaders, baseUrlOf } from '../../credentials/plaidApi';
import { findEndpoint } from './catalog';
import { PARAMETER } from './fields/names';
import { pathText } from './fields/path';
import { readRequest } from './fields/request';
import type { Problem } from './fields/rules';
import { timeoutSeconds } from './timeout';
import type { Outcome } from './transport/answer';
import { failure, failureError, failureJson, type Failure } from './transport/failure';
import { cancelled, send, type Call } from './transport/send';

/**
 * One request for each item, in order; each answer is paired with its item. All items are read and
 * checked before the first request leaves: where the node stops at an error, a bad item later on must not
 * cost the answers, and the bill, of the items before it.
 * @throws NodeApiError or NodeOperationError for the first item that fails, unless the node continues on failure
 */
export async function executeItems(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
  const goesOn = context.continueOnFail();
  const prepared: Array<Call | Failure> = [];
  for (const itemIndex of context.getInputData().keys()) {
    prepared.push(await prepare(context, itemIndex));
  }
  if (!goesOn) stopAtFirst(context, prepared);

  const results: INodeExecutionData[] = [];
  for (const [itemIndex, call] of prepared.entries()) {
    const outcome = await outcomeOf(context, call);
    const pairedItem = { item: itemIndex };
    if ('json' in outcome) {
      results.push({ json: outcome.json as IDataObject, pairedItem });
    } else if (goesOn && outcome.failure.kind !== 'cancelled') {
      results.push({ json: failureJson(outcome.failure), pairedItem });
    } else {
      throw failureError(context.getNode(), outcome.failure, itemIndex);
    }
  }
  return results;
}

async function outcomeOf(context: IExecuteFunctions, call: Call | Failure): Promise<Outcome> {
  if (context.getExecutionCancelSignal()?.aborted) return { failure: cancelled };
  return isFailure(call) ? { failure: call } : await send(context, call);
}

const isFailure = (prepared: Call | Failure): prepared is Failure => 'kind' in prepared;

/** What an item asks for, read and checked; nothing leaves here. */
async function prepare(context: IExecuteFunctions, itemIndex: number): Promise<Call | Failure> {
  try {
    const read = (name: string) => readParameter(context, name, itemIndex);
    const { path, repeatable, ...contract } = findEndpoint(
      String(read(PARAMETER.resource)),
      String(read(PARAMETER.operation)),
    );
    const request = readRequest(contract, read);
    if ('problems' in request) return invalidRequest(request.problems);

    const credentials = await context.getCredentials('plaidCheckApi', itemIndex);
    const baseUrl = baseUrlOf(credentials);
    // Asked for its check alone: n8n adds the headers when it sends.
    authenticationHeaders(credentials);
    const options = (read(PARAMETER.options) ?? {}) as IDataObject;
    const timeout = timeoutSeconds(options.timeout);
    return { baseUrl, path, body: request.body, timeoutSeconds: timeout, repeatable };
  } catch (error) {
    return failure({ kind: 'not_sent', message: messageOf(error) });
  }
}

/** @throws NodeOperationError that names the field, where n8n's own message about an expression does not */
function readParameter(context: IExecuteFunctions, name: string, itemIndex: number): unknown {
  try {
    return context.getNodeParameter(name, itemIndex, null);
  } catch (error) {
    const { parameter = name, nodeCause } = contextOf(error);
    const source = nodeCause ? ` (node "${nodeCause}")` : '';
    throw new NodeOperationError(
      context.getNode(),
      `Not sent: the expression in the field ${parameter} failed: ${messageOf(error)}${source}`,
    );
  }
}

/** Where n8n's expression errors say what they are about. */
const contextOf = (error: unknown) =>
  ((error as { context?: unknown }).context ?? {}) as { parameter?: string; nodeCause?: string };

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** @throws NodeOperationError for the first item that can't be sent */
function stopAtFirst(context: IExecuteFunctions, prepared: ReadonlyArray<Call | Failure>): void {
  const itemIndex = prepared.findIndex(isFailure);
  const first = prepared[itemIndex];
  if (!first || !isFailure(first)) return;
  const others = prepared.filter(isFailure).length - 1;
  const also =
    others === 0 ? '' : `. ${others} more of ${prepared.length} items can't be sent either`;
  throw failureError(
    context.getNode(),
    { ...first, next_step: `${first.next_step ?? 'No item was sent'}${also}` },
    itemIndex,
  );
}

function invalidRequest(problems: readonly Problem[]): Failure {
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  return failure({
    kind: 'invalid_request',
    message: `Not sent: the request has ${count}`,
    next_step: 'Correct it in the node, or in the items it takes its values from',
    problems: problems.map(({ path, text }) => ({ path: pathText(path), message: text })),
  });
}
