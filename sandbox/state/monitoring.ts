import { subscriptionExists, subscriptionNotFound } from '../plaidErrors';
import { newUuid, stableUuid } from '../ids';

/** A subscription to Cash Flow Updates. */
export interface MonitoringSubscription {
  readonly id: string;
  /** Where its webhooks go; null for the ones that demo users start with. */
  readonly webhook: string | null;
}

/** Subscriptions to Cash Flow Updates; a user has at most one. */
export interface Monitoring {
  /** Throws SUBSCRIPTION_ALREADY_EXISTS. */
  subscribe(userId: string, webhook: string): MonitoringSubscription;
  /** Throws SUBSCRIPTION_NOT_FOUND. */
  unsubscribe(subscriptionId: string): void;
  /** The user's subscription. Throws SUBSCRIPTION_NOT_FOUND. */
  of(userId: string): MonitoringSubscription;
  forget(userId: string): void;
}

/** Starts with an active subscription for each of the given users. */
export function createMonitoring(subscribed: readonly string[]): Monitoring {
  const byUser = new Map<string, MonitoringSubscription>(
    subscribed.map((userId) => [userId, { id: stableUuid(`monitoring ${userId}`), webhook: null }]),
  );
  return {
    subscribe(userId, webhook) {
      if (byUser.has(userId)) throw subscriptionExists();
      const subscription = { id: newUuid(), webhook };
      byUser.set(userId, subscription);
      return subscription;
    },
    unsubscribe(subscriptionId) {
      const entry = [...byUser].find(([, { id }]) => id === subscriptionId);
      if (!entry) throw subscriptionNotFound('subscription id');
      byUser.delete(entry[0]);
    },
    of(userId) {
      const subscription = byUser.get(userId);
      if (!subscription) throw subscriptionNotFound('user');
      return subscription;
    },
    forget: (userId) => void byUser.delete(userId),
  };
}
