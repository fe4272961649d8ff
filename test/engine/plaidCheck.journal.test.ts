import { AsyncResource } from 'node:async_hooks';
import type { INodeParameters, IRunExecutionData } from 'n8n-workflow';
import { report } from '../support/samples/applications';
import { plaidError, readable } from '../support/faults/failures';
import { BASE_REPORT, wait } from '../support/workflows/reportRuns';
import {
  byFields,
  CREATE,
  runPlaidCheck,
  withOptions,
  type PlaidCheckRun,
} from '../support/workflows/runPlaidCheck';
import { PLAID_CHECK } from '../support/workflows/plaidCheckWorkflow';
import {
  answer,
  hang,
  startScriptedServer,
  type Script,
  type ScriptedServer,
} from '../support/servers/scriptedServer';

/** A run that ends in the middle without an output: what it created and read is known by all IDs. */

let server: ScriptedServer;
beforeEach(async () => void (server = await startScriptedServer()));
afterEach(() => server.close());

interface Saved {
  item: number;
  report_status: string;
  user_id: string;
  client_report_id: string;
  request_id?: string;
}

const ITEMS = Array.from({ length: 150 }, (_, index) => ({
  user: `usr_${index}`,
  loan: `loan-${index}`,
}));
/** The first ones are ready at once. */
const READY = 30;
const STOPS_AT = 120;

const userOf = (json: unknown) => (json as { user_id: string }).user_id;
const numberOf = (json: unknown) => Number(userOf(json).slice('usr_'.length));

const notReady = answer(400, plaidError('CONSUMER_REPORT_ERROR', 'PRODUCT_NOT_READY', ''));

/** Every user is created but one, whom a script answers; the first ones can be read. */
const play = (ofTheOne: Script) =>
  server.play((response, request, index) => {
    const number = numberOf(request.json);
    const json = { request_id: `${request.path === CREATE.path ? 'made' : 'read'}-${number}` };
    const script =
      request.path === CREATE.path
        ? number === STOPS_AT
          ? ofTheOne
          : answer(200, json)
        : number < READY
          ? answer(200, { ...json, report: {} })
          : notReady;
    script(response, request, index);
  });

const creating = (options: INodeParameters = {}) =>
  withOptions(
    byFields(CREATE, {
      ...report('={{ $json.user }}'),
      client_report_id: '={{ $json.loan }}',
    }),
    {
      ...wait(60),
      // One after the other, and slowly enough that the first ones are read before the end.
      throttling: { values: { concurrency: 4, requestsPerSecond: 60 } },
      ...options,
    },
  );

/** What is saved names everybody for whom Plaid got a creation, and who was read, each with the IDs. */
function expectAllKnown(saved: readonly Saved[]): void {
  const created = server.requests.filter(({ path }) => path === CREATE.path);
  const asked = new Set(created.map(({ json }) => numberOf(json)));
  asked.delete(STOPS_AT);
  const known = saved.filter(({ item }) => item !== STOPS_AT);
  const items = new Set(known.map(({ item }) => item));
  expect([...asked].filter((number) => !items.has(number))).toEqual([]);
  for (const { item, ...one } of known) {
    expect(one).toMatchObject({ user_id: `usr_${item}`, client_report_id: `loan-${item}` });
    // A request that left as the run was cancelled may not have arrived.
    if (!asked.has(item)) expect(one.report_status).toBe('unknown');
    if (one.report_status !== 'unknown') expect(one.request_id).toBe(`made-${item}`);
    if (one.report_status === 'finished') expect(item).toBeLessThan(READY);
  }
  const count = (status: string) => known.filter((one) => one.report_status === status).length;
  expect(count('finished')).toBeGreaterThan(0);
  expect(count('created')).toBeGreaterThan(20);
  // At most those in flight.
  expect(count('unknown')).toBeLessThanOrEqual(4);
  console.log(`${count('created')} created and ${count('finished')} read are known by their IDs`);
}

test('a node that stops at an error lists all of it in the details of the error', async () => {
  play(answer(400, plaidError('USER_ERROR', 'USER_NOT_FOUND', 'no such user')));
  const run: PlaidCheckRun = await runPlaidCheck(server, creating(), ITEMS);
  const { context, description } = run.error as unknown as {
    context: { data: { reports: Saved[] } };
    description: string;
  };
  expectAllKnown(context.data.reports);
  expect(readable(description)).toContain('listed with its IDs under Error details > Error data');
  // n8n saves it with the run of the node.
  const [saved] = run.saved?.resultData.runData[PLAID_CHECK] ?? [];
  expect(saved?.error?.context).toMatchObject({ data: context.data });
});

/** Runs a node that is cancelled where a script says so. What the execution holds when n8n takes it, and n8n's log. */
async function cancelled(parameters: INodeParameters, start: (cancel: Script) => void) {
  const stop = new AbortController();
  // What is logged belongs to the run that it is logged in.
  let abort = () => {};
  const onNodeStart = () => void (abort = AsyncResource.bind(() => stop.abort()));
  start((...args) => {
    hang(...args);
    setImmediate(() => abort());
  });
  let saved: Partial<IRunExecutionData> = {};
  const onSave = (data: IRunExecutionData) => void (saved = JSON.parse(JSON.stringify(data)));
  const options = { signal: stop.signal, onNodeStart, onSave };
  const { status, log } = await runPlaidCheck(server, parameters, ITEMS, {}, options);
  expect(status).toBe('canceled');
  return {
    ...whatIsKept(saved),
    lines: log.filter((line) => line.includes('was cancelled after')),
  };
}

function whatIsKept({ executionData, resultData }: Partial<IRunExecutionData>) {
  const memory: { reports?: Saved[] } = executionData?.contextData[`node:${PLAID_CHECK}`] ?? {};
  return { reports: memory.reports, metadata: resultData?.metadata };
}

test('a node that is cancelled has written all of it into the execution by the moment that n8n takes it', async () => {
  const { reports = [], metadata, lines } = await cancelled(creating({ saveIds: true }), play);
  expectAllKnown(reports);
  expect(reports).toContainEqual({
    item: STOPS_AT,
    report_status: 'unknown',
    user_id: `usr_${STOPS_AT}`,
    client_report_id: `loan-${STOPS_AT}`,
  });
  expect(lines).toHaveLength(2);
  for (const { user_id } of reports) expect(lines.join('\n')).toContain(`\\"${user_id}\\"`);
  // A log outlives the execution, and IDs of one's own may be a person's name.
  expect(lines.join('\n')).not.toContain('loan-');
  expect(metadata?.user_id?.split(' ').length).toBeGreaterThan(30);
});

test('a node whose requests are safe to repeat keeps nothing where it is cancelled before an answer', async () => {
  const read = byFields(BASE_REPORT, { user_id: '={{ $json.user }}' });
  const { reports, metadata, lines } = await cancelled(read, (cancel) => server.play(cancel));
  expect([reports, metadata, lines]).toEqual([undefined, undefined, []]);
});

test('a run that ends leaves nothing behind', async () => {
  play(hang);
  const ended = jest.fn((data: IRunExecutionData) => whatIsKept(data).reports);
  const some = ITEMS.slice(0, 3);
  const { log } = await runPlaidCheck(server, creating(), some, {}, { onSave: ended });
  expect(ended).toHaveReturnedWith(undefined);
  expect(log.filter((line) => line.includes('was cancelled after'))).toEqual([]);
});
