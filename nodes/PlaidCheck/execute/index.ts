import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { sendBatch, type SharedResult } from './batch';
import { outputOf } from './output';
import { PARAMETER } from '../fields/names';
import type { RunContext } from '../client/retry';
import { createThrottle } from '../client/throttle';
import { runPool } from '../utils/pool';
import { absentValue, readOption, type NodeOptions } from '../options/read';
import { previewOf } from './preview';
import { stopError } from './stopError';
import { parameterReader } from './parameters';
import { readAccount } from '../client/account';
import { readOperation, type ItemReader } from './readItem';
import { failureError, failureJson, isFailure, type Failure } from '../client/failure';
import type { Outcome } from '../client/response';
import { cancelled } from '../client/send';
import { checkItems, batches, type Work } from './readItems';

/** Items that wait for their reports side by side, at most: each holds its request in memory meanwhile. */
const MOST_WAITING = 1000;

/** An item that has failed. */
interface Ended {
  item: number;
  failure: Failure;
}

/**
 * Sends a request for each item or batch of items, several at once; what comes out is in the order of the
 * items and paired with them.
 * @throws NodeApiError or NodeOperationError for the first item that fails, unless the node continues on failure
 */
export async function executeItems(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
  const goesOn = context.continueOnFail();
  const account = await readAccount(context);
  const reading: ItemReader = { context, readAt: parameterReader(context), account };
  const kept = goesOn ? [] : await checkItems(reading);
  const { throttling, waits } = runOptions(reading);
  const cancel = context.getExecutionCancelSignal();
  const stop = new AbortController();
  const stopSignal = cancel ? AbortSignal.any([cancel, stop.signal]) : stop.signal;
  const run: RunContext = {
    context,
    throttle: createThrottle(throttling),
    stopSignal,
    newReports: new Map(),
  };
  const results: INodeExecutionData[][] = [];
  const failed: Ended[] = [];

  const items = context.getInputData().length;
  const atOnce = Math.min(items, waits ? MOST_WAITING : throttling.concurrency);
  const source = batches(reading, kept);
  await runPool(source, atOnce, stop, async ({ from, work }) => {
    let item = from;
    for await (const { result, items } of outcomes(run, work)) {
      let isStopped = false;
      // All items of a request share its end: where one of them stops the node, the others were sent as well.
      for (const next = item + items; item < next; item++) {
        const end = await outputOf(context, result, work, item - from);
        if (Array.isArray(end)) {
          results[item] = end;
        } else if (goesOn && end.kind !== 'cancelled') {
          results[item] = [{ json: failureJson(end) }];
        } else {
          // An item that is given up before anything was done for it has nothing to say.
          const isGivenUp =
            stop.signal.aborted && end.kind === 'cancelled' && !end.may_have_succeeded;
          if (!isGivenUp) failed.push({ item, failure: end });
          isStopped = true;
        }
      }
      if (isStopped) return false;
    }
    return true;
  });
  const [first, ...others] = failed.sort(byCauseAndItem);
  if (first) {
    const answered = results.filter((result) => result !== undefined).length;
    const told = stopError(first.failure, { items, answered, failed: others });
    throw failureError(context.getNode(), told, first.item);
  }
  return results.flatMap((items, item) =>
    items.map((result) => ({ ...result, pairedItem: { item } })),
  );
}

async function* outcomes(run: RunContext, work: Work['work']): AsyncGenerator<SharedResult> {
  const unsent = unsentResult(run, work);
  if (unsent) yield { result: { ...unsent, attempts: [] }, items: 1 };
  else if (!isFailure(work)) yield* sendBatch(run, work);
}

/** The result of an item for which nothing is sent; undefined where there is something to send. */
function unsentResult({ stopSignal }: RunContext, work: Work['work']): Outcome | undefined {
  if (stopSignal.aborted) return cancelled;
  if (isFailure(work)) return { failure: work, again: 'never' };
  return work[0]?.previewRequest ? { json: previewOf(work[0]) } : undefined;
}

/** Why the node stops comes before what was cut off by it; among equals, the first item's. */
function byCauseAndItem(one: Ended, other: Ended): number {
  const cutOff = ({ failure }: Ended) => Number(failure.kind === 'cancelled');
  return cutOff(one) - cutOff(other) || one.item - other.item;
}

/** What holds for a whole run, as the first item's options say. */
interface RunOptions extends Pick<NodeOptions, 'throttling'> {
  /** Whether items may wait for reports */
  waits: boolean;
}

/** Options that can't be read are the defaults here: the first item fails with the reason when it is read. */
function runOptions({ readAt }: ItemReader): RunOptions {
  const read = (name: string) => readAt(name, 0);
  try {
    const operation = readOperation(read);
    const given = read(PARAMETER.options);
    const wait = readOption('waitUntilReady', given, operation);
    const creation = readOption('createIfExpired', given, operation);
    const throttling = readOption('throttling', given, operation);
    return { throttling, waits: wait !== undefined || creation !== undefined };
  } catch {
    return { throttling: absentValue('throttling'), waits: false };
  }
}
