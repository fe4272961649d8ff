import type { IDataObject, INodeExecutionData, JsonObject } from 'n8n-workflow';

import type { Operation } from '../catalog/operations';
import type { Failure } from '../client/failure';
import type { Call } from '../client/send';
import type { OutputChoice } from '../options/output';
import type { NodeOptions } from '../options/read';
import type { Look } from './existing';
import type { PausePlan } from './pause/prepare';

/** One item with its options, checked and ready to be sent. */
export interface Job extends NodeOptions {
  operation: Operation;
  call: Call;
  output: OutputChoice;
  /** The request that creates a report where there is none to read */
  ifExpired?: Call;
  /** The output of an earlier try, in place of a request */
  answered?: IDataObject[];
  /** The end of an equal call of the same execution, in place of a request */
  sameAs?: Promise<INodeExecutionData[] | Failure>;
  /** The read that comes before the creation */
  look?: Look;
  /** Set where the execution pauses until Plaid's webhook arrives */
  pause?: PausePlan;
}

/** The field that names the user of a request. */
export function userFields({ user_id, user_token }: JsonObject): JsonObject {
  if (user_id) return { user_id };
  return user_token ? { user_token } : {};
}
