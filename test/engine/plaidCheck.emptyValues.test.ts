import { startScriptedServer, type ScriptedServer } from '../support/servers/scriptedServer';
import { byJson, runPlaidCheck } from '../support/workflows/runPlaidCheck';

/** What empty lists, blank texts and null say to Plaid. */

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());
beforeEach(() => server.play((response) => void response.end('{"request_id":"r"}')));

const USER = { user_id: 'usr_1' };
const sent = () => server.requests.map(({ json }) => json);

const run = async (resource: string, operation: string, parameters: object) => {
  const whole = { resource, operation, ...parameters } as Parameters<typeof runPlaidCheck>[1];
  return (await runPlaidCheck(server, whole, [{}], { onError: 'continueRegularOutput' })).json;
};

const runJson = (resource: string, operation: string, body: object) =>
  run(resource, operation, byJson({ resource, operation, path: '' }, JSON.stringify(body)));

const IDENTITY = {
  first_name: 'Ada',
  last_name: 'Byron',
  phone_numbers: [],
  emails: [],
  date_of_birth: '1990-12-10',
  primary_address: {
    street: '1 Main St',
    city: 'Chicago',
    region: 'IL',
    postal_code: '60601',
    country: 'US',
  },
};

describe('an empty list to which Plaid gives a meaning is sent', () => {
  test.each([
    ['monitoring', 'subscribe', { webhook: 'https://example.com/w', income_categories: [] }],
    ['sandbox', 'resetLogin', { item_ids: [] }],
    ['user', 'update', { identity: { emails: [], phone_numbers: [], addresses: [] } }],
    ['user', 'update', { identity: { id_numbers: [] } }],
    ['user', 'update', { consumer_report_user_identity: IDENTITY }],
    [
      'linkToken',
      'create',
      { client_name: 'A', language: 'en', country_codes: ['US'], update: { item_ids: [] } },
    ],
  ])('%s: %s, given as JSON', async (resource, operation, body) => {
    await runJson(resource, operation, { ...USER, ...body });
    expect(sent()).toEqual([{ ...USER, ...body }]);
  });

  test('in the form, where the field is added and left empty', async () => {
    const webhook = 'https://example.com/w';
    const additionalFields = { income_categories: [] };
    await run('monitoring', 'subscribe', { ...USER, webhook, additionalFields });
    expect(sent()).toEqual([{ ...USER, webhook, income_categories: [] }]);
  });

  test('in the form, where an expression gives an empty list', async () => {
    const identity = { ...IDENTITY, emails: '={{ [] }}', phone_numbers: '={{ [] }}' };
    const { primary_address, ...rest } = identity;
    const address = Object.entries(primary_address).map(
      ([name, value]) => [`primary_address__${name}`, value] as const,
    );
    const values = { ...rest, ...Object.fromEntries(address) };
    await run('user', 'update', {
      ...USER,
      additionalFields: { consumer_report_user_identity: { values } },
    });
    expect(sent()).toEqual([{ ...USER, consumer_report_user_identity: IDENTITY }]);
  });
});

test.each([
  ['user', 'removeItems', { item_ids: [] }],
  ['user', 'associateItems', { item_ids: [] }],
  ['checkReport', 'getBaseReport', { item_ids: [] }],
])('an empty list without a meaning is refused: %s: %s', async (resource, operation, body) => {
  expect(await runJson(resource, operation, { ...USER, ...body })).toMatchObject([
    { error: { kind: 'invalid_request', problems: [{ path: 'item_ids' }] } },
  ]);
  expect(sent()).toEqual([]);
});

test('reports that are asked for twice are refused', async () => {
  const json = await runJson('checkReport', 'getHomeLendingPdf', {
    ...USER,
    reports_requested: ['voa', 'voa'],
  });
  expect(json).toMatchObject([
    {
      error: {
        problems: [
          { path: 'reports_requested', message: 'must contain each value once, got "voa" twice' },
        ],
      },
    },
  ]);
  expect(sent()).toEqual([]);
});

describe('blank text in JSON', () => {
  test('leaves an optional field out, as in the form, also inside groups and lists', async () => {
    const email = { data: 'ada@example.com', primary: true };
    const address = { country: 'US', primary: true, street_1: '1 Main St' };
    await runJson('user', 'create', {
      client_user_id: 'c-1',
      end_customer: '',
      identity: {
        date_of_birth: ' ',
        emails: [email],
        addresses: [{ ...address, street_2: '' }],
      },
    });
    expect(sent()).toEqual([
      { client_user_id: 'c-1', identity: { emails: [email], addresses: [address] } },
    ]);
  });

  test('is refused in a required field', async () => {
    expect(await runJson('user', 'create', { client_user_id: '' })).toMatchObject([
      { error: { problems: [{ path: 'client_user_id' }] } },
    ]);
    expect(sent()).toEqual([]);
  });
});

test('null is sent for what Plaid knows no value of: the name, address and ID number of Link', async () => {
  const body = {
    ...USER,
    client_name: 'A',
    language: 'en',
    country_codes: ['US'],
    user: { client_user_id: 'c-1', address: null, id_number: null, name: null },
  };
  await runJson('linkToken', 'create', body);
  expect(sent()).toEqual([body]);
});
