import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { createReplayCache } from '../webhooks/replayCache';
import {
  acknowledge,
  readVerifiedBody,
  handleWebhook,
  respondWithError,
} from '../webhooks/handleWebhook';
import { isEventSelected } from './events';
import { createDeliveryTracker } from './deliveryTracker';
import { contentHash, toWebhookItem } from './item';
import { TRIGGER_PARAMETER } from './properties';

/** What is used of n8n's response, which is one of Node.js. */
interface Response {
  readonly statusCode: number;
  readonly destroyed: boolean;
  once(event: 'finish' | 'close', listener: () => void): unknown;
}

/**
 * Signatures that have started an execution. In memory: where several n8n processes take webhooks, each drops
 * what it has seen itself, and a copy that another one gets starts a second execution, with the same event key.
 */
const accepted = createReplayCache();

/** In memory too: a repeat that another process gets, or this one after a restart, has an event key of its own. */
const firstTries = createDeliveryTracker();

/** Answers a webhook, and starts the workflow if it is Plaid's, chosen and new. Never rejects. */
export const receiveWebhook = (context: IWebhookFunctions) => handleWebhook(context, accept);

async function accept(context: IWebhookFunctions): Promise<IWebhookResponseData> {
  const genuine = await readVerifiedBody(context);
  if (!('body' in genuine)) return genuine.answer;
  const { body, verdict } = genuine;
  if (!isWanted(context, body)) return acknowledge('The workflow does not listen to this event');

  const response = context.getResponseObject() as Response;
  const place = placeOf(context);
  const id = `${place} ${verdict.signatureId}`;
  const earlier = accepted.get(id);
  if (earlier) {
    return (await earlier)
      ? acknowledge('This webhook has started the workflow before')
      : respondWithError(context, 503, 'could not start the workflow for a webhook');
  }
  // Nothing waits between the look and this: of two copies at once, one is the first.
  const isWell = isAnsweredWell(response);
  accepted.add(id, verdict.validUntil, isWell);
  const receivedAt = new Date();
  const first = await firstTries.firstDelivery(`${place} ${contentHash(body)}`, verdict, isWell);
  const item = toWebhookItem(body, first, receivedAt);
  return { workflowData: [[{ json: item }]] };
}

function isWanted(context: IWebhookFunctions, body: IDataObject): boolean {
  // An expression may give a single one.
  const chosen = [context.getNodeParameter(TRIGGER_PARAMETER.events)].flat().map(String);
  const filters = context.getNodeParameter(TRIGGER_PARAMETER.filters, {}) as
    IDataObject | undefined;
  const { environment, userIds } = filters ?? {};
  const users = idsOf(userIds);
  return (
    isEventSelected(chosen, String(body.webhook_type), String(body.webhook_code)) &&
    (!environment || environment === body.environment) &&
    (users.length === 0 || users.some((id) => id === body.user_id))
  );
}

/** An expression may give one text, several in one with commas between, or nothing; an empty entry is none. */
const idsOf = (userIds: unknown): string[] =>
  [userIds]
    .flat()
    .flatMap((ids) => String(ids ?? '').split(','))
    .map((id) => id.trim())
    .filter(Boolean);

/** The same webhook may start several workflows, and one of them in test mode too. */
const placeOf = (context: IWebhookFunctions) =>
  `${context.getWorkflow().id} ${context.getNode().id} ${context.getMode()}`;

/**
 * Whether n8n has answered that the workflow was started. It does so once the execution is saved; where that
 * fails, or Plaid did not wait for it, Plaid sends the webhook again, and it must not be taken for a copy.
 */
function isAnsweredWell(response: Response): Promise<boolean> {
  if (response.destroyed) return Promise.resolve(false);
  return new Promise((resolve) => {
    response.once('finish', () => resolve(response.statusCode < 400));
    response.once('close', () => resolve(false));
  });
}
