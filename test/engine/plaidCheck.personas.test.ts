import type { INodeParameters, JsonObject } from 'n8n-workflow';
import { DEMO_USERS, PERSONAS, startSandbox, type Sandbox, type Trait } from '../../sandbox/server';
import { createReportBody, post } from '../sandbox/client';
import { runPlaidCheck } from '../support/workflows/runPlaidCheck';

/**
 * The facts that the compiled node reads off each persona of the sandbox: what a real file can hold is told, counted or
 * null, never a figure that looks complete.
 */

const PLAIN = DEMO_USERS[0]?.user_id ?? '';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 0 });
  sandbox.clock.set(Date.UTC(2026, 0, 5, 12));
  for (const user_id of [PLAIN, ...PERSONAS.map((persona) => persona.user_id)]) {
    await post(sandbox, '/cra/check_report/create', createReportBody(user_id));
  }
});
afterAll(() => sandbox.close());

const personaOf = (trait: Trait) => `usr_persona_${trait}`;

const facts = async (user_id: string, operation: INodeParameters): Promise<JsonObject> => {
  const parameters = { ...operation, user_id, output: 'simplified' };
  const { json, error } = await runPlaidCheck(sandbox, parameters);
  expect([error?.message, error?.description]).toEqual([undefined, undefined]);
  return json[0] as JsonObject;
};

const report = (operation: string) => (user_id: string) =>
  facts(user_id, { resource: 'checkReport', operation });
const baseReport = report('getBaseReport');
const incomeInsights = report('getIncomeInsights');
const lendScore = report('getLendScore');
const partnerInsights = report('getPartnerInsights');
const monitoring = (user_id: string) =>
  facts(user_id, {
    resource: 'monitoring',
    operation: 'getInsights',
    consumer_report_permissible_purpose: 'ACCOUNT_REVIEW_CREDIT',
  });

const AVAILABLE = 9240.18 + 41_875.5;

test('a complete file: all of it is known', async () => {
  expect(await baseReport(PLAIN)).toMatchObject({
    has_fraud_alert: false,
    is_complete: true,
    possible_duplicate_account_count: 0,
    currency: 'USD',
    liquid_available_balance: AVAILABLE,
    lowest_liquid_balance_90d: expect.any(Number),
    average_liquid_balance_90d: expect.any(Number),
    negative_balance_days_90d: 0,
  });
  expect(await incomeInsights(PLAIN)).toMatchObject({
    earned_monthly_net_income: expect.any(Number),
    historical_annual_gross_income: expect.any(Number),
  });
  expect(await monitoring(PLAIN)).toMatchObject({ is_complete: true, currency: 'USD' });
});

test('a fraud alert, in every report', async () => {
  const user_id = personaOf('fraud_alert');
  for (const read of [baseReport, incomeInsights, lendScore, partnerInsights]) {
    expect(await read(user_id)).toMatchObject({ has_fraud_alert: true, is_complete: true });
  }
});

test.each(['item_failed', 'item_pending'] as const)('%s: not complete', async (trait) => {
  const user_id = personaOf(trait);
  for (const read of [baseReport, incomeInsights, lendScore, partnerInsights]) {
    expect(await read(user_id)).toMatchObject({ has_fraud_alert: false, is_complete: false });
  }
  const insights = await monitoring(user_id);
  expect(insights).toMatchObject({
    is_complete: false,
    available_item_count: 1,
    failed_item_count: trait === 'item_failed' ? 1 : 0,
    pending_item_count: trait === 'item_pending' ? 1 : 0,
  });
  // What the failed bank told before is in no total.
  expect(insights.depository_current_balance).toBe(
    (await monitoring(PLAIN)).depository_current_balance,
  );
});

test('owners that are missing leave the figures complete', async () => {
  expect(await baseReport(personaOf('identity_unavailable'))).toMatchObject({
    has_fraud_alert: false,
    is_complete: true,
  });
});

test('no scores: null, with the reason', async () => {
  const user_id = personaOf('no_scores');
  expect(await lendScore(user_id)).toMatchObject({
    lend_score: null,
    lend_score_error_reason: expect.stringMatching(/./),
  });
  expect(await partnerInsights(user_id)).toMatchObject({
    prism_cash_score: null,
    prism_cash_score_error_reason: expect.stringMatching(/./),
  });
});

test.each(['no_income', 'income_version_1'] as const)('%s: no modeled income', async (trait) => {
  expect(await incomeInsights(personaOf(trait))).toMatchObject({
    current_monthly_net_income: null,
    next_payment_date: null,
  });
});

test('version 1 alone counts no streams, as it has none to count', async () => {
  expect(await incomeInsights(personaOf('income_version_1'))).toMatchObject({
    income_stream_count: null,
    active_income_stream_count: null,
    historical_average_monthly_income: expect.any(Number),
  });
});

test('a baseline that Plaid does not send is null', async () => {
  const { items } = await monitoring(personaOf('no_baselines'));
  for (const row of items as JsonObject[]) {
    for (const [name, value] of Object.entries(row)) {
      if (name.endsWith('_baseline')) expect([name, value]).toEqual([name, null]);
    }
  }
});

test('without balances of past days their figures are null', async () => {
  expect(await baseReport(personaOf('no_historical_balances'))).toMatchObject({
    liquid_available_balance: AVAILABLE,
    lowest_liquid_balance_90d: null,
    average_liquid_balance_90d: null,
    negative_balance_days_90d: null,
  });
});

test('a total with an unknown balance is null, and how many are unknown stands beside it', async () => {
  expect(await baseReport(personaOf('unknown_balances'))).toMatchObject({
    liquid_available_balance: null,
    liquid_available_balance_unknown_count: 1,
    credit_current_balance: null,
    credit_current_balance_unknown_count: 1,
    credit_utilization: null,
  });
});

test('what is tied up is not liquid', async () => {
  expect(await baseReport(personaOf('account_types'))).toMatchObject({
    liquid_available_balance: AVAILABLE + 6000,
    credit_current_balance: 1200.5,
    credit_utilization: 0.2401,
    loan_current_balance: 14_250.75,
    investment_current_balance: 22_400,
  });
});

test('an account that is linked twice counts once', async () => {
  expect(await baseReport(personaOf('linked_twice'))).toMatchObject({
    possible_duplicate_account_count: 2,
    liquid_available_balance: AVAILABLE,
  });
});

test('USD comes before other currencies, however many accounts they have', async () => {
  const user_id = personaOf('two_currencies');
  expect(await baseReport(user_id)).toMatchObject({
    currency: 'USD',
    other_currencies: ['CAD'],
    other_currency_amount_count: 2,
    liquid_available_balance: AVAILABLE,
  });
  const { current_monthly_net_income: plain } = await incomeInsights(PLAIN);
  expect(await incomeInsights(user_id)).toMatchObject({
    currency: 'USD',
    current_monthly_net_income: plain,
  });
});

test('amounts without a currency are counted, never added', async () => {
  const { no_currency_amount_count: count, ...others } = await baseReport(personaOf('no_currency'));
  expect(count).toBe(1);
  expect(others).toMatchObject({ currency: 'USD', liquid_available_balance: 9240.18 });
});

test('pending transactions count in what is available', async () => {
  expect(await baseReport(personaOf('pending_transactions'))).toMatchObject({
    is_complete: true,
    liquid_available_balance: AVAILABLE,
  });
});
