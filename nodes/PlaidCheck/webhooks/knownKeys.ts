import type { IWebhookFunctions } from 'n8n-workflow';

/** Plaid uses one or two keys at a time. */
const MAX_KNOWN_KEYS = 5;

/**
 * IDs of the keys that Plaid has returned, kept in the node's static data so that they survive a restart. Only the IDs
 * are stored: signatures are always verified with keys fetched from Plaid.
 */
export interface KnownKeyIds {
  has(keyId: string): boolean;
  /** Leaves the static data untouched for a known ID, so that n8n has nothing to save */
  add(keyId: string): void;
}

export function knownKeyIds(context: IWebhookFunctions): KnownKeyIds {
  const staticData = context.getWorkflowStaticData('node') as { keyIds?: unknown };
  const read = () =>
    Array.isArray(staticData.keyIds) ? staticData.keyIds.slice(-MAX_KNOWN_KEYS) : [];
  return {
    has: (keyId) => read().includes(keyId),
    add(keyId) {
      if (!read().includes(keyId)) staticData.keyIds = [...read(), keyId].slice(-MAX_KNOWN_KEYS);
    },
  };
}
