import { sleep } from 'n8n-workflow';

import { fitsBatch, type Batch } from './batch';
import type { Job } from '../reports/job';
import { readItem, type ItemReader } from './readItem';
import { failureError, isFailure, type Failure } from '../client/failure';

/** What is done next: send a batch of items, or tell of an item that can't be sent. */
export interface Work {
  /** Index of the first item */
  from: number;
  work: Batch | Failure;
}

/**
 * Requests are kept from the check to the sending up to so many bytes, as n8n takes longer to read an item
 * than to send it; what comes after them would fill the memory, and is read again.
 */
const MOST_KEPT_BYTES = 8_000_000;

/** About what a request takes beside its body. */
const BYTES_BESIDE_BODY = 1000;

/** Items that are read without a break; in the break n8n gets to what else it has to do. */
const READ_IN_A_ROW = 100;

/**
 * Reads and checks every item before the first request leaves: where the node stops at an error, a bad
 * item later on must not cost the answers, and the bill, of the items before it.
 * @returns the first requests, ready to be sent
 * @throws NodeOperationError for the first item that can't be sent
 */
export async function checkItems(reading: ItemReader): Promise<Job[]> {
  const { context } = reading;
  const kept: Job[] = [];
  let keptBytes = 0;
  const wrong: Array<{ item: number; failure: Failure }> = [];
  const items = context.getInputData();
  for (const item of items.keys()) {
    if (item > 0 && item % READ_IN_A_ROW === 0) await sleep(0);
    const prepared = readItem(reading, item);
    if (isFailure(prepared)) wrong.push({ item, failure: prepared });
    else if (keptBytes < MOST_KEPT_BYTES) {
      kept.push(prepared);
      keptBytes += BYTES_BESIDE_BODY + JSON.stringify(prepared.call.body).length;
    }
  }
  const [first, ...others] = wrong;
  if (!first) return kept;
  const also =
    others.length === 0
      ? ''
      : `. ${others.length} more of ${items.length} items can't be sent either`;
  const next_step = `${first.failure.next_step ?? 'No item was sent'}${also}`;
  throw failureError(context.getNode(), { ...first.failure, next_step }, first.item);
}

/**
 * The work in the order of the items, with those in one batch that may share a request. An item is read
 * only when its turn comes, so that of many items only those under way are in memory.
 * @param kept the first items, where they have been read already; let go one by one
 */
export async function* batches(
  reading: ItemReader,
  kept: Array<Job | undefined>,
): AsyncGenerator<Work> {
  let batch: Batch = [];
  let from = 0;
  for (const item of reading.context.getInputData().keys()) {
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
