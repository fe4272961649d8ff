import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

/** The item a webhook starts a workflow with: what most workflows look at first, then the whole of it. */
export function itemOf(body: IDataObject, signedAt: number, receivedAt: Date): IDataObject {
  const { webhook_type, webhook_code, environment } = body;
  return {
    event_key: eventKey(body, signedAt),
    ...texts({ webhook_type, webhook_code }),
    ...texts(Object.fromEntries(Object.entries(body).filter(([name]) => name.endsWith('_id')))),
    ...texts({ environment }),
    received_at: receivedAt.toISOString(),
    body,
  };
}

/**
 * The UTC day the webhook was signed and a hash of its content, whatever the order of its fields.
 *
 * A repeat of Plaid's has the key of the first try, so n8n's Remove Duplicates can drop it; but for one that
 * is signed after midnight UTC. Most webhooks say nothing of when something happened (a second report of the same
 * user is announced in the same words), so the content alone would make Remove Duplicates drop news for ever.
 * Within one day, two events in the very same words have the same key.
 * @param signedAt ms since the epoch
 */
export function eventKey(body: IDataObject, signedAt: number): string {
  const day = new Date(signedAt).toISOString().slice(0, 10);
  const hash = createHash('sha256').update(canonical(body)).digest('hex');
  return `${day}.${hash.slice(0, 32)}`;
}

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
