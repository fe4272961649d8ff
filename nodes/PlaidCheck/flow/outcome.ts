import type { Prepared } from '../prepare';
import { sendPatiently, type Run, type Tried } from './attempts';
import { NO_REPORT } from './expired';
import { partsOutcome } from './parts';
import { createAndPause } from './pausing/pause';
import { afterCreation, reading, untilReady } from './ready';
import { DEFAULTS } from './settings';

/** What becomes of one item: its request, and what the options ask for beyond it. */
export async function outcomeOf(run: Run, prepared: Prepared): Promise<Tried> {
  const { call, operation, ifExpired, maxWaitMs, pausing, retry } = prepared;
  if (operation.parts) return await partsOutcome(run, prepared, operation.parts);
  if (pausing) return await createAndPause(run, prepared, pausing);
  if (ifExpired) return await readOrMade(run, prepared, ifExpired);
  if (maxWaitMs !== undefined) return await untilReady(run, prepared, maxWaitMs);
  return await sendPatiently(run, call, retry);
}

/** Reads a report; where there is none, makes one and reads that. */
async function readOrMade(
  run: Run,
  prepared: Prepared,
  ifExpired: NonNullable<Prepared['ifExpired']>,
): Promise<Tried> {
  const { call, maxWaitMs = DEFAULTS.maxWaitSeconds * 1000, retry } = prepared;
  const read = await reading(run, call, prepared, maxWaitMs);
  if (!('failure' in read) || !NO_REPORT.has(read.failure.error_code ?? '')) return read;
  const made = await sendPatiently(run, ifExpired, retry);
  const before = [...read.attempts, ...made.attempts];
  if ('failure' in made) {
    const message = `There was no report, and making one failed: ${made.failure.message}`;
    return { ...made, failure: { ...made.failure, message }, attempts: before };
  }
  const again = await reading(run, call, prepared, maxWaitMs);
  const attempts = [...before, ...again.attempts];
  return 'failure' in again ? { ...afterCreation(again), attempts } : { ...again, attempts };
}
