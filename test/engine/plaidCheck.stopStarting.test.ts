import type { INode, INodeExecutionData, INodeParameters, IPairedItemData } from 'n8n-workflow';
import { startSandbox } from '../../sandbox/server';
import { openHandles } from '../support/process/openHandles';
import { insights, monitoring, report } from '../support/samples/applications';
import { plaidError } from '../support/faults/failures';
import { BASE_REPORT, FULL_REPORT, goOn, ifExpired, wait } from '../support/workflows/reportRuns';
import type { Wanted } from '../support/workflows/fillIn';
import { PLAID_CHECK } from '../support/workflows/plaidCheckWorkflow';
import {
  byFields,
  CREATE,
  MONITORING,
  PARTNER_INSIGHTS,
  runPlaidCheck,
  withDefaultOutput,
  withOptions,
  type Operation,
  type PlaidCheckRun,
} from '../support/workflows/runPlaidCheck';
import {
  answer,
  answerText,
  reset,
  startScriptedServer,
  type Script,
  type ScriptedServer,
} from '../support/servers/scriptedServer';

let server: ScriptedServer;
/** When each request arrived, in ms since the first one. */
let arrivals: number[];
let began: number;

beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(() => server.close());

/** A request that was already leaving, or whose answer came late by the machine's load. */
const SLACK_MS = 1500;
const STOP_MS = 1500;
const stopAfter = (ms = STOP_MS): INodeParameters => ({ stopStartingAfter: ms / 1000 });
const at = (concurrency: number, requestsPerSecond = 0): INodeParameters => ({
  throttling: { values: { concurrency, requestsPerSecond } },
});

const USER = '={{ $json.user }}';
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ user: `usr_${index}`, loan: `loan-${index}` }));
const creation = { ...report(USER), client_report_id: '={{ $json.loan }}' };
const creating = (options: INodeParameters, body: Wanted = creation) =>
  withOptions(byFields(CREATE, body), options);

const notReady = answer(400, plaidError('CONSUMER_REPORT_ERROR', 'PRODUCT_NOT_READY', ''));
const noReport = answer(400, plaidError('CONSUMER_REPORT_ERROR', 'CONSUMER_REPORT_NOT_FOUND', ''));
const later = (status: number, type: string, code: string): Script =>
  answerText(status, 'application/json', JSON.stringify(plaidError(type, code, 'later')), {
    'retry-after': '300',
  });
const after =
  (ms: number, script: Script): Script =>
  (...args) =>
    void setTimeout(() => script(...args), ms);

/** Answers by the path. */
const byPath =
  (scripts: Record<string, Script>): Script =>
  (response, request, index) => {
    const script = scripts[request.path];
    if (!script) throw new Error(`No answer for ${request.path}`);
    script(response, request, index);
  };

function play(script: Script): void {
  arrivals = [];
  began = NaN;
  server.play((response, request, index) => {
    if (arrivals.length === 0) began = Date.now();
    arrivals.push(Date.now() - began);
    script(response, request, index);
  });
}

interface Unfinished {
  report_status?: string;
  user_id?: string | null;
  error?: { kind: string; may_have_succeeded: boolean };
}

/** The items of the input, in its order: on an error output, what is not finished says so inside its error. */
const itemsOf = ({ outputs: [main = [], errors = []] }: PlaidCheckRun): Unfinished[] =>
  [...main, ...errors]
    .sort((one, other) => inputOf(one) - inputOf(other))
    .map(({ json }) => {
      const { report_status } = (json.error ?? {}) as Unfinished;
      return report_status === undefined ? json : (json.error as Unfinished);
    });
const inputOf = ({ pairedItem }: INodeExecutionData): number =>
  (pairedItem as IPairedItemData).item;
const statuses = (run: PlaidCheckRun) => itemsOf(run).map(({ report_status }) => report_status);
const count = (run: PlaidCheckRun, status: string) =>
  statuses(run).filter((one) => one === status).length;
const hintsOf = ({ nodes }: PlaidCheckRun) =>
  (nodes[PLAID_CHECK]?.[0]?.hints ?? []).map(({ message }) => message);
const sentTo = ({ path }: Operation) => server.requests.filter((one) => one.path === path).length;

/** What holds whatever the run waits for when its time is over. */
function expectOrderly(run: PlaidCheckRun, items: number): void {
  expect(run.status).toBe('success');
  const all = run.outputs.flatMap((output) => output ?? []).map(inputOf);
  expect(all.sort((one, other) => one - other)).toEqual(
    Array.from({ length: items }, (_, item) => item),
  );
  expect(arrivals.filter((ms) => ms > STOP_MS + SLACK_MS)).toEqual([]);
}

const ON_ERROR: ReadonlyArray<INode['onError']> = [
  'stopWorkflow',
  'continueRegularOutput',
  'continueErrorOutput',
];

describe.each(ON_ERROR)('%s', (onError) => {
  test('what was created, and what was not started, is handed over with its IDs', async () => {
    play(
      byPath({
        [CREATE.path]: after(100, answer(200, { request_id: 'created' })),
        [BASE_REPORT.path]: notReady,
      }),
    );
    const parameters = creating({ ...stopAfter(), ...wait(60), ...at(2) });
    const run = await runPlaidCheck(server, parameters, many(60), { onError });
    expectOrderly(run, 60);
    const created = sentTo(CREATE);
    expect(created).toBeLessThan(60);
    expect(count(run, 'created')).toBe(created);
    expect(count(run, 'not_started')).toBe(60 - created);
    for (const [index, item] of itemsOf(run).entries())
      expect(item).toMatchObject({
        report_status: item.report_status,
        user_id: `usr_${index}`,
        client_report_id: `loan-${index}`,
        report_id: null,
        request_id: item.report_status === 'created' ? 'created' : null,
      });
    expect(hintsOf(run)).toContain(
      `The run ended after ${STOP_MS / 1000} seconds (option Stop Starting New Items After): of 60 items, 0 are finished, ${created} are created, ${60 - created} are not_started. See report_status in the output. To continue, run the workflow again with the items that are not_started. Do not just run again those that are created: each may then be created and billed a second time. Read their reports, or first add the option If a Report Exists, with Use It If Not Older Than where the reports have no Client Report ID`,
    );
  });

  test('what is finished stays what it is, and a request in flight is finished', async () => {
    play(after(500, answer(200, { request_id: 'r' })));
    const parameters = withOptions(byFields(MONITORING, monitoring(USER)), {
      ...stopAfter(),
      ...at(2),
    });
    const run = await runPlaidCheck(server, parameters, many(9), { onError });
    expectOrderly(run, 9);
    expect(itemsOf(run).filter(({ report_status }) => report_status === undefined)).toEqual(
      Array(arrivals.length).fill({ request_id: 'r' }),
    );
    expect(arrivals.length).toBeLessThan(9);
    expect(count(run, 'not_started')).toBe(9 - arrivals.length);
    expect(hintsOf(run)).toContainEqual(
      expect.stringMatching(/To continue, run the workflow again with these items$/),
    );
  });
});

test('what was not read is unknown: its facts are null whatever the input has, and it is an error where facts are required', async () => {
  play(notReady);
  const options = { ...stopAfter(), ...wait(60), includeInputFields: { values: {} } };
  const read = withDefaultOutput(byFields(BASE_REPORT, insights(USER)));
  const input = [{ user: 'usr_0', item_count: 99 }];
  const { json } = await runPlaidCheck(server, withOptions(read, options), input);
  expect(json).toEqual([
    expect.objectContaining({ report_status: 'pending', item_count: null, input_item_count: 99 }),
  ]);
  expect(json[0]).not.toHaveProperty('error');
  const demanding = { ...options, requiredFacts: ['item_count'] };
  const { json: incomplete } = await runPlaidCheck(server, withOptions(read, demanding), input);
  expect(incomplete).toEqual([
    expect.objectContaining({
      report_status: 'pending',
      item_count: null,
      error: expect.objectContaining({ kind: 'cancelled', report_status: 'pending' }),
    }),
  ]);
});

describe('a wait that is longer than the rest of the time ends', () => {
  const maintenance = later(503, 'API_ERROR', 'PLANNED_MAINTENANCE');
  const limited = later(429, 'RATE_LIMIT_EXCEEDED', 'RATE_LIMIT');
  const created = byPath({
    [CREATE.path]: answer(200, { request_id: 'created' }),
    [BASE_REPORT.path]: maintenance,
  });

  test.each<[string, Operation, Wanted, INodeParameters, Script, string]>([
    ['before a retry', MONITORING, monitoring(USER), {}, maintenance, 'not_started'],
    ['before a retry of a creation', CREATE, creation, {}, maintenance, 'not_started'],
    ['in a rate limit', CREATE, creation, {}, limited, 'not_started'],
    ['between polls', BASE_REPORT, { user_id: USER }, wait(60), notReady, 'pending'],
    ['between polls that fail', CREATE, creation, wait(60), created, 'created'],
    ['of a new report', BASE_REPORT, { user_id: USER }, { ...ifExpired }, noReport, 'unset'],
  ])('%s', async (what, operation, body, options, script, status) => {
    const isNew = what === 'of a new report';
    play(
      isNew
        ? byPath({
            [BASE_REPORT.path]: noReport,
            [CREATE.path]: answer(200, { request_id: 'created' }),
          })
        : script,
    );
    const parameters = withOptions(byFields(operation, body), { ...options, ...stopAfter() });
    const run = await runPlaidCheck(server, parameters, many(5));
    expectOrderly(run, 5);
    expect(statuses(run)).toEqual(Array(5).fill(isNew ? 'created' : status));
  });

  test('of requests a second', async () => {
    play(answer(200, { request_id: 'r' }));
    const run = await runPlaidCheck(server, creating({ ...stopAfter(), ...at(5, 0.5) }), many(5));
    expectOrderly(run, 5);
    expect(arrivals).toHaveLength(1);
    expect(count(run, 'not_started')).toBe(4);
  });
});

describe('a look before a creation', () => {
  const SAME_ID = { ifReportExists: { values: { mode: 'sameClientReportId' } } };

  test('that found nothing, or another report, in the last moment leads to no creation', async () => {
    const other = answer(200, { report: { client_report_id: 'another' }, request_id: 'r' });
    play(
      byPath({
        [BASE_REPORT.path]: (response, request, index) =>
          after(STOP_MS + 100, index % 2 ? noReport : other)(response, request, index),
      }),
    );
    const run = await runPlaidCheck(server, creating({ ...SAME_ID, ...stopAfter() }), many(6));
    expectOrderly(run, 6);
    expect(statuses(run)).toEqual(Array(6).fill('not_started'));
    expect(sentTo(CREATE)).toBe(0);
  });

  test('that found a report in the making hands it over as pending', async () => {
    play(byPath({ [BASE_REPORT.path]: notReady }));
    const parameters = creating({ ...SAME_ID, ...wait(60), ...stopAfter() });
    const run = await runPlaidCheck(server, parameters, many(6));
    expectOrderly(run, 6);
    expect(statuses(run)).toEqual(Array(6).fill('pending'));
    expect(hintsOf(run)).toContainEqual(
      expect.stringMatching(
        /6 are pending\. .* To continue, run the workflow again with all items: with the option If a Report Exists, what was created is used$/,
      ),
    );
  });

  test('that uses no report, however new, is no reason to run all items again', async () => {
    play(byPath({ [BASE_REPORT.path]: noReport, [CREATE.path]: answer(200, { request_id: 'r' }) }));
    const none = { ifReportExists: { values: { mode: 'notOlderThan', maxAge: 0 } } };
    const parameters = creating({ ...none, ...wait(60), ...stopAfter() });
    const run = await runPlaidCheck(server, parameters, many(3));
    expect(hintsOf(run)).toContainEqual(
      expect.stringContaining('Do not just run again those that are created'),
    );
  });

  test('a second run continues, and creates nothing twice', async () => {
    const users = Array.from({ length: 40 }, (_, index) => ({
      user_id: `usr_${index}`,
      given_name: 'Continued',
      family_name: String(index),
      archetype: 'gig_worker' as const,
    }));
    const plaid = await startSandbox({ readyAfterMs: 400, users });
    plaid.faults.set({
      rules: [{ path: CREATE.path, faults: [{ kind: 'slow_first_byte', ms: 150 }] }],
    });
    try {
      const options = { ...SAME_ID, ...wait(30), ...at(4) };
      await runPlaidCheck(plaid, creating(options), many(5));
      const first = await runPlaidCheck(
        plaid,
        creating({ ...options, ...stopAfter(1200) }),
        many(40),
      );
      const unfinished = count(first, 'not_started') + count(first, 'created');
      expect(count(first, 'not_started')).toBeGreaterThan(5);
      expect(count(first, 'existing')).toBe(5);
      expect(first.json).toHaveLength(40);
      const made = users.filter(({ user_id }) => plaid.reportsCreated(user_id) > 0).length;
      expect(made).toBe(40 - count(first, 'not_started'));
      const second = await runPlaidCheck(plaid, creating(options), many(40));
      expect(second.json).toHaveLength(40);
      expect(count(second, 'existing') + count(second, 'ready')).toBe(40);
      expect(count(second, 'ready')).toBe(count(first, 'not_started'));
      expect(users.map(({ user_id }) => plaid.reportsCreated(user_id))).toEqual(Array(40).fill(1));
      console.log(`${unfinished} of 40 were unfinished, none was created twice`);
    } finally {
      await plaid.close();
    }
  });
});

describe('several requests of one item, or several items of one request', () => {
  const products = (names: string[], options: INodeParameters) =>
    withOptions(
      { ...byFields(FULL_REPORT, { user_id: USER, products: names }), output: 'simplified' },
      { ...options, ...stopAfter() },
    );
  const LEND_SCORE = '/cra/check_report/lend_score/get';

  test.each(['fail', 'continue'])(
    'a full report that lacks a poll is pending (%s)',
    async (how) => {
      play(
        byPath({
          [BASE_REPORT.path]: answer(200, { report: {}, request_id: 'r' }),
          [LEND_SCORE]: notReady,
        }),
      );
      const parameters = products(['base_report', 'lend_score'], {
        ...wait(60),
        ifProductFails: how,
      });
      const run = await runPlaidCheck(server, parameters, many(3));
      expectOrderly(run, 3);
      expect(statuses(run)).toEqual(Array(3).fill('pending'));
    },
  );

  test('a product that failed is told rather than one that was not asked for', async () => {
    play(
      byPath({
        [BASE_REPORT.path]: answer(
          400,
          plaidError('CONSUMER_REPORT_ERROR', 'DATA_UNAVAILABLE', ''),
        ),
        [LEND_SCORE]: notReady,
      }),
    );
    const parameters = products(['base_report', 'lend_score'], wait(60));
    const run = await runPlaidCheck(server, parameters, many(1), goOn);
    expect(run.json).toEqual([
      { error: expect.objectContaining({ error_code: 'DATA_UNAVAILABLE' }) as object },
    ]);
  });

  test('the rest of a list that Plaid rejected is not sent', async () => {
    const UPDATE: Operation = { resource: 'loan', operation: 'update', path: '/cra/loans/update' };
    play(
      after(STOP_MS / 2, answer(400, plaidError('INVALID_INPUT', 'INVALID_FIELD', 'no such loan'))),
    );
    const parameters = withOptions(
      byFields(UPDATE, {
        loans: [
          {
            loan_id: '={{ $json.loan }}',
            status_history: [{ status: 'PAID_OFF', date: '2026-10-01' }],
          },
        ],
      }),
      { itemsPerRequest: 8, ...stopAfter(), ...at(1) },
    );
    const run = await runPlaidCheck(server, parameters, many(20), goOn);
    expectOrderly(run, 20);
    // Of the whole list, its first half, the first quarter and so on, only what came before the end.
    expect(arrivals.length).toBeLessThan(8);
    expect(statuses(run)).toEqual(Array(20).fill('not_started'));
  });
});

test('a request that may have succeeded, and was to be retried, is unknown', async () => {
  play(reset);
  const retry = { retry: { values: { retryUncertain: true, interval: 3600, maxInterval: 3600 } } };
  const parameters = withOptions(byFields(PARTNER_INSIGHTS, insights(USER)), {
    ...retry,
    ...stopAfter(2000),
  });
  const run = await runPlaidCheck(server, parameters, many(2));
  expect(statuses(run)).toEqual(['unknown', 'unknown']);
});

test('an item that can not be sent still says why, and input fields travel along', async () => {
  play(after(STOP_MS / 2, answer(200, { request_id: 'r' })));
  const items = many(6).map((item, index) => (index === 5 ? { ...item, user: '' } : item));
  const parameters = creating({
    ...stopAfter(),
    ...at(1),
    includeInputFields: { values: { mode: 'all' } },
  });
  const run = await runPlaidCheck(server, parameters, items, goOn);
  const last = itemsOf(run)[5];
  expect(last?.error).toMatchObject({ kind: 'invalid_request' });
  expect(itemsOf(run)[4]).toMatchObject({ report_status: 'not_started' });
  expect(JSON.stringify(run.json[4])).toContain('loan-4');
});

test('a time that is over before the check of the items is sends nothing', async () => {
  play(answer(200, { request_id: 'r' }));
  const run = await runPlaidCheck(server, creating(stopAfter(100)), many(3000));
  expect(run.json).toHaveLength(3000);
  expect(count(run, 'not_started') + server.requests.length).toBe(3000);
});

test('a run that ends before its time leaves no timer behind, and says nothing of it', async () => {
  play(answer(200, { request_id: 'r' }));
  const before = openHandles();
  const run = await runPlaidCheck(server, creating(stopAfter(3_600_000)), many(3));
  await server.allConnectionsClosed();
  while (openHandles() > before) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(hintsOf(run)).toEqual([]);
  expect(run.json).toHaveLength(3);
});

test('an option that an expression leaves blank is an error instead of a run without end', async () => {
  play(answer(200, { request_id: 'r' }));
  const parameters = creating({ stopStartingAfter: '={{ $json.nothing }}' });
  const { error } = await runPlaidCheck(server, parameters, many(2));
  expect(error?.message).toContain('Stop Starting New Items After');
  expect(server.requests).toEqual([]);
});
