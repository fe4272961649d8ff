import type {
  Item as PlaidItem,
  ItemErrorWebhook,
  SandboxPublicTokenCreateRequest,
  SandboxPublicTokenCreateResponse,
  SandboxUserResetLoginResponse,
  UserItemsAssociateResponse,
  UserItemsGetResponse,
  UserItemsRemoveResponse,
} from 'plaid';
import { LOGIN_REQUIRED } from '../plaidErrors';
import { newUuid } from '../ids';
import type { Item } from '../state/items';
import type { Wire } from '../wire';
import type { Call } from './call';
import { linkedItems } from './linkedItems';
import { bankToLink } from '../state/banks';

/** Links the bank to the user whom the request names; without one, only hands out a token. */
export function createPublicToken(call: Call<unknown>): Wire<SandboxPublicTokenCreateResponse> {
  const body = call.body as SandboxPublicTokenCreateRequest;
  if (body.user_id || body.user_token) {
    const user = call.user();
    const { userId } = user;
    const { items, users } = call.state;
    if (body.options?.override_username) users.signIn(user, body.options.override_username);
    const bank = bankToLink(userId, items.of(userId), body.institution_id);
    items.link(userId, bank, body.options?.webhook);
  }
  return { public_token: `public-sandbox-${newUuid()}`, request_id: call.requestId };
}

/** Empty until the user links a bank, or their first report does. */
export function getUserItems(call: Call): Wire<UserItemsGetResponse> {
  const user = call.user();
  const items = linkedItems(user, call.state.items.of(user.userId)).map(toPlaid);
  return { items, request_id: call.requestId };
}

/** Takes Items over, also from other users. Throws ITEM_NOT_FOUND, and takes none then. */
export function associateItems(call: Call): UserItemsAssociateResponse {
  call.state.items.associate(itemIds(call) ?? [], call.user().userId);
  return { request_id: call.requestId };
}

/** Throws ITEM_NOT_FOUND where one is not the user's, and removes none then. */
export function removeItems(call: Call): UserItemsRemoveResponse {
  call.state.items.remove(call.user().userId, itemIds(call) ?? []);
  return { request_id: call.requestId };
}

/** From then on the bank asks the user to log in again, and the webhook of the Item hears of it. */
export function resetLogin(call: Call): SandboxUserResetLoginResponse {
  const { userId } = call.user();
  const reset = call.state.items.setLoginRequired(userId, itemIds(call), true);
  for (const { webhook, itemId } of reset) {
    if (webhook) void call.webhooks.send(webhook, itemError(itemId, userId));
  }
  return { request_id: call.requestId };
}

const itemIds = ({ body }: Call) => (body.item_ids ?? null) as string[] | null;

const itemError = (item_id: string, user_id: string): Wire<ItemErrorWebhook> => ({
  webhook_type: 'ITEM',
  webhook_code: 'ERROR',
  item_id,
  user_id,
  error: { ...LOGIN_REQUIRED, status: 400 },
  environment: 'sandbox',
});

const toPlaid = (item: Item): Wire<PlaidItem> => ({
  item_id: item.itemId,
  institution_id: item.institution.id,
  institution_name: item.institution.name,
  available_products: ['balance', 'identity'],
  billed_products: ['cra_base_report', 'transactions'],
  products: ['cra_base_report', 'transactions'],
  error: item.error,
  update_type: 'background',
  webhook: item.webhook,
  consent_expiration_time: null,
});
