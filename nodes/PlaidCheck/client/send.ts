import type {
  IExecuteFunctions,
  ILoadOptionsFunctions,
  IN8nHttpFullResponse,
  IWebhookFunctions,
  JsonObject,
} from 'n8n-workflow';

import { afterUncertainEnd } from './errorCodes';
import {
  BYTES_IN_MB,
  bytesOf,
  type FailedOutcome,
  headersOf,
  isPdf,
  type Outcome,
  readResponse,
  readPdfResponse,
} from './response';
import { networkError, timedOut } from './networkError';
import { connectWithin, startDeadline } from './timeout';
import { failure } from './failure';

/** One call of a Plaid endpoint. */
export interface Call {
  /** Without a slash at the end */
  baseUrl: string;
  path: string;
  body: JsonObject;
  /** For all of it, from the connection to the last byte */
  timeoutSeconds: number;
  connectTimeoutSeconds: number;
  /** How to see whether the request took effect when it breaks off; null where sending it again is harmless */
  howToVerify: string | null;
  /** Whether a PDF is due instead of JSON, or may come as well */
  pdf?: 'due' | 'possible';
  /** How many bytes of an answer are read at most */
  maxBytes: number;
}

/** Where a call is sent from: an execution, a drop-down in the editor that is being filled, or a webhook that came in. */
type Sender = IExecuteFunctions | ILoadOptionsFunctions | IWebhookFunctions;

/**
 * Sends one request with the node's credential and waits for the outcome. Stops at once when the user
 * cancels the execution or the time is up, also in the middle of an answer. Redirects are not followed,
 * so that the keys never go to another host.
 */
export async function send(context: Sender, call: Call): Promise<Outcome> {
  const { baseUrl, path, body, timeoutSeconds, connectTimeoutSeconds, howToVerify, pdf } = call;
  const cancel = cancelSignalOf(context);
  const deadline = startDeadline(timeoutSeconds * 1000, cancel);
  let answering = false;
  try {
    const response = (await context.helpers.httpRequestWithAuthentication.call(
      stoppedBy(context, deadline.signal),
      'plaidCheckApi',
      {
        method: 'POST',
        url: `${baseUrl}${path}`,
        headers: {
          'Content-Type': 'application/json',
          Accept: pdf ? 'application/pdf, application/json' : 'application/json',
        },
        body: JSON.stringify(body),
        // As it comes: a cut, foreign or endless body is then seen as what it is.
        encoding: 'stream',
        returnFullResponse: true,
        ignoreHttpStatusErrors: true,
        disableFollowRedirect: true,
        abortSignal: deadline.signal,
        ...connectWithin(connectTimeoutSeconds, timeoutSeconds),
      },
    )) as IN8nHttpFullResponse;
    const { statusCode: status, headers } = response;
    answering = true;
    const bytes = await bytesOf(
      response.body as unknown as AsyncIterable<Uint8Array>,
      call.maxBytes,
    );
    if (bytes === 'too many') return tooLarge(call);
    const answer = { status, headers: headersOf(headers), bytes };
    const isFile = pdf === 'due' || (pdf === 'possible' && isPdf(bytes));
    const outcome = isFile
      ? readPdfResponse(answer, howToVerify)
      : readResponse(answer, howToVerify);
    const { clockAheadMs } = answer.headers;
    return 'json' in outcome ? { ...outcome, clockAheadMs } : outcome;
  } catch (error) {
    if (cancel?.aborted) return cancelledOnTheWay(howToVerify);
    const { host } = new URL(baseUrl);
    const sent = { host, timeoutSeconds, connectTimeoutSeconds, howToVerify };
    if (deadline.signal.aborted) return timedOut(sent);
    return networkError(error, { ...sent, answering });
  } finally {
    deadline.end();
  }
}

/** An execution can be cancelled; a list in the editor can't. */
export const cancelSignalOf = (context: Sender) =>
  'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;

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
export const cancelled: FailedOutcome = {
  again: 'never',
  failure: failure({ kind: 'cancelled', message: 'The execution was cancelled' }),
};

/** The outcome of an item that was under way then, and may have succeeded. */
export const cancelledOnTheWay = (howToVerify: string | null): FailedOutcome => ({
  again: 'never',
  failure: {
    ...cancelled.failure,
    next_step: howToVerify && afterUncertainEnd(howToVerify),
    may_have_succeeded: howToVerify !== null,
  },
});

const tooLarge = ({ maxBytes, baseUrl, howToVerify }: Call): FailedOutcome => ({
  again: 'never',
  failure: failure({
    kind: 'answer_too_large',
    message: `${new URL(baseUrl).host} sent an answer of more than ${maxBytes / BYTES_IN_MB} MB`,
    next_step: [
      'The option Response Size Limit sets how much is read',
      ...(howToVerify === null ? [] : [afterUncertainEnd(howToVerify)]),
    ].join('. '),
    may_have_succeeded: howToVerify !== null,
  }),
});
