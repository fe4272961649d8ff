import type { INodeParameters, JsonObject } from 'n8n-workflow';

import { catalog } from '../../nodes/PlaidCheck/catalog';
import type { Endpoint } from '../../nodes/PlaidCheck/catalog/endpoint';
import { simplified } from '../../nodes/PlaidCheck/facts/summary';
import { loadOracle, type Oracle } from '../../sandbox/oracle';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { knownState } from '../support/samples/knownState';
import { startRecorder, type Recorder } from '../support/servers/recorder';
import { byFields, runPlaidCheck } from '../support/workflows/runPlaidCheck';
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
async function read(endpoint: Endpoint, output: INodeParameters) {
  const { path } = endpoint;
  const body = smallestRequest(oracle, path, { known: await knownState(sandbox, path) });
  const parameters = { ...byFields(endpoint, body), ...output };
  const { json, error } = await runPlaidCheck(recorder, parameters);
  expect([error?.message, error?.description]).toEqual([undefined, undefined]);
  const answer = recorder.exchanges[0]?.bytes.toString('utf8') ?? '';
  expect(json).toHaveLength(1);
  return { item: json[0] as JsonObject, answer };
}

test('every read of a report has a simplified output', () => {
  expect(reads.map(({ path }) => path).sort()).toEqual(Object.keys(SUMMARIES).sort());
});

test.each(reads.map((one) => [one.path, one] as const))(
  '%s comes out in short, for an AI agent to read',
  async (path, endpoint) => {
    const { item, answer } = await read(endpoint, { output: 'simplified' });
    expect(item).toEqual(simplified(SUMMARIES[path] ?? [], JSON.parse(answer) as JsonObject));
    expect(Object.keys(item)[0]).toBe('request_id');
    expect(JSON.stringify(item).length).toBeLessThan(8000);
    // Two accounts with a year of transactions: the answers that need to be shortened most.
    if (/base_report|monitoring/.test(path)) expect(answer.length).toBeGreaterThan(300_000);
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
