import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { usableAccount } from '../client/account';
import { readCredential } from '../client/credential';
import {
  acknowledge,
  handleWebhook,
  readVerifiedBody,
  respondWithError,
} from '../webhooks/handleWebhook';
import { createReplayCache } from '../webhooks/replayCache';
import { createDeliveryTracker } from './deliveryTracker';
import { isEventSelected } from './events';
import { contentKey, toWebhookItem } from './item';
import { TRIGGER_PARAMETER } from './properties';

/** The part of Node.js's `ServerResponse` used here. */
interface ObservedResponse {
  readonly statusCode: number;
  readonly destroyed: boolean;
  once(event: 'finish' | 'close', listener: () => void): unknown;
}

/**
 * Both are per n8n process and lost on restart. A copy that another process receives starts a second execution with
 * the same delivery key; a retry that another process receives gets a new event key, but the same content key.
 */
const replayCache = createReplayCache();
const deliveryTracker = createDeliveryTracker();

/** The name of the webhook by which a browser gets a demo event. */
export const DEMO_WEBHOOK = 'setup';

/** Starts the workflow for a verified, selected and new webhook, and responds to Plaid. Never rejects. */
export const receiveWebhook = (context: IWebhookFunctions) =>
  handleWebhook(
    context,
    context.getWebhookName() === DEMO_WEBHOOK ? processDemoVisit : processWebhook,
  );

/**
 * Starts the workflow with a demo event when a browser opens the Test URL, if the credential is the demo's. Anybody else gets
 * nothing: Plaid sends by POST, and a production URL has no demo.
 */
async function processDemoVisit(context: IWebhookFunctions): Promise<IWebhookResponseData> {
  if (context.getMode() !== 'manual') return respondWithError(context, 405, NOT_PLAIDS);
  const account = usableAccount(await readCredential(context));
  if (!account.isDemo) return respondWithError(context, 405, NOT_PLAIDS);
  // Loaded on first use: nobody else needs it.
  const { demoEvent } = await import('../demo/webhook.js');
  const { events, environment, userIds } = selectionOf(context);
  const receivedAt = new Date();
  const isSelected = (type: string, code: string) => isEventSelected(events, type, code);
  const eventFor = (ids: readonly string[]) =>
    demoEvent({ isSelected, userIds: ids }, receivedAt.getTime());
  const body = eventFor(userIds);
  if (!body) return acknowledge(eventFor([]) ? NO_DEMO_USER : NO_DEMO_EVENT);
  if (environment && environment !== body.environment) return acknowledge(NOT_DEMOS_ENVIRONMENT);
  const delivery = { signatureId: contentKey(body), signedAt: receivedAt.getTime() };
  const item = toWebhookItem(body, { current: delivery, first: delivery }, receivedAt);
  return { workflowData: [[{ json: { ...item, demo: true } }]] };
}

const NO_DEMO_EVENT = 'No demo event: the demo has none of the chosen Events. Choose All Events';
const NO_DEMO_USER =
  'No demo event: the filter User IDs names no user of the demo. Remove it, or enter one such as usr_demo_approved';
const NOT_DEMOS_ENVIRONMENT =
  'No demo event: the filter Environment excludes it, as demo events are from the sandbox. Remove it, or choose Sandbox';

const NOT_PLAIDS = 'got a request by GET, which Plaid never sends';

async function processWebhook(context: IWebhookFunctions): Promise<IWebhookResponseData> {
  const check = await readVerifiedBody(context);
  if (!('body' in check)) return check.response;
  const { body, verification } = check;
  if (!isSelected(context, body)) {
    return acknowledge('The workflow does not listen to this event');
  }
  const response = context.getResponseObject() as ObservedResponse;
  const scope = scopeOf(context);
  const id = `${scope} ${verification.signatureId}`;
  const earlier = replayCache.get(id);
  if (earlier) {
    return (await earlier)
      ? acknowledge('This webhook has already started the workflow')
      : respondWithError(context, 503, 'received a copy of a webhook that was not acknowledged');
  }
  // No await between get and add, so that only one of two concurrent copies gets through.
  const acknowledged = isAcknowledged(response);
  replayCache.add(id, verification.validUntil, acknowledged);
  const receivedAt = new Date();
  const content = `${scope} ${contentKey(body)}`;
  const first = await deliveryTracker.firstDelivery(content, verification, acknowledged);
  const item = toWebhookItem(body, { current: verification, first }, receivedAt);
  return { workflowData: [[{ json: item }]] };
}

function isSelected(context: IWebhookFunctions, body: IDataObject): boolean {
  const { events, environment, userIds } = selectionOf(context);
  return (
    isEventSelected(events, String(body.webhook_type), String(body.webhook_code)) &&
    (!environment || environment === body.environment) &&
    (userIds.length === 0 || userIds.some((id) => id === body.user_id))
  );
}

/** What the user wants to hear of. */
function selectionOf(context: IWebhookFunctions) {
  // An expression may return a single event instead of a list.
  const events = [context.getNodeParameter(TRIGGER_PARAMETER.events)].flat().map(String);
  const filters = context.getNodeParameter(TRIGGER_PARAMETER.filters, {}) as
    IDataObject | undefined;
  const { environment, userIds } = filters ?? {};
  return { events, environment, userIds: parseUserIds(userIds) };
}

/** An expression may return one ID, a comma-separated list or nothing; empty entries are ignored. */
const parseUserIds = (userIds: unknown): string[] =>
  [userIds]
    .flat()
    .flatMap((ids) => String(ids ?? '').split(','))
    .map((id) => id.trim())
    .filter(Boolean);

/** The same webhook may start several workflows, and one of them in test mode too. */
const scopeOf = (context: IWebhookFunctions) =>
  `${context.getWorkflow().id} ${context.getNode().id} ${context.getMode()}`;

/**
 * Whether n8n responded with success, which it does once the execution is saved. If it did not, or if the sender hung
 * up, Plaid retries the webhook with a new signature.
 */
function isAcknowledged(response: ObservedResponse): Promise<boolean> {
  if (response.destroyed) return Promise.resolve(false);
  return new Promise((resolve) => {
    response.once('finish', () => resolve(response.statusCode < 400));
    response.once('close', () => resolve(false));
  });
}
