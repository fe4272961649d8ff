import type { IDataObject, JsonObject } from 'n8n-workflow';

import { createCheckReport } from '../catalog/checkReport/create';
import type { Endpoint } from '../catalog/endpoint';
import { createReport } from '../catalog/report/create';
import { getReport } from '../catalog/report/get';
import { withoutOptions } from '../catalog/shared/reportProducts';
import { NO_REPORT } from '../client/errorCodes';
import { sendWithRetry, type CreationResult, type RunContext, type Result } from '../client/retry';
import type { Call } from '../client/send';
import { bodyFromParameters } from '../fields/body';
import { findProblems, type RequestContract } from '../fields/check';
import { inFormWords } from '../fields/labels';
import { withoutRepeats } from '../fields/request';
import type { Problem } from '../fields/rules';
import { readValues, type BodyReading } from '../fields/values';
import { isFailure, mayHaveSucceeded, type Failure } from '../client/failure';
import { TEXTS } from '../client/failureTexts';
import { asObject, isDeepEqual } from '../utils/json';
import { isTurnTaken, takeTurn } from '../utils/turns';
import { CREATE_IF_EXPIRED, CREATE_IF_MISSING, DEFAULT_MAX_WAIT_MS } from '../options/declarations';
import { optionField, type NodeOptions } from '../options/read';
import { conflictIn, createOnce, type Creation } from './creations';
import { finishedReport, readFields, withReportId } from './createdReport';
import { userFields, type Job } from './job';
import { pollReport, pollNewReport } from './poll';
import { reportKey } from './reportKey';

/** Reads a report; where there is none, creates one and reads that. */
export async function readOrCreate(
  run: RunContext,
  job: Job,
  ifExpired: NonNullable<Job['ifExpired']>,
): Promise<Result> {
  const { call, waitUntilReady } = job;
  const maxWaitMs = waitUntilReady?.maxWaitMs ?? DEFAULT_MAX_WAIT_MS;
  const creation = creationOf(ifExpired);
  const conflict = await conflictIn(run, creation);
  if (conflict) return conflict;
  const read = await pollReport(run, call, job, maxWaitMs);
  if (!('failure' in read) || !NO_REPORT.has(read.failure.error_code ?? '')) {
    // While this item polled, another item may have created its own report, which this one then read.
    const late = await conflictIn(run, creation);
    if (!late) return read;
    return { ...late, failure: afterRead(late.failure, read, call), attempts: read.attempts };
  }
  const { created, isOwn } = await createOnce(run, creation, () =>
    createInTurn(run, job, ifExpired, creation.key),
  );
  if (created.isReadInstead) {
    const first = isOwn ? created : undefined;
    const other = await pollReport(run, call, job, maxWaitMs, undefined, first);
    return { ...other, attempts: [...read.attempts, ...other.attempts] };
  }
  const before = isOwn ? [...read.attempts, ...created.attempts] : read.attempts;
  if (!('json' in created)) {
    if (!('failure' in created)) throw new Error('Creating a report returned a file');
    const { failure } = created;
    if (failure.kind === 'report_conflict') return { ...created, attempts: before };
    const message = TEXTS.createFailed(failure.message);
    return { ...created, failure: { ...failure, message, stake: 'report' }, attempts: before };
  }
  const newRead = withReportId(call, created.json);
  const newReport = await pollNewReport(run, newRead, job, maxWaitMs, {
    ...created,
    call: ifExpired,
  });
  const attempts = [...before, ...newReport.attempts];
  if ('json' in newReport && newRead.path === getReport.path) {
    const finished = finishedReport(newReport.json, newRead.body.products);
    if (isFailure(finished)) return { failure: finished, retry: 'never', attempts };
  }
  return { ...newReport, attempts };
}

/**
 * Creates a report, one run of this process after the other. One that had to wait reads again first: the other one may
 * have created the report.
 */
async function createInTurn(
  run: RunContext,
  { call, retry }: Pick<Job, 'call' | 'retry'>,
  create: Call,
  key: string,
): Promise<CreationResult> {
  const turn = JSON.stringify([run.accountKey, create.path, key]);
  const mustLook = isTurnTaken(turn);
  const endTurn = await takeTurn(turn, run.stopSignal);
  try {
    const read = mustLook && (await sendWithRetry(run, call, retry));
    if (!read || ('failure' in read && NO_REPORT.has(read.failure.error_code ?? '')))
      return await sendWithRetry(run, create, retry);
    return { ...read, isReadInstead: true };
  } finally {
    endTurn();
  }
}

/** A conflict found after the read, which keeps that the read may be billed. */
function afterRead(conflict: Failure, read: Result, { howToVerify }: Call): Failure {
  const isSpent = 'failure' in read ? read.failure.may_have_succeeded : howToVerify !== null;
  return isSpent ? { ...conflict, ...mayHaveSucceeded(howToVerify) } : conflict;
}

/** The creation of a report, of which Plaid would drop one if a run made two. */
const creationOf = (create: Call): Creation => ({
  key: reportKey(create),
  body: create.body,
  option: nameOf(create.path),
});

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
  const problems = withoutRepeats(
    [...added.problems, ...unreadable],
    findProblems(endpoint, body, {}, call.baseUrl),
  );
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
  text: 'must contain every product that this request reads, because the new report would lack it otherwise',
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
