import { createUser } from '../../nodes/PlaidCheck/catalog/user/create';
import { formatProblem } from '../../nodes/PlaidCheck/fields/check';
import { readRequest, type RequestResult } from '../../nodes/PlaidCheck/fields/request';

/** Shapes that n8n may drop before a node sees them, and others that reach it; those that do must not be lost here. */
const PERSON = { date_of_birth: '1990-01-05' };
const WHOLE = { client_user_id: 'u1', identity: PERSON };

const readerOf = (parameters: object) => (name: string) =>
  (parameters as Record<string, unknown>)[name] ?? null;

const byFields = (parameters: object, extraBodyFields?: object) =>
  readRequest(createUser, readerOf({ client_user_id: 'u1', ...parameters }), {
    timezone: 'America/New_York',
    extraBodyFields,
  });

const byJson = (jsonBody: object, timezone = 'America/New_York') =>
  readRequest(createUser, readerOf({ specifyRequest: 'json', jsonBody }), { timezone });

const problemsOf = (result: RequestResult) =>
  'problems' in result ? result.problems.map(formatProblem) : [];

describe('Additional Fields', () => {
  test.each([
    ['as JSON text', JSON.stringify({ identity: PERSON })],
    ['as a list of one', [{ identity: PERSON }]],
    ["under n8n's wrapper", { values: { identity: PERSON } }],
    ['with a group under its wrapper', { identity: { values: PERSON } }],
  ])('%s are read', (_, additionalFields) => {
    expect(byFields({ additionalFields })).toEqual({ body: WHOLE });
  });

  test('keep what stands beside the wrapper of a group', () => {
    const emails = [{ data: 'ada@example.com', primary: true }];
    const additionalFields = { identity: { values: PERSON, emails: { values: emails } } };
    expect(byFields({ additionalFields })).toEqual({
      body: { ...WHOLE, identity: { ...PERSON, emails } },
    });
  });

  test.each([
    ['a list', [{ identity: PERSON }, {}], /^Additional Fields: must be an object/],
    ['other text', 'identity', /^Additional Fields: must be an object/],
    [
      'a mistyped name',
      { identitty: PERSON },
      /^identitty: is an unknown field; did you mean identity/,
    ],
  ])('that are %s are refused', (_, additionalFields, text) => {
    expect(problemsOf(byFields({ additionalFields }))).toEqual([expect.stringMatching(text)]);
  });
});

describe('what is blank', () => {
  test.each([{ date_of_birth: '' }, { date_of_birth: ' ' }])(
    'never makes an identity without data: %j',
    (identity) => {
      const problem = expect.stringMatching(/^identity: must be .*, got an empty object/);
      expect(problemsOf(byJson({ client_user_id: 'u1', identity }))).toEqual([problem]);
    },
  );

  test('in Extra Body Fields never takes away what the fields say', () => {
    const filled = { additionalFields: { identity: PERSON } };
    expect(byFields(filled, { with_upgraded_user: ' ' })).toEqual({ body: WHOLE });
    expect(problemsOf(byFields(filled, { identity: { date_of_birth: '' } }))).toEqual([
      expect.stringMatching(/^identity: /),
    ]);
  });
});

test.each(['usr_', 'org42_undefined', 'undefined_42', 'lead-undefined-7', 'order-null', 'NaN'])(
  'an ID to which an expression added nothing is refused: %s',
  (client_user_id) => {
    expect(problemsOf(byJson({ client_user_id }))).toEqual([
      expect.stringMatching(/^client_user_id: must be an ID/),
    ]);
  },
);

test.each(['acme-7', 'null-object-7', 'Undefinedson', 'a_b_c', '42'])(
  'an ID is sent as it is: %s',
  (client_user_id) => expect(byJson({ client_user_id })).toEqual({ body: { client_user_id } }),
);

describe('a day', () => {
  const bodyWith = (date_of_birth: string) => ({
    client_user_id: 'u1',
    identity: { date_of_birth },
  });
  const dayOf = (value: unknown, timezone: string) => byJson(bodyWith(value as string), timezone);

  test.each([
    ['a DATE of a database in Tokyo', new Date('1990-01-04T15:00:00Z'), 'Asia/Tokyo'],
    ['the same as text', '1990-01-04T15:00:00.000Z', 'Asia/Tokyo'],
    ['midnight in New York', '1990-01-05T05:00:00Z', 'America/New_York'],
    ['midnight as written', '1990-01-05T00:00:00Z', 'America/New_York'],
    ['SQL text', '1990-01-05 00:00:00', 'America/New_York'],
  ])('%s is the day that was meant', (_, value, timezone) => {
    expect(dayOf(value, timezone)).toEqual({ body: WHOLE });
  });

  test.each([
    ['the evening before in New York', '1990-01-05T03:00:00Z', 'America/New_York', '1990-01-04'],
    ['midnight in two places', '1990-01-05T00:00:00+14:00', 'Pacific/Honolulu', '1990-01-04'],
  ])('%s is refused with both days', (_, value, timezone, other) => {
    expect(problemsOf(dayOf(value, timezone))).toEqual([
      expect.stringMatching(`^identity.date_of_birth: .* may mean 1990-01-05 or ${other}`),
    ]);
  });
});
