import { newUuid } from '../ids';

/** An OAuth token; its times in ms since the epoch. */
export interface OAuthToken {
  readonly token: string;
  readonly kind: 'access' | 'refresh';
  readonly scope: string;
  /** Who may use it. */
  readonly audience: string;
  /** Whom it is about: a user's id, or a client's. */
  readonly subject: string;
  readonly userId: string | null;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** The refresh token it was made from; what revokes that revokes this. */
  readonly parent: string | null;
}

export type Grant = Pick<OAuthToken, 'scope' | 'audience' | 'subject' | 'userId' | 'parent'>;

export interface OAuth {
  /** A new access token and the refresh token it hangs on. */
  issue(grant: Grant, now: number): { access: OAuthToken; refresh: OAuthToken };
  /** A new access token on the same refresh token; null when that is not active. */
  refresh(refreshToken: string, now: number): { access: OAuthToken; refresh: OAuthToken } | null;
  /** Null when it was never issued, is revoked or has expired. */
  active(token: string, now: number): OAuthToken | null;
  /** Also all that was made from it; nothing happens to an unknown one (RFC 7009). */
  revoke(token: string): void;
}

/** As `expires_in` in Plaid's example answer. */
export const ACCESS_LIFETIME_MS = 900 * 1000;
const REFRESH_LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;

/** The 16 bytes of a UUID in 22 letters. */
const asBase64Url = (uuid: string) =>
  Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url');

export function createOAuth(): OAuth {
  const tokens = new Map<string, OAuthToken>();
  const add = (kind: OAuthToken['kind'], grant: Grant, now: number): OAuthToken => {
    const prefix = kind === 'access' ? 'pda' : 'pdr';
    const lifetime = kind === 'access' ? ACCESS_LIFETIME_MS : REFRESH_LIFETIME_MS;
    const token = `${prefix}-${asBase64Url(newUuid())}`;
    const added = { token, kind, ...grant, issuedAt: now, expiresAt: now + lifetime };
    tokens.set(token, added);
    return added;
  };
  const active = (token: string, now: number) => {
    const found = tokens.get(token);
    return found && now < found.expiresAt ? found : null;
  };
  const revoke = (token: string) => {
    tokens.delete(token);
    for (const { token: child, parent } of [...tokens.values()])
      if (parent === token) revoke(child);
  };
  return {
    issue(grant, now) {
      const refresh = add('refresh', grant, now);
      return { access: add('access', { ...grant, parent: refresh.token }, now), refresh };
    },
    refresh(refreshToken, now) {
      const refresh = active(refreshToken, now);
      if (refresh?.kind !== 'refresh') return null;
      const { scope, audience, subject, userId } = refresh;
      const grant = { scope, audience, subject, userId, parent: refresh.token };
      return { access: add('access', grant, now), refresh };
    },
    active,
    revoke,
  };
}
