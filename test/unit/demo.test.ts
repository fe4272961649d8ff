import type { ICredentialTestFunctions } from 'n8n-workflow';
import { authenticateRequest, DEMO_URL } from '../../credentials/plaidApi';
import { PlaidCheckApi } from '../../credentials/PlaidCheckApi.credentials';
import { testPlaidCheckApi } from '../../nodes/PlaidCheck/client/credentialTest';
import { originOf, originsIn, uuidOf } from '../../nodes/PlaidCheck/demo/ids';
import { everybody, personaFor, personOf, userIdOf } from '../../nodes/PlaidCheck/demo/personas';
import { looksOf } from '../../nodes/PlaidCheck/demo/looks';

const HOUR_MS = 3_600_000;

describe('the credential', () => {
  test('asks for no keys in the demo, and for both in any other environment', () => {
    const { properties } = new PlaidCheckApi();
    const shown = (environment: string) =>
      properties
        .filter(({ displayOptions: { show, hide } = {} }) => {
          const isHidden = hide?.environment?.includes(environment) ?? false;
          return !isHidden && (show?.environment?.includes(environment) ?? true);
        })
        .map(({ name }) => name);
    expect(shown('demo')).toEqual(['environment']);
    for (const environment of ['production', 'sandbox', 'custom']) {
      expect(shown(environment)).toEqual(expect.arrayContaining(['clientId', 'secret']));
    }
  });

  test('works without anything to send with', async () => {
    const context = { helpers: {} } as ICredentialTestFunctions;
    const data = { environment: 'demo' };
    const credential = { id: '1', name: 'Demo', type: 'plaidCheckApi', data };
    expect(await testPlaidCheckApi.call(context, credential)).toMatchObject({ status: 'OK' });
  });

  test('is for the nodes of this package alone, keys from an earlier environment included', () => {
    const credentials = { environment: 'demo', clientId: 'client', secret: 'kept-in-the-form' };
    expect(() => authenticateRequest(credentials, { url: `${DEMO_URL}/user/get` })).toThrow(
      /has no keys and sends nothing/,
    );
  });
});

describe('an ID of the demo', () => {
  const people = [undefined, ...everybody.map((like) => ({ like, code: null }))];
  const created = { like: everybody[0] as (typeof everybody)[number], code: '0123456789' };

  test.each([...people, created])('says whom it is about and when it was made: %j', (person) => {
    const origin = { person, path: '/cra/report/create', madeAt: 496_217 * HOUR_MS, nth: 3 };
    const uuid = uuidOf(origin);
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(originOf(uuid)).toEqual(origin);
    expect(originsIn({ list: [{ token: `link-sandbox-${uuid}` }] })).toEqual([origin]);
  });

  test('differs from an ID in which one digit is wrong', () => {
    const uuid = uuidOf({ person: created, path: '/link/token/create', madeAt: HOUR_MS, nth: 0 });
    for (const [place, digit] of [...uuid].entries()) {
      if (digit === '-') continue;
      const wrong = `${uuid.slice(0, place)}${digit === '7' ? '8' : '7'}${uuid.slice(place + 1)}`;
      expect(originOf(wrong)).toBeUndefined();
    }
  });

  test('of a user reads as it was written', () => {
    for (const like of everybody) {
      for (const code of [null, '00000000ff']) {
        expect(personOf(userIdOf({ like, code }))).toEqual({ like, code });
      }
    }
    for (const other of [
      'usr_demo_',
      'usr_demo_approved_',
      'usr_demo_approved_0',
      'usr_approved',
    ]) {
      expect(personOf(other)).toBeUndefined();
    }
  });
});

test('a new user is like the persona that its own ID names, or like the first', () => {
  const names = ['a/Not-Ready', 'JOINT ACCOUNT 3', 'nobody'].map((id) => personaFor(id)?.user_id);
  expect(names).toEqual(['usr_demo_not_ready', 'usr_demo_joint_account', 'usr_demo_approved']);
});

test('a report is ready from the second read of one of its products on, in each execution', () => {
  const executionWith = (memory: Record<string, unknown>) =>
    looksOf({ getContext: () => memory as never });
  const [one, other] = [{}, {}];
  const look = (user: string, path: string) => executionWith(one).isReady(user, path);
  expect([look('a', 'base'), look('a', 'income'), look('b', 'base')]).toEqual([
    false,
    false,
    false,
  ]);
  expect([look('a', 'income'), look('a', 'base'), look('a', 'scores')]).toEqual([true, true, true]);
  expect(look('b', 'scores')).toBe(false);
  expect(executionWith(other).isReady('a', 'base')).toBe(false);
  // n8n saves the data as JSON.
  const saved = JSON.parse(JSON.stringify(one)) as Record<string, unknown>;
  expect(executionWith(saved).isReady('a', 'identity')).toBe(true);
  expect(looksOf({}).isReady('a', 'base')).toBe(true);
});
