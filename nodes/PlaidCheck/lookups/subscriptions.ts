import {
  NodeOperationError,
  type ILoadOptionsFunctions,
  type INodeListSearchResult,
  type JsonObject,
} from 'n8n-workflow';

import { queryPlaid, textParameter } from './queryPlaid';

/**
 * The servicing subscriptions of a user, for "From List". The operations that take a subscription name no
 * user, and Plaid lists subscriptions of one user only, so the user ID is what the search box takes.
 * @param filter what was typed into the search box of the list
 * @throws NodeOperationError as long as there is no user ID, or Plaid refuses
 */
export async function searchSubscriptions(
  this: ILoadOptionsFunctions,
  filter = '',
): Promise<INodeListSearchResult> {
  const user_id = filter.trim() || textParameter(this, 'user_id');
  if (!user_id) {
    throw new NodeOperationError(
      this.getNode(),
      'Type a user ID into the search box to list the subscriptions of that user',
    );
  }
  const answer = await queryPlaid(this, '/cra/servicing/subscription/list', { user_id });
  const found = (Array.isArray(answer.subscriptions) ? answer.subscriptions : []) as JsonObject[];
  return { results: found.map(named) };
}

function named({ subscription_id, products }: JsonObject) {
  const names = (Array.isArray(products) ? products : []).map(
    (one) => (one as JsonObject | null)?.product ?? '',
  );
  const value = String(subscription_id);
  return { name: [names.join(', '), `(${value})`].filter(Boolean).join(' '), value };
}
