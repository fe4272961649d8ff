import type { IDataObject } from 'n8n-workflow';

import { requestIdOf } from '../../client/response';
import { failure, type Failure } from '../../client/failure';
import { sendWithRetry, type RetryPolicy, type RunContext, type Result } from '../../client/retry';
import type { Call } from '../../client/send';
import { endsWith, executionOf } from './execution';
import type { PausePlan } from './prepare';

/** What the node remembers of a report it waits for. */
export interface Awaited {
  /** `attempt` of Pausing */
  attempt: string;
  /** undefined where the request named the user in the older way, by a token */
  userId?: string;
  /** Plaid's answer to the request */
  created: IDataObject;
  /** ms since the epoch */
  since: number;
}

/** Where it stands in the node's memory. */
export const AWAITED = 'awaitedReport';

/**
 * Sends the request for a report and has n8n put the execution to wait: in its database, where it survives a restart
 * and any process can take it up again. What comes out here is shown until then.
 */
export async function createAndPause(
  run: RunContext,
  request: { call: Call; retry: RetryPolicy; includeAttempts: boolean },
  pausing: PausePlan,
): Promise<Result> {
  const { call, retry, includeAttempts } = request;
  const made = await sendWithRetry(run, call, retry);
  if ('failure' in made || !('json' in made)) return made;
  const { context } = run;
  const { user_id: userId } = call.body;
  const created = { ...made.json, ...(includeAttempts && { attempts: made.attempts }) };
  const awaited: Awaited = {
    attempt: pausing.attempt,
    ...(typeof userId === 'string' && userId !== '' && { userId }),
    created: created as IDataObject,
    since: Date.now(),
  };
  const execution = executionOf(context);
  if (execution) execution.memory[AWAITED] = awaited;
  // What comes of it if nobody resumes the execution before.
  endsWith(context.getExecuteData(), context.getNode(), {
    failure: notTold(pausing.maxWaitMs, requestIdOf(made)),
  });
  await context.putExecutionToWait(new Date(awaited.since + pausing.maxWaitMs));
  return { json: { ...made.json, report_status: 'waiting' }, attempts: made.attempts };
}

const notTold = (maxWaitMs: number, requestId: string | null): Failure =>
  failure({
    kind: 'not_ready',
    message: `Plaid's webhook did not come within ${maxWaitMs / 1000} seconds`,
    next_step:
      'The report may still be made, or Plaid can not reach this n8n. Try to read the report, or set a longer time in the option Wait Until Ready; do not create it again',
    request_id: requestId,
    may_have_succeeded: true,
  });
