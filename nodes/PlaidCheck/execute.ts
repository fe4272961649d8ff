import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { outcomesOf } from './combine';
import { PARAMETER } from './fields/names';
import type { Run, Tried } from './flow/attempts';
import { createPace } from './flow/pace';
import { workThrough } from './flow/pool';
import { paceLimits } from './flow/settings';
import { itemsOf } from './outputs/items';
import { previewOf } from './outputs/preview';
import { accountOf, type Prepared } from './prepare';
import { failureError, failureJson, isFailure, type Failure } from './transport/failure';
import { cancelled } from './transport/send';
import { checkedItems, workOf, type Work } from './work';

/** Items that wait for their reports side by side, at most: each holds its request in memory meanwhile. */
const MOST_WAITING = 1000;

/**
 * Sends a request for each item or batch of items, several at once; what comes out is in the order of the
 * items and paired with them.
 * @throws NodeApiError or NodeOperationError for the first item that fails, unless the node continues on failure
 */
export async function executeItems(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
  const goesOn = context.continueOnFail();
  const options = context.getNodeParameter(PARAMETER.options, 0, {}) as IDataObject;
  const account = await accountOf(context);
  const kept = goesOn ? [] : checkedItems(context, account);
  const limits = paceLimits(options);
  const cancel = context.getExecutionCancelSignal();
  const stop = new AbortController();
  const over = cancel ? AbortSignal.any([cancel, stop.signal]) : stop.signal;
  const run: Run = { context, pace: createPace(limits), over };
  const results: INodeExecutionData[][] = [];
  const failed: Array<{ item: number; failure: Failure }> = [];

  const atOnce =
    options.waitUntilReady || options.createIfExpired ? MOST_WAITING : limits.concurrency;
  await workThrough(workOf(context, account, kept), atOnce, stop, async ({ from, work }) => {
    let item = from;
    for await (const outcome of outcomes(run, work)) {
      if (!('failure' in outcome)) {
        results[item] = await delivered(context, outcome, work, item - from);
      } else if (goesOn && outcome.failure.kind !== 'cancelled') {
        results[item] = [{ json: failureJson(failureOf(outcome)) }];
      } else {
        // An item that is given up because another one failed has nothing to say.
        const isGivenUp = stop.signal.aborted && outcome.failure.kind === 'cancelled';
        if (!isGivenUp) failed.push({ item, failure: failureOf(outcome) });
        return false;
      }
      item++;
    }
    return true;
  });
  const [first] = failed.sort((one, other) => one.item - other.item);
  if (first) throw failureError(context.getNode(), first.failure, first.item);
  return results.flatMap((items, item) =>
    items.map((result) => ({ ...result, pairedItem: { item } })),
  );
}

async function* outcomes(run: Run, work: Work['work']): AsyncGenerator<Tried> {
  if (run.over.aborted) yield { ...cancelled, attempts: [] };
  else if (isFailure(work)) yield { failure: work, again: 'never', attempts: [] };
  else if (work[0]?.isPreview) yield { json: previewOf(work[0]), attempts: [] };
  else yield* outcomesOf(run, work);
}

async function delivered(
  context: IExecuteFunctions,
  answer: Exclude<Tried, { failure: Failure }>,
  work: Work['work'],
  place: number,
): Promise<INodeExecutionData[]> {
  const prepared: Prepared | undefined = isFailure(work) ? undefined : work[place];
  if (!prepared) throw new Error('An answer to an item that was not sent');
  const { call, isPreview } = prepared;
  if (isPreview && 'json' in answer) return [{ json: answer.json as IDataObject }];
  return await itemsOf(context, answer, call.body, prepared);
}

const failureOf = ({ failure, attempts }: Extract<Tried, { failure: Failure }>): Failure =>
  attempts.length === 0 ? failure : { ...failure, attempts };
