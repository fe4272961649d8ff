import type { INodeParameters } from 'n8n-workflow';
import { AMARA, report } from '../support/samples/applications';
import { goOn } from '../support/workflows/reportRuns';
import {
  byFields,
  byJson,
  CREATE,
  runPlaidCheck,
  withOptions,
} from '../support/workflows/runPlaidCheck';
import {
  answer,
  startScriptedServer,
  type ScriptedServer,
} from '../support/servers/scriptedServer';

/** What is filled in is what is sent, or an error names the field; never a request without it. */

let server: ScriptedServer;

beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());
beforeEach(() => server.play(answer(200, { request_id: 'r1' })));

const UPDATE_USER = { resource: 'user', operation: 'update', path: '/user/update' };
const BASE_REPORT = {
  resource: 'checkReport',
  operation: 'getBaseReport',
  path: '/cra/check_report/base_report/get',
};
const CREATE_USER = { resource: 'user', operation: 'create', path: '/user/create' };

async function sent(parameters: INodeParameters): Promise<unknown> {
  const { json } = await runPlaidCheck(server, parameters, [{}], goOn);
  expect(json).toMatchObject([{ request_id: 'r1' }]);
  return server.requests[0]?.json;
}

/** The problems of an item for which nothing is sent. */
async function refused(parameters: INodeParameters): Promise<string> {
  const { json } = await runPlaidCheck(server, parameters, [{}], goOn);
  expect(server.requests).toEqual([]);
  return JSON.stringify(json);
}

const added = (parameters: INodeParameters, more: object) =>
  ({
    ...parameters,
    additionalFields: { ...(parameters.additionalFields as INodeParameters), ...more },
  }) as INodeParameters;

describe('switches', () => {
  test.each(['={{ "TRUE" }}', '={{ true }} ', '={{ " true\\n" }}'])('%s is true', async (value) => {
    const parameters = byFields(CREATE, { ...report(), include_investments: value });
    expect(await sent(parameters)).toEqual({ ...report(), include_investments: true });
  });

  test.each(['={{ 1 }}', '={{ "yes" }}'])('%s is refused', async (value) => {
    const parameters = byFields(CREATE, { ...report(), include_investments: value });
    expect(await refused(parameters)).toContain('include_investments');
  });

  test.each(['={{ null }}', '={{ "" }}', '={{ $json.missing }}'])(
    'a preview that is %s sends nothing',
    async (previewRequest) => {
      const parameters = withOptions(byFields(CREATE, report()), { previewRequest });
      expect(await refused(parameters)).toContain(
        'the option Preview Request must be true or false',
      );
    },
  );
});

describe('groups and lists', () => {
  const update = byFields(UPDATE_USER, { user_id: AMARA });
  const getReport = byFields(BASE_REPORT, { user_id: AMARA });

  /** Beside what is wrong, a value that alone would be a request about less. */
  const identity = (more: object) => ({
    identity: {
      values: { additionalFields: { date_of_birth: '1990-01-05' }, ...more },
    },
  });

  test.each([
    ['a group as one expression', { identity: '={{ $json.identity }}' }, 'identity'],
    ["a group without n8n's wrapper", { identity: { date_of_birth: '1990-01-05' } }, 'identity'],
    [
      'a group whose values are one expression',
      { identity: { values: '={{ ({ date_of_birth: "1990-01-05" }) }}' } },
      'identity',
    ],
    [
      'a group whose values gave nothing',
      { identity: { values: { additionalFields: { date_of_birth: '={{ null }}' } } } },
      'identity',
    ],
    [
      "a group inside a group, without n8n's wrapper",
      identity({ additionalFields: { date_of_birth: '1990-01-05', name: { given_name: 'Ada' } } }),
      'identity.name',
    ],
    [
      'a group inside a group, as one expression',
      identity({ additionalFields: { date_of_birth: '1990-01-05', name: '={{ $json.name }}' } }),
      'identity.name',
    ],
  ])('%s is refused by name', async (_, more, path) => {
    expect(await refused(added(update, more))).toContain(`"path":"${path}`);
  });

  const email = { data: 'ada@example.com', primary: true };
  test.each([
    ['one expression', '={{ [{ "data": "ada@example.com", "primary": true }] }}'],
    ['one expression that gives nothing', '={{ $json.emails }}'],
    ['without wrapper', [email]],
    ['an expression as its entries', { values: '={{ [{ "data": "ada@example.com" }] }}' }],
    ['an expression that gives nothing as its entries', { values: '={{ $json.emails }}' }],
    ['an entry that gave nothing', { values: [{ data: '={{ null }}', primary: true }] }],
    ['an entry that is one expression', { values: [email, '={{ $json.email }}'] }],
  ])('a list of emails, %s, is refused by name', async (_, emails) => {
    expect(await refused(added(update, identity({ emails })))).toContain('"path":"identity.emails');
  });

  test('a list without an entry, as the form shows it at first, is not sent', async () => {
    expect(await sent(added(update, identity({ emails: { values: [] } })))).toEqual({
      user_id: AMARA,
      identity: { date_of_birth: '1990-01-05' },
    });
  });

  test.each([
    ['one expression', '={{ ["item-1", "item-2"] }}'],
    ['one expression that gives nothing', '={{ $json.items }}'],
    ['without wrapper', ['item-1', 'item-2']],
    [
      'an entry that gave nothing',
      { values: [{ id: { __rl: true, mode: 'id', value: '={{ null }}' } }] },
    ],
    ['an entry that was not filled in', { values: [{ id: { mode: 'list', value: '' } }] }],
    ['an entry that is one expression', { values: ['={{ "item-1" }}'] }],
    ['an expression as its entries', { values: '={{ ["item-1"] }}' }],
    ['an expression that gives nothing as its entries', { values: '={{ $json.items }}' }],
  ])('a list of Items, %s, is refused by name', async (_, item_ids) => {
    expect(await refused({ ...getReport, item_ids } as INodeParameters)).toContain(
      '"path":"item_ids',
    );
  });

  test.each(['[]', 'null'])('a list of Items that is %s in JSON is refused', async (list) => {
    const body = `{"user_id":"${AMARA}","item_ids":${list}}`;
    expect(await refused(byJson(BASE_REPORT, body))).toContain('item_ids');
  });

  test('a list of Items may be JSON text', async () => {
    const parameters = byJson(BASE_REPORT, '={{ ({ user_id: "usr_1", item_ids: "[\\"a\\"]" }) }}');
    expect(await sent(parameters)).toEqual({ user_id: 'usr_1', item_ids: ['a'] });
  });
});

test.each(['JSON', 'Fields'])('Specify Request %j is refused with its choices', async (form) => {
  const parameters = { ...byFields(CREATE, report()), specifyRequest: form };
  expect(await refused(parameters)).toContain('Specify Request');
});

describe('text', () => {
  test('an ID with spaces and line breaks around it is sent without', async () => {
    const parameters = byFields(CREATE, report('={{ " usr_1\\n" }}'));
    expect(await sent(parameters)).toEqual(report('usr_1'));
  });

  test.each(['usr_', 'usr_undefined', '{{ $json.user }}', '[object Object]', 'user-sandbox-'])(
    'the ID %j is refused',
    async (user) => {
      expect(await refused(byFields(CREATE, report(user)))).toContain('user_id');
    },
  );

  test('an own ID may be a number', async () => {
    const body = { client_user_id: '={{ 42 }}' };
    expect(await sent(byFields(CREATE_USER, body))).toEqual({ client_user_id: '42' });
  });
});

describe('days', () => {
  const create = (date_of_birth: string) =>
    byFields(CREATE_USER, { client_user_id: 'a', identity: { date_of_birth } });

  test.each([
    '={{ new Date("1990-01-05T00:00:00Z") }}',
    '={{ DateTime.fromISO("1990-01-05", { zone: "Asia/Tokyo" }) }}',
    '1990-01-05 00:00:00',
  ])('%s is its day', async (value) => {
    const body = { client_user_id: 'a', identity: { date_of_birth: '1990-01-05' } };
    expect(await sent(create(value))).toEqual(body);
  });

  test.each(['fields', 'JSON'])(
    'a time that is midnight nowhere near is refused by %s',
    async (way) => {
      const time = '1990-01-04T20:15:00.000Z';
      const identity = { date_of_birth: time };
      const parameters =
        way === 'fields'
          ? create(time)
          : byJson(CREATE_USER, JSON.stringify({ client_user_id: 'a', identity }));
      expect(await refused(parameters)).toContain('1990-01-04 or 1990-01-05');
    },
  );
});

test('an integer as "365.0" is a number', async () => {
  const parameters = byFields(CREATE, { ...report(), days_requested: '={{ "365.0" }}' });
  expect(await sent(parameters)).toEqual(report());
});
