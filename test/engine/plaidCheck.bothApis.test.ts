import type { INodeParameters } from 'n8n-workflow';
import { getIncomeInsights } from '../../nodes/PlaidCheck/catalog/checkReport/getIncomeInsights';
import { createReport } from '../../nodes/PlaidCheck/catalog/report/create';
import { getReport } from '../../nodes/PlaidCheck/catalog/report/get';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { AMARA, DANIEL, report } from '../support/samples/applications';
import {
  byFields,
  CREATE,
  runPlaidCheck,
  withDefaultOutput,
  type Operation,
} from '../support/workflows/runPlaidCheck';

/** The legacy and the current report API give the same facts the same names, so that one decision runs on both. */

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 0 });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const namesOf = ({ summary = [] }: { summary?: ReadonlyArray<{ name: string }> }) =>
  summary.map(({ name }) => name);

/** What both APIs say of a report, but for when and under which number it was made. */
const OF_THE_REPORT = new Set(['client_report_id', 'request_id', 'user_id']);
const current = new Set(namesOf(getReport));
const SHARED = namesOf(getIncomeInsights).filter(
  (name) => current.has(name) && !OF_THE_REPORT.has(name),
);

const products = [{ product: 'cra_income_insights', version: 'V1' }];
const stage = {
  decision_stage: 'DECISIONING',
  consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
};

async function item(parameters: INodeParameters): Promise<Record<string, unknown>> {
  const { json, error } = await runPlaidCheck(sandbox, parameters);
  expect(error?.message).toBeUndefined();
  return json[0] as Record<string, unknown>;
}

const read = (operation: Operation, body: Record<string, unknown>) =>
  item(withDefaultOutput(byFields(operation, body)));

test('of the facts of income, both have all but those that only the legacy API counts', () => {
  const missing = namesOf(getIncomeInsights).filter((name) => !current.has(name));
  expect(missing).toEqual([
    'total_amounts',
    'historical_average_monthly_gross_income',
    'historical_average_monthly_income',
    'forecasted_average_monthly_income',
    'historical_annual_gross_income',
    'historical_annual_income',
    'forecasted_annual_income',
    'bank_income_sources',
    'bank_income_warnings',
    'generated_time',
    'days_requested',
    'item_count',
    'institutions',
    'report_id',
  ]);
  expect(SHARED.length).toBeGreaterThanOrEqual(20);
});

test.each([AMARA, DANIEL])('the values for %s are the same', async (user_id) => {
  await item(byFields(CREATE, report(user_id)));
  const legacy = await read(getIncomeInsights, { user_id });
  await item(byFields(createReport, { user_id, products, ...stage }));
  const newer = await read(getReport, { user_id, products, ...stage });
  // The current API has a stream without its transactions.
  const streams = legacy.income_streams as Array<Record<string, unknown>>;
  legacy.income_streams = streams.map(({ transaction_count, ...stream }) => {
    expect(transaction_count).toEqual(expect.any(Number));
    return stream;
  });
  const shared = (facts: Record<string, unknown>) =>
    Object.fromEntries(SHARED.map((name) => [name, facts[name]]));
  expect(shared(newer)).toEqual(shared(legacy));
  expect(legacy.current_monthly_net_income).not.toBeNull();
});
