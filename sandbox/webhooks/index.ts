import { createSender, type DeliveryOptions, type Sender } from './delivery';
import { createWebhookKeys, type WebhookKeys } from './keys';

export type { Delivery, DeliveryOptions, SentWebhook } from './delivery';
export type { SignOptions } from './keys';

/** All a sandbox needs to send webhooks that a receiver can verify. */
export interface Webhooks extends Sender {
  readonly keys: WebhookKeys;
}

export function createWebhooks(options: DeliveryOptions = {}): Webhooks {
  const keys = createWebhookKeys();
  return { keys, ...createSender((bodyText) => keys.sign(bodyText), options) };
}
