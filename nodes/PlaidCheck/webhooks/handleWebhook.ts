import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { parseJsonObject } from '../utils/json';
import { verifyRequest } from './request';
import { REJECTION_REASONS, type VerificationResult } from './verificationResult';

/** The part of Node.js's `ServerResponse` used here. */
interface ServerResponse {
  writeHead(status: number, headers: Record<string, string>): { end(text: string): unknown };
}

/** A verified webhook, or the response already sent to an unverified one. */
export type WebhookCheck =
  | { body: IDataObject; verification: Extract<VerificationResult, { kind: 'verified' }> }
  | { response: IWebhookResponseData };

/** Verifies the current request and parses its body. Never rejects. */
export async function readVerifiedBody(context: IWebhookFunctions): Promise<WebhookCheck> {
  const verification = await verifyRequest(context);
  if (verification.kind === 'rejected') {
    const event = `rejected a webhook: ${REJECTION_REASONS[verification.reason]}`;
    return { response: respondWithError(context, 401, event) };
  }
  if (verification.kind === 'unavailable') {
    const event = `could not verify a webhook: ${verification.detail}`;
    return { response: respondWithError(context, 503, event) };
  }
  // Parse the signed bytes: n8n parses by Content-Type, which is not signed.
  const body = parseJsonObject(verification.body.toString('utf8'));
  if (body) return { body: body as IDataObject, verification };
  const event = "could not parse a webhook from Plaid: its body isn't a JSON object";
  return { response: respondWithError(context, 400, event) };
}

/** Responds with 200 without starting anything, so that Plaid does not retry. */
export const acknowledge = (message: string): IWebhookResponseData => ({
  webhookResponse: { message },
});

const STATUS_TEXT = {
  400: 'Bad Request',
  401: 'Unauthorized',
  405: 'Method Not Allowed',
  503: 'Service Unavailable',
} as const;

/** Logs the event and responds with a bare status; the sender gets no details. */
export function respondWithError(
  context: IWebhookFunctions,
  status: keyof typeof STATUS_TEXT,
  event: string,
): IWebhookResponseData {
  const { id: workflowId } = context.getWorkflow();
  const node = context.getNode().type.endsWith('Trigger') ? 'Plaid Check Trigger' : 'Plaid Check';
  context.logger.warn(`${node} ${event}`, { workflowId, status });
  const response = context.getResponseObject() as ServerResponse;
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify({ message: STATUS_TEXT[status] }));
  return { noWebhookResponse: true };
}

/**
 * Runs a webhook handler and responds with 503 if it throws. Never rejects: otherwise anyone who knows the URL could
 * make n8n record failed executions.
 */
export async function handleWebhook(
  context: IWebhookFunctions,
  handler: (context: IWebhookFunctions) => Promise<IWebhookResponseData>,
): Promise<IWebhookResponseData> {
  try {
    return await handler(context);
  } catch (error) {
    // Log only the name: the message may contain data from the webhook.
    const name = error instanceof Error ? error.name : 'unknown error';
    return respondWithError(context, 503, `failed to process a webhook (${name})`);
  }
}
