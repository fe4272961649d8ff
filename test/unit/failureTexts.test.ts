import type {
  IDataObject,
  IExecuteFunctions,
  IHttpRequestOptions,
  INodeExecutionData,
  JsonObject,
} from 'n8n-workflow';

import type * as Endpoints from '../../nodes/PlaidCheck/catalog/endpoint';
import type * as ErrorCodes from '../../nodes/PlaidCheck/client/errorCodes';
import type * as FailureTexts from '../../nodes/PlaidCheck/client/failureTexts';
import type * as Execute from '../../nodes/PlaidCheck/execute';

/** No code decides by a sentence: the node does the same with each sentence of a failure replaced by its key. */

const EXECUTE = '../../nodes/PlaidCheck/execute';
const TEXTS = '../../nodes/PlaidCheck/client/failureTexts';
const ERROR_CODES = '../../nodes/PlaidCheck/client/errorCodes';
const ENDPOINT = '../../nodes/PlaidCheck/catalog/endpoint';

/** Loads the node with its own sentences, or with their keys. */
function loadExecute(withKeys: boolean): (typeof Execute)['executeItems'] {
  let loaded: typeof Execute | undefined;
  jest.isolateModules(() => {
    if (withKeys) {
      jest.doMock(TEXTS, () => {
        const { TEXTS: texts } = jest.requireActual<typeof FailureTexts>(TEXTS);
        const keys = Object.entries(texts).map(([key, text]) => [
          key,
          typeof text === 'function' ? () => key : key,
        ]);
        return { TEXTS: Object.fromEntries(keys) as object };
      });
      jest.doMock(ERROR_CODES, () => {
        const actual = jest.requireActual<typeof ErrorCodes>(ERROR_CODES);
        const nextStepFor: typeof actual.nextStepFor = (...error) =>
          actual.nextStepFor(...error) && 'nextStepFor';
        return { ...actual, messageFor: () => 'messageFor', nextStepFor };
      });
      jest.doMock(ENDPOINT, () => {
        const actual = jest.requireActual<typeof Endpoints>(ENDPOINT);
        const endpoint = (declaration: Endpoints.EndpointDeclaration) =>
          actual.endpoint({
            ...declaration,
            howToVerify: declaration.howToVerify && 'howToVerify',
          });
        return { ...actual, endpoint };
      });
    } else {
      for (const file of [TEXTS, ERROR_CODES, ENDPOINT]) jest.dontMock(file);
    }
    loaded = jest.requireActual<typeof Execute>(EXECUTE);
  });
  if (!loaded) throw new Error('The node was not loaded');
  return loaded.executeItems;
}

interface Sent {
  path: string;
  body: JsonObject;
}

/** A response, or the error that n8n's helper throws. */
type Reply = { status: number; body: object | string; headers?: IDataObject } | Error;

interface Scenario {
  parameters: IDataObject;
  bodies: JsonObject[];
  /** @param index of the request, from 0 */
  reply: (request: Sent, index: number, cancel: AbortController) => Reply;
  continueOnFail?: boolean;
  /** The options of one item, where items differ in them */
  optionsOf?: (item: number) => IDataObject;
}

/** What a run did, and the texts of its failures apart from it. */
interface Done {
  requests: Sent[];
  outcome: unknown;
  texts: string[];
}

async function run(executeItems: typeof Execute.executeItems, scenario: Scenario): Promise<Done> {
  const { parameters, bodies, reply, continueOnFail = true, optionsOf } = scenario;
  const requests: Sent[] = [];
  const cancel = new AbortController();
  const execution: IDataObject = {};
  const next = { data: { main: [] }, metadata: {} };
  const send = async ({ url, body }: IHttpRequestOptions) => {
    const request = { path: new URL(url).pathname, body: JSON.parse(String(body)) as JsonObject };
    requests.push(request);
    const replied = reply(request, requests.length - 1, cancel);
    if (replied instanceof Error) throw replied;
    const { status, body: content, headers = {} } = replied;
    const isText = typeof content === 'string';
    return await Promise.resolve({
      statusCode: status,
      headers: { 'content-type': isText ? 'text/html' : 'application/json', ...headers },
      body: [Buffer.from(isText ? content : JSON.stringify(content))],
    });
  };
  const node = {
    id: 'node',
    name: 'Plaid Check',
    type: 'plaidCheck',
    typeVersion: 1,
    position: [0, 0],
    // Read again for each item, as an expression is.
    parameters: { jsonBody: '=', options: '=' },
    onError: 'continueRegularOutput',
  };
  const context = {
    getNode: () => node,
    getNodeParameter: (path: string, item: number, fallback: unknown) => {
      // A path leads to one of the options.
      const [name = '', option] = path.split('.');
      if (name === 'jsonBody') return bodies[item];
      const value = (name === 'options' && optionsOf?.(item)) || parameters[name];
      return (option === undefined ? value : (value as IDataObject)[option]) ?? fallback;
    },
    getInputData: () => bodies.map((json) => ({ json })),
    continueOnFail: () => continueOnFail,
    getTimezone: () => 'America/New_York',
    getExecutionCancelSignal: () => cancel.signal,
    getCredentials: async () =>
      await Promise.resolve({
        environment: 'custom',
        customBaseUrl: 'http://127.0.0.1:1',
        clientId: 'client-id',
        secret: 'secret-of-test',
      }),
    getExecutionId: () => '1',
    logger: { warn: () => undefined },
    evaluateExpression: () => 'http://127.0.0.1:5678/webhook-waiting/1',
    runExecutionData: { executionData: { contextData: execution, nodeExecutionStack: [next] } },
    getExecuteData: () => next,
    putExecutionToWait: async () => await Promise.resolve(),
    helpers: {
      httpRequestWithAuthentication: async (_: string, options: IHttpRequestOptions) =>
        await send(options),
    },
  } as unknown as IExecuteFunctions;
  let outcome: unknown;
  try {
    const items: INodeExecutionData[] = await executeItems(context);
    outcome = { items, paused: next.data };
  } catch (error) {
    const { name, context: about, httpCode, message, description } = error as Error & IDataObject;
    outcome = { name, item: (about as IDataObject).itemIndex, httpCode, message, description };
  }
  const texts: string[] = [];
  return { requests, outcome: withoutTexts(outcome, texts), texts };
}

const TEXT_FIELDS = ['message', 'next_step', 'description'];
const TIMES = ['started_at', 'duration_ms', 'waited_ms'];

/** A copy without texts, which are collected, and without times. */
function withoutTexts(value: unknown, texts: string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => withoutTexts(one, texts));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([name, one]) => {
    if (TIMES.includes(name)) return [];
    if (!TEXT_FIELDS.includes(name) || typeof one !== 'string') {
      return [[name, withoutTexts(one, texts)]];
    }
    texts.push(one);
    return [];
  });
  return Object.fromEntries(entries) as object;
}

const plaidError = (error_code: string, status = 400, error_type = 'INVALID_INPUT'): Reply => ({
  status,
  body: { error_type, error_code, error_message: '', request_id: 'failed' },
});
const noReport = plaidError('CONSUMER_REPORT_EXPIRED');
const notReady = plaidError('PRODUCT_NOT_READY');
const serverError = plaidError('INTERNAL_SERVER_ERROR', 500, 'API_ERROR');
const rateLimited = plaidError('RATE_LIMIT', 429, 'RATE_LIMIT_EXCEEDED');
const page: Reply = { status: 502, body: '<html>' };
const ok: Reply = { status: 200, body: { request_id: 'ok', report: { report_id: 'r' } } };
const broken = (code: string) => Object.assign(new Error('broken'), { code });
const reset = broken('ECONNRESET');

/** Replies in this order; the last one to all further requests. */
const inOrder =
  (...replies: Reply[]) =>
  (_: Sent, index: number): Reply =>
    replies[Math.min(index, replies.length - 1)] ?? ok;

const operation = (resource: string, name: string, options: IDataObject = {}): IDataObject => ({
  resource,
  operation: name,
  specifyRequest: 'json',
  output: 'full',
  options: {
    validateRequest: false,
    ...options,
    retry: {
      values: { interval: 0, maxInterval: 0, ...(options.retry as IDataObject | undefined) },
    },
  },
});
const twice = { retryUncertain: true };
const wait = { waitUntilReady: { values: { waitMode: 'poll', maxWait: 1 } } };
const newReport = (days_requested: number) => ({
  createIfExpired: {
    values: {
      webhook: 'https://example.com/plaid',
      consumer_report_permissible_purpose: 'ACCOUNT_REVIEW_CREDIT',
      days_requested,
    },
  },
  ...wait,
});
const ifExpired = newReport(365);
const user = { user_id: 'usr_1' };
const create = (options?: IDataObject) => operation('checkReport', 'create', options);
const read = (options?: IDataObject) => operation('checkReport', 'getBaseReport', options);
const billedRead = (options?: IDataObject) =>
  operation('checkReport', 'getPartnerInsights', options);
const products = ['base_report', 'cashflow_insights', 'partner_insights'];
const full = operation('checkReport', 'getFullReport', { retry: { maxAttempts: 1 } });
const loans = ['a', 'b', 'bad', 'c'].map((loan_id) => ({ loans: [{ loan_id }] }));
const update = (options?: IDataObject) =>
  operation('loan', 'update', { itemsPerRequest: 10, ...options });
const rejectBad = ({ body }: Sent): Reply =>
  JSON.stringify(body).includes('bad') ? plaidError('INVALID_FIELD') : ok;

const one = (parameters: IDataObject, ...replies: Reply[]): Scenario => ({
  parameters,
  bodies: [user],
  reply: inOrder(...replies),
});

const SCENARIOS: Record<string, Scenario> = {
  'no retry of a creation that may have succeeded': one(create(), reset, ok),
  'a retry of it where the user allows it': one(create({ retry: twice }), reset, page, ok),
  'an earlier attempt that may have succeeded': one(create({ retry: twice }), reset, noReport),
  'a retry of an idempotent read': one(read(), serverError, page, ok),
  'attempts that are used up': one(read(), serverError),
  'a retry of a request that was never sent': one(create(), broken('ECONNREFUSED'), ok),
  'an unknown host': one(create(), broken('ENOTFOUND')),
  'a certificate that is not trusted': one(create(), broken('CERT_HAS_EXPIRED')),
  'a timeout': one(create(), broken('ETIMEDOUT')),
  'a rate limit': one(create(), rateLimited, ok),
  'a web page with 200': one(create(), { status: 200, body: '<html>' }),
  'a redirect': one(create(), { status: 307, body: '<html>' }),
  'a response that is too large': one(create({ responseSizeLimit: 0.001 }), {
    status: 200,
    body: { request_id: 'r'.repeat(2000) },
  }),
  'a cancellation while a request is in flight': {
    parameters: create({ retry: twice }),
    bodies: [user, user],
    reply: (_, __, cancel) => {
      cancel.abort();
      return reset;
    },
  },
  'a batch that is split': { parameters: update(), bodies: loans, reply: rejectBad },
  'a batch that may have succeeded and is not split': {
    parameters: update({ retry: twice }),
    bodies: loans,
    reply: (request, index) => (index === 0 ? reset : rejectBad(request)),
  },
  'an account that may not use the endpoint': {
    parameters: update(),
    bodies: loans,
    reply: inOrder(plaidError('INVALID_PRODUCT')),
  },
  'a node that stops at an error': {
    parameters: create({ throttling: { values: { concurrency: 1 } } }),
    bodies: [user, { user_id: 'usr_2' }, { user_id: 'usr_3' }],
    reply: inOrder(ok, reset),
    continueOnFail: false,
  },
  'a node that stops at an invalid item': {
    parameters: { ...create(), options: {} },
    bodies: [user, { user_id: 5 }],
    reply: inOrder(ok),
    continueOnFail: false,
  },
  'a report that becomes ready': one(read(wait), notReady, serverError, ok),
  'a report that does not': one(billedRead(wait), notReady),
  'a created report that becomes ready': one(create(wait), ok, noReport, ok),
  'a created report that cannot be read': one(create(wait), ok, page),
  'a created report without data': one(create(wait), ok, plaidError('DATA_UNAVAILABLE')),
  'a report that is created if expired': one(read(ifExpired), noReport, ok, notReady, ok),
  'a creation that fails': one(read(ifExpired), noReport, reset),
  'a billed read after a creation': one(billedRead(ifExpired), noReport, ok, reset),
  'two items that disagree on a new report': {
    parameters: read(ifExpired),
    bodies: [user, user],
    reply: inOrder(noReport, noReport, ok),
    optionsOf: (item) => newReport(365 + item),
  },
  'a full report with failures': {
    parameters: full,
    bodies: [{ ...user, products }],
    reply: ({ path }) => (path.includes('cashflow') ? ok : reset),
  },
  'a full report without any product': {
    parameters: full,
    bodies: [{ ...user, products }],
    reply: inOrder(noReport, reset),
  },
  'a paused execution': one(
    create({ waitUntilReady: { values: { waitMode: 'webhook', maxWait: 60 } } }),
    ok,
  ),
  'a creation that fails before the pause': one(
    create({ waitUntilReady: { values: { waitMode: 'webhook', maxWait: 60 } } }),
    reset,
  ),
};

const executeItems = loadExecute(false);
const executeWithKeys = loadExecute(true);

/** How many requests each scenario sent */
const counts: Record<string, number> = {};

beforeEach(() => void jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

test.each(Object.entries(SCENARIOS))(
  '%s: the same with keys for sentences',
  async (name, scenario) => {
    const own = await run(executeItems, scenario);
    const keyed = await run(executeWithKeys, scenario);
    counts[name] = keyed.requests.length;
    const comparable = ({ requests, outcome }: Done) => ({
      requests: requests.map((request) => masked(request)),
      outcome,
    });
    expect(comparable(keyed)).toEqual(comparable(own));
    expect(keyed.texts).toHaveLength(own.texts.length);
    expect(keyed.texts.join('\n')).not.toMatch(
      /The request may have succeeded|A report was created/,
    );
    if (own.texts.length > 0) expect(keyed.texts).not.toEqual(own.texts);
  },
);

test('the scenarios cover retries, splits, polls and what may have succeeded', () => {
  expect(counts).toMatchObject({
    'no retry of a creation that may have succeeded': 1,
    'a retry of it where the user allows it': 3,
    'an earlier attempt that may have succeeded': 2,
    'a retry of an idempotent read': 3,
    'a batch that is split': 5,
    'a batch that may have succeeded and is not split': 2,
    'a report that becomes ready': 3,
    'a report that is created if expired': 4,
    'a node that stops at an error': 2,
    'a paused execution': 1,
  });
});

/** The address to resume at holds an ID made for the attempt. */
function masked({ path, body }: Sent): Sent {
  const { webhook } = body;
  return { path, body: typeof webhook === 'string' ? { ...body, webhook: 'webhook' } : body };
}
