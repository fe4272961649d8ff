import type { INodeParameters, JsonObject } from 'n8n-workflow';
import { runWithWait } from '../../engine';
import { catalog } from '../../nodes/PlaidCheck/catalog';
import { loadOracle, type Oracle } from '../../sandbox/oracle';
import { AMARA, insights, report } from '../support/samples/applications';
import { factsOf, plaidError, readable, type Facts } from '../support/faults/failures';
import { plaidCheckWorkflow } from '../support/workflows/plaidCheckWorkflow';
import {
  byFields,
  CREATE,
  credentialFor,
  ONCE,
  PARTNER_INSIGHTS,
  runPlaidCheck,
  withOptions,
  type Operation,
} from '../support/workflows/runPlaidCheck';
import { runPlaidCheckNodes } from '../support/workflows/runPlaidCheckNodes';
import {
  answer,
  answerText,
  cutHalfway,
  hang,
  reset,
  startScriptedServer,
  type Script,
  type ScriptedServer,
} from '../support/servers/scriptedServer';
import { smallestRequest } from '../support/sdk/sdkRequests';
import { withRules } from '../unit/support/withRules';

/** An error after which nobody but Plaid knows what was done tells how to see it, in each operation's own way. */

let oracle: Oracle;
let server: ScriptedServer;

beforeAll(async () => {
  oracle = await loadOracle();
  server = await startScriptedServer();
});
afterAll(() => server.close());

const GONE = 'The request may have succeeded. ';
const LOG = 'https://dashboard.plaid.com/activity/logs';
const goOn = { onError: 'continueRegularOutput' } as const;

/** What must not just be sent again, and where one looks; all others are harmless to send again. */
const CHECKS: Readonly<Record<string, string>> = {
  '/cra/check_report/create': 'Wait a minute, then run Check Report (Legacy API): Get Base Report',
  '/cra/check_report/partner_insights/get': LOG,
  '/cra/credit_profile/report/get': LOG,
  '/cra/loans/applications/register': LOG,
  '/cra/loans/register': LOG,
  '/cra/loans/update': LOG,
  '/cra/monitoring_insights/subscribe': LOG,
  '/cra/partner_insights/get': LOG,
  '/cra/report/create': LOG,
  '/cra/report/get': LOG,
  '/cra/servicing/subscription/create': 'Run Servicing: List Subscriptions',
  '/link/token/create': LOG,
  '/oauth/token': 'Retry: an unused token does nothing',
  '/sandbox/cra/cashflow_updates/update': 'Retry: Sandbox is free',
  '/sandbox/cra/servicing/simulate': 'Retry: Sandbox is free',
  '/sandbox/public_token/create': 'Run User: Get Items',
  '/sandbox/user/fire_webhook': 'Retry: Sandbox is free',
  '/user/third_party_token/create': 'Retry: an unused token does nothing',
};

test('a connection that breaks names the check of each operation that may do harm, and of no other', async () => {
  server.play(reset);
  const parameters = catalog.map((operation) => {
    const body = withRules(operation.path, smallestRequest(oracle, operation.path) as JsonObject);
    return withOptions(byFields(operation, body), ONCE);
  });
  const items = (await runPlaidCheckNodes(server, parameters)) as Array<{ error?: Facts }>;
  expect(server.requests.map(({ path }) => path)).toEqual(catalog.map(({ path }) => path));
  const unlike = catalog.flatMap(({ path }, index) => {
    const said = items[index]?.error?.next_step ?? 'no error';
    const check = CHECKS[path];
    const isRight = check
      ? said.startsWith(GONE) && said.includes(check)
      : said === 'Try again in a moment';
    return isRight ? [] : [`${path}: ${said}`];
  });
  expect(unlike).toEqual([]);
  expect(Object.keys(CHECKS).filter((path) => !catalog.some((one) => one.path === path))).toEqual(
    [],
  );
});

describe('a new report', () => {
  const ends: Array<[string, Script]> = [
    ['no answer in time', hang],
    ['a connection that breaks in the middle of the answer', cutHalfway],
    ['an error of the server', answer(500, plaidError('API_ERROR', 'INTERNAL_SERVER_ERROR', ''))],
    ['a web page of a gateway', answerText(502, 'text/html', '<html>')],
    ['a web page in place of the answer', answerText(200, 'text/html', '<html>')],
    ['a cut answer', answerText(200, 'application/json', '{"request_id":"abc')],
    ['an answer that is too long', answer(200, { request_id: 'r'.repeat(5000) })],
  ];
  const create = withOptions(byFields(CREATE, report()), {
    timeout: 1,
    responseSizeLimit: 0.001,
  });

  test.each(ends)('after %s', async (_end, script) => {
    server.play(script);
    const run = await runPlaidCheck(server, create, [{}], goOn);
    expect(factsOf(run).next_step).toContain(`${GONE}${CHECKS[CREATE.path]}`);
    expect(server.requests).toHaveLength(1);
  });

  test('as the text that n8n shows where the node stops', async () => {
    server.play(reset);
    const { error } = await runPlaidCheck(server, create);
    expect(readable((error as { description?: unknown }).description)).toContain(
      `${GONE}${CHECKS[CREATE.path]}`,
    );
  });

  test('after Stop, while it is on its way', async () => {
    const stop = new AbortController();
    server.play(() => void setImmediate(() => stop.abort()));
    const { error } = await runPlaidCheck(server, create, [{}], {}, { signal: stop.signal });
    expect(error?.message).toBe('The execution was canceled; the report may have been created');
    expect(readable((error as { description?: unknown }).description)).toContain(
      `${GONE}${CHECKS[CREATE.path]}`,
    );
  });

  test('where the execution was to pause until it is ready', async () => {
    server.play(reset);
    const pause = { waitUntilReady: { values: { waitMode: 'webhook', maxWait: 300 } } };
    const run = await runWithWait({
      workflow: plaidCheckWorkflow(withOptions(create, pause), [{}]),
      credentials: { plaidCheckApi: credentialFor(server) },
    });
    try {
      const { error } = run.first;
      expect(readable((error as { description?: unknown }).description)).toContain(
        `${GONE}${CHECKS[CREATE.path]}`,
      );
    } finally {
      await run.close();
    }
  });

  test('where a read has it made, it is the check of the report and not that of the read', async () => {
    const expired = plaidError('CONSUMER_REPORT_ERROR', 'CONSUMER_REPORT_EXPIRED', 'expired');
    server.play((response, request, index) => {
      const play = request.path === CREATE.path ? reset : answer(400, expired);
      play(response, request, index);
    });
    const { user_id, ...values } = report();
    const read = withOptions(byFields(PARTNER_INSIGHTS, { user_id }), {
      createIfExpired: { values },
    });
    const { message, next_step } = factsOf(await runPlaidCheck(server, read, [{}], goOn));
    expect(message).toMatch(/^The user had no current report, and creating one failed: /);
    expect(next_step).toContain(`${GONE}${CHECKS[CREATE.path]}`);
    expect(next_step).not.toContain(LOG);
  });
});

test('of several products in one step, only the one that is billed at the call warns', async () => {
  server.play((response, request, index) => {
    const play = request.path.includes('cashflow') ? answer(200, { request_id: 'c1' }) : reset;
    play(response, request, index);
  });
  const full: Operation = { resource: 'checkReport', operation: 'getFullReport', path: '' };
  const products = ['base_report', 'cashflow_insights', 'partner_insights'];
  const { json } = await runPlaidCheck(
    server,
    withOptions(byFields(full, { ...insights(AMARA), products }), {
      ...ONCE,
      ifProductFails: 'continue',
    }),
  );
  const [{ errors }] = json as [{ errors: Facts[] }];
  const [ofBase, ofPartners] = errors;
  expect(ofBase).toMatchObject({ product: 'base_report', next_step: 'Try again in a moment' });
  expect(ofPartners).toMatchObject({ product: 'partner_insights' });
  expect(ofPartners?.next_step).toContain(GONE);
  expect(ofPartners?.next_step).toContain(LOG);
});

test('of several products that all broke off, it is the one that may have been billed that is told of', async () => {
  server.play(reset);
  const full: Operation = { resource: 'checkReport', operation: 'getFullReport', path: '' };
  const products = ['base_report', 'partner_insights'];
  const run = await runPlaidCheck(
    server,
    withOptions(byFields(full, { ...insights(AMARA), products }), ONCE),
    [{}],
    goOn,
  );
  expect(factsOf(run).next_step).toContain(GONE);
  expect(factsOf(run).next_step).toContain(LOG);
});

test('a billed read of a report that was just made warns of the report and of the read', async () => {
  const expired = plaidError('CONSUMER_REPORT_ERROR', 'CONSUMER_REPORT_EXPIRED', 'expired');
  server.play((response, request, index) => {
    const plays = [answer(400, expired), answer(200, { request_id: 'made' }), reset];
    plays[Math.min(index, 2)]?.(response, request, index);
  });
  const { user_id, ...values } = report();
  const read = withOptions(byFields(PARTNER_INSIGHTS, { user_id }), {
    ...ONCE,
    createIfExpired: { values },
  });
  const { next_step } = factsOf(await runPlaidCheck(server, read, [{}], goOn));
  expect(next_step).toMatch(/^A report was created \(request_id made\)/);
  expect(next_step).toContain('The request to read it may have succeeded, too. ');
  expect(next_step).toContain(LOG);
  expect(server.requests.map(({ path }) => path)).toEqual([
    PARTNER_INSIGHTS.path,
    CREATE.path,
    PARTNER_INSIGHTS.path,
  ]);
});

test('an attempt that may have succeeded is not forgotten over what the next one failed of', async () => {
  const refused = answer(
    400,
    plaidError('INVALID_REQUEST', 'MISSING_FIELDS', 'a field is missing'),
  );
  server.play((response, request, index) =>
    (index === 0 ? reset : refused)(response, request, index),
  );
  const twice = withOptions(byFields(CREATE, report()), {
    retry: { values: { maxAttempts: 3, interval: 0, maxInterval: 0, retryUncertain: true } },
  });
  const { error_code, next_step } = factsOf(await runPlaidCheck(server, twice, [{}], goOn));
  expect(error_code).toBe('MISSING_FIELDS');
  expect(next_step).toContain(`${GONE}${CHECKS[CREATE.path]}`);
  expect(next_step).toMatch(/Add the fields that Plaid names$/);
  expect(server.requests).toHaveLength(2);
});

describe('Other Plaid Endpoint', () => {
  const custom = (safe: boolean): INodeParameters =>
    withOptions(
      {
        resource: 'customCall',
        operation: 'send',
        customPath: '/some/new/endpoint',
        customBody: '{}',
        customSafeToRetry: safe,
      },
      ONCE,
    );

  test.each([
    [false, new RegExp(`^${GONE}Check the Activity Log.*Safe to Retry`)],
    [true, /^Try again in a moment$/],
  ])('with Safe to Retry %s', async (safe, said) => {
    server.play(reset);
    const run = await runPlaidCheck(server, custom(safe), [{}], goOn);
    expect(factsOf(run).next_step).toMatch(said);
    expect(server.requests).toHaveLength(1);
  });
});
