/** Plaid retries a webhook for up to 24 hours until it gets a 200. */
const RETRY_WINDOW_MS = 24 * 60 * 60_000;

/** About 10 MB. The oldest are evicted first. */
const MAX_ENTRIES = 20_000;

/** One attempt by Plaid to deliver a webhook. */
export interface Delivery {
  /** ms since the epoch */
  signedAt: number;
  signatureId: string;
}

interface Entry {
  first: Promise<Delivery>;
  isAcknowledged: Promise<boolean>;
  /** ms since the epoch; Plaid stops retrying then */
  expiresAt: number;
}

/**
 * Tells retries from new events. Plaid signs every retry anew and does not mark it, but retries only what was not
 * acknowledged. So the same content is a retry if its previous delivery was not acknowledged, else a new event.
 */
export interface DeliveryTracker {
  /**
   * Returns the first delivery of this webhook, which is the current one for a new event. Waits until the previous
   * delivery has been answered.
   * @param contentKey identifies the content and the workflow
   * @param isAcknowledged whether this delivery was acknowledged; must not reject
   */
  firstDelivery(
    contentKey: string,
    current: Delivery,
    isAcknowledged: Promise<boolean>,
  ): Promise<Delivery>;
}

export function createDeliveryTracker(now: () => number = Date.now): DeliveryTracker {
  const entries = new Map<string, Entry>();
  return {
    firstDelivery(contentKey, current, isAcknowledged) {
      evictDeliveries(entries, now());
      const previous = entries.get(contentKey);
      const first = previous ? firstAfter(previous, current) : Promise.resolve(current);
      const entry = { first, isAcknowledged, expiresAt: now() + RETRY_WINDOW_MS };
      // Delete first: re-inserting keeps the map in order of expiry.
      entries.delete(contentKey);
      entries.set(contentKey, entry);
      void isAcknowledged.then((succeeded) => {
        if (succeeded && entries.get(contentKey) === entry) entries.delete(contentKey);
      });
      return first;
    },
  };
}

const firstAfter = async (previous: Entry, current: Delivery): Promise<Delivery> =>
  (await previous.isAcknowledged) ? current : await previous.first;

function evictDeliveries(entries: Map<string, Entry>, now: number): void {
  for (const [contentKey, { expiresAt }] of entries) {
    if (expiresAt > now && entries.size < MAX_ENTRIES) return;
    entries.delete(contentKey);
  }
}
