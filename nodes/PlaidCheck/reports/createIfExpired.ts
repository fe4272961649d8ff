import type { IDataObject, JsonObject } from 'n8n-workflow';

import { createCheckReport } from '../catalog/checkReport/create';
import type { Endpoint } from '../catalog/endpoint';
import { createReport } from '../catalog/report/create';
import { getReport } from '../catalog/report/get';
import { withoutOptions } from '../catalog/shared/reportProducts';
import { NO_REPORT } from '../client/errorCodes';
import { sendWithRetry, type RetryPolicy, type RunContext, type Result } from '../client/retry';
import type { Call } from '../client/send';
import { bodyFromParameters } from '../fields/body';
import { findProblems, type RequestContract } from '../fields/check';
import { inFormWords } from '../fields/labels';
import { withoutRepeats } from '../fields/request';
import type { Problem } from '../fields/rules';
import { readValues, type BodyReading } from '../fields/values';
import { failure, isFailure, mayHaveSucceeded, type Failure } from '../client/failure';
import type { FailedOutcome } from '../client/response';
import { TEXTS } from '../client/failureTexts';
import { asObject, isDeepEqual } from '../utils/json';
import { CREATE_IF_EXPIRED, CREATE_IF_MISSING, DEFAULT_MAX_WAIT_MS } from '../options/declarations';
import { optionField, type NodeOptions } from '../options/read';
import { finishedReport, readFields, withReportId } from './createdReport';
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
    return { ...created, failure: { ...failure, message, stake: 'report' }, attempts: before };
  }
  const creation = { ...created, call: ifExpired };
  const newRead = withReportId(call, created.json);
  const newReport = await pollNewReport(run, newRead, job, maxWaitMs, creation);
  const attempts = [...before, ...newReport.attempts];
  if ('json' in newReport && newRead.path === getReport.path) {
    const finished = finishedReport(newReport.json, newRead.body.products);
    if (isFailure(finished)) return { failure: finished, retry: 'never', attempts };
  }
  return { ...newReport, attempts };
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

/** The legacy API keeps one report per user; the report API keeps each one under its ID. */
function userKey({ path, body }: Call): string {
  const { user_id = null, user_token = null } = body;
  if (path !== createReport.path) return JSON.stringify([user_id, user_token]);
  const { user_id: user, decision_stage, scope, products } = body;
  return JSON.stringify([user, decision_stage, scope, withoutOptions(products)]);
}

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
        path: `${nameOf(create.path)}.${name}`,
        message: TEXTS.differsBetweenItems,
      })),
    }),
  };
}

/** The options by which a read creates a report; each operation has one of them at most. */
type CreateOptions = Partial<Pick<NodeOptions, 'createIfExpired' | 'createReportIfExpired'>>;

/**
 * The request that creates a new report for the user of a call; undefined where neither option is set.
 * @param timezone the workflow's time zone, in which days are read
 */
export function createRequest(
  options: CreateOptions,
  call: Call,
  timezone: string,
): Call | { problems: Problem[] } | undefined {
  const name = call.path === getReport.path ? 'createReportIfExpired' : 'createIfExpired';
  const option = options[name];
  if (option === undefined || option === null) return undefined;
  const form = bodyFromParameters([optionField(name)], { [name]: option as IDataObject });
  const added: BodyReading = {
    body: asObject(form.body[name]),
    problems: form.problems.map(({ path, text }) => ({ path: path.slice(1), text })),
  };
  return name === 'createReportIfExpired'
    ? newReportRequest(added, call, timezone)
    : newCheckReportRequest(added, call, timezone);
}

function newCheckReportRequest(added: BodyReading, call: Call, timezone: string) {
  if (call.body.third_party_user_token)
    return { problems: [ofOption(nameOf(createCheckReport.path))(SHARED)] };
  return checkedRequest(createCheckReport, call, userFields(call.body), added, timezone);
}

/** The new report has the products that are read, unless the option names its own. */
function newReportRequest(added: BodyReading, call: Call, timezone: string) {
  if (call.body.report_id !== undefined)
    return { problems: [ofOption(nameOf(createReport.path))(NAMED)] };
  const { products } = call.body;
  const shared = { ...readFields(call.body), ...(products !== undefined && { products }) };
  const request = checkedRequest(createReport, call, shared, added, timezone);
  if ('problems' in request) return request;
  const created = withoutOptions(request.body.products);
  const isMade = (one: JsonObject) => created.some((other) => isDeepEqual(one, other));
  if (withoutOptions(products).some((one) => !isMade(one)))
    return { problems: [ofOption(nameOf(createReport.path))(LACKS_PRODUCT)] };
  // The order means nothing to Plaid, and must not make two reports of one.
  const inOrder = [...(request.body.products as JsonObject[])].sort((one, other) =>
    productKey(one) < productKey(other) ? -1 : 1,
  );
  return { ...request, body: { ...request.body, products: inOrder } };
}

function checkedRequest(
  endpoint: RequestContract & Pick<Endpoint, 'path' | 'howToVerify'>,
  call: Call,
  shared: JsonObject,
  added: BodyReading,
  timezone: string,
): Call | { problems: Problem[] } {
  const { body, problems: unreadable } = readValues(
    endpoint.fields,
    { ...shared, ...added.body },
    timezone,
  );
  const problems = withoutRepeats([...added.problems, ...unreadable], findProblems(endpoint, body));
  const { path, howToVerify } = endpoint;
  if (problems.length > 0)
    return { problems: inFormWords(endpoint.fields, problems).map(ofOption(nameOf(path))) };
  return { ...call, path, howToVerify, body, pdf: undefined };
}

const SHARED: Problem = {
  path: [],
  text: 'cannot create a report that another company shares with you; use a user ID or a user token',
};

const productKey = ({ product, version }: JsonObject) => JSON.stringify([product, version]);

const LACKS_PRODUCT: Problem = {
  path: ['products'],
  text: 'must contain every product that this request reads, as the new report could not answer it otherwise',
};

const NAMED: Problem = {
  path: [],
  text: 'cannot create the report that Report ID names again; leave Report ID out to read the latest report or create one',
};

/** The option that creates a report by an endpoint. */
const nameOf = (path: string): string =>
  path === createReport.path ? CREATE_IF_MISSING : CREATE_IF_EXPIRED;

const ofOption =
  (option: string) =>
  ({ path, label, ...rest }: Problem): Problem => ({
    ...rest,
    path: [option, ...path],
    ...(label !== undefined && { label: `${option} > ${label}` }),
  });
