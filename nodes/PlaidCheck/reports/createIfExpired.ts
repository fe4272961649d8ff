import type { IDataObject } from 'n8n-workflow';

import { createCheckReport, newReportFields } from '../catalog/checkReport/create';
import { NO_REPORT } from '../client/errorCodes';
import { sendWithRetry, type RetryPolicy, type RunContext, type Result } from '../client/retry';
import type { Call } from '../client/send';
import { bodyFromParameters, coerceNumbers } from '../fields/body';
import { findProblems } from '../fields/check';
import { GROUP } from '../fields/names';
import type { Problem } from '../fields/rules';
import { failure } from '../client/failure';
import { isDeepEqual } from '../utils/json';
import { DEFAULT_MAX_WAIT_MS } from '../options/declarations';
import { userOf, type Job } from './job';
import { pollReport, pollNewReport } from './poll';

/** Reads a report; where there is none, makes one and reads that. */
export async function readOrCreate(
  run: RunContext,
  prepared: Job,
  ifExpired: NonNullable<Job['ifExpired']>,
): Promise<Result> {
  const { call, maxWaitMs = DEFAULT_MAX_WAIT_MS, retry } = prepared;
  const conflict = conflictIn(run, ifExpired);
  if (conflict) return conflict;
  const read = await pollReport(run, call, prepared, maxWaitMs);
  // While this item waited, another one may have had its own report made, which is then what was read.
  const late = conflictIn(run, ifExpired);
  if (late) return { ...late, attempts: read.attempts };
  if (!('failure' in read) || !NO_REPORT.has(read.failure.error_code ?? '')) return read;
  const { made, isOwn } = await createOnce(run, ifExpired, retry);
  const before = isOwn ? [...read.attempts, ...made.attempts] : read.attempts;
  if (!('json' in made)) {
    if (!('failure' in made)) throw new Error('A file instead of the answer to a creation');
    if (made.failure.kind === 'report_conflict') return { ...made, attempts: before };
    const message = `There was no report, and making one failed: ${made.failure.message}`;
    return { ...made, failure: { ...made.failure, message }, attempts: before };
  }
  const creation = { ...made, call: ifExpired };
  const again = await pollNewReport(run, call, prepared, maxWaitMs, creation);
  return { ...again, attempts: [...before, ...again.attempts] };
}

/** Makes a report; where another item of the run has the same one made, it is that one's. */
async function createOnce(
  run: RunContext,
  create: Call,
  retry: RetryPolicy,
): Promise<{ made: Result; isOwn: boolean }> {
  const conflict = conflictIn(run, create);
  if (conflict) return { made: conflict, isOwn: true };
  const user = userKey(create);
  const other = run.newReports.get(user);
  if (other) return { made: await other.made, isOwn: false };
  const made = sendWithRetry(run, create, retry);
  run.newReports.set(user, { body: create.body, made });
  return { made: await made, isOwn: true };
}

const userKey = ({ body: { user_id = null, user_token = null } }: Call) =>
  JSON.stringify([user_id, user_token]);

/**
 * Why an item can't have its report made: another item of the run makes one for the same user with other values, and
 * one of the two would quietly be dropped. Undefined where nothing contradicts it.
 */
function conflictIn(run: RunContext, create: Call): Result | undefined {
  const other = run.newReports.get(userKey(create));
  if (!other) return undefined;
  const names = [...new Set([...Object.keys(create.body), ...Object.keys(other.body)])];
  const different = names.filter((name) => !isDeepEqual(create.body[name], other.body[name]));
  if (different.length === 0) return undefined;
  return {
    again: 'never',
    attempts: [],
    failure: failure({
      kind: 'report_conflict',
      message: `No report was created: another item of this run creates one for the same user with a different ${different.join(' and ')}`,
      next_step:
        'Give both items the same values in the option Create Report If Expired, or send them in runs of their own',
      problems: different.map((name) => ({
        path: `Create Report If Expired.${name}`,
        message: 'differs between items of the same user',
      })),
    }),
  };
}

/**
 * The request for a new report of the user whom a call reads of, as the option says; undefined where the
 * option is not set.
 */
export function createRequest(
  createIfExpired: unknown,
  call: Call,
): Call | { problems: Problem[] } | undefined {
  if (createIfExpired === undefined || createIfExpired === null) return undefined;
  if (call.body.third_party_user_token) return { problems: [ofOption(SHARED)] };
  const parameters = (createIfExpired as { [GROUP]?: IDataObject })[GROUP] ?? {};
  const body = coerceNumbers(createCheckReport.fields, {
    ...userOf(call.body),
    ...bodyFromParameters(newReportFields, parameters),
  });
  const problems = findProblems(createCheckReport, body);
  if (problems.length > 0) return { problems: problems.map(ofOption) };
  const { path, howToVerify } = createCheckReport;
  return { ...call, path, howToVerify, body, pdf: undefined };
}

const SHARED: Problem = {
  path: [],
  text: 'a report that another company shares with you can not be made anew; use a user ID or a user token',
};

const ofOption = ({ path, text }: Problem): Problem => ({
  path: ['Create Report If Expired', ...path],
  text,
});
