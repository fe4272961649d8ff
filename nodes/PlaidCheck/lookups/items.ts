import {
  NodeOperationError,
  type ILoadOptionsFunctions,
  type INodeListSearchResult,
  type INodePropertyOptions,
  type JsonObject,
} from 'n8n-workflow';

import { PARAMETER } from '../fields/names';
import { listForDemoUsers } from './demoUsers';
import { queryPlaid, textParameter } from './queryPlaid';

/**
 * Lists the Items of the node's user (https://plaid.com/docs/api/users/#useritemsget).
 * @param filter the text in the search box
 * @throws NodeOperationError if the node has no user yet; NodeApiError if the request fails
 */
export async function searchItems(
  this: ILoadOptionsFunctions,
  filter = '',
): Promise<INodeListSearchResult> {
  const user = readUser(this);
  const results = user
    ? await itemsOf(this, user)
    : await listForDemoUsers(this, (user_id) => itemsOf(this, { user_id }));
  if (!user && results.length === 0) {
    throw new NodeOperationError(
      this.getNode(),
      'Fill in the user ID first: the list shows the Items of that user. If the ID comes from an earlier node, run that node once, or enter the Item ID manually',
    );
  }
  return {
    results: results.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase())),
  };
}

async function itemsOf(
  context: ILoadOptionsFunctions,
  user: JsonObject,
): Promise<INodePropertyOptions[]> {
  const response = await queryPlaid(context, '/user/items/get', user);
  const items = (Array.isArray(response.items) ? response.items : []) as JsonObject[];
  return items.map(({ item_id, institution_name }) => ({
    name: institution_name ? `${String(institution_name)} (${String(item_id)})` : String(item_id),
    value: String(item_id),
  }));
}

function readUser(context: ILoadOptionsFunctions): JsonObject | undefined {
  const field = textParameter(context, PARAMETER.identifyUserBy) || 'user_id';
  const value = textParameter(context, field);
  return value && field !== 'third_party_user_token' ? { [field]: value } : undefined;
}
