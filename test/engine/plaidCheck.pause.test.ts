import type { INode, INodeParameters } from 'n8n-workflow';
import { runWithWait, type WaitingRun, type WaitOptions } from '../../engine';
import { DEMO_USERS, startSandbox, type Sandbox } from '../../sandbox/server';
import { post, type Sent } from '../support/workflows/listenTrigger';
import { PLAID_CHECK, plaidCheckWorkflow } from '../support/workflows/plaidCheckWorkflow';
import {
  answer,
  startScriptedServer,
  type Arrived,
  type ScriptedServer,
} from '../support/servers/scriptedServer';
import { createSigner, keyOf } from '../support/servers/webhookSigner';
import {
  byFields,
  byJson,
  CREATE,
  credentialFor,
  withOptions,
} from '../support/workflows/runPlaidCheck';

const USER = DEMO_USERS[0]?.user_id ?? '';
const OTHER = DEMO_USERS[1]?.user_id ?? '';

/** As the option is added in the editor and its choice changed. */
const PAUSE = { waitUntilReady: { values: { waitMode: 'webhook', maxWait: 300 } } };

const REQUEST = {
  user_id: USER,
  consumer_report_permissible_purpose: 'ACCOUNT_REVIEW_CREDIT',
  days_requested: 90,
};
const parameters = withOptions(byFields(CREATE, REQUEST), PAUSE);

const ready = (user_id = USER, webhook_code = 'USER_CHECK_REPORT_READY') => ({
  webhook_type: 'CHECK_REPORT',
  webhook_code,
  user_id,
  successful_products: ['cra_base_report'],
  failed_products: [],
  environment: 'sandbox',
});

const failed = {
  webhook_type: 'CHECK_REPORT',
  webhook_code: 'USER_CHECK_REPORT_FAILED',
  user_id: USER,
  error: {
    error_type: 'CHECK_REPORT_ERROR',
    error_code: 'DATA_UNAVAILABLE',
    error_message: 'unable to pull sufficient data',
    display_message: null,
    status: 400,
  },
  repairable_items: [{ item_id: 'item_broken' }],
  environment: 'sandbox',
};

let sandbox: Sandbox;
const runs: WaitingRun[] = [];

beforeEach(async () => {
  // Its own webhooks come only when a test wants them to.
  sandbox = await startSandbox({ readyAfterMs: 3_600_000, webhooks: { repeatAfterMs: [] } });
});
afterEach(async () => {
  await Promise.all([sandbox.close(), ...runs.splice(0).map((run) => run.close())]);
});

interface Start {
  parameters?: INodeParameters;
  items?: Array<Record<string, string>>;
  settings?: Partial<INode>;
  options?: Partial<WaitOptions>;
}

async function start(given: Start = {}): Promise<WaitingRun> {
  const { items = [{ applicant: 'a-1' }], settings = {}, options = {} } = given;
  const workflow = plaidCheckWorkflow(given.parameters ?? parameters, items, settings);
  const after: INode = {
    id: 'after',
    name: 'After',
    type: 'n8n-nodes-base.noOp',
    typeVersion: 1,
    position: [440, 0],
    parameters: {},
  };
  const run = await runWithWait({
    workflow: {
      ...workflow,
      nodes: [...workflow.nodes, after],
      connections: {
        ...workflow.connections,
        [PLAID_CHECK]: { main: [[{ node: 'After', type: 'main', index: 0 }]] },
      },
    },
    credentials: { plaidCheckApi: credentialFor({ ...sandbox }) },
    ...options,
  });
  runs.push(run);
  return run;
}

const created = () => sandbox.requests.filter(({ path }) => path === CREATE.path);
const webhookUrl = () => String((created().at(-1)?.json as { webhook?: unknown }).webhook);

/** A webhook as Plaid sends it. */
function send(body: object, url = webhookUrl()): Promise<Sent> {
  const text = JSON.stringify(body);
  return post(url, text, {
    'content-type': 'application/json',
    'plaid-verification': sandbox.signWebhook(text),
  });
}

/** JSON of the items that came out in the end, by the node's outputs. */
async function outputs(run: WaitingRun) {
  const result = await run.resumed;
  return result?.nodes[PLAID_CHECK]?.map((one) =>
    one.outputs.map((items) => items.map(({ json }) => json)),
  );
}

describe('fields of the input item', () => {
  const withInput = withOptions(parameters, {
    includeInputFields: { values: { include: 'selected', fieldsToInclude: 'applicant,user_id' } },
  });
  const items = [{ applicant: 'a-1', user_id: 'of the input', other: 'x' }];
  const input = { applicant: 'a-1', input_user_id: 'of the input' };

  it('come out with the report when the execution resumes, and while it waits', async () => {
    const run = await start({ parameters: withInput, items });
    const waiting = run.first.nodes[PLAID_CHECK]?.[0]?.outputs[0]?.[0]?.json;
    expect(waiting).toMatchObject({ ...input, report_status: 'waiting', user_id: USER });
    expect((await send(ready())).status).toBe(200);
    const [[[item]]] = (await outputs(run)) as [[[object]]];
    expect(item).toMatchObject({ ...input, report_status: 'ready', user_id: USER });
    expect(item).not.toHaveProperty('other');
  });

  it('come out with the error when Plaid could not make it', async () => {
    const settings = { onError: 'continueRegularOutput' } as const;
    const run = await start({ parameters: withInput, items, settings });
    expect((await send(failed)).status).toBe(200);
    const [[[item]]] = (await outputs(run)) as [[[object]]];
    expect(item).toEqual({
      applicant: 'a-1',
      user_id: 'of the input',
      error: expect.objectContaining({ kind: 'report_failed' }),
    });
  });

  it('come out on the error output once, each as it came in', async () => {
    const settings = { onError: 'continueErrorOutput' } as const;
    const run = await start({ parameters: withInput, items, settings });
    expect((await send(failed)).status).toBe(200);
    const [[succeeded, [item] = []] = []] = (await outputs(run)) ?? [];
    expect(succeeded).toEqual([]);
    expect(item).toMatchObject({
      applicant: 'a-1',
      user_id: 'of the input',
      error: { kind: 'report_failed' },
    });
    expect(item).not.toHaveProperty('input_user_id');
  });
});

describe('the webhook that the report is ready', () => {
  it.each(['USER_CHECK_REPORT_READY', 'CHECK_REPORT_READY'])(
    'goes on with the execution when it is a %s',
    async (code) => {
      const run = await start();
      expect(run.first.status).toBe('waiting');
      const body = ready(USER, code);
      expect((await send(body)).status).toBe(200);
      expect(await run.resumed).toMatchObject({ status: 'success' });
      const requestId = run.first.nodes[PLAID_CHECK]?.[0]?.outputs[0]?.[0]?.json.request_id;
      const json = {
        request_id: requestId,
        ...body,
        report_status: 'ready',
        waited_ms: expect.any(Number),
      };
      expect(requestId).toEqual(expect.any(String));
      expect(await outputs(run)).toEqual([[[json]]]);
      expect((await run.resumed)?.nodes.After?.[0]?.outputs[0]).toEqual([
        { json, pairedItem: { item: 0 } },
      ]);
      expect(created()).toHaveLength(1);
    },
  );

  it('comes out with the attempts where they are asked for', async () => {
    const run = await start({ parameters: withOptions(parameters, { includeAttempts: true }) });
    await send(ready());
    expect(await outputs(run)).toEqual([
      [[expect.objectContaining({ attempts: [expect.objectContaining({ result: 'ok' })] })]],
    ]);
  });

  it('waits until the time that the option says', async () => {
    const before = Date.now();
    const { waitTill } = await start();
    expect((waitTill?.getTime() ?? 0) - before).toBeGreaterThanOrEqual(300_000);
  });
});

describe('the address that Plaid gets', () => {
  it.each([
    ['by fields', byFields(CREATE, { ...REQUEST, webhook: 'https://example.com/mine' })],
    ['by JSON', byJson(CREATE, JSON.stringify(REQUEST))],
    [
      'in Extra Body Fields',
      withOptions(byFields(CREATE, REQUEST), {
        extraBodyFields: '{ "webhook": "https://example.com/mine" }',
      }),
    ],
  ])('is that of the execution, whatever the request says %s', async (_, given) => {
    const run = await start({ parameters: withOptions(given, PAUSE) });
    expect(run.first.status).toBe('waiting');
    expect(webhookUrl()).toMatch(/\/webhook-waiting\/[\w-]+\/plaid-check\?signature=/);
  });

  it('may be http only for a stand-in on this machine', async () => {
    const run = await start({
      options: {
        waitingBaseUrl: 'http://n8n.example.com/webhook-waiting',
        credentials: {
          plaidCheckApi: { ...credentialFor({ url: 'https://plaid.example.com' }) },
        },
      },
    });
    expect(run.first).toMatchObject({
      status: 'error',
      error: {
        message: expect.stringMatching(
          /^Not sent: Plaid sends webhooks to https addresses only, and this n8n's URL is http:\/\/n8n\.example\.com\./,
        ),
      },
    });
    expect(run.first.error?.message).not.toContain('signature');
    expect(sandbox.requests).toEqual([]);
  });
});

describe('a webhook that is not the one', () => {
  const url = new Map([
    ['another attempt', (own: URL) => own.searchParams.set('attempt', 'of-an-earlier-loop')],
    ['no attempt', (own: URL) => own.searchParams.delete('attempt')],
  ]);

  it.each([
    ['about another user', ready(OTHER)],
    ['about another event', { ...ready(), webhook_code: 'UPGRADE_FAILED' }],
    ['of another type', { ...ready(), webhook_type: 'CRA_REPORT' }],
  ])('is answered and passed over when it is %s', async (_, body) => {
    const run = await start();
    expect((await send(body)).status).toBe(200);
    expect(run.resumed).toBeUndefined();
    expect((await send(ready())).status).toBe(200);
    expect(await run.resumed).toMatchObject({ status: 'success' });
  });

  it.each([...url])('is answered and passed over with %s in the address', async (_, change) => {
    const run = await start();
    const other = new URL(webhookUrl());
    change(other);
    expect((await send(ready(), other.href)).status).toBe(200);
    expect(run.resumed).toBeUndefined();
  });

  it.each([
    ['without a signature', {}],
    ['with a made-up signature', { 'plaid-verification': 'a.b.c' }],
  ])('is refused %s', async (_, headers) => {
    const run = await start();
    const text = JSON.stringify(ready());
    const sent = await post(webhookUrl(), text, { 'content-type': 'application/json', ...headers });
    expect(sent).toEqual({ status: 401, text: '{"message":"Unauthorized"}' });
    expect(run.resumed).toBeUndefined();
    expect(run.log.join('\n')).toContain('Plaid Check rejected a webhook');
    expect(run.log.join('\n')).not.toContain(USER);
  });

  it('is refused when its body was changed on the way', async () => {
    const run = await start();
    const sent = await post(webhookUrl(), JSON.stringify(ready(OTHER)), {
      'content-type': 'application/json',
      'plaid-verification': sandbox.signWebhook(JSON.stringify(ready())),
    });
    expect(sent.status).toBe(401);
    expect(run.resumed).toBeUndefined();
  });

  it('comes after another one has gone on with the execution', async () => {
    const run = await start();
    const sent = await Promise.all([send(ready()), send(ready())]);
    expect(sent.map(({ status }) => status).sort()).toEqual([200, expect.any(Number)]);
    expect((await send(ready())).status).toBe(409);
    expect(await outputs(run)).toHaveLength(1);
    expect(created()).toHaveLength(1);
  });
});

/** The ways a node can go on at errors, and what comes out of its outputs then. */
const GOES_ON: Array<[string, Partial<INode>, (item: unknown) => unknown]> = [
  ['On Error: Continue', { onError: 'continueRegularOutput' }, (item) => [[item]]],
  [
    'On Error: Continue (using error output)',
    { onError: 'continueErrorOutput' },
    (item) => [[], [item]],
  ],
  ['the older Continue On Fail', { continueOnFail: true }, (item) => [[item]]],
];

const FAILURE = {
  kind: 'report_failed',
  message: 'Plaid could not make the report: unable to pull sufficient data (DATA_UNAVAILABLE)',
  next_step:
    "Let the user repair the Item item_broken in Link's update mode, then create the report again",
  error_type: 'CHECK_REPORT_ERROR',
  error_code: 'DATA_UNAVAILABLE',
  http_status: 400,
};

const TOO_LATE = {
  kind: 'not_ready',
  message: "Plaid's webhook did not arrive within 300 seconds",
  request_id: expect.any(String),
};

describe('a report that could not be made', () => {
  it('ends the execution with an error', async () => {
    const run = await start();
    expect((await send(failed)).status).toBe(200);
    const result = await run.resumed;
    expect(result).toMatchObject({
      status: 'error',
      error: {
        name: 'NodeApiError',
        message: FAILURE.message,
        description: expect.stringContaining('Item item_broken'),
      },
    });
    expect(result?.nodes.After).toBeUndefined();
    expect((await send(ready())).status).toBe(409);
    expect(created()).toHaveLength(1);
  });

  it('names the Items that its causes are about', async () => {
    const run = await start();
    const cause = { item_id: 'item_broken', error_code: 'ITEM_LOGIN_REQUIRED' };
    await send({ ...failed, error: { ...failed.error, causes: [cause] } });
    const result = await run.resumed;
    expect(result?.error?.description).toContain(
      'Caused by ITEM_LOGIN_REQUIRED of Item item_broken',
    );
  });

  it.each(GOES_ON)('comes out as an item with %s', async (_, settings, expected) => {
    const run = await start({ settings });
    await send(failed);
    expect(await run.resumed).toMatchObject({ status: 'success' });
    const item = expect.objectContaining({ error: expect.objectContaining(FAILURE) });
    expect(await outputs(run)).toEqual([expected(item)]);
  });
});

describe('a time that passes without a webhook', () => {
  it('ends the execution with an error', async () => {
    const run = await start();
    const result = await run.passDeadline();
    expect(result).toMatchObject({
      status: 'error',
      error: {
        name: 'NodeApiError',
        message: TOO_LATE.message,
        description: expect.stringContaining('Do not create it again'),
      },
    });
    expect(result.nodes.After).toBeUndefined();
    expect((await send(ready())).status).toBe(409);
    expect(created()).toHaveLength(1);
  });

  it.each(GOES_ON)('comes out as an item with %s', async (_, settings, expected) => {
    const run = await start({ settings });
    expect(await run.passDeadline()).toMatchObject({ status: 'success' });
    const item = expect.objectContaining({ error: expect.objectContaining(TOO_LATE) });
    expect(await outputs(run)).toEqual([expected(item)]);
  });
});

describe('what can not wait', () => {
  it('is said of several items before anything is sent', async () => {
    const run = await start({ items: [{ n: '1' }, { n: '2' }] });
    expect(run.first).toMatchObject({
      status: 'error',
      error: { message: expect.stringContaining('and there are 2 items') },
    });
    expect(sandbox.requests).toEqual([]);
  });

  it('is a request that Plaid refuses: it ends as ever', async () => {
    const run = await start({
      parameters: withOptions(byFields(CREATE, { ...REQUEST, user_id: 'usr_nobody' }), PAUSE),
    });
    expect(run.first.status).toBe('error');
    expect(run.waitTill).toBeUndefined();
    expect(created()).toHaveLength(1);
  });
});

describe('a Plaid that does as the test says', () => {
  const signer = createSigner();
  let plaid: ScriptedServer;

  beforeEach(async () => (plaid = await startScriptedServer()));
  afterEach(() => plaid.close());

  const sendTo = (url: unknown, body: object) => {
    const text = JSON.stringify(body);
    return post(String(url), text, {
      'content-type': 'application/json',
      'plaid-verification': signer.token(text),
    });
  };
  const hookIn = ({ json }: Arrived) => (json as { webhook?: string }).webhook;
  const run = (given: INodeParameters) =>
    start({
      parameters: given,
      options: { credentials: { plaidCheckApi: credentialFor(plaid) } },
    });

  it('may send the webhook before n8n has put the execution to wait: repeated, it is taken', async () => {
    let overtaking: Sent | undefined;
    plaid.play((response, request, index) => {
      if (request.path !== CREATE.path) return answer(200, keyOf(signer))(response, request, index);
      void sendTo(hookIn(request), ready()).then((sent) => {
        overtaking = sent;
        answer(200, { request_id: 'req-1' })(response, request, index);
      });
    });
    const waiting = await run(parameters);
    expect(overtaking?.status).toBe(409);
    expect(waiting.first.status).toBe('waiting');
    expect(await sendTo(hookIn(plaid.requests[0] as Arrived), ready())).toMatchObject({
      status: 200,
    });
    expect(await outputs(waiting)).toEqual([
      [[expect.objectContaining({ request_id: 'req-1', report_status: 'ready' })]],
    ]);
    expect(plaid.requests.filter(({ path }) => path === CREATE.path)).toHaveLength(1);
  });

  it('may name any user where the request named one by a token', async () => {
    plaid.play((response, request, index) =>
      answer(200, request.path === CREATE.path ? { request_id: 'req-1' } : keyOf(signer))(
        response,
        request,
        index,
      ),
    );
    const { user_id, ...rest } = REQUEST;
    const waiting = await run(
      withOptions(byFields(CREATE, { ...rest, user_token: 'user-sandbox-b0e2c4ee' }), PAUSE),
    );
    const body = ready(user_id, 'CHECK_REPORT_READY');
    expect(await sendTo(hookIn(plaid.requests[0] as Arrived), body)).toMatchObject({ status: 200 });
    expect(await waiting.resumed).toMatchObject({ status: 'success' });
  });

  it('can not be asked for its key for a while: 503, and the execution goes on waiting', async () => {
    const other = createSigner();
    plaid.play((response, request, index) =>
      answer(request.path === CREATE.path ? 200 : 500, { request_id: 'req-1' })(
        response,
        request,
        index,
      ),
    );
    const waiting = await run(parameters);
    const text = JSON.stringify(ready());
    const sent = await post(String(hookIn(plaid.requests[0] as Arrived)), text, {
      'content-type': 'application/json',
      'plaid-verification': other.token(text),
    });
    expect(sent.status).toBe(503);
    expect(waiting.resumed).toBeUndefined();
  });
});
