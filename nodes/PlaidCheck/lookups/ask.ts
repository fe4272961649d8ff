import { NodeOperationError, type ILoadOptionsFunctions, type JsonObject } from 'n8n-workflow';

import { authenticationHeaders, baseUrlOf } from '../../../credentials/plaidApi';
import { DEFAULT_CONNECT_TIMEOUT_SECONDS } from '../timeout';
import { failureError } from '../transport/failure';
import { send } from '../transport/send';

/** Short, as someone looks at an empty list meanwhile. */
const TIMEOUT_SECONDS = 20;

const MAX_BYTES = 5_000_000;

/**
 * Asks Plaid for what a list in the editor is to show.
 * @throws NodeApiError or NodeOperationError, of which the editor shows the message in place of the list
 */
export async function ask(
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
    howToCheck: null,
    maxBytes: MAX_BYTES,
  });
  if ('json' in outcome) return outcome.json;
  if ('failure' in outcome) throw failureError(context.getNode(), outcome.failure);
  throw new NodeOperationError(context.getNode(), 'Plaid sent a file instead of a list');
}
