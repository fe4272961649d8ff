import type { JsonObject } from 'n8n-workflow';
import { findOperation } from '../../nodes/PlaidCheck/catalog/operations';
import { MASK, maskSecrets } from '../../nodes/PlaidCheck/fields/mask';

const masked = (body: object) => maskSecrets([], body as JsonObject);

const SECRET_NAMES = [
  'secret',
  'access_token',
  'accessToken',
  'link-token',
  'public_token',
  'user_tokens',
  'refreshToken',
  'API_KEY',
  'apiKey',
  'api.key',
  'idempotency_key',
  'private key',
  'password',
  'Passphrase',
  'Authorization',
  'credentials',
  'ssn',
  'SSN_last_4',
  'social_security_number',
  'itin',
  'tax_id',
  'taxpayer_id',
  'ein',
  'id_number',
  'idNumbers',
  'passport_number',
  'drivers_license_number',
  'account',
  'account_number',
  'accountNumber',
  'account_no',
  'routing_number',
  'routing',
  'wire_routing',
  'sort_code',
  'iban',
  'card_number',
  'cvv',
  'pin',
  'pwd',
  'pass',
  'otp',
  'bearer',
  'acct',
  'acct_number',
  'drivers_license',
  'social',
];

describe('fields that are not declared', () => {
  test.each(SECRET_NAMES)('%s is masked by its name', (name) => {
    expect(
      masked({ [name]: 'a', in: { [name]: [7] }, list: [{ [name]: { value: 'b' } }] }),
    ).toEqual({
      [name]: MASK,
      in: { [name]: [MASK] },
      list: [{ [name]: { value: name === 'account' ? 'b' : MASK } }],
    });
  });

  test.each([
    'access-sandbox-7c69d345-fda5-42fc-9e6b-a1b8e0f0e9c8',
    'public-production-7c69d345-fda5-42fc-9e6b-a1b8e0f0e9c8',
    'link-sandbox-af1a0311-da53-4636-b754-dd15cc058176',
    'third-party-user-sandbox-7c69d345-fda5-42fc',
    'Bearer abcdef.123456',
    'eyJhbGciOiJFUzI1NiJ9.eyJpYXQiOjF9.c2lnbmF0dXJl',
    '5f3e0c6a9b1d4e0011aa22bb',
    '0123456789abcdef0123456789abcd',
    '078-05-1120',
    '078051120',
    '1111222233330000',
    '4111 1111 1111 1111',
    'DE89370400440532013000',
    'GB29 NWBK 6016 1331 9268 19',
    78051120 * 10,
  ])('%j is masked by its shape, whatever its name', (value) => {
    expect(masked({ note: value, list: [value], in: { note: value } })).toEqual({
      note: MASK,
      list: [MASK],
      in: { note: MASK },
    });
  });

  test.each([
    ['a number within a text', { note: 'acct 123456789 routing 021000021' }, ['123456789', '021000021']],
    ['a token in an address', { url: 'https://x/?a=b&access_token=abcd' }, ['abcd']],
    ['a name and its value', { list: [{ name: 'ssn', value: '123-45-678' }] }, ['123-45-678']],
    [
      'a token as the name of a field',
      { 'access-sandbox-7c69d345-fda5-42fc-9e6b-a1b8e0f0e9c8': 1 },
      ['7c69d345'],
    ],
  ])('%s is masked', (_, body, secrets) => {
    const shown = JSON.stringify(masked(body));
    for (const secret of secrets) expect(shown).not.toContain(secret);
  });

  test('a secret within a text is masked, and the rest of it is kept', () => {
    expect(masked({ note: 'SSN 078-05-1120, token access-sandbox-12345678-abcd!' })).toEqual({
      note: `SSN ${MASK}, token ${MASK}!`,
    });
  });

  test('the members of a secret field are masked, but for their types', () => {
    const id_numbers = [{ value: '1', type: 'us_ssn' }];
    expect(masked({ id_numbers })).toEqual({ id_numbers: [{ value: MASK, type: 'us_ssn' }] });
  });

  test.each<[string, unknown]>([
    ['user_id', 'usr_9nSp2KuZ2x4JDw'],
    ['client_user_id', '1234567890'],
    ['client_user_id', '5f3e0c6a9b1d4e0011aa22bb'],
    ['report_id', 'a1b8e0f0-7c69-42fc-9e6b-a1b8e0f0e9c8'],
    ['account_id', 'BxBXxLj1m4HMXBm9WZZmCWVbPjX16EHwv99vp'],
    ['token_type', 'bearer'],
    ['subject_token_type', 'urn:plaid:params:tokens:user'],
    ['webhook', 'https://example.com/hooks'],
    ['date', '2026-11-27'],
    ['at', 1_764_000_000],
    ['at', 1_764_000_000_000],
    ['amount', 1234.5],
    ['days_requested', 365],
    ['phone_number', '+14155550123'],
    ['description', 'opinion of the accounting department'],
    ['happiness', 'a keyboard'],
    ['nothing', null],
    ['__proto__', 'x'],
    ['constructor', 'x'],
  ])('%s: %j is shown', (name, value) => {
    const body = JSON.parse(`{"${name}":${JSON.stringify(value)}}`) as JsonObject;
    expect(JSON.stringify(maskSecrets([], body))).toBe(JSON.stringify(body));
  });
});

describe('declared fields', () => {
  const { fields } = findOperation('user', 'create');

  test('are masked where they are declared secret, or where a text looks like a secret', () => {
    const body = {
      client_user_id: '5f3e0c6a9b1d4e0011aa22bb',
      identity: {
        name: { given_name: 'Ann 078-05-1120', family_name: 'Doe' },
        id_numbers: [{ value: '078051120', type: 'us_ssn' }],
        account_number: '7',
      },
      extra: { access_token: 'x' },
    };
    expect(maskSecrets(fields, body)).toEqual({
      client_user_id: '5f3e0c6a9b1d4e0011aa22bb',
      identity: {
        name: { given_name: `Ann ${MASK}`, family_name: 'Doe' },
        id_numbers: [{ value: MASK, type: 'us_ssn' }],
        account_number: MASK,
      },
      extra: { access_token: MASK },
    });
  });

  test('of another shape than declared are masked, too', () => {
    const identity = ['078-05-1120', [{ id_numbers: '1' }], { id_numbers: 'x' }];
    expect(maskSecrets(fields, { identity, client_user_id: { token: 'x' } })).toEqual({
      identity: [MASK, [{ id_numbers: MASK }], { id_numbers: expect.not.stringMatching(/\d/) }],
      client_user_id: { token: MASK },
    });
  });
});
