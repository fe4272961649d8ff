import type { Prepared } from '../execute/readItem';
import type { Call } from '../client/send';
import { type RetryPolicy, type Run, sendPatiently, type Tried } from '../client/retry';
import { NO_REPORT } from './createIfExpired';
import { partsOutcome } from './fullReport';
import { createAndPause } from './pause/pause';
import { reading, readingNew, untilReady } from './poll';
import { DEFAULTS } from '../options/read';

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
  const { made, isOwn } = await newReport(run, ifExpired, retry);
  const before = isOwn ? [...read.attempts, ...made.attempts] : read.attempts;
  if (!('json' in made)) {
    if (!('failure' in made)) throw new Error('A file instead of the answer to a creation');
    const message = `There was no report, and making one failed: ${made.failure.message}`;
    return { ...made, failure: { ...made.failure, message }, attempts: before };
  }
  const again = await readingNew(run, call, prepared, maxWaitMs, made);
  return { ...again, attempts: [...before, ...again.attempts] };
}

/** Makes a report; where another item of the run has one made for the same user, it is that one's. */
async function newReport(run: Run, create: Call, retry: RetryPolicy) {
  const { user_id = null, user_token = null } = create.body;
  const user = JSON.stringify([user_id, user_token]);
  const others = run.newReports.get(user);
  if (others) return { made: await others, isOwn: false };
  const own = sendPatiently(run, create, retry);
  run.newReports.set(user, own);
  return { made: await own, isOwn: true };
}
