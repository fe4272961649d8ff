import type { JsonObject } from 'n8n-workflow';

import type { Prepared } from '../prepare';
import type { Failed } from '../transport/answer';
import { failure } from '../transport/failure';
import { pause } from '../transport/pause';
import type { Call } from '../transport/send';
import { sendPatiently, type Run, type Tried } from './attempts';

/** ms between two looks whether a report is ready: short at first, as small reports take seconds. */
const FIRST_LOOK_MS = 1000;
const LOOKS_GROW_BY = 1.5;
const SLOWEST_LOOK_MS = 15_000;

/** Reading this report is how to see that a new report is ready; Plaid makes it in any case. */
const BASE_REPORT = '/cra/check_report/base_report/get';

/** Sends a request for a report, or for a new one, and comes back when the report is ready. */
export async function untilReady(run: Run, prepared: Prepared, maxWaitMs: number): Promise<Tried> {
  const { call, operation, retry } = prepared;
  if (!operation.makesReport) return await reading(run, call, prepared, maxWaitMs);
  const made = await sendPatiently(run, call, retry);
  if ('failure' in made || !('json' in made)) return made;
  const start = Date.now();
  const read = await reading(run, readOf(call), prepared, maxWaitMs);
  const attempts = [...made.attempts, ...read.attempts];
  if ('failure' in read) return { ...afterCreation(read), attempts };
  const json = { ...made.json, report_status: 'ready', waited_ms: Date.now() - start };
  return { json, attempts };
}

/** The request that reads the base report of the user for whom a report was created. */
export function readOf(call: Call): Call {
  const { user_id, user_token } = call.body;
  const body: JsonObject = user_id ? { user_id } : { user_token: user_token ?? null };
  return { ...call, path: BASE_REPORT, body, repeatable: true };
}

/** Reads a report again and again until it is ready, or the wait has been long enough. */
export async function reading(
  run: Run,
  call: Call,
  { retry }: Pick<Prepared, 'retry'>,
  maxWaitMs: number,
): Promise<Tried> {
  const end = Date.now() + maxWaitMs;
  const attempts: Tried['attempts'] = [];
  let look = FIRST_LOOK_MS;
  for (;;) {
    const tried = await sendPatiently(run, call, retry);
    attempts.push(...tried.attempts);
    const left = end - Date.now();
    if (!('failure' in tried) || tried.failure.error_code !== 'PRODUCT_NOT_READY') {
      return { ...tried, attempts };
    }
    if (left <= 0) return { ...notReady(tried, maxWaitMs), attempts };
    // Not all at the same moment, where many items wait side by side.
    const jitter = 0.75 + Math.random() / 4;
    await pause(Math.min(left, look * jitter), run.over);
    look = Math.min(SLOWEST_LOOK_MS, look * LOOKS_GROW_BY);
  }
}

/** Whether Plaid has said what became of the report; otherwise only the look at it failed. */
const isAboutReport = ({ failure: { kind }, again }: Failed) =>
  kind === 'not_ready' || (kind === 'plaid_error' && again === 'never');

/**
 * Why a report that was created could not be read. Who takes that for a failed creation would create the
 * report, and pay for it, twice.
 */
export const afterCreation = (looked: Failed): Failed =>
  isAboutReport(looked)
    ? looked
    : {
        ...looked,
        failure: {
          ...looked.failure,
          next_step:
            'The report was created, only the look at it failed. Do not create it again: read it, for example with Check Report: Get Base Report',
        },
      };

const notReady = ({ failure: last }: Failed, maxWaitMs: number): Failed => ({
  again: 'never',
  failure: failure({
    ...last,
    kind: 'not_ready',
    message: `The report was not ready within ${maxWaitMs / 1000} seconds (PRODUCT_NOT_READY)`,
    next_step:
      'It is still being made. Read it later, or set a longer time in the option Wait Until Ready; do not create it again',
  }),
});
