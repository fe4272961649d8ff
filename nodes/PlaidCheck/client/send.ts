import type {
  ICredentialDataDecryptedObject,
  IExecuteFunctions,
  IN8nHttpFullResponse,
  JsonObject,
} from 'n8n-workflow';

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
import { cancelSignalOf, readCredential, type Sender, unreadCredential } from './credential';
import { failure, mayHaveSucceeded } from './failure';
import { TEXTS } from './failureTexts';
import type { Redaction } from './redaction';

/** One call of a Plaid endpoint. */
export interface Call {
  /** Without a slash at the end */
  baseUrl: string;
  redaction: Redaction;
  /** Whether the node answers it itself */
  isDemo?: boolean;
  path: string;
  body: JsonObject;
  /** From the connection to the last byte */
  timeoutSeconds: number;
  connectTimeoutSeconds: number;
  /** How to see whether the request took effect if it ends without a response; null where it is idempotent */
  howToVerify: string | null;
  /** Whether the response is a PDF instead of JSON, or may be either */
  pdf?: 'always' | 'possible';
  /** A larger response is a failure */
  maxBytes: number;
  /** Whether the bytes of an answer are kept for a receipt */
  keepsBytes?: boolean;
}

/**
 * Sends one request with the node's credential. Stops at once when the user cancels the execution or the timeout is
 * reached, also in the middle of a response. Redirects are not followed, so that the keys never go to another host.
 */
export async function send(context: Sender, call: Call): Promise<Outcome> {
  const { baseUrl, timeoutSeconds, connectTimeoutSeconds, howToVerify, pdf } = call;
  const cancel = cancelSignalOf(context);
  const deadline = startDeadline(timeoutSeconds * 1000, cancel);
  let hasResponse = false;
  let unsent: FailedOutcome | undefined;
  /** n8n asks for the credential last before it sends, so what fails here has left nothing behind. */
  const credentialToSend = async () => {
    const credential = await readCredential(context).catch((error: unknown) => {
      unsent = cancel?.aborted ? cancelled : unreadCredential(error);
      throw error;
    });
    if (cancel?.aborted) unsent = cancelled;
    return credential;
  };
  try {
    const response = call.isDemo
      ? await answerOfDemo(context, call)
      : await answerOfPlaid(contextWith(context, deadline.signal, credentialToSend), call);
    const { statusCode: status, headers } = response;
    hasResponse = true;
    const bytes = await bytesOf(
      response.body as unknown as AsyncIterable<Uint8Array>,
      call.maxBytes,
    );
    if (bytes === 'too large') return tooLarge(call);
    const raw = { status, headers: headersOf(headers), bytes };
    const isFile = pdf === 'always' || (pdf === 'possible' && isPdf(bytes));
    const read = isFile ? readPdfResponse : readResponse;
    const outcome = read(raw, howToVerify, call.redaction);
    const { clockAheadMs } = raw.headers;
    if (!('json' in outcome)) return outcome;
    return { ...outcome, clockAheadMs, size: bytes.length, ...(call.keepsBytes && { bytes }) };
  } catch (error) {
    if (unsent) return unsent;
    if (cancel?.aborted) return cancelledAfterSend(howToVerify);
    const { host } = new URL(baseUrl);
    const sent = { host, timeoutSeconds, connectTimeoutSeconds, howToVerify };
    if (deadline.signal.aborted) return timedOut(sent);
    return networkError(error, { ...sent, hasResponse });
  } finally {
    deadline.end();
  }
}

/** Sends the request by n8n's helper. */
async function answerOfPlaid(
  context: IExecuteFunctions,
  { baseUrl, path, body, timeoutSeconds, connectTimeoutSeconds, pdf }: Call,
): Promise<IN8nHttpFullResponse> {
  return (await context.helpers.httpRequestWithAuthentication.call(context, 'plaidCheckApi', {
    method: 'POST',
    url: `${baseUrl}${path}`,
    headers: {
      'Content-Type': 'application/json',
      Accept: pdf ? 'application/pdf, application/json' : 'application/json',
    },
    body: JSON.stringify(body),
    // A stream, so that a body that is cut off, not JSON or too large can be told apart.
    encoding: 'stream',
    returnFullResponse: true,
    ignoreHttpStatusErrors: true,
    disableFollowRedirect: true,
    abortSignal: context.getExecutionCancelSignal(),
    ...connectWithin(connectTimeoutSeconds, timeoutSeconds),
  })) as IN8nHttpFullResponse;
}

async function answerOfDemo(context: Sender, call: Call) {
  // Loaded on first use: nobody else needs it.
  const { answerInDemo, looksOf } = await import('../demo/index.js');
  return answerInDemo(call, looksOf('getContext' in context ? context : {}));
}

/**
 * The same context with another signal and another way to the credential: n8n 2's helper stops a request by the context's
 * signal only, and its timeout option counts inactivity only, so that a slow, endless response would never end.
 */
const contextWith = (
  context: Sender,
  signal: AbortSignal,
  getCredentials: () => Promise<ICredentialDataDecryptedObject>,
) =>
  Object.create(context, {
    getExecutionCancelSignal: { value: () => signal },
    getCredentials: { value: getCredentials },
  }) as IExecuteFunctions;

/** The outcome of a request that was not sent before the execution was cancelled. */
export const cancelled: FailedOutcome = {
  retry: 'never',
  failure: failure({ kind: 'cancelled', message: TEXTS.cancelled }),
};

/** The outcome of a request that was in flight then. */
export const cancelledAfterSend = (howToVerify: string | null): FailedOutcome => ({
  retry: 'never',
  failure: { ...cancelled.failure, ...mayHaveSucceeded(howToVerify) },
});

const tooLarge = ({ maxBytes, baseUrl, howToVerify }: Call): FailedOutcome => ({
  retry: 'never',
  failure: failure({
    kind: 'response_too_large',
    message: TEXTS.responseTooLarge(new URL(baseUrl).host, maxBytes / BYTES_IN_MB),
    steps: [TEXTS.responseSizeLimitOption],
    ...mayHaveSucceeded(howToVerify),
  }),
});
