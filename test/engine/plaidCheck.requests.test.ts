import type { INodeParameters } from 'n8n-workflow';
import { AMARA, fico, insights, report } from '../support/samples/applications';
import { readable } from '../support/faults/failures';
import {
  byFields,
  byJson,
  CLIENT_ID,
  CREATE,
  MONITORING,
  PARTNER_INSIGHTS,
  runPlaidCheck,
  SECRET,
} from '../support/workflows/runPlaidCheck';
import {
  answer,
  answerText,
  type ScriptedServer,
  startScriptedServer,
} from '../support/servers/scriptedServer';
let server: ScriptedServer;

beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());
beforeEach(() => server.play(answer(200, { request_id: 'r1' })));

type Items = Parameters<typeof runPlaidCheck>[2];

/** The body of the one request that the node sent for the one item. */
async function sent(parameters: INodeParameters, items?: Items): Promise<unknown> {
  const { error } = await runPlaidCheck(server, parameters, items);
  expect([error?.message, error?.description]).toEqual([undefined, undefined]);
  expect(server.requests).toHaveLength(1);
  return server.requests[0]?.json;
}

/** The problems of an item for which nothing must be sent, a line each. */
async function refused(parameters: INodeParameters, items?: Items): Promise<string[]> {
  const run = await runPlaidCheck(server, parameters, items, { onError: 'continueRegularOutput' });
  expect(server.requests).toEqual([]);
  const [json] = run.json as Array<{ error?: { problems?: Array<Record<string, string>> } }>;
  return (json?.error?.problems ?? []).map(({ path, message }) => `${path}: ${message}`);
}

/** The parameters with these options of the node added. */
const withOptions = (parameters: INodeParameters, options: INodeParameters): INodeParameters => ({
  ...parameters,
  options,
});

test('100 items: each its own request, answer and place', async () => {
  const users = Array.from({ length: 100 }, (_, index) => `usr_${index}`);
  server.play((response, request, index) => {
    const { user_id } = request.json as { user_id: string };
    answer(200, { request_id: `r${index}`, user_id })(response, request, index);
  });
  const run = await runPlaidCheck(
    server,
    byFields(MONITORING, {
      user_id: '={{ $json.user }}',
      consumer_report_permissible_purpose: 'ACCOUNT_REVIEW_CREDIT',
    }),
    users.map((user) => ({ user })),
  );
  expect(run.error?.message).toBeUndefined();
  expect(server.requests.map(({ json }) => (json as { user_id: string }).user_id)).toEqual(users);
  expect(run.outputs[0]).toEqual(
    users.map((user_id, item) => ({
      json: { request_id: `r${item}`, user_id },
      pairedItem: { item },
    })),
  );
});

describe('on the wire', () => {
  test('the keys and the API version are headers, and nowhere in the body', async () => {
    await sent(byFields(CREATE, report()));
    const [request] = server.requests;
    expect(request?.headers).toMatchObject({
      'plaid-client-id': CLIENT_ID,
      'plaid-secret': SECRET,
      'plaid-version': '2020-09-14',
      'content-type': 'application/json',
      accept: 'application/json',
      host: server.host,
    });
    expect(request?.text).not.toContain(CLIENT_ID);
    expect(request?.text).not.toContain(SECRET);
    expect(request?.path).toBe('/cra/check_report/create');
  });

  test('keys that were pasted with blanks around them are sent without', async () => {
    await runPlaidCheck(
      { url: server.url, clientId: ` ${CLIENT_ID}\n`, secret: `${SECRET} ` },
      byFields(CREATE, report()),
    );
    expect(server.requests[0]?.headers).toMatchObject({
      'plaid-client-id': CLIENT_ID,
      'plaid-secret': SECRET,
    });
  });

  test('a base URL with a path and a slash at the end', async () => {
    await runPlaidCheck({ url: `${server.url}/gateway/` }, byFields(CREATE, report()));
    expect(server.requests.map(({ path }) => path)).toEqual(['/gateway/cra/check_report/create']);
  });

  test("Plaid's answer is the item, unchanged, followed by the user of the request", async () => {
    const text = `{"report":{"score":0,"none":null,"empty":{},"list":[[],"é","\\u0000"],"error":"word"},
      "request_id":"r1","amount":0.1,"big":12345678901234,"warnings":[],"__x":{"constructor":1}}`;
    server.play(answerText(200, 'application/json', text));
    const run = await runPlaidCheck(server, byFields(CREATE, report()));
    const plaid = JSON.parse(text) as object;
    expect(JSON.stringify(run.json)).toBe(JSON.stringify([{ ...plaid, user_id: AMARA }]));
  });

  test('a user that Plaid names itself stays, be it null or another one', async () => {
    for (const user_id of [null, '', 'usr_of_plaid', 7]) {
      server.play(answer(200, { user_id, request_id: 'r1' }));
      const run = await runPlaidCheck(server, byFields(CREATE, report()));
      expect(run.json).toEqual([{ user_id, request_id: 'r1' }]);
    }
  });
});

describe('fields', () => {
  test('what was not added is not sent', async () => {
    expect(await sent(byFields(CREATE, report()))).toEqual(report());
  });

  test('an optional text left empty is not sent, at any depth', async () => {
    const base = { bureau: 'EQUIFAX', score: 700, base_fico_score_version: '9', reason_code_1: '' };
    const request = { ultrafico_score_version: '1.0', request_correlation_id: '' };
    const parameters = byFields(CREATE, {
      ...report(),
      client_report_id: '',
      base_report: { client_report_id: '', require_identity: true },
      partner_insights: {
        fico: {
          ...fico(),
          ultrafico_score_requests: [{ ...request, base_fico_score: base }],
        },
      },
    });
    expect(await sent(parameters)).toEqual({
      ...report(),
      base_report: { require_identity: true },
      partner_insights: {
        fico: {
          ...fico(700),
          ultrafico_score_requests: [
            {
              ultrafico_score_version: '1.0',
              base_fico_score: { bureau: 'EQUIFAX', score: 700, base_fico_score_version: '9' },
            },
          ],
        },
      },
    });
  });

  test.each(['{{ $json.missing }}', '{{ null }}', '{{ "" }}'])(
    'an optional field whose expression gives nothing (%s) is not sent',
    async (expression) => {
      const parameters = byFields(CREATE, {
        ...report(),
        client_report_id: `=${expression}`,
        days_required: `=${expression}`,
        include_investments: `=${expression}`,
        products: `=${expression}`,
        base_report: { require_identity: `=${expression}` },
      });
      expect(await sent(parameters)).toEqual({ ...report(), base_report: {} });
    },
  );

  test('false and 0 are sent', async () => {
    const body = {
      ...report(),
      days_required: 0,
      include_investments: false,
      base_report: { require_identity: false },
    };
    expect(await sent(byFields(CREATE, body))).toEqual(body);
  });

  test('expressions work at every depth, for every type', async () => {
    const { partner_insights, ...rest } = {
      ...report('={{ $json.user }}'),
      consumer_report_permissible_purpose: '={{ $json.purpose }}',
      days_requested: '={{ $json.days }}',
      include_investments: '={{ $json.yes }}',
      partner_insights: { fico: fico('={{ $json.scores[0] }}', '={{ $json.scores[1] }}') },
    };
    const item = { user: AMARA, purpose: 'EXTENSION_OF_CREDIT', days: 90, yes: true };
    const scores = [701, 702];
    expect(
      await sent(byFields(CREATE, { ...rest, partner_insights }), [{ ...item, scores }]),
    ).toEqual({
      ...report(),
      days_requested: 90,
      include_investments: true,
      partner_insights: { fico: fico(701, 702) },
    });
  });

  test.each(['["cra_base_report","cra_lend_score"]', '"cra_base_report, cra_lend_score"'])(
    'a multi-select list from the expression %s',
    async (list) => {
      const parameters = byFields(CREATE, { ...report(), products: `={{ ${list} }}` });
      expect(await sent(parameters)).toEqual({
        ...report(),
        products: ['cra_base_report', 'cra_lend_score'],
      });
    },
  );

  test('a list of texts from one expression', async () => {
    const codes = { ...fico(700).ultrafico_score_requests[0]?.base_fico_score };
    const requests = (reason_codes: string[]) => ({
      ...fico(),
      ultrafico_score_requests: [
        { ultrafico_score_version: '1.0', base_fico_score: { ...codes, reason_codes } },
      ],
    });
    const parameters = byFields(CREATE, {
      ...report(),
      partner_insights: { fico: requests(['={{ ["14", "05"] }}', '30']) },
    });
    expect(await sent(parameters)).toEqual({
      ...report(),
      partner_insights: { fico: requests(['14', '05', '30']) },
    });
  });

  test('the text "null" from an expression is JSON null where Plaid lists null', async () => {
    const versions = { cashscore: '={{ "4" }}', detect: '={{ "null" }}' };
    const parameters = byFields(PARTNER_INSIGHTS, {
      ...insights(),
      partner_insights: { prism_versions: versions },
    });
    expect(await sent(parameters)).toEqual({
      ...insights(),
      partner_insights: { prism_versions: { cashscore: '4', detect: null } },
    });
  });

  test.each(['={{ null }}', '={{ $json.missing }}', '={{ "" }}', '={{ "  " }}'])(
    'an expression that gives nothing (%s) leaves the field out, also where Plaid lists null',
    async (nothing) => {
      const parameters = byFields(PARTNER_INSIGHTS, {
        ...insights(),
        partner_insights: { prism_versions: { cashscore: nothing, detect: '4' } },
      });
      expect(await sent(parameters)).toEqual({
        ...insights(),
        partner_insights: { prism_versions: { detect: '4' } },
      });
    },
  );
});

describe('numbers that arrive as text', () => {
  test.each(['fields', 'JSON'])('are numbers on the wire, by %s', async (way) => {
    const body = {
      ...report(),
      days_requested: way === 'fields' ? '={{ "365" }}' : '365',
      partner_insights: { fico: fico(way === 'fields' ? '={{ " 700 " }}' : ' 700 ') },
    };
    const parameters =
      way === 'fields' ? byFields(CREATE, body) : byJson(CREATE, JSON.stringify(body));
    expect(await sent(parameters)).toEqual({
      ...report(),
      partner_insights: { fico: fico(700) },
    });
  });

  test('a text that looks like a number stays a text where a text is due', async () => {
    const parameters = byFields(CREATE, { ...report(), client_report_id: '00417' });
    expect(await sent(parameters)).toEqual({ ...report(), client_report_id: '00417' });
  });

  test.each([
    ['"abc"', '"abc"'],
    ['"12.5"', '"12.5"'],
    ['12.5', '12.5'],
    ['"365 days"', '"365 days"'],
    ['"0x16d"', '"0x16d"'],
    ['true', 'true'],
    ['[365]', 'a list of 1'],
  ])('%s is refused', async (value, shown) => {
    const parameters = byFields(CREATE, { ...report(), days_requested: `={{ ${value} }}` });
    expect(await refused(parameters)).toEqual([
      `days_requested: must be an integer from 1 to 731, got ${shown}`,
    ]);
  });
});

describe('Extra Body Fields', () => {
  const base = { ...report(), base_report: { require_identity: false }, products: ['cra_qualify'] };

  test.each(['as text', 'by expression'])('lie over the rest, deep, %s', async (way) => {
    const extra = {
      base_report: { brand_new: { deep: [1] } },
      days_requested: 400,
      products: ['cra_monitoring'],
      unheard_of: null,
    };
    const extraBodyFields = way === 'as text' ? JSON.stringify(extra) : '={{ $json }}';
    expect(await sent(withOptions(byFields(CREATE, base), { extraBodyFields }), [extra])).toEqual({
      ...base,
      base_report: { require_identity: false, brand_new: { deep: [1] } },
      days_requested: 400,
      products: ['cra_monitoring'],
      unheard_of: null,
    });
  });

  test('lie over the JSON body too', async () => {
    const extraBodyFields = '{"base_report":{"client_report_id":"x"}}';
    const parameters = withOptions(byJson(CREATE, JSON.stringify(base)), { extraBodyFields });
    expect(await sent(parameters)).toEqual({
      ...base,
      base_report: { require_identity: false, client_report_id: 'x' },
    });
  });

  test('may hold a value that a drop-down does not know yet', async () => {
    const extraBodyFields =
      '{"products":["cra_next_year"],"cashflow_insights":{"attributes_version":"CFI9"}}';
    expect(await sent(withOptions(byFields(CREATE, base), { extraBodyFields }))).toMatchObject({
      products: ['cra_next_year'],
      cashflow_insights: { attributes_version: 'CFI9' },
    });
  });

  test('a field that is known is checked there too', async () => {
    const extraBodyFields = '{"days_requested":"many","unheard_of":1}';
    expect(await refused(withOptions(byFields(CREATE, base), { extraBodyFields }))).toEqual([
      'days_requested: must be an integer from 1 to 731, got "many"',
    ]);
  });

  test.each(['', '  ', '={{ $json.missing }}', '={{ null }}'])(
    'left empty (%j), they add nothing',
    async (extraBodyFields) => {
      expect(await sent(withOptions(byFields(CREATE, base), { extraBodyFields }))).toEqual(base);
    },
  );

  test.each([
    ['[1]', 'must be a JSON object, got a list'],
    ['7', 'must be a JSON object, got a number'],
  ])('%s is refused', async (extraBodyFields, message) => {
    expect(await refused(withOptions(byFields(CREATE, base), { extraBodyFields }))).toEqual([
      `Extra Body Fields (JSON): ${message}`,
    ]);
  });
});

describe('the check before sending', () => {
  test('one error lists every problem with its path, and nothing is sent', async () => {
    const body = {
      ...report('={{ 7 }}'),
      webhook: 'http://example.com/hook',
      days_requested: '={{ 9999 }}',
      consumer_report_permissible_purpose: '={{ "CURIOSITY" }}',
      products: '={{ ["cra_base_report", "cra_nothing"] }}',
      base_report: { require_identity: '={{ "yes" }}' },
      partner_insights: { fico: fico(700, '={{ "abc" }}') },
    };
    const run = await runPlaidCheck(server, byFields(CREATE, body));
    expect(server.requests).toEqual([]);
    expect(run.status).toBe('error');
    expect(run.error).toMatchObject({
      name: 'NodeOperationError',
      message: 'Not sent: User ID must be text, got 7 (and 6 more problems)',
      context: { itemIndex: 0 },
    });
    const description = readable(run.error?.description);
    const paths = [
      'User ID (user_id): must be text, got 7',
      'Webhook URL (webhook): must be an https URL, got "http://example.com/hook"',
      'Days Requested (days_requested): must be an integer from 1 to 731, got 9999',
      'Permissible Purpose (consumer_report_permissible_purpose): must be one of ',
      'Products > 2 (products[1]): must be one of ',
      'Base Report > Require Identity (base_report.require_identity): must be true or false, got "yes"',
      'Partner Insights > FICO > UltraFICO Score Requests > 2 > Base FICO Score (partner_insights.fico.ultrafico_score_requests[1].base_fico_score.score): must be an integer, got "abc"',
    ];
    paths.forEach((line) => expect(description).toContain(line));
    expect(description).toContain('got "CURIOSITY"');
    expect(description).toContain('"EXTENSION_OF_CREDIT"');
    expect(description).toContain('got "cra_nothing"');
  });

  const json = (change: object) => byJson(CREATE, JSON.stringify({ ...report(), ...change }));
  const without = (name: keyof ReturnType<typeof report>) => json({ [name]: undefined });

  test.each([
    [
      'user_token beside user_id',
      json({ user_token: 'user-sandbox-1' }),
      ['user_token: must be left out, as user_id is set and only one of them may be'],
    ],
    ['nobody named', without('user_id'), ['user_id: is required, or instead user_token']],
    ['no webhook', without('webhook'), ['webhook: is required and must be an https URL']],
    [
      'a webhook without https',
      json({ webhook: 'ftp://example.com' }),
      ['webhook: must be an https URL, got "ftp://example.com"'],
    ],
    [
      'more days required than requested',
      json({ days_requested: 90, days_required: 91 }),
      ['days_required: must be at most the value of days_requested (90), got 91'],
    ],
    [
      'more days required than Plaid can',
      json({ days_required: 185 }),
      ['days_required: must be an integer from 0 to 184, got 185'],
    ],
    [
      'a mistyped field',
      json({ include_investment: true }),
      ['include_investment: is an unknown field; did you mean include_investments?'],
    ],
    [
      'a mistyped field inside',
      json({ base_report: { require_identiy: true } }),
      ['base_report.require_identiy: is an unknown field; did you mean require_identity?'],
    ],
    [
      'half a FICO block',
      json({ partner_insights: { fico: { fico_lender_id: 'lender-4' } } }),
      [
        'partner_insights.fico.lender_application_id: is required and must be text',
        'partner_insights.fico.ultrafico_score_requests: is required and must be a list with at least one object',
      ],
    ],
    [
      'an empty list',
      json({ products: [] }),
      [
        expect.stringMatching(
          /^products: must be a list with at least one of .*, got an empty list$/,
        ),
      ],
    ],
    [
      'text for an object',
      json({ base_report: 'yes' }),
      ['base_report: must be an object with fields, got "yes"'],
    ],
  ])('%s', async (_what, parameters, problems) => {
    expect(await refused(parameters)).toEqual(problems);
  });

  test('switched off, what it would refuse is sent', async () => {
    const body = { ...report(), days_requested: 9999, webhook: 'nowhere', unheard_of: [true] };
    const parameters = byJson(CREATE, JSON.stringify(body));
    expect(await sent(withOptions(parameters, { validateRequest: false }))).toEqual(body);
  });

  test('under 180 days is allowed, as Plaid raises it', async () => {
    expect(await sent(json({ days_requested: 30 }))).toEqual({ ...report(), days_requested: 30 });
  });
});

describe('keys in the body', () => {
  const KEY = 'a-key-that-must-not-show';
  const inJson = byJson(CREATE, JSON.stringify({ ...report(), client_id: KEY, secret: KEY }));
  const inExtra = (options: INodeParameters) =>
    withOptions(byFields(CREATE, report()), {
      extraBodyFields: JSON.stringify({ secret: KEY }),
      ...options,
    });
  const advice: Record<string, string> = {
    client_id: 'must not be in the request: remove it, as the credential already sends it',
    secret:
      'must not be in the request: remove it, as the credential already sends it, and rotate it in the Plaid Dashboard, as n8n keeps it in its workflow history and executions',
  };

  test.each([
    ['JSON', inJson, ['client_id', 'secret']],
    ['JSON, unchecked', withOptions(inJson, { validateRequest: false }), ['client_id', 'secret']],
    ['Extra Body Fields', inExtra({}), ['secret']],
    ['Extra Body Fields, unchecked', inExtra({ validateRequest: false }), ['secret']],
  ])('are refused with advice: %s', async (_where, parameters, names) => {
    expect(await refused(parameters)).toEqual(names.map((name) => `${name}: ${advice[name]}`));
  });

  test('are not repeated in the error', async () => {
    const item = { ...report(), secret: KEY };
    const run = await runPlaidCheck(server, byJson(CREATE, '={{ $json }}'), [item]);
    expect(run.error?.description).toContain(advice.secret);
    expect(`${run.error?.message} ${run.error?.description}`).not.toContain(KEY);
    expect(server.requests).toEqual([]);
  });
});

describe('JSON that is none', () => {
  const BROKEN = 'Request Body (JSON): must be a JSON object, got text that is not JSON';

  test('is refused with the place where it breaks', async () => {
    const missingComma = '{\n  "user_id": "usr_private"\n  "user_token": "x"}';
    expect(await refused(byJson(CREATE, missingComma))).toEqual([`${BROKEN} (line 3, column 3)`]);
  });

  test.each(['{"user_id": private-words}', 'private-words', '{"user_id": "private-words'])(
    'is refused without repeating it: %s',
    async (text) => {
      const [line] = await refused(byJson(CREATE, text));
      expect(line).toContain(BROKEN);
      const run = await runPlaidCheck(server, byJson(CREATE, text));
      expect(run.error?.description).toContain(BROKEN);
      expect(`${run.error?.message} ${run.error?.description} ${line}`).not.toContain('private');
    },
  );

  test.each([
    ['[{"user_id":"a"}]', 'a list'],
    ['"user_id"', 'a string'],
    ['12', 'a number'],
    ['={{ $json.missing }}', 'nothing'],
    ['={{ [1] }}', 'a list'],
  ])('%s is refused', async (text, got) => {
    expect(await refused(byJson(CREATE, text))).toEqual([
      `Request Body (JSON): must be a JSON object, got ${got}`,
    ]);
  });
});
