import type { IExecuteFunctions } from 'n8n-workflow';

import { fits, type Batch } from './combine';
import { prepare, type Account, type Prepared } from './prepare';
import { failureError, isFailure, type Failure } from './transport/failure';

/** What is done next: send a batch of items, or tell of an item that can't be sent. */
export interface Work {
  /** Index of the first item */
  from: number;
  work: Batch | Failure;
}

/** So many requests are kept from the check to the sending; more would fill the memory, and are read again. */
const MOST_KEPT = 100;

/**
 * Reads and checks every item before the first request leaves: where the node stops at an error, a bad
 * item later on must not cost the answers, and the bill, of the items before it.
 * @returns the first requests, ready to be sent
 * @throws NodeOperationError for the first item that can't be sent
 */
export function checkedItems(context: IExecuteFunctions, account: Account): Prepared[] {
  const kept: Prepared[] = [];
  const wrong: Array<{ item: number; failure: Failure }> = [];
  const items = context.getInputData();
  for (const item of items.keys()) {
    const prepared = prepare(context, account, item);
    if (isFailure(prepared)) wrong.push({ item, failure: prepared });
    else if (kept.length < MOST_KEPT) kept.push(prepared);
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
 * @param kept the first items, where they have been read already
 */
export async function* workOf(
  context: IExecuteFunctions,
  account: Account,
  kept: readonly Prepared[],
): AsyncGenerator<Work> {
  let batch: Batch = [];
  let from = 0;
  for (const item of context.getInputData().keys()) {
    const next = kept[item] ?? prepare(context, account, item);
    if (!isFailure(next) && fits(batch, next)) {
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
