import type { INodeParameters } from 'n8n-workflow';
import { SHARED_FACTS } from '../../docs/bothApis';
import { getBaseReport } from '../../nodes/PlaidCheck/catalog/checkReport/getBaseReport';
import { getHomeLendingReport } from '../../nodes/PlaidCheck/catalog/checkReport/getHomeLendingReport';
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

/** What differs between any two reports and requests. */
const OF_THE_REPORT = ['client_report_id', 'generated_time', 'report_id', 'request_id'];
const SHARED = SHARED_FACTS.filter((name) => !OF_THE_REPORT.includes(name));

const product = (name: string) => ({ product: name, version: 'V1' });
const stage = {
  decision_stage: 'DECISIONING',
  consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
};

type Facts = Record<string, unknown>;

async function item(parameters: INodeParameters): Promise<Facts> {
  const { json, error } = await runPlaidCheck(sandbox, parameters);
  expect(error?.message).toBeUndefined();
  return json[0] as Facts;
}

const read = (operation: Operation, body: Record<string, unknown>) =>
  item(withDefaultOutput(byFields(operation, body)));

/** The current report of a user with some products. */
async function currentOf(user_id: string, ...names: string[]): Promise<Facts> {
  const products = names.map(product);
  const { report_id } = await item(byFields(createReport, { user_id, products, ...stage }));
  const facts = await read(getReport, { user_id, products, ...stage, report_id });
  expect(facts.report_id).toBe(report_id);
  return facts;
}

/** The shared facts that both have, without the columns of streams that only one has. */
function common(facts: Facts, other: Facts): Facts {
  const names = SHARED.filter((name) => name in facts && name in other);
  const columns = (of: Facts) => Object.keys((of.income_streams as Facts[] | undefined)?.[0] ?? {});
  const shown = columns(facts).filter((column) => columns(other).includes(column));
  const streams = (of: Facts) =>
    (of.income_streams as Facts[]).map((stream) =>
      Object.fromEntries(shown.map((column) => [column, stream[column]])),
    );
  return Object.fromEntries(
    names.map((name) => [name, name === 'income_streams' ? streams(facts) : facts[name]]),
  );
}

test.each([AMARA, DANIEL])('the values for %s are the same', async (user_id) => {
  await item(byFields(CREATE, report(user_id)));
  const all = await currentOf(user_id, 'cra_income_insights', 'cra_home_lending', 'cra_qualify');
  const known = new Set<string>();
  for (const [operation, more] of [
    [getBaseReport, {}],
    [getIncomeInsights, {}],
    [getHomeLendingReport, { reports_requested: ['VOA', 'INCOME'] }],
  ] as const) {
    const legacy = await read(operation, { user_id, ...more });
    const shared = common(legacy, all);
    expect(common(all, legacy)).toEqual(shared);
    for (const [name, value] of Object.entries(shared)) if (value !== null) known.add(name);
  }
  expect(SHARED.filter((name) => !known.has(name))).toEqual([]);
});

test('the home lending product has what the legacy report says of streams', async () => {
  await item(byFields(CREATE, report(AMARA)));
  const legacy = await read(getHomeLendingReport, {
    user_id: AMARA,
    reports_requested: ['VOA', 'INCOME'],
  });
  const current = await currentOf(AMARA, 'cra_home_lending');
  for (const name of [
    'current_monthly_net_income',
    'income_stream_count',
    'income_providers',
    'item_count',
    'institution_ids',
  ]) {
    expect([name, current[name]]).toEqual([name, legacy[name]]);
    expect(legacy[name]).not.toBeNull();
  }
});

test('a value of a product whose contents are not published is read by its path', async () => {
  const products = [product('cra_lend_score')];
  await item(byFields(createReport, { user_id: AMARA, products, ...stage }));
  const selected = await item({
    ...byFields(getReport, { user_id: AMARA, products, ...stage }),
    output: 'selected',
    outputFacts: ['other_products'],
    outputPaths: ['report.products[0].attributes.lend_score.score'],
    options: { validateRequest: false },
  });
  expect(selected).toEqual({
    other_products: ['cra_lend_score'],
    'report.products[0].attributes.lend_score.score': expect.any(Number),
  });
});
