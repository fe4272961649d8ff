import { type ILoadOptionsFunctions, type JsonObject, NodeOperationError } from 'n8n-workflow';

import { authenticationHeaders, baseUrlOf } from '../../../credentials/plaidApi';
import { DEFAULT_CONNECT_TIMEOUT_SECONDS } from '../client/timeout';
import { failureError } from '../client/failure';
import { send } from '../client/send';
/** Short, as someone looks at an empty list meanwhile. */
const TIMEOUT_SECONDS = 20;

const MAX_BYTES = 5_000_000;

/**
 * Asks Plaid for what a list in the editor is to show.
 * @throws NodeApiError or NodeOperationError, of which the editor shows the message in place of the list
 */
export async function queryPlaid(
  context: ILoadOptionsFunctions,
  path: string,
  body: JsonObject,
): Promise<JsonObject> {
  const credentials = await context.getCredentials('plaidCheckApi');
  authenticationHeaders(credentials);
  const outcome = await send(context, {
    baseUrl: baseUrlOf(credentials),
    path,
    body,
    timeoutSeconds: TIMEOUT_SECONDS,
    connectTimeoutSeconds: DEFAULT_CONNECT_TIMEOUT_SECONDS,
    howToVerify: null,
    maxBytes: MAX_BYTES,
  });
  if ('json' in outcome) return outcome.json;
  if ('failure' in outcome) throw failureError(context.getNode(), outcome.failure);
  throw new NodeOperationError(context.getNode(), 'Plaid sent a file instead of a list');
}

/**
 * The text a field of the node holds in the editor; empty where there is none. An expression that the
 * editor could not work out, as it needs data of an earlier node that did not run yet, counts as none.
 */
export function textParameter(context: ILoadOptionsFunctions, name: string): string {
  const value = context.getCurrentNodeParameter(name);
  const text = typeof value === 'string' ? value.trim() : '';
  return text.startsWith('=') ? '' : text;
}
