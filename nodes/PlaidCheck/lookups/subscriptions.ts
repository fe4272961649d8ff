import {
  NodeOperationError,
  type ILoadOptionsFunctions,
  type INodeListSearchResult,
  type INodePropertyOptions,
  type JsonObject,
} from 'n8n-workflow';

import { listForDemoUsers } from './demoUsers';
import { queryPlaid, textParameter } from './queryPlaid';

/**
 * Lists the servicing subscriptions of a user. Plaid lists them per user, but the operations that take a subscription
 * have no user field, so the search box takes the user ID.
 * @param filter the text in the search box
 * @throws NodeOperationError without a user ID; NodeApiError if the request fails
 */
export async function searchSubscriptions(
  this: ILoadOptionsFunctions,
  filter = '',
): Promise<INodeListSearchResult> {
  const user_id = filter.trim() || textParameter(this, 'user_id');
  const results = user_id
    ? await subscriptionsOf(this, user_id)
    : await listForDemoUsers(this, (one) => subscriptionsOf(this, one));
  if (!user_id && results.length === 0) {
    throw new NodeOperationError(
      this.getNode(),
      'Type a user ID into the search box to list the subscriptions of that user',
    );
  }
  return { results };
}

async function subscriptionsOf(
  context: ILoadOptionsFunctions,
  user_id: string,
): Promise<INodePropertyOptions[]> {
  const response = await queryPlaid(context, '/cra/servicing/subscription/list', { user_id });
  const subscriptions = (
    Array.isArray(response.subscriptions) ? response.subscriptions : []
  ) as JsonObject[];
  return subscriptions.map(toOption);
}

function toOption({ subscription_id, products }: JsonObject) {
  const names = (Array.isArray(products) ? products : []).map(
    (one) => (one as JsonObject | null)?.product ?? '',
  );
  const value = String(subscription_id);
  return { name: [names.join(', '), `(${value})`].filter(Boolean).join(' '), value };
}
