import type { OAuthIntrospectResponse, OAuthTokenResponse } from 'plaid';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { ask, newLegacyUser, refusal } from './client';

const TOKEN = '/oauth/token';
const MINUTE = 60_000;
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

describe('OAuth tokens', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());
  beforeEach(() => sandbox.reset());

  const issue = (body: object) => ask<OAuthTokenResponse>(sandbox, TOKEN, body);
  const own = () => issue({ grant_type: 'client_credentials', scope: 'user:read exchange' });
  const introspect = (token: string) =>
    ask<OAuthIntrospectResponse>(sandbox, '/oauth/introspect', { token });
  const isActive = async (token: string) => (await introspect(token)).active;
  const revoke = (token: string) => ask(sandbox, '/oauth/revoke', { token });
  const refresh = (refresh_token: string) => issue({ grant_type: 'refresh_token', refresh_token });

  test('are active for their time, and tell what they are for', async () => {
    const { access_token, refresh_token, expires_in, token_type } = await own();
    expect(token_type).toBe('Bearer');
    const { active, scope, client_id, iat = 0, exp = 0, sub } = await introspect(access_token);
    expect({ active, scope, client_id, sub }).toEqual({
      active: true,
      scope: 'user:read exchange',
      client_id: sandbox.clientId,
      sub: sandbox.clientId,
    });
    expect(exp - iat).toBe(expires_in);
    sandbox.clock.advance(expires_in * 1000);
    expect(await introspect(access_token)).toEqual({
      active: false,
      request_id: expect.any(String),
    });
    expect(await isActive(refresh_token)).toBe(true);
    expect(await isActive('pda-none')).toBe(false);
  });

  test('are refreshed, as long as the refresh token is active', async () => {
    const first = await own();
    sandbox.clock.advance(16 * MINUTE);
    const second = await refresh(first.refresh_token);
    expect(second.access_token).not.toBe(first.access_token);
    expect(await introspect(second.access_token)).toMatchObject({
      active: true,
      scope: 'user:read exchange',
    });
    for (const refresh_token of ['pdr-none', second.access_token, undefined]) {
      const refused = await refusal(sandbox, TOKEN, { grant_type: 'refresh_token', refresh_token });
      expect(refused).toMatchObject({
        status: 400,
        error_type: 'OAUTH_ERROR',
        error_code: 'INVALID_GRANT',
      });
    }
  });

  test('are revoked: an access token alone, a refresh token with all that came of it', async () => {
    const first = await own();
    const second = await refresh(first.refresh_token);
    await revoke(first.access_token);
    expect(await isActive(first.access_token)).toBe(false);
    expect(await isActive(second.access_token)).toBe(true);
    const exchanged = await issue({
      grant_type: EXCHANGE,
      subject_token_type: 'urn:plaid:params:oauth:user-token',
      subject_token: first.refresh_token,
      audience: 'another-client',
    });
    expect(await introspect(exchanged.access_token)).toMatchObject({ aud: 'another-client' });
    await revoke(first.refresh_token);
    const all = [second.access_token, first.refresh_token, exchanged.access_token];
    expect(await Promise.all([...all, exchanged.refresh_token].map(isActive))).toEqual(
      Array(4).fill(false),
    );
    expect(
      (
        await refusal(sandbox, TOKEN, {
          grant_type: 'refresh_token',
          refresh_token: first.refresh_token,
        })
      ).error_code,
    ).toBe('INVALID_GRANT');
    await revoke(first.refresh_token);
  });

  test('are about a user, where they are exchanged for the token of one', async () => {
    const { user_id, user_token } = await newLegacyUser(sandbox);
    const exchange = {
      grant_type: EXCHANGE,
      subject_token_type: 'urn:plaid:params:tokens:user',
      audience: sandbox.clientId,
    };
    for (const subject_token of [user_token, user_id]) {
      const { access_token } = await issue({ ...exchange, subject_token });
      expect(await introspect(access_token)).toMatchObject({ active: true, sub: user_id, user_id });
    }
    const nobody = { ...exchange, subject_token: 'user-sandbox-none' };
    expect((await refusal(sandbox, TOKEN, nobody)).error_code).toBe('USER_NOT_FOUND');
    expect((await refusal(sandbox, TOKEN, exchange)).error_code).toBe('INVALID_GRANT');
  });

  test('are shared with a partner', async () => {
    const { access_token } = await issue({
      grant_type: EXCHANGE,
      subject_token_type: 'urn:plaid:params:credit:multi-user',
      subject_token: 'usr_demo_mei_lin',
      audience: 'urn:plaid:params:cra-partner:fannie-mae',
    });
    expect(await introspect(access_token)).toMatchObject({
      active: true,
      user_id: 'usr_demo_mei_lin',
      aud: 'urn:plaid:params:cra-partner:fannie-mae',
    });
  });
});
