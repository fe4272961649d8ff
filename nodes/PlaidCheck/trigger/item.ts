import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import type { Delivery } from './deliveryTracker';

/** The item a webhook starts a workflow with: what most workflows look at first, then the whole of it. */
export function toWebhookItem(body: IDataObject, first: Delivery, receivedAt: Date): IDataObject {
  const { webhook_type, webhook_code, environment } = body;
  return {
    event_key: eventKey(first),
    ...texts({ webhook_type, webhook_code }),
    ...texts(Object.fromEntries(Object.entries(body).filter(([name]) => name.endsWith('_id')))),
    ...texts({ environment }),
    received_at: receivedAt.toISOString(),
    body,
  };
}

/**
 * The UTC day a webhook was signed at its first try, and a hash of that signature: the same for its repeats, so that
 * n8n's Remove Duplicates can drop them. The content would not do, as Plaid announces different events in the very
 * same words (a second report of a user, a fourth update on a day).
 */
export function eventKey({ signedAt, signatureId }: Delivery): string {
  const day = new Date(signedAt).toISOString().slice(0, 10);
  return `${day}.${sha256(signatureId).slice(0, 32)}`;
}

/** The same for the same content, whatever the order of its fields. */
export const contentHash = (body: IDataObject): string => sha256(canonical(body));

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** JSON with the fields of each object in one order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}

const texts = (values: IDataObject): IDataObject =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => typeof value === 'string' && value !== ''),
  );
