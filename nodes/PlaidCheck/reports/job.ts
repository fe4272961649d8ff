import type { JsonObject } from 'n8n-workflow';

import type { Operation } from '../catalog/operations';
import type { RetryPolicy } from '../client/retry';
import type { Call } from '../client/send';
import type { OutputChoice } from '../options/output';
import type { PausePlan } from './pause/prepare';

/** What an item asks for, ready to be sent. */
export interface Job {
  operation: Operation;
  call: Call;
  choice: OutputChoice;
  /** How many items may share one request, where the endpoint can take several */
  itemsPerRequest: number;
  retry: RetryPolicy;
  /** ms to wait for a report that is not ready; undefined for not at all */
  maxWaitMs?: number;
  /** The request for a new report where there is none to read; undefined for none */
  ifExpired?: Call;
  /** Whether the request comes out instead of being sent */
  isPreview: boolean;
  /** Set where the execution is to pause until Plaid's webhook comes */
  pause?: PausePlan;
}

/** Whom a request is about, by the field that names the user. */
export function userOf({ user_id, user_token }: JsonObject): JsonObject {
  if (user_id) return { user_id };
  return user_token ? { user_token } : {};
}
