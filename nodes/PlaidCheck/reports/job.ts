import type { JsonObject } from 'n8n-workflow';

import type { Operation } from '../catalog/operations';
import type { Call } from '../client/send';
import type { OutputChoice } from '../options/output';
import type { NodeOptions } from '../options/read';
import type { PausePlan } from './pause/prepare';

/** One item's request and its options, ready to be sent. */
export interface Job extends NodeOptions {
  operation: Operation;
  call: Call;
  output: OutputChoice;
  /** ms to wait for a report that is not ready; undefined for not at all */
  maxWaitMs?: number;
  /** The request for a new report where there is none to read; undefined for none */
  ifExpired?: Call;
  /** Set where the execution is to pause until Plaid's webhook comes */
  pause?: PausePlan;
}

/** Whom a request is about, by the field that names the user. */
export function userOf({ user_id, user_token }: JsonObject): JsonObject {
  if (user_id) return { user_id };
  return user_token ? { user_token } : {};
}
