import { sleep } from 'n8n-workflow';

import { fitsBatch, type Batch } from './batch';
import type { Job } from '../reports/job';
import { readItem, type ItemReader } from './readItem';
import { isFailure, type Failure } from '../client/failure';
import { failureError } from '../client/tellFailure';
import { idOf, reasonsOf } from './failedItems';

/** The next batch of items to send, or an item that can't be sent. */
export interface Work {
  /** Index of the first item */
  from: number;
  work: Batch | Failure;
}

/**
 * Checked requests are kept up to this size, as n8n takes longer to read an item than to send it; later items are read again
 * when they are sent, to save memory.
 */
const MAX_KEPT_BYTES = 8_000_000;

/** About the size of a request without its body. */
const REQUEST_OVERHEAD_BYTES = 1000;

/** ms for which items are read before the event loop gets a turn for other work of n8n. */
const READ_IN_A_ROW_MS = 10;

/** Gives the event loop a turn once items were read for long enough. */
function turnTaker(): () => Promise<void> {
  let turnAt = performance.now();
  return async () => {
    if (performance.now() - turnAt <= READ_IN_A_ROW_MS) return;
    await sleep(0);
    turnAt = performance.now();
  };
}

/**
 * Reads and checks every item before the first request is sent: where the node stops at an error, an invalid item must not
 * cost the output, and the bill, of the items before it.
 * @returns the first requests, ready to be sent
 * @throws NodeOperationError for the first item that can't be sent
 */
export async function checkItems(reading: ItemReader): Promise<Job[]> {
  const { context } = reading;
  const kept: Job[] = [];
  let keptBytes = 0;
  const invalid: Array<{ item: number; failure: Failure }> = [];
  const items = context.getInputData();
  const takeTurns = turnTaker();
  for (const item of items.keys()) {
    await takeTurns();
    const job = readItem(reading, item);
    if (isFailure(job)) invalid.push({ item, failure: job });
    else if (keptBytes < MAX_KEPT_BYTES) {
      kept.push(job);
      keptBytes += REQUEST_OVERHEAD_BYTES + JSON.stringify(job.call.body).length;
    }
  }
  const [first, ...others] = invalid;
  if (!first) return kept;
  const invalidItems = {
    items: items.length,
    invalid: invalid.map(({ item, failure }) => ({
      item,
      id: idOf(items[item]?.json ?? {}),
      reasons: reasonsOf(failure),
    })),
  };
  const stopped = others.length > 0 ? { ...first.failure, invalidItems } : first.failure;
  throw failureError(context.getNode(), stopped, first.item);
}

/**
 * The items in their order, in batches that share a request. Each is read when its turn comes, so that only items in
 * flight are in memory.
 * @param kept the first items, where they have been read already; each is released once it is used
 */
export async function* batches(
  reading: ItemReader,
  kept: Array<Job | undefined>,
): AsyncGenerator<Work> {
  let batch: Batch = [];
  let from = 0;
  const takeTurns = turnTaker();
  for (const item of reading.context.getInputData().keys()) {
    // Items for which nothing is sent leave the event loop no other turn.
    await takeTurns();
    const next = kept[item] ?? readItem(reading, item);
    if (item < kept.length) kept[item] = undefined;
    if (!isFailure(next) && fitsBatch(batch, next)) {
      batch.push(next);
      continue;
    }
    if (batch.length > 0) yield { from, work: batch };
    from = item;
    batch = isFailure(next) ? [] : [next];
    if (isFailure(next)) yield { from, work: next };
  }
  if (batch.length > 0) yield { from, work: batch };
}
