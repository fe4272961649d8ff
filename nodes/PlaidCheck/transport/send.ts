import type {
  IExecuteFunctions,
  ILoadOptionsFunctions,
  IN8nHttpFullResponse,
  IWebhookFunctions,
  JsonObject,
} from 'n8n-workflow';

import { afterUncertainEnd } from './advice';
import { outcomeOf, pdfOutcomeOf, type Outcome } from './answer';
import { breakdownOf, timedOut } from './breakdown';
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
  /** Whether a PDF is due instead of JSON */
  pdf?: boolean;
}

/** Where a call is sent from: an execution, a drop-down in the editor that is being filled, or a webhook that came in. */
type Sender = IExecuteFunctions | ILoadOptionsFunctions | IWebhookFunctions;

/**
 * Sends one request with the node's credential and waits for the outcome. Stops at once when the user
 * cancels the execution or the time is up, also in the middle of an answer. Redirects are not followed,
 * so that the keys never go to another host.
 */
export async function send(context: Sender, call: Call): Promise<Outcome> {
  const { baseUrl, path, body, timeoutSeconds, repeatable, pdf } = call;
  const attempt = { host: new URL(baseUrl).host, timeoutSeconds, repeatable };
  const cancel =
    'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
  const timeUp = AbortSignal.timeout(timeoutSeconds * 1000);
  const stop = cancel ? AbortSignal.any([cancel, timeUp]) : timeUp;
  try {
    const response = (await context.helpers.httpRequestWithAuthentication.call(
      stoppedBy(context, stop),
      'plaidCheckApi',
      {
        method: 'POST',
        url: `${baseUrl}${path}`,
        headers: {
          'Content-Type': 'application/json',
          Accept: pdf ? 'application/pdf, application/json' : 'application/json',
        },
        body: JSON.stringify(body),
        // As text: a cut or foreign body is then seen as what it is.
        encoding: pdf ? 'arraybuffer' : 'text',
        returnFullResponse: true,
        ignoreHttpStatusErrors: true,
        disableFollowRedirect: true,
        abortSignal: stop,
      },
    )) as IN8nHttpFullResponse;
    const { statusCode: status, body: answer, headers } = response;
    if (!pdf) return outcomeOf({ status, text: String(answer ?? '') }, repeatable);
    const requestId = headers['plaid-request-id'];
    return pdfOutcomeOf(
      {
        status,
        bytes: Buffer.from(answer as unknown as ArrayBuffer),
        requestId: typeof requestId === 'string' ? requestId : null,
      },
      repeatable,
    );
  } catch (error) {
    if (cancel?.aborted) return { failure: cancelledOnTheWay(repeatable) };
    if (timeUp.aborted) return { failure: timedOut(attempt) };
    return { failure: breakdownOf(error, attempt) };
  }
}

/**
 * The same context with a signal of our own: n8n 2's helper stops a request by the context's signal alone,
 * and its timeout option counts silence only, so that an answer in drops could hold an item for ever.
 */
function stoppedBy(context: Sender, signal: AbortSignal): IExecuteFunctions {
  return Object.create(context, {
    getExecutionCancelSignal: { value: () => signal },
  }) as IExecuteFunctions;
}

/** The outcome of an item that had not been sent when the user cancelled the execution. */
export const cancelled = failure({ kind: 'cancelled', message: 'The execution was cancelled' });

const cancelledOnTheWay = (repeatable: boolean) => ({
  ...cancelled,
  next_step: repeatable ? null : afterUncertainEnd(repeatable),
});
