/** How long Plaid goes on sending a webhook that is not answered with 200. */
const REPEATED_FOR_MS = 24 * 60 * 60_000;

/** First tries that are remembered at once; the oldest make room for new ones. Some 10 MB at the most. */
const MAX_REMEMBERED = 20_000;

/** One try of Plaid's to deliver a webhook. */
export interface Delivery {
  /** ms since the epoch */
  signedAt: number;
  signatureId: string;
}

interface Entry {
  first: Promise<Delivery>;
  isAnsweredWell: Promise<boolean>;
  /** ms since the epoch; Plaid does not repeat it any more then */
  until: number;
}

/**
 * Which webhooks are repeats. Each try is signed anew and none says that it is one, but Plaid repeats only what was
 * not answered well. So the same words are a repeat when the try before them was not, and news when it was.
 */
export interface DeliveryTracker {
  /**
   * The first try of the webhook that this is a try of; this one where there is none. Waits until it is known how
   * the try before was answered.
   * @param content the same for the same words at the same place
   * @param isAnsweredWell how this try is answered. Must not reject
   */
  firstDelivery(
    content: string,
    now: Delivery,
    isAnsweredWell: Promise<boolean>,
  ): Promise<Delivery>;
}

export function createDeliveryTracker(now: () => number = Date.now): DeliveryTracker {
  const entries = new Map<string, Entry>();
  return {
    firstDelivery(content, current, isAnsweredWell) {
      makeRoom(entries, now());
      const before = entries.get(content);
      const first = before ? firstAfter(before, current) : Promise.resolve(current);
      const entry = { first, isAnsweredWell, until: now() + REPEATED_FOR_MS };
      // Behind all others, which end earlier.
      entries.delete(content);
      entries.set(content, entry);
      void isAnsweredWell.then((isWell) => {
        if (isWell && entries.get(content) === entry) entries.delete(content);
      });
      return first;
    },
  };
}

const firstAfter = async (before: Entry, current: Delivery): Promise<Delivery> =>
  (await before.isAnsweredWell) ? current : await before.first;

function makeRoom(entries: Map<string, Entry>, now: number): void {
  for (const [content, { until }] of entries) {
    if (until > now && entries.size < MAX_REMEMBERED) return;
    entries.delete(content);
  }
}
