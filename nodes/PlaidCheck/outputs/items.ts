import type { IDataObject, IExecuteFunctions, INodeExecutionData, JsonObject } from 'n8n-workflow';

import type { Operation } from '../catalog/operations';
import type { Answer } from '../transport/answer';
import type { Attempt } from '../transport/attempt';
import type { OutputChoice } from './choice';
import { pdfFileName } from './fileName';
import { partsOf } from './selected';
import { simplified } from './summary';

/** What an answer is turned into items by. */
export interface Delivery {
  operation: Pick<Operation, 'summary' | 'pdf' | 'list'>;
  choice: OutputChoice;
}

/** The items one answer becomes, not yet paired with an input item: one as a rule, or one for each entry of its list. */
export async function itemsOf(
  { helpers }: Pick<IExecuteFunctions, 'helpers'>,
  answer: Answer & { attempts: readonly Attempt[] },
  request: JsonObject,
  { operation, choice }: Delivery,
): Promise<INodeExecutionData[]> {
  const told = choice.attempts ? tries(answer.attempts) : {};
  if ('pdf' in answer) {
    const { bytes, requestId } = answer.pdf;
    const name = pdfFileName(operation.pdf ?? 'report', request, requestId);
    const file = await helpers.prepareBinaryData(bytes, name, 'application/pdf');
    const json = { request_id: requestId, file_name: name, file_size: bytes.length, ...told };
    return [{ json, binary: { [choice.binaryField]: file } }];
  }
  return jsonOutputs(answer.json, { operation, choice }).map((json) => ({
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

function jsonOutputs(answer: JsonObject, { operation, choice }: Delivery): JsonObject[] {
  const { summary, list } = operation;
  const entries = list && choice.split ? answer[list.field] : undefined;
  if (Array.isArray(entries)) {
    const { request_id } = answer;
    return entries.map((entry) => ({ ...(entry as JsonObject), request_id }) as JsonObject);
  }
  if (!summary || choice.form === 'full') return [answer];
  if (choice.form === 'simplified') return [simplified(summary, answer)];
  return [{ ...simplified(summary, answer, choice.facts), ...partsOf(answer, choice.paths) }];
}
