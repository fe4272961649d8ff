import type { IExecuteFunctions, IN8nHttpFullResponse, JsonObject } from 'n8n-workflow';

import { outcomeOf, type Outcome } from './answer';
import { breakdownOf } from './breakdown';
import { failure } from './failure';

/** One call of a Plaid endpoint. */
export interface Call {
  /** Without a slash at the end */
  baseUrl: string;
  path: string;
  body: JsonObject;
  timeoutSeconds: number;
  /** Whether sending the request again is harmless */
  repeatable: boolean;
}

/**
 * Sends one request with the node's credential and waits for the outcome. Stops at once when the user
 * cancels the execution. Redirects are not followed, so that the keys never go to another host.
 */
export async function send(context: IExecuteFunctions, call: Call): Promise<Outcome> {
  const { baseUrl, path, body, timeoutSeconds, repeatable } = call;
  const signal = context.getExecutionCancelSignal();
  try {
    const response = (await context.helpers.httpRequestWithAuthentication.call(
      context,
      'plaidCheckApi',
      {
        method: 'POST',
        url: `${baseUrl}${path}`,
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body: JSON.stringify(body),
        // As text: a cut or foreign body is then seen as what it is.
        encoding: 'text',
        returnFullResponse: true,
        ignoreHttpStatusErrors: true,
        disableFollowRedirect: true,
        timeout: timeoutSeconds * 1000,
        abortSignal: signal,
      },
    )) as IN8nHttpFullResponse;
    return outcomeOf(
      { status: response.statusCode, text: String(response.body ?? '') },
      repeatable,
    );
  } catch (error) {
    if (signal?.aborted) return { failure: cancelled };
    const { host } = new URL(baseUrl);
    return { failure: breakdownOf(error, { host, timeoutSeconds, repeatable }) };
  }
}

/** The outcome of items that were running or waiting when the user cancelled the execution. */
export const cancelled = failure({ kind: 'cancelled', message: 'The execution was cancelled' });
