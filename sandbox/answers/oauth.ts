import type {
  OAuthIntrospectResponse,
  OAuthRevokeResponse,
  OAuthTokenRequest,
  OAuthTokenResponse,
} from 'plaid';
import { invalidGrant } from '../plaidErrors';
import { ACCESS_LIFETIME_MS, type Grant } from '../state/oauth';
import type { Wire } from '../wire';
import type { Call } from './call';

type TokenRequest = Wire<OAuthTokenRequest>;

const ISSUER = 'https://sandbox.plaid.com';

/** Throws INVALID_GRANT where the token that the grant rests on is not there or not active. */
export function createOAuthToken(call: Call<unknown>): OAuthTokenResponse {
  const body = call.body as TokenRequest;
  const { oauth } = call.state;
  const issued =
    body.grant_type === 'refresh_token'
      ? oauth.refresh(needed(body, 'refresh_token'), call.now)
      : oauth.issue(grantOf(call, body), call.now);
  if (!issued) throw invalidGrant('refresh_token is not an active refresh token');
  return {
    access_token: issued.access.token,
    refresh_token: issued.refresh.token,
    token_type: 'Bearer',
    expires_in: ACCESS_LIFETIME_MS / 1000,
    request_id: call.requestId,
  };
}

function grantOf(call: Call<unknown>, body: TokenRequest): Grant {
  const { clientId, state, now } = call;
  const scope = body.scope ?? 'user:read';
  const own = { scope, audience: ISSUER, subject: clientId, userId: null, parent: null };
  if (body.grant_type === 'client_credentials') return own;
  const subjectToken = needed(body, 'subject_token');
  const audience = body.audience ?? ISSUER;
  switch (body.subject_token_type) {
    case 'urn:plaid:params:oauth:user-token': {
      const parent = state.oauth.active(subjectToken, now);
      if (parent?.kind !== 'refresh') {
        throw invalidGrant('subject_token is not an active refresh token');
      }
      const { subject, userId, token } = parent;
      return { scope, audience, subject, userId, parent: token };
    }
    default: {
      // The other types are about a user, by user_id or by the user_token of older integrations.
      const isToken = subjectToken.startsWith('user-');
      const { userId } = state.users.find({ [isToken ? 'user_token' : 'user_id']: subjectToken });
      return { ...own, audience, subject: userId, userId };
    }
  }
}

function needed(body: TokenRequest, field: 'refresh_token' | 'subject_token'): string {
  const value = body[field];
  if (!value) throw invalidGrant(`${field} is required for grant_type ${body.grant_type}`);
  return value;
}

/** Of a token that is not active it tells nothing else: RFC 7662, section 2.2. */
export function introspectToken(call: Call): OAuthIntrospectResponse {
  const token = call.state.oauth.active(String(call.body.token), call.now);
  if (!token) return { active: false, request_id: call.requestId };
  return {
    active: true,
    scope: token.scope,
    client_id: call.clientId,
    iat: Math.floor(token.issuedAt / 1000),
    exp: Math.floor(token.expiresAt / 1000),
    sub: token.subject,
    aud: token.audience,
    iss: ISSUER,
    token_type: 'Bearer',
    ...(token.userId && { user_id: token.userId }),
    request_id: call.requestId,
  };
}

export function revokeToken(call: Call): OAuthRevokeResponse {
  call.state.oauth.revoke(String(call.body.token));
  return { request_id: call.requestId };
}
