import type { INodeParameters, JsonObject } from 'n8n-workflow';

import { catalog } from '../../nodes/PlaidCheck/catalog';
import type { Endpoint } from '../../nodes/PlaidCheck/catalog/endpoint';
import { loadOracle, type Oracle } from '../../sandbox/oracle';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { knownState } from '../support/samples/knownState';
import { startRecorder, type Recorder } from '../support/servers/recorder';
import { missingFacts } from '../../nodes/PlaidCheck/facts/summary';
import { SUMMARIES } from '../support/samples/summaries';
import { smallestRequest } from '../support/sdk/sdkRequests';
import { plaidCheck } from '../support/workflows/builtNode';
import { byFields, runPlaidCheck } from '../support/workflows/runPlaidCheck';

/** Required Facts: an item whose report lacks one of them is an error, however the report comes out. */

const PATH = '/cra/check_report/lend_score/get';

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

async function bodyOf(path: string) {
  return smallestRequest(oracle, path, { known: await knownState(sandbox, path) });
}

async function readLendScore(requiredFacts: unknown, output: string, continues = true) {
  const endpoint = (catalog as readonly Endpoint[]).find(({ path }) => path === PATH);
  if (!endpoint) throw new Error(`No operation reads ${PATH}`);
  const parameters = {
    ...byFields(endpoint, await bodyOf(PATH)),
    output,
    outputFacts: ['lend_score'],
    options: { requiredFacts } as INodeParameters,
  };
  return await runPlaidCheck(recorder, parameters, [{}], {
    onError: continues ? 'continueRegularOutput' : 'stopWorkflow',
  });
}

async function readFullReport(products: string[], requiredFacts: string[]) {
  const { user_id } = await bodyOf(PATH);
  return await runPlaidCheck(
    recorder,
    {
      resource: 'checkReport',
      operation: 'getFullReport',
      user_id: String(user_id),
      products,
      output: 'full',
      options: { requiredFacts },
    },
    [{}],
    { onError: 'continueRegularOutput' },
  );
}

const errorOf = ([first]: readonly unknown[]) => (first as { error: JsonObject }).error;

test.each(['full', 'simplified', 'selected'])(
  'an item of a report that lacks a fact is an error, with the output %s',
  async (output) => {
    const { json } = await readLendScore(['lend_score', 'lend_score_error_reason'], output);
    const [exchange] = recorder.exchanges;
    const answer = JSON.parse(exchange?.bytes.toString('utf8') ?? '{}') as JsonObject;
    expect(json).toHaveLength(1);
    expect(Object.keys(json[0] ?? {})).toEqual(['error']);
    expect(errorOf(json)).toMatchObject({
      kind: 'incomplete_report',
      message: 'The report lacks a required fact: lend_score_error_reason',
      missing_facts: ['lend_score_error_reason'],
      request_id: answer.request_id,
      attempts: [{ result: 'ok', request_id: answer.request_id }],
    });
    expect(errorOf(json).next_step).toMatch(/^The report was read and may be billed/);
  },
);

test('without UltraFICO scores, which were not asked for, the error says where to ask for them', async () => {
  const { json } = await readFullReport(['partner_insights'], ['ultrafico_score']);
  expect(errorOf(json)).toMatchObject({
    kind: 'incomplete_report',
    missing_facts: ['ultrafico_score'],
    next_step: expect.stringMatching(
      /only if it was created with .* Create > Additional Fields > Partner Insights > FICO/,
    ) as string,
  });
});

test.each([
  ['checkReport', 'getPartnerInsights', 'Additional Fields > Partner Insights > FICO'],
  ['checkReport', 'getFullReport', 'Additional Fields > Partner Insights > FICO'],
  ['report', 'get', 'Options (JSON) of Partner Insights'],
])('the form of %s: %s says where UltraFICO scores are asked for', (resource, operation, place) => {
  const notice = plaidCheck.description.properties.find(
    ({ type, displayOptions: { show } = {} }) =>
      type === 'notice' &&
      show?.resource?.includes(resource) &&
      show.operation?.includes(operation),
  );
  expect(notice?.displayName).toContain('UltraFICO scores');
  expect(notice?.displayName).toContain(place);
});

test('the node stops at it unless it continues on errors', async () => {
  const { error } = await readLendScore(['lend_score_error_reason'], 'full', false);
  expect(error?.message).toBe('The report lacks a required fact: lend_score_error_reason');
  expect(error?.description).toContain('The report was read and may be billed');
});

test.each([
  ['a list', ['lend_score', ' report_id ']],
  ['one text', 'lend_score, report_id'],
])('a report that holds the facts of %s comes out as always', async (_, requiredFacts) => {
  const { json } = await readLendScore(requiredFacts, 'full');
  expect(json).toEqual([JSON.parse(recorder.exchanges[0]?.bytes.toString('utf8') ?? '{}')]);
});

test.each([[[]], [''], [null]])('%j, which requires nothing, is refused', async (requiredFacts) => {
  const { json } = await readLendScore(requiredFacts, 'full');
  expect(errorOf(json)).toMatchObject({
    kind: 'not_sent',
    message: expect.stringMatching(
      /^Not sent: the option Required Facts must be a list with at least one text/,
    ),
  });
  expect(recorder.exchanges).toEqual([]);
});

test('a fact that the operation does not have is refused before anything is sent', async () => {
  const { json } = await readLendScore(['lend_scores'], 'full');
  expect(errorOf(json)).toMatchObject({
    kind: 'not_sent',
    message:
      'Not sent: the option Required Facts must name facts of the operation, and "lend_scores" is not a fact of Get LendScore; did you mean lend_score?',
  });
  expect(recorder.exchanges).toEqual([]);
});

describe('a report of several products', () => {
  test('holds a fact if one of them does', async () => {
    const facts = ['lend_score', 'account_count', 'report_id'];
    const { json } = await readFullReport(['base_report', 'lend_score'], facts);
    expect(Object.keys(json[0] ?? {})).toEqual(['complete', 'base_report', 'lend_score', 'errors']);
  });

  test('is an error where none of them does', async () => {
    const facts = ['lend_score', 'lend_score_error_reason'];
    const { json } = await readFullReport(['base_report', 'lend_score'], facts);
    expect(errorOf(json)).toMatchObject({
      kind: 'incomplete_report',
      missing_facts: ['lend_score_error_reason'],
      request_id: expect.any(String),
    });
  });

  test('cannot hold a fact of a product that is not read', async () => {
    const { json } = await readFullReport(['base_report'], ['lend_score']);
    expect(errorOf(json).message).toMatch(
      /^Not sent: the option Required Facts must name facts of the operation, and "lend_score" is not a fact of Get Full Report$/,
    );
    expect(recorder.exchanges).toEqual([]);
  });
});

describe('a list', () => {
  const missing = (path: string, names: string[], answer: JsonObject) =>
    missingFacts(names, [{ summary: SUMMARIES[`/cra/${path}/get`] ?? [], answer, request: {} }]);
  const BASE = 'check_report/base_report';
  const names = ['warnings', 'accounts', 'institutions', 'other_currencies'];

  test('that Plaid did not send is missing', () => {
    expect(missing(BASE, names, {})).toEqual(names);
    expect(missing(BASE, ['accounts'], { report: { items: [{}] } })).toEqual(['accounts']);
    expect(missing(BASE, ['warnings'], { warnings: null })).toEqual(['warnings']);
  });

  test('that Plaid sent is held, be it empty', () => {
    const balances = { current: 1, iso_currency_code: 'USD' };
    const items = [{ institution_name: 'One', accounts: [{ type: 'depository', balances }] }];
    expect(missing(BASE, names, { warnings: [], report: { items } })).toEqual([]);
    expect(missing(BASE, ['accounts'], { report: { items: [] } })).toEqual([]);
  });

  test('of a part of the report is looked for in that part', () => {
    const path = 'partner_insights';
    const codes = ['ultrafico_negative_reason_codes', 'prism_cash_score_reason_codes'];
    const fico = (ultrafico_score: JsonObject) => ({
      ultrafico_score_results: [{ request_correlation_id: 'a', ultrafico_score }],
    });
    expect(missing(path, codes, { report: [{}] })).toEqual(codes);
    const prism = { cash_score: { reason_codes: [] } };
    const report = (score: JsonObject) => ({ report: [{ prism, fico: fico(score) }] });
    expect(missing(path, codes, report({ negative_reason_codes: [] }))).toEqual([]);
    expect(missing(path, codes, report({ reason_code_1: 'A1' }))).toEqual([]);
    expect(missing(path, codes, report({ score: 700 }))).toEqual(codes.slice(0, 1));
  });
});
