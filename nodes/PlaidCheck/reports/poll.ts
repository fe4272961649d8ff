import type { JsonObject } from 'n8n-workflow';

import { getBaseReport } from '../catalog/checkReport/getBaseReport';
import type { Job } from './job';
import { requestIdOf, type FailedOutcome, type Outcome } from '../client/response';
import { isObject } from '../utils/json';
import { failure } from '../client/failure';
import { abortableSleep } from '../utils/abort';
import type { Call } from '../client/send';
import { sendWithRetry, type RunContext, type Result } from '../client/retry';
import { NO_REPORT, NOT_READY } from '../client/errorCodes';
import { userOf } from './job';

/** ms between two looks whether a report is ready: short at first, as small reports take seconds. */
const FIRST_LOOK_MS = 1000;
const LOOKS_GROW_BY = 1.5;
const SLOWEST_LOOK_MS = 15_000;

/** Sends a request for a report, or for a new one, and comes back when the report is ready. */
export async function pollUntilReady(
  run: RunContext,
  prepared: Job,
  maxWaitMs: number,
): Promise<Result> {
  const { call, operation, retry } = prepared;
  if (!operation.makesReport) return await pollReport(run, call, prepared, maxWaitMs);
  const made = await sendWithRetry(run, call, retry);
  if (!('json' in made)) return made;
  const start = Date.now();
  const read = await pollNewReport(run, readOf(call), prepared, maxWaitMs, { ...made, call });
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
  made: Creation,
): Promise<Result> {
  const read = await pollReport(run, call, prepared, maxWaitMs, {
    notYet: NOT_YET_NEW,
    // A read that may be billed is never repeated because of the report's age.
    isOld: call.howToVerify === null ? isOlderThan(made) : () => false,
    isPending: true,
  });
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

/** A creation that Plaid has answered. */
export interface Creation {
  call: Call;
  json: JsonObject;
  attempts: Result['attempts'];
  clockAheadMs?: number;
}

/** ms by which this machine's clock may be ahead of Plaid's where the response does not tell Plaid's time. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/**
 * Whether a report that can be read is one from before a creation: Plaid keeps the old one readable until the new one is
 * ready. Told by the ID that the caller gave the new report, else by Plaid's time of it; a report without either is
 * taken for the new one, as there is nothing to tell by.
 */
function isOlderThan({ call, attempts, clockAheadMs = -CLOCK_TOLERANCE_MS }: Creation) {
  const wanted = call.body.client_report_id;
  const sentAt = Date.parse(attempts.at(-1)?.started_at ?? '') + clockAheadMs;
  return (json: JsonObject): boolean => {
    const report = isObject(json.report) ? json.report : json;
    const { client_report_id: id, date_generated, generated_time } = report;
    if (typeof wanted === 'string' && typeof id === 'string' && id !== wanted) return true;
    const time = date_generated ?? generated_time;
    // A day without a time may be of any moment of that day.
    if (typeof time !== 'string' || time.length <= 'yyyy-mm-dd'.length) return false;
    // Whole seconds, as most of Plaid's times are, are cut off.
    const isExact = time.includes('.');
    return Date.parse(time) < (isExact ? sentAt : Math.floor(sentAt / 1000) * 1000);
  };
}

/** Codes of a report that is being made, and of one that Plaid does not see yet. */
const NOT_YET = NOT_READY;
const NOT_YET_NEW: ReadonlySet<string> = new Set([...NOT_YET, ...NO_REPORT]);

/** What a poll takes for a report that is not ready. */
interface Pending {
  /** Error codes that mean so */
  notYet: ReadonlySet<string>;
  /** Whether an answer is an older report */
  isOld: (json: JsonObject) => boolean;
  /** Whether it is known that a report is being made, so that a temporary error is no reason to give up */
  isPending: boolean;
}

const ANY_REPORT: Pending = { notYet: NOT_YET, isOld: () => false, isPending: false };

/** Polls a report until it is ready, or the wait has been long enough. */
export async function pollReport(
  run: RunContext,
  call: Call,
  { retry }: Pick<Job, 'retry'>,
  maxWaitMs: number,
  { notYet, isOld, isPending }: Pending = ANY_REPORT,
): Promise<Result> {
  const end = Date.now() + maxWaitMs;
  const attempts: Result['attempts'] = [];
  let look = FIRST_LOOK_MS;
  for (;;) {
    const tried = await sendWithRetry(run, call, retry);
    attempts.push(...tried.attempts);
    const left = end - Date.now();
    const isNotYet =
      'failure' in tried
        ? notYet.has(tried.failure.error_code ?? '') || (isPending && isTemporary(tried, call))
        : 'json' in tried && isOld(tried.json);
    if (!isNotYet) return { ...tried, attempts };
    isPending ||= 'failure' in tried && notYet.has(tried.failure.error_code ?? '');
    if (left <= 0) return { ...notReady(tried, maxWaitMs, notYet), attempts };
    // Jitter, so that many items that wait do not all poll at the same moment.
    const jitter = 0.75 + Math.random() / 4;
    const asked = 'failure' in tried ? (tried.retryAfterMs ?? 0) : 0;
    await abortableSleep(Math.min(left, Math.max(look * jitter, asked)), run.stopSignal);
    look = Math.min(SLOWEST_LOOK_MS, look * LOOKS_GROW_BY);
  }
}

/** Whether a later look may do better, and another one does no harm. */
const isTemporary = ({ again }: FailedOutcome, { howToVerify }: Call): boolean =>
  again === 'safe' || again === 'later' || (again === 'uncertain' && howToVerify === null);

const STILL_BEING_MADE =
  'It is still being made. Read it later, or set a longer time in the option Wait Until Ready; do not create it again';

/** @param last what the last look gave: an error, or an older report */
function notReady(last: Outcome, maxWaitMs: number, notYet: ReadonlySet<string>): FailedOutcome {
  const told = `The report was not ready within ${maxWaitMs / 1000} seconds`;
  if (!('failure' in last)) {
    const message = `${told}: Plaid still gives an older one`;
    const request_id = requestIdOf(last);
    return {
      again: 'never',
      failure: failure({ kind: 'not_ready', message, next_step: STILL_BEING_MADE, request_id }),
    };
  }
  const { error_code, message: reason } = last.failure;
  const why = notYet.has(error_code ?? '')
    ? ` (${error_code})`
    : `; the last look failed: ${reason}`;
  return {
    again: 'never',
    failure: {
      ...last.failure,
      kind: 'not_ready',
      message: `${told}${why}`,
      // Of a read that may have been billed, the doubt stays.
      next_step: last.failure.may_have_succeeded
        ? `${STILL_BEING_MADE}. ${last.failure.next_step}`
        : STILL_BEING_MADE,
    },
  };
}
