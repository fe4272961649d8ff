import type {
  UserCreateResponse,
  UserGetResponse,
  UserIdentityRemoveResponse,
  UserProductsTerminateResponse,
  UserRemoveResponse,
  UserThirdPartyTokenCreateResponse,
  UserThirdPartyTokenRemoveResponse,
  UserUpdateResponse,
} from 'plaid';
import { endSubscriptions, removeUser } from '../state';
import { upgradeIdentity, type Identity, type LegacyIdentity } from '../state/users';
import type { Wire } from '../wire';
import type { Call } from './call';
import { DAY_MS, isoTime } from './dates';

interface IdentityFields {
  readonly identity?: Identity | null;
  readonly consumer_report_user_identity?: LegacyIdentity | null;
}

interface UserCreateFields extends IdentityFields {
  readonly client_user_id: string;
  readonly with_upgraded_user?: boolean;
}

const identityOf = ({ identity, consumer_report_user_identity: legacy }: IdentityFields) =>
  identity ?? (legacy ? upgradeIdentity(legacy) : null);

/** The new form answers a user_id; the legacy form (with its own identity object) a user_token too. */
export function createUser(call: Call<unknown>): Wire<UserCreateResponse> {
  const body = call.body as UserCreateFields;
  const upgraded =
    body.with_upgraded_user === true || call.headers['plaid-new-user-api-enabled'] === 'true';
  const user = call.state.users.create({
    clientUserId: body.client_user_id,
    identity: identityOf(body),
    legacy: Boolean(body.consumer_report_user_identity) && !upgraded,
    now: call.now,
  });
  return {
    request_id: call.requestId,
    user_id: user.userId,
    ...(user.userToken && { user_token: user.userToken }),
  };
}

export function getUser(call: Call): Wire<UserGetResponse> {
  const user = call.user();
  return {
    request_id: call.requestId,
    user_id: user.userId,
    client_user_id: user.clientUserId,
    created_at: isoTime(user.createdAt),
    updated_at: isoTime(user.updatedAt),
    identity: user.identity,
  };
}

export function updateUser(call: Call<unknown>): Wire<UserUpdateResponse> {
  const user = call.user();
  user.identity = identityOf(call.body as IdentityFields) ?? user.identity;
  user.updatedAt = call.now;
  return { request_id: call.requestId };
}

export function removeUserAnswer(call: Call): Wire<UserRemoveResponse> {
  removeUser(call.state, call.user());
  return { request_id: call.requestId };
}

export function removeIdentity(call: Call): UserIdentityRemoveResponse {
  const user = call.user();
  user.identity = null;
  user.updatedAt = call.now;
  return { request_id: call.requestId };
}

/** Ends the user's subscriptions; reports that were made can still be read. */
export function terminateProducts(call: Call): UserProductsTerminateResponse {
  endSubscriptions(call.state, call.user());
  return { request_id: call.requestId };
}

/** The token lasts a day, or less where the request says so. */
export function createThirdPartyToken(call: Call): Wire<UserThirdPartyTokenCreateResponse> {
  const { expiration_time: asked } = call.body;
  const longest = call.now + DAY_MS;
  const expiresAt = Math.min(longest, asked ? Date.parse(String(asked)) : longest);
  return {
    request_id: call.requestId,
    third_party_user_token: call.state.users.issueThirdPartyToken(call.user(), expiresAt),
  };
}

export function removeThirdPartyToken(call: Call): Wire<UserThirdPartyTokenRemoveResponse> {
  const { third_party_user_token: token } = call.body;
  return {
    request_id: call.requestId,
    removed: call.state.users.revokeThirdPartyToken(String(token)),
  };
}
