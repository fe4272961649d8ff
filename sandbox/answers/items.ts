import type {
  Item as PlaidItem,
  SandboxPublicTokenCreateRequest,
  SandboxPublicTokenCreateResponse,
  UserItemsGetResponse,
} from 'plaid';
import { LOGIN_REQUIRED } from '../faults';
import { newUuid } from '../ids';
import type { Item } from '../state/items';
import type { Wire } from '../wire';
import type { Call } from './call';
import { bankToLink } from './institutions';

/** Links the bank to the user whom the request names; without one, only hands out a token. */
export function createPublicToken(call: Call<unknown>): Wire<SandboxPublicTokenCreateResponse> {
  const body = call.body as SandboxPublicTokenCreateRequest;
  if (body.user_id || body.user_token) {
    const { userId } = call.user();
    const { items } = call.state;
    const bank = bankToLink(userId, items.of(userId), body.institution_id);
    items.link(userId, bank, body.options?.webhook);
  }
  return { public_token: `public-sandbox-${newUuid()}`, request_id: call.requestId };
}

/** Empty until the user links a bank, or their first report does. */
export function getUserItems(call: Call): Wire<UserItemsGetResponse> {
  const items = call.state.items.of(call.user().userId).map(toPlaid);
  return { items, request_id: call.requestId };
}

const toPlaid = (item: Item): Wire<PlaidItem> => ({
  item_id: item.itemId,
  institution_id: item.institution.id,
  institution_name: item.institution.name,
  available_products: ['balance', 'identity'],
  billed_products: ['cra_base_report', 'transactions'],
  products: ['cra_base_report', 'transactions'],
  error: item.loginRequired ? LOGIN_REQUIRED : null,
  update_type: 'background',
  webhook: item.webhook,
  consent_expiration_time: null,
});
