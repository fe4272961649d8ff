import type {
  IBinaryKeyData,
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  JsonObject,
} from 'n8n-workflow';

import type { Attempt } from '../client/failure';
import { answerOf } from '../client/receipt';
import type { Redaction } from '../client/redaction';
import { asObject, asText, isDeepEqual, parseJsonObject } from '../utils/json';
import { VERSION } from '../utils/version';

/** The name of the binary field with Plaid's answer; of further ones with a number. */
const ANSWER = 'answer';

/** Evidence of what an item was made from. */
export interface Evidence {
  receipt: IDataObject;
  /** Plaid's answers as they arrived, a file each; none where they are not to be kept */
  files: IBinaryKeyData;
}

/**
 * The receipt of an item, with one entry for each answer of Plaid, newest first, and the answers themselves as files. A poll that
 * found the report not ready has an entry, but no file.
 * @param json Plaid's answer, as far as it is read already
 */
export async function evidenceOf(
  { helpers }: Pick<IExecuteFunctions, 'helpers'>,
  attempts: readonly Attempt[],
  json: JsonObject,
  { keepsAnswers, redaction }: { keepsAnswers: boolean; redaction: Redaction },
): Promise<Evidence> {
  // The last answer is the one that the item was made from, or with the earlier ones.
  const receipts = attempts.flatMap(({ receipt }) => receipt ?? []).reverse();
  const files: IBinaryKeyData = {};
  const answers: IDataObject[] = [];
  for (const receipt of receipts) {
    const bytes = answerOf(receipt);
    const isKept = keepsAnswers && bytes !== undefined && !holdsKey(bytes, redaction);
    const kept = Object.keys(files).length;
    const file = isKept ? (kept === 0 ? ANSWER : `${ANSWER}_${kept + 1}`) : null;
    if (bytes && file !== null)
      files[file] = await helpers.prepareBinaryData(bytes, `${file}.json`, 'application/json');
    // A copy, as the bytes stay in memory as long as the receipt that they belong to.
    answers.push({ ...receipt, file });
  }
  const reportId = asText(json.report_id) ?? asText(asObject(json.report).report_id);
  return {
    receipt: { node_version: VERSION, report_id: reportId, answers },
    files,
  };
}

/** Whether an item has a file that is Plaid's answer itself, not one beside an answer. */
export const isFile = ({ json, binary }: INodeExecutionData): boolean =>
  binary !== undefined && 'file_name' in json;

/** Whether an answer repeats a key of the credential, which must not be kept. */
function holdsKey(bytes: Buffer, redaction: Redaction): boolean {
  if (!redaction.mayBeIn(bytes)) return false;
  const answer = parseJsonObject(bytes.toString('utf8'));
  return answer === undefined || !isDeepEqual(redaction.json(answer), answer);
}
