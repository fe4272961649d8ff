import type { JsonObject } from 'n8n-workflow';

import { getBaseReport } from '../catalog/checkReport/getBaseReport';
import { getReport } from '../catalog/report/get';
import type { Job } from './job';
import { requestIdOf, type FailedOutcome, type Outcome } from '../client/response';
import { isObject } from '../utils/json';
import {
  failure,
  isFailure,
  mayHaveSucceeded,
  type CreatedReport,
  type Failure,
} from '../client/failure';
import { TEXTS } from '../client/failureTexts';
import { abortableSleep } from '../utils/abort';
import type { Call } from '../client/send';
import { forgetAnswer } from '../client/receipt';
import { sendWithRetry, type RunContext, type Result } from '../client/retry';
import { NEEDS_PERSON, NO_REPORT, NOT_READY, notReadyOf } from '../client/errorCodes';
import { isDay, plaidTime } from './plaidTime';
import { readyTimesOf, type ReadyTimes } from './readyTimes';
import { finishedReport, hasUnfinishedProducts, readOfCreated, reportIdOf } from './createdReport';

/** ms after which the time of the next poll is computed again, as other polls may have shown more by then. */
const RECONSIDERED_AFTER_MS = 15_000;

/** ms between two polls of a report at least, whatever is expected of it. */
const MIN_INTERVAL_MS = 200;

/** Reads or creates a report, and waits until it is ready. */
export async function pollUntilReady(
  run: RunContext,
  job: Job,
  maxWaitMs: number,
  onCreated?: () => void,
): Promise<Result> {
  const { call, operation, retry } = job;
  if (!operation.makesReport) return await pollReport(run, call, job, maxWaitMs);
  const created = await sendWithRetry(run, call, retry);
  onCreated?.();
  if (!('json' in created)) return created;
  const start = Date.now();
  const readCall = readOfCreated(call, created.json);
  const read = await pollNewReport(run, readCall, job, maxWaitMs, { ...created, call });
  const attempts = [...created.attempts, ...read.attempts];
  if (!('json' in read)) return { ...read, attempts };
  const ready = { ...created.json, report_status: 'ready', waited_ms: Date.now() - start };
  if (readCall.path !== getReport.path) return { json: ready, attempts };
  const finished = finishedReport(read.json, readCall.body.products);
  if (isFailure(finished)) return { failure: finished, retry: 'never', attempts };
  // With the report: to read it again may be billed again.
  const { report = null, warnings = [] } = read.json;
  return { json: { ...ready, ...finished, report, warnings }, attempts };
}

/**
 * Polls a report that was just created. Plaid may still return the old one, or none, so neither ends the poll. A failure
 * says that the report exists, so that nobody pays for another one.
 */
export async function pollNewReport(
  run: RunContext,
  call: Call,
  job: Pick<Job, 'retry'>,
  maxWaitMs: number,
  creation: Creation,
): Promise<Result> {
  const read = await pollReport(run, call, job, maxWaitMs, {
    notYet: isNewInTheMaking,
    // A read that may be billed is never repeated because of the report's age.
    isOld: call.howToVerify === null ? isOlderThan(creation) : () => false,
    isPending: true,
    isNew: true,
  });
  if (!('failure' in read)) return read;
  const created = { requestId: requestIdOf(creation), reportId: reportIdOf(creation.json) };
  return { ...read, failure: afterCreation(read.failure, call, created) };
}

/** The failure of a read, where the report had just been created. */
function afterCreation(
  failed: Failure,
  { path }: Call,
  created: Omit<CreatedReport, 'isReadable'>,
): Failure {
  const { kind, message, error_code, howToVerify, steps } = failed;
  // Without its base report there is no report to read (https://plaid.com/docs/errors/check-report-webhook/).
  const isFailed = error_code === 'DATA_UNAVAILABLE' && READS_OF_ALL.includes(path);
  if (isFailed || NEEDS_PERSON.has(error_code ?? '')) {
    return {
      ...failed,
      kind: 'report_failed',
      message: TEXTS.reportFailed(message),
      may_have_succeeded: true,
      createdReport: { ...created, isReadable: false },
    };
  }
  const isAboutCreation = kind === 'not_ready' || kind === 'cancelled';
  return {
    ...failed,
    message: isAboutCreation ? message : TEXTS.readAfterCreateFailed(message),
    may_have_succeeded: true,
    createdReport: { ...created, isReadable: true },
    // The steps of a read that is safe to send again would only distract from the created report.
    steps: howToVerify === null ? [] : steps,
  };
}

/** Reads that fail as a whole where no report could be made. */
const READS_OF_ALL: readonly string[] = [getBaseReport.path, getReport.path];

/** A successful creation of a report. */
export interface Creation {
  call: Call;
  json: JsonObject;
  attempts: Result['attempts'];
  clockAheadMs?: number;
}

/** ms by which this machine's clock may be ahead of Plaid's where the response does not tell Plaid's time. */
const MAX_CLOCK_LEAD_MS = 5 * 60_000;

/**
 * Whether a report is older than a creation: Plaid returns the old one until the new one is ready. Compares the ID that
 * the caller gave the new report, else the time that Plaid made it; a report with neither counts as the new one.
 */
function isOlderThan({ call, attempts, clockAheadMs = -MAX_CLOCK_LEAD_MS }: Creation) {
  const wanted = call.body.client_report_id;
  // An earlier attempt that got no response may be the one that created the report.
  const [first] = attempts.filter(({ http_status }) => http_status === null || http_status >= 500);
  const sentAt = Date.parse((first ?? attempts.at(-1))?.started_at ?? '') + clockAheadMs;
  return (json: JsonObject): boolean => {
    const report = isObject(json.report) ? json.report : json;
    const { client_report_id: id, date_generated, generated_time } = report;
    if (typeof wanted === 'string' && typeof id === 'string' && id !== wanted) return true;
    const time = date_generated ?? generated_time;
    const madeAt = plaidTime(time);
    if (typeof time !== 'string' || madeAt === undefined || isDay(time)) return false;
    // Most of Plaid's times are cut off to whole seconds.
    const isExact = time.includes('.');
    return madeAt < (isExact ? sentAt : Math.floor(sentAt / 1000) * 1000);
  };
}

/** Whether a failure says that a report is still being made. */
export const isBeingMade = (failed: Failure) => notReadyOf(failed) === 'report';

/** Likewise of a report that was just created, which Plaid may not find yet, or still lack an Item's data for. */
const isNewInTheMaking = (failed: Failure) =>
  notReadyOf(failed) !== undefined || NO_REPORT.has(failed.error_code ?? '');

/** What a poll takes as a report that is not ready. */
interface Pending {
  /** Whether a failure is that of such a report */
  notYet: (failed: Failure) => boolean;
  /** Whether a response is an older report */
  isOld: (json: JsonObject) => boolean;
  /** Whether a report is known to be in the making, so that polling continues after a temporary error */
  isPending: boolean;
  /** Whether the report was created just now, so that its age is known */
  isNew: boolean;
}

const ANY_REPORT: Pending = {
  notYet: isBeingMade,
  isOld: () => false,
  isPending: false,
  isNew: false,
};

/**
 * Polls a report until it is ready or the time to wait is over.
 * @param first a poll that was made already
 */
export async function pollReport(
  run: RunContext,
  call: Call,
  { retry }: Pick<Job, 'retry'>,
  maxWaitMs: number,
  { notYet, isOld, isPending, isNew }: Pending = ANY_REPORT,
  first?: Result,
): Promise<Result> {
  const start = Date.now();
  let end = start + maxWaitMs;
  const times = readyTimesOf(JSON.stringify([run.accountKey, call.path, isNew]));
  // A report that was made by others has an unknown age, so its time counts from the first poll.
  let bornAt = isNew ? start : undefined;
  let unreadyAtMs = isNew ? 0 : undefined;
  const attempts: Result['attempts'] = [];
  let isKnown = isNew;
  if (isNew) await untilNextPoll(run, times, { bornAt: start, end, notBefore: start });
  for (;;) {
    const askedAt = Date.now();
    // A report that is being made can be read later; a creation that comes later makes the whole run longer.
    const polled = first ?? (await sendWithRetry(run, call, retry, isPending));
    attempts.push(...polled.attempts);
    // The time in which other items went first is none that Plaid took.
    if (!first) end += Date.parse(polled.attempts[0]?.started_at ?? '') - askedAt || 0;
    first = undefined;
    const leftMs = end - Date.now();
    if ('json' in polled && isOld(polled.json)) run.ledger.readEarlierReport(call, polled.attempts);
    const isInTheMaking = 'failure' in polled && notYet(polled.failure);
    const isUnready =
      isInTheMaking ||
      ('json' in polled && (isOld(polled.json) || isUnfinished(polled.json, call)));
    const isNotYet = isUnready || ('failure' in polled && isPending && isTemporary(polled, call));
    const polledAt = Date.parse(polled.attempts.at(-1)?.started_at ?? '') || askedAt;
    bornAt ??= polledAt;
    const ageMs = Math.max(0, polledAt - bornAt);
    if (isUnready || !('failure' in polled)) {
      if (unreadyAtMs !== undefined)
        times.learn({ fromMs: unreadyAtMs, toMs: ageMs, isReady: !isUnready });
      unreadyAtMs = ageMs;
    }
    if (!isNotYet) return { ...(isKnown ? givenUp(polled) : polled), attempts };
    for (const { receipt } of polled.attempts) if (receipt) forgetAnswer(receipt);
    isPending ||= isInTheMaking;
    isKnown = true;
    if (leftMs <= 0) return { ...notReady(polled, call, maxWaitMs, notYet), attempts };
    const retryAfterMs = 'failure' in polled ? (polled.retryAfterMs ?? 0) : 0;
    const notBefore = Date.now() + Math.max(MIN_INTERVAL_MS, retryAfterMs);
    await untilNextPoll(run, times, { bornAt, end, notBefore, ageMs });
  }
}

interface NextPoll {
  /** The moments that ages count from and that no poll comes after or before, in ms since 1970 */
  bornAt: number;
  end: number;
  notBefore: number;
  /** The age at the last poll; absent before the first */
  ageMs?: number;
}

/** Waits for the next poll. Asks anew when that is until it comes, as other reports show meanwhile how long it takes. */
async function untilNextPoll(
  { stopSignal }: RunContext,
  times: ReadyTimes,
  { bornAt, end, notBefore, ageMs }: NextPoll,
): Promise<void> {
  const random = Math.random();
  for (;;) {
    const at = Math.max(notBefore, bornAt + times.nextPoll(ageMs, random));
    const leftMs = Math.min(end, at) - Date.now();
    if (leftMs <= 0 || stopSignal.aborted) return;
    await abortableSleep(Math.min(leftMs, RECONSIDERED_AFTER_MS), stopSignal);
    if (leftMs <= MIN_INTERVAL_MS) return;
  }
}

/** The outcome of a poll after others that found the report not ready. */
const givenUp = (last: Outcome): Outcome =>
  'failure' in last && last.failure.kind === 'cancelled'
    ? { ...last, failure: { ...last.failure, isReportPending: true } }
    : last;

/** Whether polling again may succeed and is safe. */
const isTemporary = ({ retry }: FailedOutcome, { howToVerify }: Call): boolean =>
  retry === 'safe' || retry === 'rateLimited' || (retry === 'ifIdempotent' && howToVerify === null);

/** Whether products of a report are still being made, although Plaid returns the others. */
const isUnfinished = (json: JsonObject, { path }: Call): boolean =>
  path === getReport.path && hasUnfinishedProducts(json);

/** @param last the outcome of the last poll: a failure, an older report, or one with unfinished products */
function notReady(
  last: Outcome,
  call: Call,
  maxWaitMs: number,
  notYet: Pending['notYet'],
): FailedOutcome {
  const seconds = maxWaitMs / 1000;
  if (!('failure' in last)) {
    return {
      retry: 'never',
      failure: failure({
        kind: 'not_ready',
        message:
          'json' in last && isUnfinished(last.json, call)
            ? TEXTS.notReady(seconds, NOT_READY)
            : TEXTS.notReadyOldReport(seconds),
        steps: [TEXTS.stillBeingMade],
        request_id: requestIdOf(last),
        // A report with some products is an answer that may be billed.
        ...('json' in last && isUnfinished(last.json, call) && mayHaveSucceeded(call.howToVerify)),
      }),
    };
  }
  const { error_code, message, howToVerify, steps } = last.failure;
  return {
    retry: 'never',
    failure: {
      ...last.failure,
      kind: 'not_ready',
      message:
        error_code !== null && notYet(last.failure)
          ? TEXTS.notReady(seconds, error_code)
          : TEXTS.notReadyLastPollFailed(seconds, message),
      steps: [TEXTS.stillBeingMade, ...(howToVerify === null ? [] : steps)],
    },
  };
}
