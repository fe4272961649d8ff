import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  JsonObject,
  JsonValue,
} from 'n8n-workflow';

import type { Operation } from '../catalog/operations';
import { type PlaidResponse, requestIdOf } from '../client/response';
import { billOf } from '../client/bill';
import {
  attemptsOutput,
  type Attempt,
  type Failure,
  failure,
  isFailure,
  messageOf,
} from '../client/failure';
import { TEXTS } from '../client/failureTexts';
import { withoutPersonal } from '../facts/personal';
import { simplified } from '../facts/summary';
import { requestIdsOf, withUserId, type RequestIds } from '../options/output';
import type { Job } from '../reports/job';
import type { Result } from '../client/retry';
import { ofOperation } from '../reports/remedies';
import { evidenceOf } from './receipt';
import { withNextStep } from './nextStep';
import type { Work } from './readItems';
import type { Call } from '../client/send';
import { valueAt } from '../fields/path';
import { asText, isObject } from '../utils/json';

/** How a response becomes items. */
export interface OutputRules extends Pick<
  Job,
  | 'output'
  | 'includeAttempts'
  | 'leaveOutPersonalData'
  | 'reasonTexts'
  | 'splitIntoItems'
  | 'binaryField'
> {
  operation: Pick<Operation, 'summary' | 'parts' | 'pdf' | 'list' | 'asksFor'>;
}

/** The items of one response, not yet paired with an input item: usually one, or one for each entry of its list. */
export async function itemsOf(
  { helpers }: Pick<IExecuteFunctions, 'helpers'>,
  response: PlaidResponse & { attempts: readonly Attempt[] },
  call: Pick<Call, 'body' | 'redaction'>,
  rules: OutputRules,
): Promise<INodeExecutionData[]> {
  const ids = requestIdsOf(call);
  const { operation, includeAttempts, binaryField } = rules;
  const attempts = includeAttempts ? attemptsJson(response.attempts) : {};
  if ('pdf' in response) {
    const { bytes, requestId } = response.pdf;
    const name = pdfFileName(operation.pdf ?? 'report', call.body, requestId);
    const file = await helpers.prepareBinaryData(bytes, name, 'application/pdf');
    const about = { request_id: requestId, file_name: name, file_size: bytes.length };
    const json = { ...withUserId(about, ids), ...attempts };
    return [{ json, binary: { [binaryField]: file } }];
  }
  const hint = hintOf(operation, call.body, response.json);
  return jsonOutputs(response.json, ids, rules).map((json) => ({
    json: { ...(json as IDataObject), ...(hint !== undefined && { hint }), ...attempts },
  }));
}

/** What a successful response means that lacks what the request asked for. */
export function hintOf(
  { asksFor }: Pick<Operation, 'asksFor'>,
  request: JsonObject,
  response: JsonObject,
): string | undefined {
  if (!asksFor || !isObject(request[asksFor.request])) return undefined;
  return asText(response[asksFor.response]) === null ? asksFor.hintIfMissing : undefined;
}

/** Each request, and ms from the start of the first to the end of the last. */
function attemptsJson(attempts: readonly Attempt[]) {
  const starts = attempts.map(({ started_at }) => Date.parse(started_at));
  const ends = attempts.map(({ started_at, duration_ms }) => Date.parse(started_at) + duration_ms);
  const duration_ms = attempts.length === 0 ? 0 : Math.max(...ends) - Math.min(...starts);
  return { attempts: attemptsOutput(attempts), duration_ms };
}

function jsonOutputs(
  response: JsonObject,
  ids: RequestIds,
  { operation, output, splitIntoItems, reasonTexts, leaveOutPersonalData }: OutputRules,
): JsonObject[] {
  const { summary, list, parts } = operation;
  const shown = leaveOutPersonalData ? withoutPersonal(response) : response;
  const entries = list && splitIntoItems ? shown[list.field] : undefined;
  if (Array.isArray(entries)) {
    const { request_id } = response;
    return entries.map((entry) =>
      withUserId({ ...(entry as JsonObject), request_id } as JsonObject, ids),
    );
  }
  // A report in full is Plaid's answer as it is.
  if (!summary) return [parts ? shown : withUserId(shown, ids)];
  if (output.form === 'full') return [shown];
  // Facts hold nothing personal, but are read off it, such as which accounts are the same.
  if (output.form === 'simplified')
    return [simplified(summary, response, { request: ids, reasonTexts })];
  const facts = simplified(summary, response, { request: ids, reasonTexts, chosen: output.facts });
  return [{ ...facts, ...partsOf(shown, output.paths) }];
}

/**
 * The output of one item, or its failure; for a model, with what to do next.
 * @param isFirst whether the item is the first of those that share the result, which bears its cost
 * @param asTool whether the node is the tool of a model
 */
export async function outputOf(
  context: IExecuteFunctions,
  outcome: Result,
  work: Work['work'],
  place: number,
  isFirst: boolean,
  asTool: boolean,
): Promise<INodeExecutionData[] | Failure> {
  const end = await endOf(context, outcome, work, place);
  const job = isFailure(work) ? undefined : work[place];
  if (!Array.isArray(end) || job === undefined) return end;
  const isAnswer = job.sameAs === undefined;
  const answered = isAnswer && asTool ? withNextStep(end, job) : end;
  const told =
    job.addReceipt && isAnswer && !job.answered
      ? await withReceipt(context, answered, outcome, job)
      : answered;
  // A preview says itself what may be billed.
  return job.includeBilling && !job.answered && !job.previewRequest
    ? withBill(told, isFirst ? outcome.attempts : [])
    : told;
}

/** Adds the receipt to the output of an item, once where it is several items. */
async function withReceipt(
  context: IExecuteFunctions,
  output: INodeExecutionData[],
  outcome: Result,
  { call, leaveOutPersonalData }: Job,
): Promise<INodeExecutionData[]> {
  const json = 'json' in outcome ? outcome.json : {};
  const { receipt, files } = await evidenceOf(context, outcome.attempts, json, {
    keepsAnswers: !leaveOutPersonalData && !('pdf' in outcome),
    redaction: call.redaction,
  });
  const [first, ...others] = output;
  if (!first) return output;
  return [
    {
      ...first,
      json: { ...first.json, receipt },
      ...(Object.keys(files).length > 0 && { binary: { ...first.binary, ...files } }),
    },
    ...others,
  ];
}

/** Adds what an item costs to its output, once where the output is several items. */
const withBill = (output: INodeExecutionData[], attempts: readonly Attempt[]) =>
  output.map((one, index) => ({
    ...one,
    json: { ...one.json, billing: index === 0 ? billOf(attempts) : [] },
  }));

/** The failure may also be that n8n can't store Plaid's file. */
async function endOf(
  context: IExecuteFunctions,
  outcome: Result,
  work: Work['work'],
  place: number,
): Promise<INodeExecutionData[] | Failure> {
  const job: Job | undefined = isFailure(work) ? undefined : work[place];
  if ('failure' in outcome) return failureOf(outcome, job);
  if (!job) throw new Error('A response for an item that was not sent');
  const { call, previewRequest, answered, sameAs, leaveOutPersonalData } = job;
  if (answered) return answered.map((json) => ({ json }));
  if (sameAs) return await sameAs;
  if (previewRequest && 'json' in outcome) {
    const { json } = outcome;
    return [{ json: (leaveOutPersonalData ? withoutPersonal(json) : json) as IDataObject }];
  }
  try {
    return await itemsOf(context, outcome, call, job);
  } catch (error) {
    return notKept(outcome, call, error);
  }
}

function notKept(
  response: Exclude<Result, { failure: Failure }>,
  { howToVerify }: Call,
  error: unknown,
): Failure {
  return failure({
    kind: 'not_kept',
    message: TEXTS.notKept(messageOf(error)),
    steps: [TEXTS.checkStorage],
    request_id: requestIdOf(response),
    may_have_succeeded: howToVerify !== null,
    attempts: response.attempts,
  });
}

/** @param job undefined for an item that can't be sent */
function failureOf(
  { failure, attempts }: Extract<Result, { failure: Failure }>,
  job: Job | undefined,
): Failure {
  const known = job ? ofOperation(failure, job) : failure;
  return attempts.length === 0 ? known : { ...known, attempts };
}

/**
 * The name of a file, with the ID of the user, such as `check-report-usr_9nSp2KuZ2x4JDw.pdf`. A user token is a secret, so
 * a request by token names its file after the request ID.
 */
export function pdfFileName(title: string, { user_id }: JsonObject, requestId: string | null) {
  const of = typeof user_id === 'string' ? user_id : requestId;
  return `${[title, of]
    .filter(Boolean)
    .join('-')
    .replace(/[^\w-]/g, '_')}.pdf`;
}

/**
 * The parts of a response at the paths that a user chose, each under its path, such as
 * `report.items[0].institution_name`; null where the response has nothing there.
 */
export const partsOf = (response: JsonObject, paths: readonly string[]): JsonObject =>
  Object.fromEntries(paths.map((path) => [path, partAt(response, path)]));

function partAt(response: JsonObject, path: string): JsonValue {
  const keys = path.replace(/\[(\d+)\]/g, '.$1').split('.');
  return valueAt(response, keys) ?? null;
}
