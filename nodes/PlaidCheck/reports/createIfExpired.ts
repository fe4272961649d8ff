import type { IDataObject } from 'n8n-workflow';

import { createCheckReport, newReportFields } from '../catalog/checkReport/create';
import { NO_REPORT } from '../client/errorCodes';
import { sendWithRetry, type RetryPolicy, type RunContext, type Result } from '../client/retry';
import type { Call } from '../client/send';
import { bodyFromParameters, withNumbersFromText } from '../fields/body';
import { problemsOf } from '../fields/check';
import { GROUP } from '../fields/names';
import type { Problem } from '../fields/rules';
import { DEFAULTS } from '../options/read';
import { userOf, type Job } from './job';
import { pollReport, pollNewReport } from './poll';

/** Reads a report; where there is none, makes one and reads that. */
export async function readOrCreate(
  run: RunContext,
  prepared: Job,
  ifExpired: NonNullable<Job['ifExpired']>,
): Promise<Result> {
  const { call, maxWaitMs = DEFAULTS.maxWaitSeconds * 1000, retry } = prepared;
  const read = await pollReport(run, call, prepared, maxWaitMs);
  if (!('failure' in read) || !NO_REPORT.has(read.failure.error_code ?? '')) return read;
  const { made, isOwn } = await createOnce(run, ifExpired, retry);
  const before = isOwn ? [...read.attempts, ...made.attempts] : read.attempts;
  if (!('json' in made)) {
    if (!('failure' in made)) throw new Error('A file instead of the answer to a creation');
    const message = `There was no report, and making one failed: ${made.failure.message}`;
    return { ...made, failure: { ...made.failure, message }, attempts: before };
  }
  const again = await pollNewReport(run, call, prepared, maxWaitMs, made);
  return { ...again, attempts: [...before, ...again.attempts] };
}

/** Makes a report; where another item of the run has one made for the same user, it is that one's. */
async function createOnce(run: RunContext, create: Call, retry: RetryPolicy) {
  const { user_id = null, user_token = null } = create.body;
  const user = JSON.stringify([user_id, user_token]);
  const others = run.newReports.get(user);
  if (others) return { made: await others, isOwn: false };
  const own = sendWithRetry(run, create, retry);
  run.newReports.set(user, own);
  return { made: await own, isOwn: true };
}

/**
 * The request for a new report of the user whom a call reads of, as the option says; undefined where the
 * option is not set.
 */
export function createRequest(
  { createIfExpired }: IDataObject,
  call: Call,
): Call | { problems: Problem[] } | undefined {
  if (createIfExpired === undefined || createIfExpired === null) return undefined;
  if (call.body.third_party_user_token) return { problems: [ofOption(SHARED)] };
  const parameters = (createIfExpired as { [GROUP]?: IDataObject })[GROUP] ?? {};
  const body = withNumbersFromText(createCheckReport.fields, {
    ...userOf(call.body),
    ...bodyFromParameters(newReportFields, parameters),
  });
  const problems = problemsOf(createCheckReport, body);
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
