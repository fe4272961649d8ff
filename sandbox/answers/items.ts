import type { SandboxPublicTokenCreateResponse, UserItemsGetResponse } from 'plaid';
import { newUuid } from '../ids';
import type { Wire } from '../wire';
import type { Call } from './call';
import { financesOf } from './finances';

/** Every user has one Item from the start; a public token is only handed out. */
export function createPublicToken(call: Call): Wire<SandboxPublicTokenCreateResponse> {
  if (call.body.user_id || call.body.user_token) call.user();
  return { public_token: `public-sandbox-${newUuid()}`, request_id: call.requestId };
}

export function getUserItems(call: Call): Wire<UserItemsGetResponse> {
  const { itemId, institution } = financesOf(call.user());
  return {
    items: [
      {
        item_id: itemId,
        institution_id: institution.id,
        institution_name: institution.name,
        available_products: ['balance', 'identity'],
        billed_products: ['cra_base_report', 'transactions'],
        products: ['cra_base_report', 'transactions'],
        error: null,
        update_type: 'background',
        webhook: null,
        consent_expiration_time: null,
      },
    ],
    request_id: call.requestId,
  };
}
