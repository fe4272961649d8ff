import { subscriptionExists, subscriptionNotFound } from '../faults';
import { newUuid, stableUuid } from '../ids';

/** Subscriptions to Cash Flow Updates; a user has at most one. */
export interface Monitoring {
  /** Id of the new subscription. Throws SUBSCRIPTION_ALREADY_EXISTS. */
  subscribe(userId: string): string;
  /** Throws SUBSCRIPTION_NOT_FOUND. */
  unsubscribe(subscriptionId: string): void;
  /** The user's subscription id. Throws SUBSCRIPTION_NOT_FOUND. */
  subscriptionOf(userId: string): string;
  forget(userId: string): void;
}

/** Starts with an active subscription for each of the given users. */
export function createMonitoring(subscribed: readonly string[]): Monitoring {
  const byUser = new Map(subscribed.map((userId) => [userId, stableUuid(`monitoring ${userId}`)]));
  return {
    subscribe(userId) {
      if (byUser.has(userId)) throw subscriptionExists();
      const id = newUuid();
      byUser.set(userId, id);
      return id;
    },
    unsubscribe(subscriptionId) {
      const entry = [...byUser].find(([, id]) => id === subscriptionId);
      if (!entry) throw subscriptionNotFound('subscription id');
      byUser.delete(entry[0]);
    },
    subscriptionOf(userId) {
      const id = byUser.get(userId);
      if (!id) throw subscriptionNotFound('user');
      return id;
    },
    forget: (userId) => void byUser.delete(userId),
  };
}
