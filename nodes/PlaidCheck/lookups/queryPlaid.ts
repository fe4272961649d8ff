import { type ILoadOptionsFunctions, type JsonObject, NodeOperationError } from 'n8n-workflow';

import { usableAccount } from '../client/account';
import { DEFAULT_CONNECT_TIMEOUT_SECONDS } from '../client/timeout';
import { failureError } from '../client/tellFailure';
import { send } from '../client/send';

/** Short, because the user is waiting for the list. */
const TIMEOUT_SECONDS = 20;

const MAX_BYTES = 5_000_000;

/**
 * Sends a request for a list in the editor.
 * @throws NodeApiError or NodeOperationError; the editor shows its message instead of the list
 */
export async function queryPlaid(
  context: ILoadOptionsFunctions,
  path: string,
  body: JsonObject,
): Promise<JsonObject> {
  const credentials = await context.getCredentials('plaidCheckApi');
  const outcome = await send(context, {
    ...usableAccount(credentials),
    path,
    body,
    timeoutSeconds: TIMEOUT_SECONDS,
    connectTimeoutSeconds: DEFAULT_CONNECT_TIMEOUT_SECONDS,
    howToVerify: null,
    maxBytes: MAX_BYTES,
  });
  if ('json' in outcome) return outcome.json;
  if ('failure' in outcome) throw failureError(context.getNode(), outcome.failure);
  throw new NodeOperationError(context.getNode(), 'Plaid returned a file instead of a list');
}

/**
 * The text of a parameter in the editor, or empty text. An expression that the editor can't resolve, because an earlier
 * node has not run yet, counts as empty.
 */
export function textParameter(context: ILoadOptionsFunctions, name: string): string {
  const value = context.getCurrentNodeParameter(name);
  const text = typeof value === 'string' ? value.trim() : '';
  return text.startsWith('=') ? '' : text;
}
