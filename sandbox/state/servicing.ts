import type { CraServicingSubscription } from 'plaid';
import { subscriptionNotFound } from '../plaidErrors';
import { newUuid } from '../ids';
import type { Wire } from '../wire';

/** A subscription to CRA Servicing, as Plaid answers it. */
export type ServicingSubscription = Readonly<Wire<CraServicingSubscription>>;

/** Subscriptions to CRA Servicing; a user may have several. */
export interface Servicing {
  create(subscription: Omit<ServicingSubscription, 'subscription_id'>): ServicingSubscription;
  /** Throws SUBSCRIPTION_NOT_FOUND, as the next two do. */
  get(subscriptionId: string): ServicingSubscription;
  update(
    subscriptionId: string,
    change: Partial<Pick<ServicingSubscription, 'webhook' | 'products'>>,
  ): ServicingSubscription;
  delete(subscriptionId: string): void;
  /** Oldest first. */
  of(userId: string): readonly ServicingSubscription[];
  forget(userId: string): void;
}

export function createServicing(): Servicing {
  const byId = new Map<string, ServicingSubscription>();
  const of = (userId: string) => [...byId.values()].filter(({ user_id }) => user_id === userId);
  const get = (subscriptionId: string) => {
    const subscription = byId.get(subscriptionId);
    if (!subscription) throw subscriptionNotFound('subscription id');
    return subscription;
  };
  const put = (subscription: ServicingSubscription) => {
    byId.set(subscription.subscription_id, subscription);
    return subscription;
  };
  return {
    create: (given) => put({ subscription_id: `cra-sub-sandbox-${newUuid()}`, ...given }),
    get,
    update: (subscriptionId, change) => put({ ...get(subscriptionId), ...change }),
    delete: (subscriptionId) => void byId.delete(get(subscriptionId).subscription_id),
    of,
    forget(userId) {
      for (const { subscription_id } of of(userId)) byId.delete(subscription_id);
    },
  };
}
