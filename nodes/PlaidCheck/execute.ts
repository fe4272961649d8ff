import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { fits, outcomesOf, type Batch } from './combine';
import { itemsOf } from './outputs/items';
import { prepare, type Prepared } from './prepare';
import type { Outcome } from './transport/answer';
import { failureError, failureJson, type Failure } from './transport/failure';
import { cancelled } from './transport/send';

/**
 * One request for each item or batch of items, in order; what comes out is paired with its item. All
 * items are read and checked before the first request leaves: where the node stops at an error, a bad
 * item later on must not cost the answers, and the bill, of the items before it.
 * @throws NodeApiError or NodeOperationError for the first item that fails, unless the node continues on failure
 */
export async function executeItems(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
  const goesOn = context.continueOnFail();
  const prepared: Array<Prepared | Failure> = [];
  for (const itemIndex of context.getInputData().keys()) {
    prepared.push(await prepare(context, itemIndex));
  }
  if (!goesOn) stopAtFirst(context, prepared);

  const results: INodeExecutionData[] = [];
  let item = 0;
  for (const work of workOf(prepared)) {
    for await (const outcome of outcomes(context, work)) {
      const pairedItem = { item };
      if (!('failure' in outcome)) {
        for (const result of await delivered(context, outcome, prepared[item])) {
          results.push({ ...result, pairedItem });
        }
      } else if (goesOn && outcome.failure.kind !== 'cancelled') {
        results.push({ json: failureJson(outcome.failure), pairedItem });
      } else {
        throw failureError(context.getNode(), outcome.failure, item);
      }
      item++;
    }
  }
  return results;
}

/** What is done next: send a batch, or tell of an item that can't be sent. */
type Work = Batch | Failure;

const isFailure = (one: Prepared | Work): one is Failure => 'kind' in one;

/** The items in their order, with those in one batch that may share a request. */
function workOf(prepared: ReadonlyArray<Prepared | Failure>): Work[] {
  const work: Work[] = [];
  for (const next of prepared) {
    const last = work.at(-1);
    if (isFailure(next)) work.push(next);
    else if (last && !isFailure(last) && fits(last, next)) last.push(next);
    else work.push([next]);
  }
  return work;
}

async function* outcomes(context: IExecuteFunctions, work: Work): AsyncGenerator<Outcome> {
  if (context.getExecutionCancelSignal()?.aborted) yield { failure: cancelled };
  else if (isFailure(work)) yield { failure: work };
  else yield* outcomesOf(context, work);
}

async function delivered(
  context: IExecuteFunctions,
  answer: Exclude<Outcome, { failure: Failure }>,
  prepared: Prepared | Failure | undefined,
) {
  if (!prepared || isFailure(prepared)) throw new Error('An answer to an item that was not sent');
  return await itemsOf(context, answer, prepared.call.body, prepared);
}

/** @throws NodeOperationError for the first item that can't be sent */
function stopAtFirst(
  context: IExecuteFunctions,
  prepared: ReadonlyArray<Prepared | Failure>,
): void {
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
