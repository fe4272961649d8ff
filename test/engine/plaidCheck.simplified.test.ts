import type { INodeParameters, JsonObject } from 'n8n-workflow';

import { catalog } from '../../nodes/PlaidCheck/catalog';
import type { Endpoint } from '../../nodes/PlaidCheck/catalog/endpoint';
import { simplified } from '../../nodes/PlaidCheck/facts/summary';
import { loadOracle, type Oracle } from '../../sandbox/oracle';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { knownState } from '../support/samples/knownState';
import { startRecorder, type Recorder } from '../support/servers/recorder';
import { byFields, runPlaidCheck, withDefaultOutput } from '../support/workflows/runPlaidCheck';
import { smallestRequest } from '../support/sdk/sdkRequests';
import { SUMMARIES } from '../support/samples/summaries';

/** The reports of the sandbox's users, as the compiled node gives them in short. */

let oracle: Oracle;
let sandbox: Sandbox;
let recorder: Recorder;

beforeAll(async () => {
  oracle = await loadOracle();
  sandbox = await startSandbox({ readyAfterMs: 0 });
  recorder = await startRecorder(sandbox);
});
afterAll(() => Promise.all([recorder.close(), sandbox.close()]));
beforeEach(() => recorder.clear());

const endpoints: readonly Endpoint[] = catalog;
const reads = endpoints.filter(({ summary }) => summary);

/** What comes out, and the full answer that went by. */
async function read(endpoint: Endpoint, output: INodeParameters = {}) {
  const { path } = endpoint;
  const body = smallestRequest(oracle, path, { known: await knownState(sandbox, path) });
  const parameters = { ...withDefaultOutput(byFields(endpoint, body)), ...output };
  const { json, error } = await runPlaidCheck(recorder, parameters);
  expect([error?.message, error?.description]).toEqual([undefined, undefined]);
  const answer = recorder.exchanges[0]?.bytes.toString('utf8') ?? '';
  expect(json).toHaveLength(1);
  return { item: json[0] as JsonObject, answer, request: body as JsonObject };
}

test('every read of a report has a simplified output', () => {
  expect(reads.map(({ path }) => path).sort()).toEqual(Object.keys(SUMMARIES).sort());
});

test.each(reads.map((one) => [one.path, one] as const))(
  '%s comes out in short unless told otherwise, with the IDs of the person and the report',
  async (path, endpoint) => {
    const { item, answer, request } = await read(endpoint);
    const plaid = JSON.parse(answer) as JsonObject;
    const { user_id = plaid.user_id ?? null } = request;
    expect(item).toEqual({ ...simplified(SUMMARIES[path] ?? [], plaid), user_id });
    expect(item).toHaveProperty('client_report_id');
    expect(Object.keys(item).at(-1)).toBe('request_id');
    expect(JSON.stringify(item).length).toBeLessThan(8000);
    // Two accounts with a year of transactions: the answers that need to be shortened most.
    if (/base_report|monitoring/.test(path)) expect(answer.length).toBeGreaterThan(300_000);
  },
);

test.each(reads.map((one) => [one.path, one] as const))(
  '%s comes out in full as Plaid sends it',
  async (_path, endpoint) => {
    const { item, answer } = await read(endpoint, { output: 'full' });
    expect(JSON.stringify(item)).toBe(JSON.stringify(JSON.parse(answer)));
  },
);

test('chosen facts come out alone', async () => {
  const endpoint = reads.find(({ path }) => path.endsWith('/lend_score/get'));
  if (!endpoint) throw new Error('There is no operation for the LendScore');
  const output = { output: 'selected', outputFacts: ['lend_score', 'report_id'] };
  const { item, answer } = await read(endpoint, output);
  const { report } = JSON.parse(answer) as { report: JsonObject };
  const { score } = report.lend_score as JsonObject;
  expect(score).toEqual(expect.any(Number));
  expect(item).toEqual({ report_id: report.report_id, lend_score: score });
});

describe('selected fields', () => {
  const endpoint = (end: string) => {
    const found = reads.find(({ path }) => path.endsWith(end));
    if (!found) throw new Error(`No operation reads ${end}`);
    return found;
  };
  const run = async (end: string, output: INodeParameters, options: INodeParameters = {}) => {
    const one = endpoint(end);
    const body = smallestRequest(oracle, one.path, { known: await knownState(sandbox, one.path) });
    const parameters = { ...byFields(one, body), ...output, options };
    return await runPlaidCheck(recorder, parameters);
  };
  const selected = (outputFacts: string[], outputPaths: string[] = []) => ({
    output: 'selected',
    outputFacts,
    outputPaths,
  });

  test('selecting nothing is refused, and so is a list as JSON text that is cut off', async () => {
    const nothing = await run('/lend_score/get', selected([]));
    expect(nothing.error?.message).toBe(
      'Not sent: Selected Fields needs at least one entry in Facts or Fields by Path; for all facts, set Output to Simplified',
    );
    const cut = { output: 'selected', outputFacts: '={{ \'["lend_score"\' }}' };
    const { error } = await run('/lend_score/get', cut);
    expect(error?.message).toBe('Not sent: A list as JSON text is not valid: ["lend_score"');
    expect(recorder.exchanges).toEqual([]);
  });

  test('facts may be a list as JSON text', async () => {
    const chosen = { output: 'selected', outputFacts: '={{ \'["lend_score"]\' }}' };
    const { json } = await run('/lend_score/get', chosen);
    expect(Object.keys(json[0] as object)).toEqual(['lend_score']);
  });

  test.each([
    [
      '/lend_score/get',
      ['lend_scor'],
      'Not sent: Facts must name facts of the operation, and "lend_scor" is not a fact of Get LendScore; did you mean lend_score?',
    ],
    [
      '/lend_score/get',
      ['report.lend_score'],
      'Not sent: Facts must name facts of the operation, and "report.lend_score" is not a fact of Get LendScore; did you mean lend_score?',
    ],
    [
      '/base_report/get',
      ['transaction_counts'],
      'Not sent: Facts must name facts of the operation, and "transaction_counts" is not a fact of Get Base Report; did you mean transaction_count?',
    ],
  ])('%s: the unknown fact %j is refused with the nearest one', async (end, facts, message) => {
    const { error } = await run(end, selected(facts));
    expect(error?.message).toBe(message);
    expect(recorder.exchanges).toEqual([]);
  });

  test.each([
    ['report.itmes[0].accounts', 'report.items[0].accounts'],
    ['report.items[].accounts', 'report.items[0].accounts'],
    ['items[]', 'report.items[0]'],
    ['report.items.accounts', 'report.items[0].accounts'],
    ['report.report_id[0]', 'report.report_id'],
    ['report.report_id.text', 'report.report_id'],
    ['report.items[0].balances', 'report.items[0].accounts[0].balances'],
  ])('the path %s is refused with the nearest one', async (path, nearest) => {
    const { error } = await run('/base_report/get', selected(['report_id'], [path]));
    expect(error?.message).toBe(
      `Not sent: Fields by Path must name fields of the response, and that of Get Base Report has no ${JSON.stringify(path)}; did you mean ${nearest}?`,
    );
    expect(recorder.exchanges).toEqual([]);
  });

  test('a name with a dot is refused, as a path cannot hold it', async () => {
    const path = 'report.attributes.some.attribute';
    const { error } = await run('/cashflow_insights/get', selected([], [path]));
    expect(error?.message).toBe(
      `Not sent: Fields by Path must name fields of the response, and that of Get Cashflow Insights has no "${path}"; did you mean report.attributes.some?`,
    );
    expect(recorder.exchanges).toEqual([]);
  });

  test('a path that Plaid may have added since is sent where the request is not validated', async () => {
    const { json } = await run('/base_report/get', selected([], ['report.new_field']), {
      validateRequest: false,
    });
    expect(json).toEqual([{ 'report.new_field': null }]);
  });

  test('paths with entries, of lists and of attributes come out', async () => {
    const paths = [
      'report.items[0].institution_name',
      'report.items.0.accounts[0].name',
      'report.items',
    ];
    const { json, error } = await run('/base_report/get', selected(['report_id'], paths));
    expect(error).toBeUndefined();
    expect(Object.keys(json[0] ?? {})).toEqual(['report_id', ...paths]);
    expect(Object.values(json[0] ?? {})).not.toContain(null);
  });
});
