import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import {
  acknowledge,
  readVerifiedBody,
  handleWebhook,
  respondWithError,
} from '../../webhooks/handleWebhook';
import { AWAITED, type AwaitedReport } from './awaited';
import { executionOf, setOutcome } from './execution';
import { reportOutcome } from './reportWebhook';
import { ATTEMPT } from './prepare';

/** Resumes the waiting execution with the outcome of its report, if the webhook is Plaid's. Never rejects. */
export const resume = (context: IWebhookFunctions) => handleWebhook(context, resumeIfDone);

async function resumeIfDone(context: IWebhookFunctions): Promise<IWebhookResponseData> {
  const check = await readVerifiedBody(context);
  if (!('body' in check)) return check.response;
  const execution = executionOf(context);
  const awaited = execution?.memory[AWAITED] as AwaitedReport | undefined;
  if (!execution?.next || !awaited) {
    return respondWithError(context, 503, 'found nothing that waits for a report');
  }
  const { [ATTEMPT]: attempt } = context.getQueryData() as Record<string, unknown>;
  const outcome =
    attempt === awaited.attempt ? reportOutcome(check.body, awaited, Date.now()) : undefined;
  if (!outcome)
    return acknowledge('The execution keeps waiting: this webhook is about another report');
  const items = setOutcome(execution.next, context.getNode(), outcome, awaited.input ?? {});
  return { workflowData: [items] };
}
