import type { IDataObject } from 'n8n-workflow';

import { sha256 } from '../utils/sha256';
import type { Delivery } from './deliveryTracker';

/** The deliveries that a trigger item is about. */
export interface Deliveries {
  current: Delivery;
  /** The first delivery of the same event, as far as this process knows; the current one if there was none */
  first: Delivery;
}

/** The trigger's output item: the keys and the most used fields first, then the complete webhook. */
export function toWebhookItem(
  body: IDataObject,
  { current, first }: Deliveries,
  receivedAt: Date,
): IDataObject {
  const { webhook_type, webhook_code, environment } = body;
  return {
    event_key: deliveryKey(first),
    delivery_key: deliveryKey(current),
    content_key: contentKey(body),
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
 * Identifies a delivery: the UTC day on which Plaid signed it and a hash of the signature. Every process derives it from
 * the delivery alone, so copies have the same key wherever they arrive. A retry is signed anew and has another one.
 */
export const deliveryKey = ({ signedAt, signatureId }: Delivery): string =>
  `${new Date(signedAt).toISOString().slice(0, 10)}.${shortHash(signatureId)}`;

/**
 * Identifies the content: a hash of the whole body, however its JSON is written. All deliveries of an event share it. So do
 * different events with equal content (such as a second report for a user), which no key from the content can tell apart.
 * Signature and time of receipt are left out because they change with each delivery.
 */
export const contentKey = (body: IDataObject): string => shortHash(canonicalJson(body));

/** 128 bits are enough against accidental collisions, and only Plaid can sign content. */
const shortHash = (text: string) => sha256(text).slice(0, 32);

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
