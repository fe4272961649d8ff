import type { JsonObject } from 'n8n-workflow';

import { inShort } from '../support/samples/summaries';
import { account, item, usd } from './support/reports';

const warning = (warning_code: string) => ({ warning_type: 'W', warning_code, cause: null });

describe('warnings', () => {
  const items = [item('One', account({ type: 'depository', current: 1 }))];
  const facts = (...codes: string[]) =>
    inShort('check_report/base_report', { report: { items }, warnings: codes.map(warning) });

  test.each([
    [[], false, true],
    [['USER_FRAUD_ALERT'], true, true],
    [['TRANSACTIONS_UNAVAILABLE'], false, false],
    [['IDENTITY_UNAVAILABLE', 'TRANSACTIONS_UNAVAILABLE', 'USER_FRAUD_ALERT'], true, false],
    [['IDENTITY_UNAVAILABLE'], false, true],
    [['A_CODE_OF_TOMORROW'], false, false],
  ])('%j: fraud alert %j, complete %j', (codes, has_fraud_alert, is_complete) => {
    expect(facts(...codes)).toMatchObject({ has_fraud_alert, is_complete });
  });

  test.each([
    ['check_report/lend_score', { report: { lend_score: { score: 70 } } }],
    ['check_report/partner_insights', { report: { prism: null } }],
    ['check_report/base_report', { report: { items } }],
  ])('%s says nothing of a fraud alert without warnings', (path, answer) => {
    expect(inShort(path, answer)).toMatchObject({ has_fraud_alert: null, is_complete: null });
  });

  test('a fraud alert is told wherever warnings are', () => {
    const warnings = [warning('USER_FRAUD_ALERT')];
    const paths = ['check_report/lend_score', 'check_report/verification', 'report'];
    for (const path of [...paths, 'credit_profile/report', 'check_report/income_insights']) {
      expect(inShort(path, { report: {}, warnings }).has_fraud_alert).toBe(true);
    }
  });

  test('nothing is complete without a report or Items', () => {
    const none = [{ report: null }, { report: { items: [] } }].map((answer) =>
      inShort('check_report/base_report', { ...answer, warnings: [] }),
    );
    expect(none.map(({ is_complete }) => is_complete)).toEqual([null, null]);
  });

  test('warnings in a report of income insights version 1 count, too', () => {
    const report = (...codes: string[]) => ({
      items: [],
      warnings: codes.map((warning_code) => ({ warning_code })),
    });
    const complete = (...codes: string[]) =>
      inShort('check_report/income_insights', { report: report(...codes), warnings: [] })
        .is_complete;
    expect([complete(), complete('DATA_UNAVAILABLE')]).toEqual([true, false]);
  });

  test('a report by product is not complete if a product failed', () => {
    const product = (...errors: JsonObject[]) => ({ product: 'cra_qualify', errors });
    const complete = (...products: JsonObject[]) =>
      inShort('report', { report: { products }, warnings: [] }).is_complete;
    expect(complete(product())).toBe(true);
    expect(complete(product(), product({ error_code: 'INSUFFICIENT_DATA' }))).toBe(false);
  });
});

describe('monitoring', () => {
  const monitored = (name: string, status_code: string, more: JsonObject = {}): JsonObject => ({
    ...item(
      name,
      account({
        type: 'depository',
        current: 5000,
        available: 5000,
        more: { subtype: 'checking', mask: name },
      }),
    ),
    status: { status_code },
    date_generated: '2026-07-01T10:00:00Z',
    ...more,
  });
  const insights = {
    income: {
      total_monthly_income: { current_amount: 100 },
      income_sources_counts: { current_count: 2 },
    },
    loans: { loan_payments_counts: { current_count: 1 } },
  };
  const facts = (...items: JsonObject[]) => inShort('monitoring_insights', { items });
  const available = monitored('One', 'AVAILABLE', { insights });

  test.each(['FAILED', 'PENDING'])('an Item that is %s is in no total', (status) => {
    expect(facts(available, monitored('Two', status, { insights }))).toMatchObject({
      is_complete: false,
      available_item_count: 1,
      total_monthly_income: 100,
      income_sources_count: 2,
      liquid_available_balance: 5000,
      depository_current_balance: 5000,
      account_count: 2,
      accounts: [{ status_code: 'AVAILABLE' }, { status_code: status }],
    });
    expect(facts(monitored('Two', status, { insights }))).toMatchObject({
      is_complete: false,
      total_monthly_income: null,
      income_sources_count: null,
      depository_current_balance: null,
    });
  });

  test('counts pending Items, and is complete where all are available', () => {
    expect(facts(available, monitored('Two', 'PENDING'))).toMatchObject({ pending_item_count: 1 });
    expect(facts(available)).toMatchObject({ is_complete: true, pending_item_count: 0 });
    expect(facts()).toMatchObject({ is_complete: null });
    expect(facts({ ...available, status: null })).toMatchObject({ is_complete: null });
  });

  test('an absent baseline is null, and so is a total with an unknown amount', () => {
    expect(facts(available).items).toMatchObject([
      { total_monthly_income: 100, total_monthly_income_baseline: null },
    ]);
    const silent = monitored('Two', 'AVAILABLE', { insights: { income: null, loans: null } });
    expect(facts(available, silent)).toMatchObject({
      total_monthly_income: null,
      total_monthly_income_unknown_count: 1,
      income_sources_count: null,
    });
  });

  test('flows are those of deposit accounts, each once', () => {
    const attributes = { total_inflow_amount_30d: usd(-1000), total_outflow_amount_30d: usd(400) };
    const checking = (more: JsonObject = {}) =>
      account({ type: 'depository', current: 1, more: { subtype: 'checking', ...more } });
    const of = (...accounts: JsonObject[]) => facts({ ...available, accounts });
    const card = account({ type: 'credit', current: 1 });
    expect(of(checking({ attributes }), card)).toMatchObject({
      total_inflow_30d: 1000,
      total_outflow_30d: 400,
    });
    expect(of(checking({ attributes }), checking())).toMatchObject({ total_inflow_30d: null });
  });
});
