import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { baseUrlOf } from '../../credentials/plaidApi';
import { findEndpoint } from './catalog';
import { pathText } from './fields/path';
import { PARAMETER } from './fields/names';
import { readRequest } from './fields/request';
import type { Problem } from './fields/rules';
import type { Outcome } from './transport/answer';
import { failure, failureError, failureJson, type Failure } from './transport/failure';
import { cancelled, send } from './transport/send';

const DEFAULT_TIMEOUT_SECONDS = 120;

/**
 * One request for each item, in order; each answer is paired with its item.
 * @throws NodeApiError or NodeOperationError for the first item that fails, unless the node continues on failure
 */
export async function executeItems(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
  const results: INodeExecutionData[] = [];
  for (const itemIndex of context.getInputData().keys()) {
    const outcome = await outcomeOfItem(context, itemIndex);
    const pairedItem = { item: itemIndex };
    if ('json' in outcome) {
      results.push({ json: outcome.json as IDataObject, pairedItem });
    } else if (context.continueOnFail() && outcome.failure.kind !== 'cancelled') {
      results.push({ json: failureJson(outcome.failure), pairedItem });
    } else {
      throw failureError(context.getNode(), outcome.failure, itemIndex);
    }
  }
  return results;
}

async function outcomeOfItem(context: IExecuteFunctions, itemIndex: number): Promise<Outcome> {
  if (context.getExecutionCancelSignal()?.aborted) return { failure: cancelled };
  try {
    const read = (name: string) => context.getNodeParameter(name, itemIndex, null);
    const endpoint = findEndpoint(
      String(read(PARAMETER.resource)),
      String(read(PARAMETER.operation)),
    );
    const request = readRequest(endpoint, read);
    if ('problems' in request) return { failure: invalidRequest(request.problems) };

    const baseUrl = baseUrlOf(await context.getCredentials('plaidCheckApi', itemIndex));
    const { path, repeatable } = endpoint;
    const timeoutSeconds = timeoutOf(read(PARAMETER.options));
    return await send(context, { baseUrl, path, body: request.body, timeoutSeconds, repeatable });
  } catch (error) {
    // An expression that fails, a missing credential or a bad base URL: nothing has left yet.
    const message = error instanceof Error ? error.message : String(error);
    return { failure: failure({ kind: 'not_sent', message }) };
  }
}

/** @throws Error when the option holds anything but a number of seconds above 0 */
function timeoutOf(options: unknown): number {
  const { timeout = DEFAULT_TIMEOUT_SECONDS } = (options ?? {}) as IDataObject;
  const seconds = typeof timeout === 'string' && timeout.trim() !== '' ? Number(timeout) : timeout;
  if (typeof seconds === 'number' && seconds > 0 && Number.isFinite(seconds)) return seconds;
  throw new Error(
    `Option Timeout: expected a number of seconds above 0, got ${JSON.stringify(timeout)}`,
  );
}

function invalidRequest(problems: readonly Problem[]): Failure {
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  return failure({
    kind: 'invalid_request',
    message: `Nothing was sent: the request has ${count}`,
    next_step: 'Correct it in the node, or in the items it takes its values from',
    problems: problems.map(({ path, text }) => ({ path: pathText(path), message: text })),
  });
}
