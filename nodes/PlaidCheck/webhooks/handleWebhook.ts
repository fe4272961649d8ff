import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { parseJsonObject } from '../utils/json';
import { verifyRequest } from './request';
import { REJECTION_REASONS, type VerificationResult } from './verificationResult';

/** What is used of n8n's response, which is one of Node.js. */
interface Response {
  writeHead(status: number, headers: Record<string, string>): { end(text: string): unknown };
}

/** A webhook that is Plaid's, or how whoever sent it was turned away. */
export type WebhookCheck =
  | { body: IDataObject; verdict: Extract<VerificationResult, { kind: 'genuine' }> }
  | { answer: IWebhookResponseData };

/** The body of the webhook a node was called with, once it is known to be Plaid's. Never rejects. */
export async function readVerifiedBody(context: IWebhookFunctions): Promise<WebhookCheck> {
  const verdict = await verifyRequest(context);
  if (verdict.kind === 'refused') {
    const what = `refused a webhook: ${REJECTION_REASONS[verdict.refusal]}`;
    return { answer: respondWithError(context, 401, what) };
  }
  if (verdict.kind === 'unchecked') {
    return {
      answer: respondWithError(context, 503, `could not check a webhook: ${verdict.reason}`),
    };
  }
  // Read from the bytes that were signed: n8n reads a body by its Content-Type, which is not signed.
  const body = parseJsonObject(verdict.body.toString('utf8'));
  if (body) return { body: body as IDataObject, verdict };
  return {
    answer: respondWithError(context, 400, "can't read a webhook of Plaid: it is no JSON object"),
  };
}

/** 200, so that Plaid does not send it again; nothing is started. */
export const acknowledge = (message: string): IWebhookResponseData => ({
  webhookResponse: { message },
});

const ANSWERS = { 400: 'Bad Request', 401: 'Unauthorized', 503: 'Service Unavailable' } as const;

/** One line in n8n's log, and a status; whoever sent it is told nothing more. */
export function respondWithError(
  context: IWebhookFunctions,
  status: keyof typeof ANSWERS,
  what: string,
): IWebhookResponseData {
  const { id: workflowId } = context.getWorkflow();
  const node = context.getNode().type.endsWith('Trigger') ? 'Plaid Check Trigger' : 'Plaid Check';
  context.logger.warn(`${node} ${what}`, { workflowId, status });
  const response = context.getResponseObject() as Response;
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify({ message: ANSWERS[status] }));
  return { noWebhookResponse: true };
}

/**
 * Answers a webhook as `look` says, and 503 where that fails. Never rejects: n8n would record a failed
 * execution for whatever anybody sends to the address.
 */
export async function handleWebhook(
  context: IWebhookFunctions,
  look: (context: IWebhookFunctions) => Promise<IWebhookResponseData>,
): Promise<IWebhookResponseData> {
  try {
    return await look(context);
  } catch (error) {
    // By its name only: the message may hold what came with the webhook.
    const name = error instanceof Error ? error.name : 'unknown error';
    return respondWithError(context, 503, `could not look at a webhook (${name})`);
  }
}
