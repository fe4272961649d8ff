import type { Prepared } from '../prepare';
import { sendPatiently, type Run, type Tried } from './attempts';
import { untilReady } from './ready';

/** What becomes of one item: its request, and what the options ask for beyond it. */
export async function outcomeOf(run: Run, prepared: Prepared): Promise<Tried> {
  const { call, retry, maxWaitMs } = prepared;
  if (maxWaitMs === undefined) return await sendPatiently(run, call, retry);
  return await untilReady(run, prepared, maxWaitMs);
}
