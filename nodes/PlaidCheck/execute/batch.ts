import type { JsonValue } from 'n8n-workflow';

import { sendWithRetry, type RunContext, type Result } from '../client/retry';
import { runJob } from '../reports/index';
import type { Job } from '../reports/job';
import { ABOUT_ACCOUNT } from '../client/errorCodes';
import type { Failure } from '../client/failure';
import type { Call } from '../client/send';

/** The items of one request, in their order: usually one, several where their lists can be joined. */
export type Batch = Job[];

/** Whether an item can join the request of a batch. */
export function fitsBatch(
  batch: Batch,
  { operation, call, itemsPerRequest, previewRequest, answered, sameAs, retry }: Job,
): boolean {
  const [first] = batch;
  if (!first || !operation.combine || previewRequest || first.previewRequest) return false;
  if (answered || first.answered || sameAs || first.sameAs) return false;
  return (
    Array.isArray(first.call.body[operation.combine.list]) &&
    Array.isArray(call.body[operation.combine.list]) &&
    batch.length < Math.min(itemsPerRequest, first.itemsPerRequest) &&
    sharedPart(first) === sharedPart({ operation, call, retry })
  );
}

/** All of a call but its list, and how it is retried, as text to compare. */
function sharedPart({ operation, call, retry }: Pick<Job, 'operation' | 'call' | 'retry'>): string {
  const list = operation.combine?.list ?? '';
  return JSON.stringify({ ...call, retry, body: { ...call.body, [list]: null } });
}

/** The result of one request, and how many items in a row share it. */
export interface SharedResult {
  result: Result;
  items: number;
}

/**
 * Sends a batch and yields the result of each request, in the order of the items. Plaid accepts a list as a whole or not at
 * all, so where it rejects one because of its entries, each half is sent separately: in the end every valid item is
 * accepted, and every invalid one has Plaid's own error. Sends nothing more once the caller stops.
 */
export async function* sendBatch(run: RunContext, batch: Batch): AsyncGenerator<SharedResult> {
  const [first] = batch;
  if (!first) return;
  const outcome =
    batch.length === 1
      ? await runJob(run, first)
      : await sendWithRetry(run, joined(batch), first.retry);
  // A batch that may have succeeded is not split and retried.
  const isRejected =
    'failure' in outcome && isAboutEntries(outcome.failure) && !outcome.failure.may_have_succeeded;
  if (batch.length > 1 && isRejected) {
    const middle = Math.ceil(batch.length / 2);
    yield* sendBatch(run, batch.slice(0, middle));
    yield* sendBatch(run, batch.slice(middle));
    return;
  }
  yield { result: outcome, items: batch.length };
}

function joined(batch: Batch): Call {
  const [first, ...others] = batch;
  if (!first) throw new Error('A batch has no items');
  const list = first.operation.combine?.list;
  if (!list || others.length === 0) return first.call;
  const entries = batch.flatMap(({ call }) => call.body[list] as JsonValue[]);
  return { ...first.call, body: { ...first.call.body, [list]: entries } };
}

const isAboutEntries = ({ http_status, error_type, error_code }: Failure) =>
  http_status === 400 &&
  (error_type === 'INVALID_REQUEST' || error_type === 'INVALID_INPUT') &&
  !ABOUT_ACCOUNT.has(error_code ?? '');
