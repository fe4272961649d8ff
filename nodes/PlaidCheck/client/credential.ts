import {
  ExecutionBaseError,
  type ICredentialDataDecryptedObject,
  type IExecuteFunctions,
  type ILoadOptionsFunctions,
  type IWebhookFunctions,
  UserError,
} from 'n8n-workflow';

import { abortableSleep } from '../utils/abort';
import { failure, messageOf } from './failure';
import { TEXTS } from './failureTexts';
import { createRecentCredentials } from './recentCredentials';
import type { FailedOutcome } from './response';

/** Where requests are sent from: an execution, a list in the editor, or a webhook. */
export type Sender = IExecuteFunctions | ILoadOptionsFunctions | IWebhookFunctions;

/**
 * ms that an execution waits before each further attempt: n8n needs a few seconds to reach its database after that has
 * restarted. A list in the editor and a webhook are not retried here: the user or Plaid can do it.
 */
const WAITS_MS = [500, 1000, 2000, 4000];

/** By context, that is, for one run of the node. */
const ofFirstItem = new WeakMap<Sender, Promise<ICredentialDataDecryptedObject>>();

/** Each webhook is a run of its own. */
const ofWebhooks = createRecentCredentials();

/**
 * The credential that requests are authenticated with: that of the first item, as n8n's request helper takes no item
 * index. Read once a run, as n8n reads it from its database, and a database that restarts would fail items that have
 * nothing to do with it. Webhooks of a workflow share what was read a few seconds ago, so that a burst of them does not
 * wait for the database.
 * @throws what n8n threw at the last attempt
 */
export function readCredential(context: Sender): Promise<ICredentialDataDecryptedObject> {
  const known = ofFirstItem.get(context);
  if (known) return known;
  const read = () => readCredentialOf(context, 0);
  const shared = sharedIdOf(context);
  const reading = shared === undefined ? read() : ofWebhooks.get(shared, read);
  ofFirstItem.set(context, reading);
  // The next request may have more luck.
  reading.catch(() => ofFirstItem.delete(context));
  return reading;
}

/** The same for webhooks that n8n gives the same credential: it knows no items there that expressions could differ by. */
function sharedIdOf(context: Sender): string | undefined {
  if (!('getRequestObject' in context)) return undefined;
  const { credentials } = context.getNode();
  const id = credentials?.plaidCheckApi?.id;
  return id ? JSON.stringify([context.getWorkflow().id, id, context.getMode()]) : undefined;
}

/**
 * The credential of an item, whose values may differ where they are expressions.
 * @throws what n8n threw at the last attempt
 */
export async function readCredentialOf(
  context: Sender,
  item: number,
  [wait, ...laterWaits]: readonly number[] = isExecution(context) ? WAITS_MS : [],
): Promise<ICredentialDataDecryptedObject> {
  const cancel = cancelSignalOf(context);
  return await context.getCredentials('plaidCheckApi', item).catch(async (error: unknown) => {
    if (wait === undefined || isOfUser(error) || cancel?.aborted) throw error;
    await abortableSleep(wait, cancel);
    return await readCredentialOf(context, item, laterWaits);
  });
}

/** Whether an error of n8n is about what the user has set up, so that a retry would fail again. */
const isOfUser = (error: unknown) =>
  error instanceof ExecutionBaseError || error instanceof UserError;

/** Why there is no credential. Whatever n8n threw, no request was sent. */
export const unreadCredential = (error: unknown): FailedOutcome =>
  isOfUser(error)
    ? { retry: 'never', failure: failure({ kind: 'not_sent', message: messageOf(error) }) }
    : {
        retry: 'safe',
        failure: failure({
          kind: 'n8n_failed',
          message: TEXTS.credentialNotRead(messageOf(error)),
          steps: [TEXTS.checkN8n],
        }),
      };

/** The signal of an execution that can be cancelled; a list in the editor can't. */
export const cancelSignalOf = (context: Sender) =>
  isExecution(context) ? context.getExecutionCancelSignal() : undefined;

const isExecution = (context: Sender): context is IExecuteFunctions =>
  'getExecutionCancelSignal' in context;
