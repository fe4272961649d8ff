import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import type { Delivery } from './deliveryTracker';

/** The trigger's output item: the most used fields first, then the complete webhook. */
export function toWebhookItem(body: IDataObject, first: Delivery, receivedAt: Date): IDataObject {
  const { webhook_type, webhook_code, environment } = body;
  return {
    event_key: eventKey(first),
    ...nonEmptyTexts({ webhook_type, webhook_code }),
    ...nonEmptyTexts(
      Object.fromEntries(Object.entries(body).filter(([name]) => name.endsWith('_id'))),
    ),
    ...nonEmptyTexts({ environment }),
    received_at: receivedAt.toISOString(),
    body,
  };
}

/**
 * Identifies an event for n8n's Remove Duplicates: the UTC day and a hash of the first delivery's signature, so that
 * all retries share it. The content can't identify an event, since Plaid sends different events with equal content
 * (such as a second report for a user).
 */
export function eventKey({ signedAt, signatureId }: Delivery): string {
  const day = new Date(signedAt).toISOString().slice(0, 10);
  return `${day}.${sha256(signatureId).slice(0, 32)}`;
}

/** A hash of the content that ignores the order of fields. */
export const contentHash = (body: IDataObject): string => sha256(canonicalJson(body));

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** JSON with sorted keys. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

const nonEmptyTexts = (values: IDataObject): IDataObject =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => typeof value === 'string' && value !== ''),
  );
