import type { IConnection, INode, INodeParameters } from 'n8n-workflow';
import { runWorkflow, type WorkflowJson } from '../../engine';
import { creditProfile, monitoring, report } from '../support/samples/applications';
import { plaidError } from '../support/faults/failures';
import type { Wanted } from '../support/workflows/fillIn';
import { openHandles } from '../support/process/openHandles';
import { PLAID_CHECK, plaidCheckWorkflow } from '../support/workflows/plaidCheckWorkflow';
import {
  byFields,
  CREATE,
  credentialFor,
  CREDIT_PROFILE,
  MONITORING,
  ONE_BY_ONE,
  runPlaidCheck,
  withOptions,
  type Operation,
} from '../support/workflows/runPlaidCheck';
import {
  answer,
  answerText,
  hang,
  hangHalfway,
  startScriptedServer,
  type Script,
  type ScriptedServer,
} from '../support/servers/scriptedServer';

let server: ScriptedServer;

beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(() => server.close());

const ITEMS = ['usr_a', 'usr_b', 'usr_c', 'usr_d'].map((user) => ({ user }));
const ON_ERROR: ReadonlyArray<INode['onError']> = [
  'stopWorkflow',
  'continueRegularOutput',
  'continueErrorOutput',
];

/** Runs four items; presses Stop as soon as the server has read the second request, which it then leaves open. */
async function cancelled(
  parameters: INodeParameters,
  onError: INode['onError'],
  unfinished: Script,
) {
  const stop = new AbortController();
  server.play((response, request, index) => {
    if (index !== 1) return answer(200, { request_id: `r${index}` })(response, request, index);
    unfinished(response, request, index);
    setImmediate(() => stop.abort());
  });
  return await runWorkflow({
    workflow: withNodeAfter(
      plaidCheckWorkflow(withOptions(parameters, ONE_BY_ONE), ITEMS, { onError }),
    ),
    credentials: { plaidCheckApi: credentialFor(server) },
    signal: stop.signal,
  });
}

/** A further node behind both outputs, which must not run any more. */
function withNodeAfter({ nodes, connections, ...rest }: WorkflowJson): WorkflowJson {
  const after: INode = {
    id: 'after',
    name: 'After',
    type: 'n8n-nodes-base.noOp',
    typeVersion: 1,
    position: [440, 0],
    parameters: {},
  };
  const toAfter: IConnection[] = [{ node: 'After', type: 'main', index: 0 }];
  return {
    ...rest,
    nodes: [...nodes, after],
    connections: { ...connections, [PLAID_CHECK]: { main: [toAfter, toAfter] } },
  };
}

/** Long enough for a request that is on its way to arrive on this machine. */
const whatIsOnItsWay = () => new Promise((resolve) => setTimeout(resolve, 300));

describe.each(ON_ERROR)('%s: Stop while a request waits', (onError) => {
  test.each([
    ['for an answer', hang],
    ['for the rest of an answer', hangHalfway],
  ])('%s', async (_what, unfinished) => {
    const body = monitoring('={{ $json.user }}');
    const run = await cancelled(byFields(MONITORING, body), onError, unfinished);

    expect(run.status).toBe('canceled');
    expect(run.error?.message).toBe('The execution was canceled');
    // The server sees the request given up, though it was to wait for two minutes.
    await server.allConnectionsClosed();
    await whatIsOnItsWay();
    expect(server.requests.map(({ json }) => (json as { user_id: string }).user_id)).toEqual([
      'usr_a',
      'usr_b',
    ]);
    expect(run.nodes).not.toHaveProperty('After');
  });

  test('also for a call that must not be repeated', async () => {
    const body = creditProfile('={{ $json.user }}');
    const run = await cancelled(byFields(CREDIT_PROFILE, body), onError, hang);
    expect(run.status).toBe('canceled');
    expect(run.nodes).not.toHaveProperty('After');
    await server.allConnectionsClosed();
    await whatIsOnItsWay();
    expect(server.requests).toHaveLength(2);
  });
});

test('an execution that was stopped before the node sends nothing', async () => {
  server.play(answer(200, {}));
  const parameters = byFields(MONITORING, monitoring());
  const signal = AbortSignal.abort();
  const run = await runPlaidCheck(server, parameters, ITEMS, {}, { signal });
  expect(run.status).toBe('canceled');
  await whatIsOnItsWay();
  expect(server.requests).toEqual([]);
});

test('Stop just before the node starts sends nothing', async () => {
  server.play(answer(200, {}));
  const stop = new AbortController();
  const run = await runPlaidCheck(
    server,
    byFields(MONITORING, monitoring()),
    ITEMS,
    {},
    {
      signal: stop.signal,
      onNodeStart: (name) => {
        if (name === PLAID_CHECK) stop.abort();
      },
    },
  );
  expect(run.status).toBe('canceled');
  await whatIsOnItsWay();
  expect(server.requests).toEqual([]);
});

describe('Stop in the middle of many items frees everything and sends nothing more', () => {
  const MANY = Array.from({ length: 50 }, (_, index) => ({ user: `usr_${index}` }));
  const wait = { waitUntilReady: { values: { maxWait: 300 } } };
  const notReady = answer(400, plaidError('CONSUMER_REPORT_ERROR', 'PRODUCT_NOT_READY', ''));
  const inFiveMinutes = (status: number, type: string, code: string): Script =>
    answerText(status, 'application/json', JSON.stringify(plaidError(type, code, 'later')), {
      'retry-after': '300',
    });
  const limited = inFiveMinutes(429, 'RATE_LIMIT_EXCEEDED', 'RATE_LIMIT');
  const maintenance = inFiveMinutes(503, 'API_ERROR', 'PLANNED_MAINTENANCE');
  /** Reports are made at once, and then not ready. */
  const making: Script = (response, request, index) =>
    (request.path === CREATE.path ? answer(200, { request_id: 'r' }) : notReady)(
      response,
      request,
      index,
    );

  test.each<[string, Operation, object, INodeParameters, Script, number]>([
    ['ten at once', MONITORING, monitoring, {}, hang, 10],
    ['ten at once that create', CREATE, report, {}, hang, 10],
    ['the rest of ten answers', MONITORING, monitoring, {}, hangHalfway, 10],
    ['pauses before a retry', MONITORING, monitoring, {}, maintenance, 10],
    ['a limit that Plaid has set', MONITORING, monitoring, {}, limited, 10],
    [
      'a limit of our own',
      MONITORING,
      monitoring,
      { throttling: { values: { concurrency: 10, requestsPerSecond: 0.5 } } },
      answer(200, {}),
      1,
    ],
    ['reports that are not ready', CREATE, report, wait, making, 100],
  ])('%s', async (what, operation, body, options, script, enough) => {
    const stop = new AbortController();
    let stoppedAt = 0;
    server.play((response, request, index) => {
      script(response, request, index);
      if (index + 1 !== enough) return;
      // Its answer is to be read first.
      setTimeout(() => {
        stoppedAt = Date.now();
        stop.abort();
      }, 50);
    });
    const parameters = byFields(operation, (body as (user: string) => Wanted)('={{ $json.user }}'));
    const before = openHandles();
    const run = await runPlaidCheck(
      server,
      withOptions(parameters, options),
      MANY,
      {},
      { signal: stop.signal },
    );
    expect(run.status).toBe('canceled');
    await server.allConnectionsClosed();
    // Those that had left when the run stopped.
    await whatIsOnItsWay();
    const sent = server.requests.length;
    while (openHandles() > before) await new Promise((resolve) => setTimeout(resolve, 5));
    console.log(`${what}: all is free ${Date.now() - stoppedAt} ms after Stop`);
    // Longer than the node waits between two looks at a report.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(server.requests).toHaveLength(sent);
    expect(sent).toBeGreaterThanOrEqual(enough);
  });
});
