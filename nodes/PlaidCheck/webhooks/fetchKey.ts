import type { IN8nHttpFullResponse, IWebhookFunctions } from 'n8n-workflow';

import { breakdownOf } from '../transport/breakdown';
import { readKey, type KeyAnswer } from './key';

/** Plaid waits 10 s for the answer to a webhook. */
const TIMEOUT_SECONDS = 5;

/** https://plaid.com/docs/errors/invalid-input/#invalid_webhook_verification_key_id */
const UNKNOWN_KEY = 'INVALID_WEBHOOK_VERIFICATION_KEY_ID';

/** https://plaid.com/docs/errors/invalid-input/ */
const BAD_CREDENTIAL = new Set(['INVALID_API_KEYS', 'UNAUTHORIZED_ENVIRONMENT']);

/**
 * Asks Plaid for a key, once: whoever needs it again asks again. Redirects are not followed. Never rejects.
 * @param baseUrl of the credential, without a slash at the end
 */
export async function fetchKey(
  context: IWebhookFunctions,
  baseUrl: string,
  keyId: string,
): Promise<KeyAnswer> {
  const { host } = new URL(baseUrl);
  const timeUp = AbortSignal.timeout(TIMEOUT_SECONDS * 1000);
  try {
    const { statusCode, body } = (await context.helpers.httpRequestWithAuthentication.call(
      context,
      'plaidCheckApi',
      {
        method: 'POST',
        url: `${baseUrl}/webhook_verification_key/get`,
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body: JSON.stringify({ key_id: keyId }),
        encoding: 'text',
        returnFullResponse: true,
        ignoreHttpStatusErrors: true,
        disableFollowRedirect: true,
        timeout: TIMEOUT_SECONDS * 1000,
        // The timeout counts silence only.
        abortSignal: timeUp,
      },
    )) as IN8nHttpFullResponse;
    return answerOf(statusCode, parsed(String(body ?? '')), host, keyId);
  } catch (error) {
    const { message } = breakdownOf(timeUp.aborted ? { code: 'ETIMEDOUT' } : error, {
      host,
      timeoutSeconds: TIMEOUT_SECONDS,
      repeatable: true,
    });
    return { unavailable: message };
  }
}

function answerOf(status: number, json: unknown, host: string, keyId: string): KeyAnswer {
  const { error_code: code } = Object(json) as { error_code?: unknown };
  if (status === 400 && code === UNKNOWN_KEY) return { unknown: true };
  if (typeof code === 'string' && BAD_CREDENTIAL.has(code)) {
    return { unavailable: `Plaid does not accept the Plaid Check credential (${code})` };
  }
  const key = status === 200 ? readKey(json, keyId) : undefined;
  return key ? { key } : { unavailable: `${host} answered HTTP ${status} without a usable key` };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
