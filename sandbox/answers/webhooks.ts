import type { WebhookVerificationKeyGetResponse } from 'plaid';
import type { Call } from './call';

/** The public key of a key id, also of a retired one. Throws INVALID_WEBHOOK_VERIFICATION_KEY_ID. */
export function getWebhookKey(call: Call): WebhookVerificationKeyGetResponse {
  const key = call.webhooks.keys.find(String(call.body.key_id));
  return { key, request_id: call.requestId };
}
