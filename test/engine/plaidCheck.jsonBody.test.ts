import { AMARA, report } from '../support/samples/applications';
import { factsOf } from '../support/faults/failures';
import {
  answer,
  startScriptedServer,
  type ScriptedServer,
} from '../support/servers/scriptedServer';
import { goOn } from '../support/workflows/reportRuns';
import {
  byFields,
  byJson,
  CREATE,
  ONCE,
  runPlaidCheck,
  withOptions,
} from '../support/workflows/runPlaidCheck';

let server: ScriptedServer;

beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());
beforeEach(() => server.play(answer(200, { request_id: 'r1' })));

/** Expressions that return an object: a valid request with more in it. */
const withMore = (more: string) => `={{ Object.assign({}, $json.body, ${more}) }}`;
const items = [{ body: report() }];

const asCustomCall = (customBody: string) => ({
  resource: 'customCall',
  operation: 'send',
  customPath: '/any/endpoint',
  customBody,
});

/** The ways to give JSON, each with validation on and off. */
const WAYS = [
  ['Request Body (JSON)', (more: string) => byJson(CREATE, withMore(more))],
  [
    'Request Body (JSON), without validation',
    (more: string) => withOptions(byJson(CREATE, withMore(more)), { validateRequest: false }),
  ],
  [
    'Extra Body Fields',
    (more: string) =>
      withOptions(byFields(CREATE, report()), { extraBodyFields: `={{ (${more}) }}` }),
  ],
  ['Other Plaid Endpoint', (more: string) => asCustomCall(withMore(more))],
] as const;

describe.each(WAYS)('in %s', (_, parametersFor) => {
  test.each<[string, string]>([
    ['({ note: 0 / 0 })', 'NaN'],
    ['({ note: 1 / 0 })', 'Infinity'],
    ['JSON.parse(\'{"note": 1e999}\')', 'Infinity'],
    ['({ note: 2 ** 60 })', 'an integer of more than 15 digits'],
    ["({ note: new Map([['a', 1]]) })", 'a Map'],
    ['({ note: new Set([1]) })', 'a Set'],
    ['({ note: new Date(NaN) })', 'an invalid date'],
    ['({ note: () => 1 })', 'a function'],
    [`JSON.parse('{"note":' + '['.repeat(600) + ']'.repeat(600) + '}')`, 'levels of nesting'],
  ])('%s is refused before anything is sent', async (more, got) => {
    const run = await runPlaidCheck(server, parametersFor(more), items, goOn);
    const { kind, problems } = factsOf(run);
    expect(kind).toBe('invalid_request');
    expect(problems?.map(({ message }) => message).join()).toContain(got);
    expect(server.requests).toEqual([]);
  });
});

test.each([
  ['Request Body (JSON)', (text: string) => byJson(CREATE, text)],
  [
    'Extra Body Fields',
    (text: string) => withOptions(byFields(CREATE, report()), { extraBodyFields: text }),
  ],
  ['Other Plaid Endpoint', asCustomCall],
])('text that is nested 50,000 deep is refused in %s', async (_, parametersFor) => {
  const text = `{"note":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
  const { problems } = factsOf(await runPlaidCheck(server, parametersFor(text), [{}], goOn));
  expect(problems).toEqual([
    expect.objectContaining({ message: expect.stringContaining('500 levels of nesting') }),
  ]);
  expect(server.requests).toEqual([]);
});

test('dates, DateTimes and what says by toJSON what it means are sent as that, and checked as that', async () => {
  const more = `({ a: new Date('2026-11-27T10:00:00Z'), b: DateTime.fromISO('2026-11-27T10:00:00Z', { zone: 'utc' }) })`;
  const { json } = await runPlaidCheck(server, asCustomCall(withMore(more)), items, goOn);
  expect(json).toEqual([{ request_id: 'r1', user_id: AMARA }]);
  const at = '2026-11-27T10:00:00.000Z';
  expect(server.requests[0]?.json).toEqual({ ...report(), a: at, b: at });

  server.play(answer(200, {}));
  const posing = `={{ ({ ...$json.body, toJSON: () => ({ user_id: '${AMARA}', secret: 'x' }) }) }}`;
  for (const validateRequest of [true, false]) {
    const parameters = withOptions(byJson(CREATE, posing), { validateRequest });
    const { problems } = factsOf(await runPlaidCheck(server, parameters, items, goOn));
    expect(problems).toContainEqual(expect.objectContaining({ path: 'secret' }));
  }
  expect(server.requests).toEqual([]);
});

describe.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__', 'toJSON'])(
  'the name %s, which every object or date has',
  (name) => {
    const text = JSON.stringify(report()).replace('{', `{"${name}":{"a":1},`);

    test('is an unknown field like any other', async () => {
      const { problems } = factsOf(await runPlaidCheck(server, byJson(CREATE, text), [{}], goOn));
      expect(problems).toEqual([
        { path: name, message: expect.stringMatching(/^is an unknown field/) },
      ]);
      expect(server.requests).toEqual([]);
    });

    test.each([
      [
        'without validation',
        withOptions(byJson(CREATE, text), { validateRequest: false, ...ONCE }),
      ],
      [
        'in Extra Body Fields',
        withOptions(byFields(CREATE, report()), { extraBodyFields: `{"${name}":{"a":1}}` }),
      ],
      ['in Other Plaid Endpoint', asCustomCall(text)],
    ])('is sent as it is %s', async (_, parameters) => {
      const run = await runPlaidCheck(server, parameters);
      expect(run.error?.message).toBeUndefined();
      expect(server.requests).toHaveLength(1);
      expect(server.requests[0]?.text).toContain(`"${name}":{"a":1}`);
      expect(Object.keys(server.requests[0]?.json as object).sort()).toEqual(
        [...Object.keys(report()), name].sort(),
      );
    });
  },
);
