import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  JsonObject,
  JsonValue,
} from 'n8n-workflow';

import type { Operation } from '../catalog/operations';
import { type Answer, requestIdOf } from '../client/response';
import { type Attempt, type Failure, failure, isFailure, messageOf } from '../client/failure';
import { simplified } from '../facts/summary';
import type { Result } from '../client/retry';
import type { Job } from '../reports/job';
import type { Work } from './readItems';
import type { Call } from '../client/send';
import { valueAt } from '../fields/path';

/** How an answer becomes items. */
export interface Delivery extends Pick<
  Job,
  'output' | 'includeAttempts' | 'splitIntoItems' | 'binaryField'
> {
  operation: Pick<Operation, 'summary' | 'pdf' | 'list'>;
}

/** The items one answer becomes, not yet paired with an input item: one as a rule, or one for each entry of its list. */
export async function itemsOf(
  { helpers }: Pick<IExecuteFunctions, 'helpers'>,
  answer: Answer & { attempts: readonly Attempt[] },
  request: JsonObject,
  delivery: Delivery,
): Promise<INodeExecutionData[]> {
  const { operation, includeAttempts, binaryField } = delivery;
  const told = includeAttempts ? tries(answer.attempts) : {};
  if ('pdf' in answer) {
    const { bytes, requestId } = answer.pdf;
    const name = pdfFileName(operation.pdf ?? 'report', request, requestId);
    const file = await helpers.prepareBinaryData(bytes, name, 'application/pdf');
    const json = { request_id: requestId, file_name: name, file_size: bytes.length, ...told };
    return [{ json, binary: { [binaryField]: file } }];
  }
  return jsonOutputs(answer.json, delivery).map((json) => ({
    json: { ...(json as IDataObject), ...told },
  }));
}

/** What was done to get an answer: each request, and ms from the first one's start to the last one's end. */
function tries(attempts: readonly Attempt[]) {
  const starts = attempts.map(({ started_at }) => Date.parse(started_at));
  const ends = attempts.map(({ started_at, duration_ms }) => Date.parse(started_at) + duration_ms);
  const duration_ms = attempts.length === 0 ? 0 : Math.max(...ends) - Math.min(...starts);
  return { attempts: [...attempts], duration_ms };
}

function jsonOutputs(
  answer: JsonObject,
  { operation, output, splitIntoItems }: Delivery,
): JsonObject[] {
  const { summary, list } = operation;
  const entries = list && splitIntoItems ? answer[list.field] : undefined;
  if (Array.isArray(entries)) {
    const { request_id } = answer;
    return entries.map((entry) => ({ ...(entry as JsonObject), request_id }) as JsonObject);
  }
  if (!summary || output.form === 'full') return [answer];
  if (output.form === 'simplified') return [simplified(summary, answer)];
  return [{ ...simplified(summary, answer, output.facts), ...partsOf(answer, output.paths) }];
}

/** What comes out for one item, or why nothing does: also where n8n can't keep the file that Plaid sent. */
export async function outputOf(
  context: IExecuteFunctions,
  outcome: Result,
  work: Work['work'],
  place: number,
): Promise<INodeExecutionData[] | Failure> {
  if ('failure' in outcome) return failureOf(outcome);
  const prepared: Job | undefined = isFailure(work) ? undefined : work[place];
  if (!prepared) throw new Error('An answer to an item that was not sent');
  const { call, previewRequest } = prepared;
  if (previewRequest && 'json' in outcome) return [{ json: outcome.json as IDataObject }];
  try {
    return await itemsOf(context, outcome, call.body, prepared);
  } catch (error) {
    return notKept(outcome, call, error);
  }
}

function notKept(
  answer: Exclude<Result, { failure: Failure }>,
  { howToVerify }: Call,
  error: unknown,
): Failure {
  return failure({
    kind: 'not_kept',
    message: `Plaid answered, but n8n could not keep the answer: ${messageOf(error)}`,
    next_step: 'Look whether n8n has room for files. The call may be billed all the same',
    request_id: requestIdOf(answer),
    may_have_succeeded: howToVerify !== null,
    attempts: answer.attempts,
  });
}

const failureOf = ({ failure, attempts }: Extract<Result, { failure: Failure }>): Failure =>
  attempts.length === 0 ? failure : { ...failure, attempts };

/**
 * A name that tells the files of many users apart, such as `check-report-usr_9nSp2KuZ2x4JDw.pdf`. A user
 * token is a secret, so that file is named after the request.
 */
export function pdfFileName(title: string, { user_id }: JsonObject, requestId: string | null) {
  const of = typeof user_id === 'string' ? user_id : requestId;
  return `${[title, of]
    .filter(Boolean)
    .join('-')
    .replace(/[^\w-]/g, '_')}.pdf`;
}

/**
 * The parts of an answer that a user names, each under the path as it was written, such as
 * `report.items[0].institution_name`; null where the answer has nothing there.
 */
export const partsOf = (answer: JsonObject, paths: readonly string[]): JsonObject =>
  Object.fromEntries(paths.map((path) => [path, partAt(answer, path)]));

function partAt(answer: JsonObject, path: string): JsonValue {
  const keys = path.replace(/\[(\d+)\]/g, '.$1').split('.');
  return valueAt(answer, keys) ?? null;
}
