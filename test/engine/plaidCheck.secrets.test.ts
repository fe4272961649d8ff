import type {
  ICredentialDataDecryptedObject,
  ICredentialTestFunctions,
  INode,
  INodeParameters,
} from 'n8n-workflow';
import { runWorkflow, type RunOptions, type RunResult } from '../../engine';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { AMARA, DANIEL, ENDPOINTS, insights, report } from '../support/samples/applications';
import { plaidCheck, plaidCheckApi } from '../support/workflows/builtNode';
import { plaidError } from '../support/faults/failures';
import { leaksOf } from '../support/process/leaks';
import { core, workflow } from '../support/workflows/nodeRealm';
import { plaidCheckWorkflow } from '../support/workflows/plaidCheckWorkflow';
import {
  byFields,
  byJson,
  CREATE,
  credentialFor,
  PARTNER_INSIGHTS,
  runPlaidCheck,
  withOptions,
  type Account,
  ONCE,
} from '../support/workflows/runPlaidCheck';
import {
  answer,
  answerText,
  cutHalfway,
  hang,
  hangHalfway,
  reset,
  startScriptedServer,
  type Script,
  type ScriptedServer,
} from '../support/servers/scriptedServer';
import { startSpyingProxy, type SpyingProxy } from '../support/servers/spyingProxy';

/** Texts that occur nowhere but where a key is. */
const CLIENT_ID = 'zq7client0d1e5id9x';
const SECRET = 'zq7secret8b2f6key3y';
const KEYS = [CLIENT_ID, SECRET];

/** Every text of an error that a person may see. */
const ERROR_FIELDS = [
  'error_type',
  'error_code',
  'error_message',
  'display_message',
  'suggested_action',
  'documentation_url',
  'request_id',
];

const unicodeEscapes = (text: string) =>
  [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

/** As the HTTP Request node sets it. */
const IGNORE_SSL = { allowUnauthorizedCerts: true };

let server: ScriptedServer;
let other: ScriptedServer;
let sandbox: Sandbox;

beforeAll(async () => {
  [server, other, sandbox] = await Promise.all([
    startScriptedServer(),
    startScriptedServer(),
    startSandbox({ clientId: CLIENT_ID, secret: SECRET, readyAfterMs: 60_000 }),
  ]);
});
afterAll(() => Promise.all([server.close(), other.close(), sandbox.close()]));
beforeEach(() => {
  server.play(answer(200, { request_id: 'r1' }));
  other.play(answer(200, { request_id: 'elsewhere' }));
  sandbox.reset();
});

const at = (url: string): Account => ({ url, clientId: CLIENT_ID, secret: SECRET });
const read = byFields(PARTNER_INSIGHTS, insights());
const create = byFields(CREATE, report());

/** Everything that a person or another node can see of a run, and everything n8n wrote down. */
const MODES: ReadonlyArray<INode['onError']> = [
  'stopWorkflow',
  'continueRegularOutput',
  'continueErrorOutput',
];

async function runs(
  account: Account,
  parameters: INodeParameters,
  items = [{}],
  options: () => Partial<RunOptions> = () => ({}),
): Promise<RunResult[]> {
  const results: RunResult[] = [];
  for (const onError of MODES) {
    results.push(await runPlaidCheck(account, parameters, items, { onError }, options()));
  }
  return results;
}

/** No key shows in the runs, which were of this outcome and did write a log. */
function expectNoKeys(results: RunResult[], status: RunResult['status']): void {
  expect(results.map((result) => result.status)).toEqual([
    status,
    ...(status === 'canceled' ? [status, status] : ['success', 'success']),
  ]);
  for (const { log } of results) expect(log.length).toBeGreaterThan(3);
  expect(leaksOf(KEYS, results)).toEqual([]);
}

describe('the search itself', () => {
  test('reaches what n8n saves of an execution', async () => {
    const body = JSON.stringify({ ...report(), user_id: `usr_${SECRET}` });
    const { saved } = await runPlaidCheck(at(server.url), byJson(CREATE, body));
    expect(leaksOf([SECRET], saved)).toEqual([]);
    server.play(answer(200, { request_id: 'r1', user_id: CLIENT_ID, client_id: CLIENT_ID }));
    const repeated = await runPlaidCheck(at(server.url), create);
    expect(leaksOf(KEYS, repeated.saved)).toEqual([CLIENT_ID]);
  });

  test('finds the keys where they are: in what the server got', async () => {
    expectNoKeys(await runs(at(server.url), create), 'success');
    expect(leaksOf(KEYS, server.requests)).toEqual(KEYS);
  });

  const inner = new Error(`inner ${SECRET}`);
  const hidden = Object.defineProperty({}, 'config', { value: { auth: [CLIENT_ID] } });
  const circle: { self?: object; map: Map<string, string> } = { map: new Map([['a', SECRET]]) };
  circle.self = circle;
  test.each([
    ['the cause of a cause', new Error('a', { cause: new Error('b', { cause: inner }) }), SECRET],
    ['a hidden property', hidden, CLIENT_ID],
    ['a key', { [`x${SECRET}`]: 1 }, SECRET],
    ['a map in a circle', circle, SECRET],
    ['bytes', { body: Buffer.from(`{"secret":"${SECRET}"}`) }, SECRET],
    ['base64', { authorization: `Basic ${Buffer.from(`${SECRET}:x`).toString('base64')}` }, SECRET],
    ['a line of a log', { log: [`{"headers":{"PLAID-SECRET":"${SECRET}"}}`] }, SECRET],
    [
      "n8n's own error",
      new workflow.NodeOperationError(plaidCheckWorkflow({}, []).nodes[1] as INode, 'a', {
        description: SECRET,
      }),
      SECRET,
    ],
  ])('finds one in %s', (_where, value, key) => {
    expect(leaksOf(KEYS, { list: [value] })).toEqual([key]);
  });
});

interface LogLine {
  error?: { node?: unknown };
}

const withoutNode = (line: LogLine): LogLine => ({
  ...line,
  ...(line.error && { error: { ...line.error, node: undefined } }),
});

describe('no key shows', () => {
  test.each(ENDPOINTS)('in the answer of $path', async ({ body, ...endpoint }) => {
    const onReport = { ...at(sandbox.url) };
    await runPlaidCheck(onReport, create);
    sandbox.clock.advance(60_000);
    expectNoKeys(await runs(onReport, byFields(endpoint, body())), 'success');
    expectNoKeys(await runs(onReport, byJson(endpoint, JSON.stringify(body()))), 'success');
    sandbox.clearRequests();
  });

  test('in errors of Plaid', async () => {
    const wrongSecret = { url: sandbox.url, clientId: `${CLIENT_ID}`, secret: `${SECRET}-old` };
    expectNoKeys(await runs(wrongSecret, read), 'error');
    expectNoKeys(await runs(at(sandbox.url), read), 'error');
    await runPlaidCheck(at(sandbox.url), create);
    expectNoKeys(await runs(at(sandbox.url), read), 'error');
    sandbox.clock.advance(48 * 60 * 60 * 1000);
    expectNoKeys(await runs(at(sandbox.url), read), 'error');
  });

  /** A gateway that shows what it got, keys and all, as debugging pages do. */
  const echo =
    (status: number, type: string): Script =>
    (response, request, index) =>
      answerText(status, type, `<html>${JSON.stringify(request)}`)(response, request, index);
  const echoJson: Script = (response, request, index) =>
    answer(500, { got: request.headers })(response, request, index);
  const redirect: Script = (response, request, index) =>
    answerText(307, 'text/html', '', { location: other.url })(response, request, index);
  const repeating = (status: number, field: string) =>
    answer(status, {
      ...plaidError('API_ERROR', 'INTERNAL_SERVER_ERROR', 'unexpected'),
      [field]: `https://plaid.com/docs/?a=${CLIENT_ID}&b=${SECRET}`,
    });

  const scripts: Array<[string, Script]> = [
    ['429', answer(429, plaidError('RATE_LIMIT_EXCEEDED', 'RATE_LIMIT', 'too many'))],
    ['500', answer(500, plaidError('API_ERROR', 'INTERNAL_SERVER_ERROR', 'unexpected'))],
    ['a web page with 502', answerText(502, 'text/html', '<html>')],
    ['a web page with 200', answerText(200, 'text/html', '<html>')],
    ['an empty body', answerText(500, 'text/plain', '')],
    ['cut JSON', answerText(200, 'application/json', '{"a":')],
    ['a page that shows the request', echo(502, 'text/html')],
    ['a page that shows the request, with 200', echo(200, 'application/json')],
    ['JSON of a gateway that shows the request', echoJson],
    ...ERROR_FIELDS.flatMap((field): Array<[string, Script]> => [
      [`an error that repeats the keys in ${field}`, repeating(400, field)],
      [`an error that repeats the keys in ${field}, and may be retried`, repeating(500, field)],
    ]),
    [
      'an error that repeats the keys in escapes',
      answerText(
        400,
        'application/json',
        `{"error_code":"X","error_message":"${unicodeEscapes(SECRET)} ${unicodeEscapes(CLIENT_ID)}"}`,
      ),
    ],
    ['a content type that repeats the secret', answerText(200, `text/${SECRET}`, 'x')],
    ['a content type that repeats the client ID', answerText(502, `x/${CLIENT_ID}`, 'x')],
    [
      'a header that repeats the keys',
      answerText(502, 'text/plain', 'x', { 'plaid-request-id': `${CLIENT_ID} ${SECRET}` }),
    ],
    ['a redirect', redirect],
    ['a reset', reset],
    ['a cut answer', cutHalfway],
    ['silence', hang],
    ['half an answer', hangHalfway],
  ];

  test.each<[string, object]>([
    ['its ID', { request_id: `${CLIENT_ID} ${SECRET}` }],
    ['its ID, in escapes', { request_id: SECRET }],
    ['a field', { echo: { headers: { 'PLAID-SECRET': SECRET, 'PLAID-CLIENT-ID': CLIENT_ID } } }],
  ])('in a response that repeats the keys in %s', async (name, body) => {
    const text = JSON.stringify({ request_id: 'r', ...body });
    const sent = name.endsWith('escapes') ? text.replace(SECRET, unicodeEscapes(SECRET)) : text;
    server.play(answerText(200, 'application/json', sent));
    const results = await runs(at(server.url), withOptions(create, { includeAttempts: true }));
    expectNoKeys(results, 'success');
    expect(JSON.stringify(results[0])).toContain('********');
  });

  test.each(scripts)('in what comes of %s', async (_name, script) => {
    server.play(script);
    const parameters = { ...create, options: { timeout: 0.2, ...ONCE } };
    expectNoKeys(await runs(at(server.url), parameters), 'error');
    expect(leaksOf(KEYS, server.requests)).toEqual(KEYS);
    expect(other.requests).toEqual([]);
  });

  test('where nobody is reached', async () => {
    const gone = await startScriptedServer();
    await gone.close();
    for (const url of [gone.url, 'https://nowhere.invalid', 'http://plaid.example.com', 'x', ''])
      expectNoKeys(await runs(at(url), create), 'error');
  });

  test('where the request is refused, though it holds the keys itself', async () => {
    const body = { ...report(), client_id: CLIENT_ID, secret: SECRET };
    const refused = [
      byJson(CREATE, JSON.stringify(body)),
      { ...byJson(CREATE, JSON.stringify(body)), options: { validateRequest: false } },
      { ...create, options: { extraBodyFields: JSON.stringify({ secret: SECRET }) } },
      byJson(CREATE, `{"secret": ${SECRET}`),
      byJson(CREATE, `{"secret": "${SECRET}" "client_id": "${CLIENT_ID}"}`),
    ];
    for (const parameters of refused) {
      const results = await runs(at(server.url), parameters);
      expect(results.map(({ status }) => status)).toEqual(['error', 'success', 'success']);
      // n8n adds the node to an error, and so to its log: what the user wrote into the workflow. The
      // keys there are no find; the rest must not repeat them.
      const shown = results.map(({ nodes, log, error }) => [
        log.map((line) => withoutNode(JSON.parse(line) as LogLine)),
        nodes['Plaid Check']?.flatMap(({ outputs }) => outputs.flat()),
        [error?.message, error?.description, error?.stack, error?.cause, error?.context],
      ]);
      expect(leaksOf(KEYS, shown)).toEqual([]);
    }
    expect(server.requests).toEqual([]);
  });

  test('when an expression fails', async () => {
    const failing = byFields(CREATE, report('={{ $("Nobody").item.json.id }}'));
    expectNoKeys(await runs(at(server.url), failing), 'error');
  });

  test('when good and bad items come together', async () => {
    await runPlaidCheck(at(sandbox.url), create);
    sandbox.clock.advance(60_000);
    const mixed = byFields(PARTNER_INSIGHTS, insights('={{ $json.user }}'));
    const items = [AMARA, DANIEL, '', AMARA].map((user) => ({ user }));
    expectNoKeys(await runs(at(sandbox.url), mixed, items), 'error');
  });

  test('when a run is stopped', async () => {
    let stop = new AbortController();
    server.play(() => setImmediate(() => stop.abort()));
    const results = await runs(at(server.url), create, [{}], () => {
      stop = new AbortController();
      return { signal: stop.signal };
    });
    expectNoKeys(results, 'canceled');
    await server.allConnectionsClosed();
  });
});

describe("the credential's test", () => {
  /** What n8n shows under the credential after "Save", with n8n's own context. */
  async function tested(data: ICredentialDataDecryptedObject) {
    const test = plaidCheck.methods?.credentialTest?.testPlaidCheckApi;
    if (!test) throw new Error('The node has no test for the credential');
    const context: ICredentialTestFunctions = new core.CredentialTestContext();
    return await test.call(context, { id: '1', name: 'Plaid', type: 'plaidCheckApi', data });
  }
  const testedAt = (url: string) => tested(credentialFor(at(url)));

  test('is the one the node names for the credential', () => {
    const [credential] = plaidCheck.description.credentials ?? [];
    expect(credential).toMatchObject({ name: plaidCheckApi.name, testedBy: 'testPlaidCheckApi' });
  });

  test('good keys are green', async () => {
    expect(await testedAt(sandbox.url)).toMatchObject({ status: 'OK' });
    expect(sandbox.requests).toHaveLength(1);
    const [request] = sandbox.requests;
    expect(request).toMatchObject({ status: 200, path: '/institutions/get' });
    expect(leaksOf(KEYS, request?.json)).toEqual([]);
  });

  const failed = (message: unknown) => ({ status: 'Error', message });

  test("wrong keys show Plaid's own message", async () => {
    const account = { url: sandbox.url, clientId: CLIENT_ID, secret: `${SECRET}-old` };
    const result = await tested(credentialFor(account));
    expect(result).toEqual(failed('invalid client_id or secret provided'));
  });

  test.each([
    ['http://plaid.example.com', /must start with https:\/\//],
    ['nonsense', /not a valid URL/],
    ['', /not a valid URL/],
    ['https://nowhere.invalid', /^The host nowhere\.invalid could not be found$/],
  ])('base URL %j', async (url, message) => {
    const result = await testedAt(url);
    expect(result).toEqual(failed(expect.stringMatching(message)));
    expect(leaksOf(KEYS, result)).toEqual([]);
  });

  const scripts: Array<[string, Script, RegExp]> = [
    ['a web page', answerText(200, 'text/html', '<html>'), /a web page/],
    ['an empty body', answerText(502, 'text/html', ''), /an empty body with HTTP 502/],
    ['a reset', reset, /closed the connection/],
    [
      'a redirect',
      (response, request, index) =>
        answerText(307, 'text/html', '', { location: other.url })(response, request, index),
      /HTTP 307/,
    ],
    [
      'a rate limit',
      answer(429, plaidError('RATE_LIMIT_EXCEEDED', 'RATE_LIMIT', 'too many')),
      /too many/,
    ],
  ];

  test.each(scripts)('a server that sends %s', async (_name, script, message) => {
    server.play(script);
    const result = await testedAt(server.url);
    expect(result).toEqual(failed(expect.stringMatching(message)));
    expect(leaksOf(KEYS, result)).toEqual([]);
    expect(other.requests).toEqual([]);
  });

  test('a port that nobody listens at', async () => {
    const gone = await startScriptedServer();
    await gone.close();
    const result = await testedAt(gone.url);
    expect(result).toEqual(failed(`${gone.host} refused the connection`));
  });
});

describe('the credential keeps to its own host', () => {
  const { authenticate } = plaidCheckApi;
  const data = credentialFor(at('https://plaid.example.com/gateway'));

  async function authenticated(options: object): Promise<object> {
    if (typeof authenticate !== 'function') throw new Error('authenticate is no function');
    return await authenticate(data, { url: '', ...options });
  }

  test.each([
    { url: 'https://plaid.example.com/anything' },
    { url: 'https://PLAID.example.com:443/anything' },
    { baseURL: 'https://plaid.example.com', url: '/anything' },
    { uri: 'https://plaid.example.com/anything' },
  ])('signs %j', async (options) => {
    expect(await authenticated({ ...options, headers: { 'X-Own': '1' } })).toMatchObject({
      ...options,
      headers: { 'X-Own': '1', 'PLAID-CLIENT-ID': CLIENT_ID, 'PLAID-SECRET': SECRET },
    });
  });

  test.each([
    { url: 'https://elsewhere.example.com/' },
    { url: 'https://plaid.example.com.elsewhere.example/' },
    { url: 'https://plaid.example.com@elsewhere.example/' },
    { url: 'https://plaid.example.com:8443/' },
    { url: 'http://plaid.example.com/' },
    { url: '//elsewhere.example.com/' },
    { baseURL: 'https://elsewhere.example.com', url: '/anything' },
    { baseURL: 'https://plaid.example.com', url: 'https://elsewhere.example.com/' },
    { uri: 'https://elsewhere.example.com/', url: 'https://plaid.example.com/' },
    { uri: 'https://plaid.example.com/', url: 'https://elsewhere.example.com/' },
    { uri: 'https://plaid.example.com/', baseURL: 'https://elsewhere.example.com/' },
    { baseURL: 'https://elsewhere.example.com/' },
    { url: 'https:elsewhere.example.com' },
    { url: 'https:/elsewhere.example.com' },
    { url: 'https:plaid.example.com' },
    { baseURL: 'https://plaid.example.com', url: 'https:elsewhere.example.com' },
    { url: 'https:\\\\plaid.example.com\\@elsewhere.example.com/' },
    { url: 'https://plaid.example.com\\@elsewhere.example.com/' },
    { url: 'https://plaid.example.com\t.elsewhere.example/' },
    { url: '\thttps://elsewhere.example.com/' },
    { url: 'plaid.example.com' },
    { url: '/anything' },
    { baseURL: 'https://plaid.example.com', url: '/\\elsewhere.example.com' },
    {},
  ])('refuses %j', async (options) => {
    const error: unknown = await authenticated(options).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      message: expect.stringMatching(/only for https:\/\/plaid\.example\.com;/),
    });
    expect(leaksOf(KEYS, error)).toEqual([]);
  });

  test.each([
    { proxy: 'http://127.0.0.1:9' },
    { proxy: { host: '127.0.0.1', port: 9 } },
    { agent: {} },
    { httpAgent: {} },
    { httpsAgent: {} },
    { socketPath: 'proxy.sock' },
  ])('refuses a way of its own: %j', async (detour) => {
    const url = 'https://plaid.example.com/anything';
    const error: unknown = await authenticated({ url, ...detour }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ message: expect.stringMatching(/must not choose its own/) });
    expect(leaksOf(KEYS, error)).toEqual([]);
  });

  test('checks certificates, and trusts nobody that the request brings along', async () => {
    const signed = await authenticated({
      url: 'https://plaid.example.com/anything',
      rejectUnauthorized: false,
      skipSslCertificateValidation: true,
      agentOptions: {
        ca: 'x',
        rejectUnauthorized: false,
        checkServerIdentity: () => undefined,
        host: 'elsewhere.example.com',
        socketPath: 'proxy.sock',
        cert: 'own',
        key: 'own',
        timeout: 5,
      },
      followRedirect: true,
      followAllRedirects: true,
      maxRedirects: 9,
      headers: { Host: 'elsewhere.example.com', 'plaid-secret': 'another', 'X-Own': '1' },
    });
    expect(signed).toEqual({
      url: 'https://plaid.example.com/anything',
      rejectUnauthorized: true,
      skipSslCertificateValidation: false,
      agentOptions: { cert: 'own', key: 'own', timeout: 5 },
      disableFollowRedirect: true,
      followRedirect: false,
      followAllRedirects: false,
      maxRedirects: 0,
      headers: {
        'PLAID-CLIENT-ID': CLIENT_ID,
        'PLAID-SECRET': SECRET,
        'Plaid-Version': '2020-09-14',
        'X-Own': '1',
      },
    });
  });

  test.each([
    'https:production.plaid.com',
    'https:/plaid.example.com',
    'https:\\\\plaid.example.com',
  ])('has no Base URL such as %s', async (url) => {
    const result = runPlaidCheck(at(url), read);
    expect((await result).error?.message).toMatch(/is not a valid URL/);
  });

  /** n8n's HTTP Request node with this credential, as a user can set it up for any address. */
  async function httpRequest(
    url: string,
    typeVersion: number,
    options: INodeParameters = {},
    account = at(server.url),
  ): Promise<RunResult> {
    const { nodes, ...rest } = plaidCheckWorkflow({}, [{}]);
    const [start, node] = nodes as [INode, INode];
    const request: INode = {
      ...node,
      type: 'n8n-nodes-base.httpRequest',
      typeVersion,
      parameters: {
        method: 'POST',
        url,
        authentication: 'predefinedCredentialType',
        nodeCredentialType: 'plaidCheckApi',
        sendBody: true,
        specifyBody: 'json',
        jsonBody: '{"count":1}',
        options,
      },
    };
    return await runWorkflow({
      workflow: { ...rest, nodes: [start, request] },
      credentials: { plaidCheckApi: credentialFor(account) },
    });
  }

  describe.each([3, 4.2, 4.4])("in n8n's HTTP Request node, version %d", (version) => {
    test('its own host gets the keys', async () => {
      const run = await httpRequest(`${server.url}/institutions/get`, version);
      expect(run.error?.message).toBeUndefined();
      expect(server.requests).toHaveLength(1);
      expect(server.requests[0]).toMatchObject({
        path: '/institutions/get',
        headers: { 'plaid-client-id': CLIENT_ID, 'plaid-secret': SECRET },
      });
      expect(leaksOf(KEYS, run)).toEqual([]);
    });

    test('another host gets nothing', async () => {
      const run = await httpRequest(`${other.url}/institutions/get`, version);
      expect(run.status).toBe('error');
      expect(JSON.stringify([run.error?.message, run.error?.description])).toContain(
        `This credential is only for ${server.url}`,
      );
      expect(other.requests).toEqual([]);
      expect(leaksOf(KEYS, run)).toEqual([]);
    });

    describe('with a proxy that its user brings along', () => {
      let spy: SpyingProxy;

      beforeAll(async () => {
        spy = await startSpyingProxy();
      });
      afterAll(() => spy.close());

      test.each([
        ['https', 'https://plaid.example.com', {}],
        ['https, and without checks of certificates', 'https://plaid.example.com', IGNORE_SSL],
        ['http to this machine', 'http://127.0.0.1:9', {}],
        ['http to this machine, by name', 'http://localhost:9', IGNORE_SSL],
      ])('the proxy gets no keys over %s', async (_name, url, options) => {
        const proxied = { ...options, proxy: spy.url };
        const run = await httpRequest(`${url}/institutions/get`, version, proxied, at(url));
        expect(run.status).toBe('error');
        expect(run.error?.message).toContain('must not choose its own proxy');
        expect(leaksOf(KEYS, [spy.heard, run])).toEqual([]);
        expect(spy.heard).toEqual([]);
      });

      test('nor does whoever answers with a certificate of their own, though checks are off', async () => {
        const url = spy.httpsUrl;
        const run = await httpRequest(`${url}/institutions/get`, version, IGNORE_SSL, at(url));
        expect(run.status).toBe('error');
        expect(leaksOf(KEYS, [spy.heard, run])).toEqual([]);
        expect(spy.heard).toEqual([]);
      });
    });

    test('another host that its own host sends on to does not get the keys', async () => {
      server.play(answerText(307, 'text/html', '', { location: `${other.url}/taken` }));
      const run = await httpRequest(`${server.url}/institutions/get`, version);
      expect(leaksOf(KEYS, other.requests)).toEqual([]);
      expect(leaksOf(KEYS, run)).toEqual([]);
    });
  });
});
