import {
  NodeOperationError,
  type ILoadOptionsFunctions,
  type INodeListSearchResult,
  type JsonObject,
} from 'n8n-workflow';

import { PARAMETER } from '../fields/names';
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
  const response = await queryPlaid(this, '/user/items/get', readUser(this));
  const items = (Array.isArray(response.items) ? response.items : []) as JsonObject[];
  const results = items.map(({ item_id, institution_name }) => ({
    name: institution_name ? `${String(institution_name)} (${String(item_id)})` : String(item_id),
    value: String(item_id),
  }));
  return {
    results: results.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase())),
  };
}

function readUser(context: ILoadOptionsFunctions): JsonObject {
  const field = textParameter(context, PARAMETER.identifyUserBy) || 'user_id';
  const value = textParameter(context, field);
  if (value && field !== 'third_party_user_token') return { [field]: value };
  throw new NodeOperationError(
    context.getNode(),
    'Fill in the user ID first: the list shows the Items of that user. If the ID comes from an earlier node, run that node once, or enter the Item ID manually',
  );
}
