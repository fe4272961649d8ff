import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Tried } from './flow/attempts';
import { itemsOf } from './outputs/items';
import type { Prepared } from './prepare';
import { requestIdOf } from './transport/answer';
import { failure, isFailure, messageOf, type Failure } from './transport/failure';
import type { Work } from './work';

/** What comes out for one item, or why nothing does: also where n8n can't keep the file that Plaid sent. */
export async function deliveredAs(
  context: IExecuteFunctions,
  outcome: Tried,
  work: Work['work'],
  place: number,
): Promise<INodeExecutionData[] | Failure> {
  if ('failure' in outcome) return failureOf(outcome);
  const prepared: Prepared | undefined = isFailure(work) ? undefined : work[place];
  if (!prepared) throw new Error('An answer to an item that was not sent');
  const { call, isPreview } = prepared;
  if (isPreview && 'json' in outcome) return [{ json: outcome.json as IDataObject }];
  try {
    return await itemsOf(context, outcome, call.body, prepared);
  } catch (error) {
    return notKept(outcome, error);
  }
}

function notKept(answer: Exclude<Tried, { failure: Failure }>, error: unknown): Failure {
  return failure({
    kind: 'not_kept',
    message: `Plaid answered, but n8n could not keep the answer: ${messageOf(error)}`,
    next_step: 'Look whether n8n has room for files. The call may be billed all the same',
    request_id: requestIdOf(answer),
    attempts: answer.attempts,
  });
}

const failureOf = ({ failure, attempts }: Extract<Tried, { failure: Failure }>): Failure =>
  attempts.length === 0 ? failure : { ...failure, attempts };
