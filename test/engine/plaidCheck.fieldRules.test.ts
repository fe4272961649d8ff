import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { Wanted } from '../support/workflows/fillIn';
import {
  byFields,
  byJson,
  runPlaidCheck,
  type Operation,
} from '../support/workflows/runPlaidCheck';
import { factsOf } from '../support/faults/failures';
import { goOn } from '../support/workflows/reportRuns';
import {
  answer,
  startScriptedServer,
  type ScriptedServer,
} from '../support/servers/scriptedServer';

/**
 * What Plaid rules out in the texts of its fields never leaves, by fields or by JSON, and the error names the field; what
 * it accepts leaves as it is. Every rule has values of its own in conformance/fieldTexts.test.ts.
 */

let server: ScriptedServer;

beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());
beforeEach(() => server.play(answer(200, { request_id: 'r1' })));

const operation = (resource: string, name: string, path: string): Operation => ({
  resource,
  operation: name,
  path,
});
const LINK = operation('linkToken', 'create', '/link/token/create');
const USER = operation('user', 'create', '/user/create');

const link = (more: Wanted): Wanted => ({
  client_name: 'Lender',
  language: 'en',
  country_codes: ['US'],
  user_id: 'usr_1',
  ...more,
});
const person = (more: Wanted) => link({ user: { client_user_id: 'applicant-1', ...more } });
const address = (more: Wanted) => person({ address: { country: 'US', ...more } });
const identity = (more: Wanted): Wanted => ({ client_user_id: 'applicant-1', identity: more });
const idNumber = (type: string, value: unknown) => identity({ id_numbers: [{ type, value }] });
const customer = (more: Wanted): Wanted => ({
  client_user_id: 'applicant-1',
  consumer_report_user_identity: {
    first_name: 'Ada',
    last_name: 'Old',
    phone_numbers: ['(415) 555-0100'],
    emails: ['ada@example.com'],
    date_of_birth: '1970-01-31',
    primary_address: {
      street: '1 First Street',
      city: 'Boston',
      region: 'Massachusetts',
      postal_code: '02134',
      country: 'US',
    },
    ...more,
  },
});

const ZEROS = /lost its leading zeros/;
const future = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
const last4 = 'consumer_report_user_identity.ssn_last_4';
const ssn = 'consumer_report_user_identity.ssn_full';
const number = 'identity.id_numbers[0].value';

type Case = [what: string, operation: Operation, body: Wanted, path: string, message: RegExp];

const REFUSED: Case[] = [
  ['last four as 2 digits', USER, customer({ ssn_last_4: '12' }), last4, ZEROS],
  ['last four in a format', USER, customer({ ssn_last_4: '00-12' }), last4, /text of 4 digits/],
  ['last four as nine digits', USER, customer({ ssn_last_4: '078051120' }), last4, /4 digits/],
  ['last four of another list', USER, idNumber('us_ssn_last_4', '12'), number, ZEROS],
  ['last four with a hyphen', USER, idNumber('us_ssn_last_4', '00-12'), number, /must be 4 digits/],
  ['nine as last four', USER, idNumber('us_ssn_last_4', '078051120'), number, /must be 4 digits/],
  ['an SSN with hyphens', USER, idNumber('us_ssn', '078-05-1120'), number, /must be 9 digits/],
  ['an SSN that lost a zero', USER, idNumber('us_ssn', '78051120'), number, ZEROS],
  ['an SSN without hyphens', USER, customer({ ssn_full: '078051120' }), ssn, /as 123-45-6789/],
  ['a short SSN', USER, customer({ ssn_full: '78051120' }), ssn, ZEROS],
  ['a SIN with spaces', USER, idNumber('ca_sin', '123 456 789'), number, /9 digits because type/],
  ['country USA', LINK, address({ country: 'USA' }), 'user.address.country', /two capital letters/],
  ['country us', LINK, address({ country: 'us' }), 'user.address.country', /two capital letters/],
  ['California', LINK, address({ region: 'California' }), 'user.address.region', /US state.*"CA"/],
  ['a region with country', LINK, address({ region: 'US-CA' }), 'user.address.region', /US state/],
  ['a short ZIP', LINK, address({ postal_code: '2134' }), 'user.address.postal_code', ZEROS],
  ['ZIP+4', LINK, address({ postal_code: '02134-1' }), 'user.address.postal_code', /five digits/],
  ['street without letter', LINK, address({ street: '12' }), 'user.address.street', /one letter/],
  ['long city', LINK, address({ city: 'a'.repeat(101) }), 'user.address.city', /100 characters/],
  ['a query', LINK, link({ redirect_uri: 'https://x.com/a?b=c' }), 'redirect_uri', /query/],
  ['a fragment', LINK, link({ redirect_uri: 'https://x.com/a#b' }), 'redirect_uri', /fragment/],
  ['no URL', LINK, link({ redirect_uri: 'x.com/a' }), 'redirect_uri', /absolute URL/],
  ['long client name', LINK, link({ client_name: 'a'.repeat(31) }), 'client_name', /30 characters/],
  [
    'birth in the future',
    USER,
    identity({ date_of_birth: future }),
    'identity.date_of_birth',
    /fut/,
  ],
  ['birth in Link', LINK, person({ date_of_birth: '2999-01-01' }), 'user.date_of_birth', /future/],
  ['phone', LINK, person({ phone_number: '415-555-0100' }), 'user.phone_number', /country code/],
  ['email', LINK, person({ email_address: 'ada' }), 'user.email_address', /an email address/],
  [
    'two ways back',
    LINK,
    link({ redirect_uri: 'https://x.com', android_package_name: 'com.x' }),
    'android_package_name',
    /only one of (redirect_uri|Redirect URI) or (android_package_name|Android Package Name) may be set/,
  ],
];

/** The problem of an item for which nothing must be sent. */
async function problemOf(parameters: INodeParameters, item: object = {}, path = '') {
  const items = [item as INodeExecutionData['json']];
  const { problems = [] } = factsOf(await runPlaidCheck(server, parameters, items, goOn));
  expect(server.requests).toEqual([]);
  expect(new Set(problems.map((problem) => problem.path))).toEqual(new Set([path]));
  return problems.map(({ message }) => message).join('; ');
}

describe.each([
  ['fields', byFields],
  ['JSON', (asked: Operation, body: Wanted) => byJson(asked, JSON.stringify(body))],
])('by %s', (_, parameters) => {
  test.each(REFUSED)('%s is refused', async (_what, asked, body, path, message) => {
    expect(await problemOf(parameters(asked, body), {}, path)).toMatch(message);
  });

  test.each<[string, Operation, Wanted]>([
    ['last four with zeros', USER, customer({ ssn_last_4: '0012', ssn_full: '078-05-1120' })],
    [
      'ID numbers of several countries',
      USER,
      identity({
        id_numbers: [
          { type: 'us_ssn', value: '078051120' },
          { type: 'us_ssn_last_4', value: '0012' },
          { type: 'in_pan', value: 'ABCDE1234F' },
        ],
      }),
    ],
    [
      'phone numbers that Plaid parses',
      USER,
      identity({
        phone_numbers: [{ data: '(415) 555-0100', primary: true }],
        addresses: [
          { country: 'USA', region: 'California', postal_code: '02134-1234', primary: true },
        ],
        date_of_birth: '2000-02-29',
      }),
    ],
    [
      'an address in Canada',
      LINK,
      address({ country: 'CA', region: 'ON', postal_code: 'K1A 0B6' }),
    ],
    ['an address in the US', LINK, address({ region: 'MA', postal_code: '02134', city: 'Boston' })],
    ['a local redirect', LINK, link({ redirect_uri: 'http://localhost:3000/oauth.html' })],
    [
      'an app to return to',
      LINK,
      link({ hosted_link: { completion_redirect_uri: 'myapp://x?y#z' } }),
    ],
    ['a name of 30 letters', LINK, link({ client_name: 'a'.repeat(30), language: 'vi' })],
  ])('%s leaves as it is', async (_what, asked, body) => {
    const { error } = await runPlaidCheck(server, parameters(asked, body));
    expect([error?.message, error?.description]).toEqual([undefined, undefined]);
    expect(server.requests.map(({ json }) => json)).toEqual([body]);
  });

  test('no personal number is in an error', async () => {
    const body = customer({ ssn_last_4: '987', ssn_full: '98765432' });
    const { error } = await runPlaidCheck(server, parameters(USER, body));
    expect(`${error?.message} ${error?.description}`).toMatch(ZEROS);
    expect(`${error?.message} ${error?.description}`).not.toMatch(/987/);
  });
});

describe('a number that lost its zeros', () => {
  test('says so where JSON holds the number itself', async () => {
    const body = customer({ ssn_last_4: 12 });
    expect(await problemOf(byJson(USER, JSON.stringify(body)), {}, last4)).toMatch(ZEROS);
  });

  test('says so where an expression returns it', async () => {
    const body = customer({ ssn_last_4: '={{ $json.last_4 }}' });
    expect(await problemOf(byFields(USER, body), { last_4: 12 }, last4)).toMatch(ZEROS);
  });

  test('says so of the postal code of any address in the US', async () => {
    const at = 'identity.addresses[0].postal_code';
    const body = identity({ addresses: [{ country: 'US', primary: true, postal_code: '2134' }] });
    expect(await problemOf(byFields(USER, body), {}, at)).toMatch(ZEROS);
    const abroad = identity({ addresses: [{ country: 'AT', primary: true, postal_code: '1010' }] });
    const { error } = await runPlaidCheck(server, byFields(USER, abroad));
    expect(error?.message).toBeUndefined();
  });
});

test.each(['xx', 'EN', 'english', 'en-US'])('the language %s is refused', async (language) => {
  const body = byJson(LINK, JSON.stringify(link({ language })));
  expect(await problemOf(body, {}, 'language')).toMatch(/must be one of "da", "nl", "en"/);
});

test('a language that Plaid adds can be sent by Extra Body Fields', async () => {
  const parameters = {
    ...byFields(LINK, link({})),
    options: { extraBodyFields: '{"language":"zz"}' },
  };
  const { error } = await runPlaidCheck(server, parameters);
  expect(error?.message).toBeUndefined();
  expect(server.requests.map(({ json }) => json)).toEqual([link({ language: 'zz' })]);
});

test('with Validate Request off, all of it is left to Plaid', async () => {
  const body = link({ client_name: 'a'.repeat(31), redirect_uri: 'https://x.com/?y' });
  const parameters = { ...byFields(LINK, body), options: { validateRequest: false } };
  const { error } = await runPlaidCheck(server, parameters);
  expect(error?.message).toBeUndefined();
  expect(server.requests.map(({ json }) => json)).toEqual([body]);
});
