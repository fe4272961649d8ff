import type { IWebhookFunctions } from 'n8n-workflow';

/** Plaid has one or two keys in use. */
const MAX_KNOWN = 5;

/**
 * The ids of Plaid's keys that a node has seen, in its static data: n8n saves that after each webhook, so that they
 * are known after a restart. Their ids alone: what is signed is judged by the keys Plaid gives, never by saved ones.
 */
export interface KnownKeyIds {
  has(keyId: string): boolean;
  /** Changes nothing where it is known: n8n then has nothing to save. */
  add(keyId: string): void;
}

export function knownKeyIds(context: IWebhookFunctions): KnownKeyIds {
  const saved = context.getWorkflowStaticData('node') as { keyIds?: unknown };
  const ids = () => (Array.isArray(saved.keyIds) ? saved.keyIds.slice(-MAX_KNOWN) : []);
  return {
    has: (keyId) => ids().includes(keyId),
    add(keyId) {
      if (!ids().includes(keyId)) saved.keyIds = [...ids(), keyId].slice(-MAX_KNOWN);
    },
  };
}
