import type { IDataObject } from 'n8n-workflow';

import { requestIdOf } from '../../client/response';
import { billOf } from '../../client/bill';
import {
  attemptsOutput,
  failure,
  messageOf,
  type CreatedReport,
  type Failure,
} from '../../client/failure';
import { TEXTS } from '../../client/failureTexts';
import { includedFields } from '../../options/inputFields';
import type { NodeOptions } from '../../options/read';
import { requestIdsOf, withUserId } from '../../options/output';
import { sendWithRetry, type RunContext, type Result } from '../../client/retry';
import type { Call } from '../../client/send';
import { asText } from '../../utils/json';
import { AWAITED, type AwaitedReport } from './awaited';
import { executionOf, setOutcome } from './execution';
import type { PausePlan } from './prepare';
import { reportOutcome } from './reportWebhook';

/**
 * Creates a report and pauses the execution. n8n saves it in its database, so that it survives a restart and any process
 * can resume it. The editor shows the result until then.
 */
export async function createAndPause(
  run: RunContext,
  request: { call: Call } & Pick<
    NodeOptions,
    'retry' | 'includeAttempts' | 'includeBilling' | 'includeInputFields'
  >,
  pausing: PausePlan,
): Promise<Result> {
  const { call, retry, includeAttempts, includeBilling, includeInputFields } = request;
  const result = await sendWithRetry(run, call, retry);
  if (!('json' in result)) return result;
  const { context } = run;
  const { user_id: userId } = call.body;
  const input = includedFields(includeInputFields, context.getInputData()[0]?.json ?? {});
  const ids = { requestId: requestIdOf(result), reportId: asText(result.json.report_id) };
  const created = {
    ...withUserId(result.json, requestIdsOf(call)),
    ...(includeAttempts && { attempts: attemptsOutput(result.attempts) }),
    ...(includeBilling && { billing: billOf(result.attempts) }),
  };
  const awaited: AwaitedReport = {
    attempt: pausing.attempt,
    ...(typeof userId === 'string' && userId !== '' && { userId }),
    created: created as IDataObject,
    input,
    since: Date.now(),
  };
  const execution = executionOf(context);
  if (execution) execution.memory[AWAITED] = awaited;
  // The outcome if no webhook resumes the execution, as none does in the demo.
  try {
    const demo = call.isDemo ? await outcomeInDemo(call, awaited) : undefined;
    const waitMs = demo ? Math.min(DEMO_WAIT_MS, pausing.maxWaitMs) : pausing.maxWaitMs;
    const outcome = demo ?? { failure: noWebhook(pausing.maxWaitMs, ids) };
    setOutcome(context.getExecuteData(), context.getNode(), outcome, input);
    await context.putExecutionToWait(new Date(awaited.since + waitMs));
  } catch (error) {
    const failed = notPaused(messageOf(error), ids);
    return { failure: failed, retry: 'never', attempts: result.attempts };
  }
  return { json: { ...result.json, report_status: 'waiting' }, attempts: result.attempts };
}

/** How long the demo lets an execution wait: no webhook comes, so n8n goes on with it when the time is up. */
const DEMO_WAIT_MS = 5000;

/** What the webhook of the demo's report would bring. */
async function outcomeInDemo({ body }: Call, awaited: AwaitedReport) {
  const { readyWebhook } = await import('../../demo/webhook.js');
  const reportId = asText(awaited.created.report_id);
  const webhook = readyWebhook(body, reportId, awaited.since);
  const outcome = webhook && reportOutcome(webhook, awaited, awaited.since + DEMO_WAIT_MS);
  return outcome && 'json' in outcome ? { json: { ...outcome.json, demo: true } } : undefined;
}

const notPaused = (reason: string, created: CreatedIds): Failure =>
  failure({
    kind: 'not_ready',
    message: TEXTS.notPaused(reason),
    request_id: created.requestId,
    may_have_succeeded: true,
    createdReport: { ...created, isReadable: true },
  });

type CreatedIds = Omit<CreatedReport, 'isReadable'>;

const noWebhook = (maxWaitMs: number, created: CreatedIds): Failure =>
  failure({
    kind: 'not_ready',
    message: TEXTS.noWebhook(maxWaitMs / 1000),
    steps: [TEXTS.webhookMayComeLater(created)],
    request_id: created.requestId,
    may_have_succeeded: true,
  });
