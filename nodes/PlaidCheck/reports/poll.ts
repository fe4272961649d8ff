import type { JsonObject } from 'n8n-workflow';

import { getBaseReport } from '../catalog/checkReport/getBaseReport';
import type { Job } from './job';
import { requestIdOf, type FailedOutcome } from '../client/response';
import { failure } from '../client/failure';
import { pause } from '../utils/abort';
import type { Call } from '../client/send';
import { sendWithRetry, type RunContext, type Result } from '../client/retry';
import { NO_REPORT, NOT_READY } from '../client/errorCodes';
import { userOf } from './job';

/** ms between two looks whether a report is ready: short at first, as small reports take seconds. */
const FIRST_LOOK_MS = 1000;
const LOOKS_GROW_BY = 1.5;
const SLOWEST_LOOK_MS = 15_000;

/** Sends a request for a report, or for a new one, and comes back when the report is ready. */
export async function waitUntilReady(
  run: RunContext,
  prepared: Job,
  maxWaitMs: number,
): Promise<Result> {
  const { call, operation, retry } = prepared;
  if (!operation.makesReport) return await pollReport(run, call, prepared, maxWaitMs);
  const made = await sendWithRetry(run, call, retry);
  if (!('json' in made)) return made;
  const start = Date.now();
  const read = await pollNewReport(run, readOf(call), prepared, maxWaitMs, made);
  const attempts = [...made.attempts, ...read.attempts];
  if ('failure' in read) return { ...read, attempts };
  const json = { ...made.json, report_status: 'ready', waited_ms: Date.now() - start };
  return { json, attempts };
}

/** Reads the base report of the user for whom a report was created: Plaid makes it in any case. */
function readOf(call: Call): Call {
  const { path, howToVerify } = getBaseReport;
  return { ...call, path, howToVerify, body: userOf(call.body) };
}

/**
 * Reads a report that was just created. Plaid may still see the old one, or none, so neither is an end; and
 * whatever goes wrong, nobody must take it for a failed creation and pay for another one.
 */
export async function pollNewReport(
  run: RunContext,
  call: Call,
  prepared: Pick<Job, 'retry'>,
  maxWaitMs: number,
  made: { json: JsonObject },
): Promise<Result> {
  const read = await pollReport(run, call, prepared, maxWaitMs, NOT_YET_NEW);
  if (!('failure' in read)) return read;
  const { kind, message, next_step, error_code } = read.failure;
  const created = `A report was created (request_id ${requestIdOf(made) ?? 'unknown'})`;
  // Without its base report there is no report to read (https://plaid.com/docs/errors/check-report-webhook/).
  if (error_code === 'DATA_UNAVAILABLE' && call.path === getBaseReport.path) {
    const said = `Plaid could not make the report: ${message}`;
    const step = `${created} and may be billed. ${next_step}`;
    const failed = { ...read.failure, kind: 'report_failed' as const, message: said };
    return { ...read, failure: { ...failed, next_step: step } };
  }
  const told = kind === 'not_ready' || kind === 'cancelled';
  return {
    ...read,
    failure: {
      ...read.failure,
      message: told ? message : `A report was created, but reading it failed: ${message}`,
      may_have_succeeded: true,
      next_step: `${created} and may be billed. Do not create it again before you have looked: read it with Check Report: Get Base Report${read.failure.may_have_succeeded ? `. Of the reading: ${next_step}` : ''}`,
    },
  };
}

/** Codes of a report that is being made, and of one that Plaid does not see yet. */
const NOT_YET = NOT_READY;
const NOT_YET_NEW: ReadonlySet<string> = new Set([...NOT_YET, ...NO_REPORT]);

/** Reads a report again and again until it is ready, or the wait has been long enough. */
export async function pollReport(
  run: RunContext,
  call: Call,
  { retry }: Pick<Job, 'retry'>,
  maxWaitMs: number,
  notYet = NOT_YET,
): Promise<Result> {
  const end = Date.now() + maxWaitMs;
  const attempts: Result['attempts'] = [];
  let look = FIRST_LOOK_MS;
  for (;;) {
    const tried = await sendWithRetry(run, call, retry);
    attempts.push(...tried.attempts);
    const left = end - Date.now();
    if (!('failure' in tried) || !notYet.has(tried.failure.error_code ?? '')) {
      return { ...tried, attempts };
    }
    if (left <= 0) return { ...notReady(tried, maxWaitMs), attempts };
    // Not all at the same moment, where many items wait side by side.
    const jitter = 0.75 + Math.random() / 4;
    await pause(Math.min(left, look * jitter), run.stopSignal);
    look = Math.min(SLOWEST_LOOK_MS, look * LOOKS_GROW_BY);
  }
}

const notReady = ({ failure: last }: FailedOutcome, maxWaitMs: number): FailedOutcome => ({
  again: 'never',
  failure: failure({
    ...last,
    kind: 'not_ready',
    message: `The report was not ready within ${maxWaitMs / 1000} seconds (${String(last.error_code)})`,
    next_step:
      'It is still being made. Read it later, or set a longer time in the option Wait Until Ready; do not create it again',
  }),
});
