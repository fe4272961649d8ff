import {
  NodeOperationError,
  type ILoadOptionsFunctions,
  type INodeListSearchResult,
  type JsonObject,
} from 'n8n-workflow';

import { PARAMETER } from '../fields/names';
import { queryPlaid, textParameter } from './queryPlaid';

/**
 * The Items of the user whom the node is about, for "From List" (https://plaid.com/docs/api/users/#useritemsget).
 * @param filter what was typed into the search box of the list
 * @throws NodeOperationError as long as the node does not say which user, or Plaid refuses
 */
export async function searchItems(
  this: ILoadOptionsFunctions,
  filter = '',
): Promise<INodeListSearchResult> {
  const answer = await queryPlaid(this, '/user/items/get', userOf(this));
  const found = (Array.isArray(answer.items) ? answer.items : []) as JsonObject[];
  const results = found.map(({ item_id, institution_name }) => ({
    name: institution_name ? `${String(institution_name)} (${String(item_id)})` : String(item_id),
    value: String(item_id),
  }));
  return {
    results: results.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase())),
  };
}

function userOf(context: ILoadOptionsFunctions): JsonObject {
  const chosen = textParameter(context, PARAMETER.identifyUserBy) || 'user_id';
  const value = textParameter(context, chosen);
  if (value && chosen !== 'third_party_user_token') return { [chosen]: value };
  throw new NodeOperationError(
    context.getNode(),
    'Fill in the user ID first: the list shows the Items of that user. If it comes from an earlier node, run that node once, or enter the Item ID by yourself',
  );
}
