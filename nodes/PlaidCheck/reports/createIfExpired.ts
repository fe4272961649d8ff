import type { IDataObject } from 'n8n-workflow';

import { createCheckReport } from '../catalog/checkReport/create';
import { NO_REPORT } from '../client/errorCodes';
import { sendWithRetry, type RetryPolicy, type RunContext, type Result } from '../client/retry';
import type { Call } from '../client/send';
import { bodyFromParameters } from '../fields/body';
import { findProblems } from '../fields/check';
import { withoutRepeats } from '../fields/request';
import type { Problem } from '../fields/rules';
import { readValues } from '../fields/values';
import { failure, mayHaveSucceeded, type Failure } from '../client/failure';
import type { FailedOutcome } from '../client/response';
import { TEXTS } from '../client/failureTexts';
import { asObject, isDeepEqual } from '../utils/json';
import { DEFAULT_MAX_WAIT_MS } from '../options/declarations';
import { optionField } from '../options/read';
import { userFields, type Job } from './job';
import { pollReport, pollNewReport } from './poll';

/** Reads a report; where there is none, creates one and reads that. */
export async function readOrCreate(
  run: RunContext,
  job: Job,
  ifExpired: NonNullable<Job['ifExpired']>,
): Promise<Result> {
  const { call, waitUntilReady, retry } = job;
  const maxWaitMs = waitUntilReady?.maxWaitMs ?? DEFAULT_MAX_WAIT_MS;
  const conflict = await conflictIn(run, ifExpired);
  if (conflict) return conflict;
  const read = await pollReport(run, call, job, maxWaitMs);
  if (!('failure' in read) || !NO_REPORT.has(read.failure.error_code ?? '')) {
    // While this item polled, another item may have created its own report, which this one then read.
    const late = await conflictIn(run, ifExpired);
    if (!late) return read;
    return { ...late, failure: afterRead(late.failure, read, call), attempts: read.attempts };
  }
  const { created, isOwn } = await createOnce(run, ifExpired, retry);
  const before = isOwn ? [...read.attempts, ...created.attempts] : read.attempts;
  if (!('json' in created)) {
    if (!('failure' in created)) throw new Error('Creating a report returned a file');
    const { failure } = created;
    if (failure.kind === 'report_conflict') return { ...created, attempts: before };
    const message = TEXTS.createFailed(failure.message);
    return { ...created, failure: { ...failure, message }, attempts: before };
  }
  const creation = { ...created, call: ifExpired };
  const newReport = await pollNewReport(run, call, job, maxWaitMs, creation);
  return { ...newReport, attempts: [...before, ...newReport.attempts] };
}

/** A conflict found after the read, which keeps that the read may be billed. */
function afterRead(conflict: Failure, read: Result, { howToVerify }: Call): Failure {
  const isSpent = 'failure' in read ? read.failure.may_have_succeeded : howToVerify !== null;
  return isSpent ? { ...conflict, ...mayHaveSucceeded(howToVerify) } : conflict;
}

/** Creates a report, or waits for the same one that another item of the run creates. */
async function createOnce(
  run: RunContext,
  create: Call,
  retry: RetryPolicy,
): Promise<{ created: Result; isOwn: boolean }> {
  const conflict = await conflictIn(run, create);
  if (conflict) return { created: conflict, isOwn: true };
  const user = userKey(create);
  const other = run.newReports.get(user);
  // Another item may have started one since.
  if (other && !isDeepEqual(other.body, create.body)) return await createOnce(run, create, retry);
  if (other) return { created: await other.creation, isOwn: false };
  const creation = sendWithRetry(run, create, retry);
  run.newReports.set(user, { body: create.body, creation });
  const created = await creation;
  // A creation that surely failed stands in no other item's way.
  if ('failure' in created && !created.failure.may_have_succeeded) run.newReports.delete(user);
  return { created, isOwn: true };
}

const userKey = ({ body: { user_id = null, user_token = null } }: Call) =>
  JSON.stringify([user_id, user_token]);

/**
 * The failure of an item where another item of the run creates a report for the same user with other values, as Plaid
 * would drop one of the two. Undefined where no other item does; waits for the other one's result.
 */
async function conflictIn(
  run: RunContext,
  create: Call,
): Promise<(FailedOutcome & Pick<Result, 'attempts'>) | undefined> {
  const user = userKey(create);
  const other = run.newReports.get(user);
  if (!other || isDeepEqual(other.body, create.body)) return undefined;
  await other.creation;
  // It is gone where Plaid rejected it.
  if (run.newReports.get(user) !== other) return await conflictIn(run, create);
  const names = [...new Set([...Object.keys(create.body), ...Object.keys(other.body)])];
  const different = names.filter((name) => !isDeepEqual(create.body[name], other.body[name]));
  return {
    retry: 'never',
    attempts: [],
    failure: failure({
      kind: 'report_conflict',
      message: TEXTS.reportConflict(different),
      steps: [TEXTS.resolveConflict],
      problems: different.map((name) => ({
        path: `Create Report If Expired.${name}`,
        message: TEXTS.differsBetweenItems,
      })),
    }),
  };
}

const NEW_REPORT = optionField('createIfExpired');

/**
 * The request that creates a new report for the user of a call; undefined where the option Create Report If Expired is not
 * set.
 */
export function createRequest(
  createIfExpired: unknown,
  call: Call,
  timezone: string,
): Call | { problems: Problem[] } | undefined {
  if (createIfExpired === undefined || createIfExpired === null) return undefined;
  if (call.body.third_party_user_token) return { problems: [ofOption(SHARED)] };
  const form = bodyFromParameters([NEW_REPORT], {
    [NEW_REPORT.name]: createIfExpired as IDataObject,
  });
  const added = asObject(form.body[NEW_REPORT.name]);
  const newReport = { ...userFields(call.body), ...added };
  const { body, problems: unreadable } = readValues(createCheckReport.fields, newReport, timezone);
  const problems = withoutRepeats([
    ...form.problems.map(({ path, text }) => ({ path: path.slice(1), text })),
    ...unreadable,
    ...findProblems(createCheckReport, body),
  ]);
  if (problems.length > 0) return { problems: problems.map(ofOption) };
  const { path, howToVerify } = createCheckReport;
  return { ...call, path, howToVerify, body, pdf: undefined };
}

const SHARED: Problem = {
  path: [],
  text: 'a report that another company shares with you cannot be created again; use a user ID or a user token',
};

const ofOption = ({ path, text }: Problem): Problem => ({
  path: ['Create Report If Expired', ...path],
  text,
});
