import type { JsonObject } from 'n8n-workflow';

import { inShort } from '../support/samples/summaries';
import { incomeMetrics, item, stream, usd } from './support/reports';

describe('income', () => {
  test('of version 2: totals, and each stream', () => {
    const facts = inShort('check_report/income_insights', {
      report: {
        user_summary: { income_metrics: [incomeMetrics('USD', 4000), incomeMetrics('CAD', 9999)] },
        income_streams: [
          stream('ACTIVE', '2026-07-14', 3000),
          stream('ACTIVE', '2026-07-10', 1000),
          stream('INACTIVE', '2026-07-01', 500),
          stream('ACTIVE', null, 1),
        ],
      },
    });
    expect(facts).toMatchObject({
      currency: 'USD',
      other_currencies: ['CAD'],
      current_monthly_gross_income: 4000,
      current_monthly_net_income: 3000,
      current_annual_gross_income: 48000,
      current_annual_net_income: 36000,
      projected_monthly_net_income: null,
      income_stream_count: 4,
      active_income_stream_count: 3,
      next_payment_date: '2026-07-10',
      forecasted_average_monthly_income: null,
      bank_income_sources: [],
    });
    const rows = facts.income_streams as JsonObject[];
    expect(rows.find(({ income_stream_id }) => income_stream_id === 'ACTIVE 3000')).toEqual({
      income_stream_id: 'ACTIVE 3000',
      income_provider: 'Harbor Tools',
      income_category_primary: 'EARNED_INCOME',
      income_category_secondary: 'SALARY',
      status: 'ACTIVE',
      pay_frequency: 'BIWEEKLY',
      next_payment_date: '2026-07-14',
      start_date: '2026-01-01',
      end_date: '2026-06-30',
      currency: 'USD',
      current_monthly_gross_income: 3000,
      current_monthly_net_income: 2250,
      projected_monthly_net_income: null,
      transaction_count: 1,
    });
  });

  test('of version 1: the summary of bank income, and each source', () => {
    const source = {
      employer: { name: 'Harbor Tools' },
      total_amount: 900,
      iso_currency_code: 'USD',
    };
    const facts = inShort('check_report/income_insights', {
      report: {
        items: [{ institution_name: 'One', bank_income_sources: [source] }],
        bank_income_summary: {
          total_amounts: [usd(900), { amount: 3, iso_currency_code: 'CAD' }],
          forecasted_average_monthly_income: [usd(310.5)],
        },
        warnings: [{ warning_code: 'UNABLE_TO_IDENTIFY_INCOME' }],
      },
    });
    expect(facts).toMatchObject({
      currency: 'USD',
      other_currencies: ['CAD'],
      total_amounts: 900,
      forecasted_average_monthly_income: 310.5,
      historical_annual_income: null,
      income_stream_count: null,
      bank_income_sources: [
        { institution_name: 'One', employer: 'Harbor Tools', total_amount: 900, currency: 'USD' },
      ],
      bank_income_warnings: [{ warning_code: 'UNABLE_TO_IDENTIFY_INCOME', error_code: null }],
    });
  });

  test('of a home lending report that has income and assets, but no employment refresh', () => {
    const balances = {
      current: 70,
      iso_currency_code: 'USD',
      average_balance_30_days: 65,
      nsf_overdraft_transactions_count: 1,
    };
    const holding = (value: number) => ({ institution_value: value, iso_currency_code: 'USD' });
    const facts = inShort('check_report/verification', {
      report: {
        report_id: 'p1',
        voa: {
          generated_time: '2026-07-01T10:00:00Z',
          items: [
            item(
              'One',
              { type: 'depository', balances },
              { type: 'investment', balances, investments: { holdings: [holding(5), holding(6)] } },
            ),
          ],
          attributes: { total_inflow_amount: usd(-11), total_outflow_amount: null },
        },
        employment_refresh: null,
        income: {
          days_requested: 365,
          user_summary: { income_metrics: [incomeMetrics('USD', 800)] },
          income_streams: [],
        },
      },
    });
    expect(facts).toMatchObject({
      voa_generated_time: '2026-07-01T10:00:00Z',
      depository_current_balance: 70,
      investment_holdings_value: 11,
      total_inflow: 11,
      total_outflow: null,
      nsf_overdraft_transactions_count: 2,
      accounts: [{ average_balance_30_days: 65 }, { average_balance_30_days: 65 }],
      employment_refresh_generated_time: null,
      employment_refresh_transaction_count: null,
      income_days_requested: 365,
      current_monthly_gross_income: 800,
      income_stream_count: 0,
    });
  });
});

describe('report by product', () => {
  const lending = {
    product: 'cra_home_lending',
    version: 'HL1',
    metadata: { item_count: 2, account_count: 3 },
    attributes: {
      income_metrics: [incomeMetrics('USD', 100)],
      income_sources: { income_stream_count: 2, income_providers: [{ name: 'Harbor Tools' }] },
      loan_payments_bnpl_count_90d: 4,
    },
    errors: [],
  };
  const income = {
    product: 'cra_income_insights',
    attributes: {
      user_summary: { income_metrics: [incomeMetrics('USD', 200)] },
      income_streams: [stream('ACTIVE', '2026-07-14', 200)],
    },
    errors: [],
  };
  const qualify = {
    product: 'cra_qualify',
    attributes: null,
    errors: [{ error_code: 'INSUFFICIENT_DATA', error_message: 'Too little data' }],
  };
  const facts = (...products: JsonObject[]) => inShort('report', { report: { products } });

  test('keeps the products apart, whatever their order, and shows which failed', () => {
    expect(facts(lending, qualify, income)).toEqual(facts(income, lending, qualify));
    expect(facts(lending, qualify, income)).toMatchObject({
      products: [
        { product: 'cra_home_lending', version: 'HL1', item_count: 2, error_code: null },
        { product: 'cra_income_insights' },
        { product: 'cra_qualify', version: null, error_code: 'INSUFFICIENT_DATA' },
      ],
      current_monthly_gross_income: 200,
      income_stream_count: 1,
      home_lending_income_stream_count: 2,
      home_lending_income_providers: ['Harbor Tools'],
      loan_payments_bnpl_count_90d: 4,
      qualify_attributes: {},
    });
  });

  test('has the income of home lending where income insights were not asked for', () => {
    expect(facts(lending)).toMatchObject({
      current_monthly_gross_income: 100,
      income_stream_count: 2,
      income_providers: ['Harbor Tools'],
      active_income_stream_count: null,
      income_streams: [],
    });
  });

  test.each<[string, JsonObject | null]>([
    ['without income', { user_summary: { income_metrics: [] }, income_streams: [] }],
    ['without a summary', { income_streams: [] }],
    ['that failed', null],
  ])('never fills income insights %s from home lending', (_, attributes) => {
    const streams = attributes ? 0 : null;
    const errors = attributes ? [] : [{ error_code: 'X' }];
    for (const products of [
      [{ ...income, attributes, errors }, lending],
      [lending, { ...income, attributes, errors }],
    ] as JsonObject[][]) {
      expect(facts(...products)).toMatchObject({
        currency: null,
        current_monthly_gross_income: null,
        income_stream_count: streams,
        active_income_stream_count: streams,
        income_providers: [],
        home_lending_income_stream_count: 2,
        home_lending_income_providers: ['Harbor Tools'],
      });
    }
  });

  const named = (version: string, monthly: number, more: JsonObject = {}) => ({
    ...income,
    version,
    metadata: { generated_time: '2026-07-12T10:00:00Z' },
    attributes: {
      user_summary: { income_metrics: [incomeMetrics('USD', monthly)] },
      income_streams: [
        stream('ACTIVE', '2026-07-11', monthly),
        stream('ACTIVE', '2026-08-14', monthly),
      ],
    },
    ...more,
  });

  test('never adds two versions of a product: the newest that was made counts', () => {
    const versions = [named('II2', 200), named('II10', 300), named('II1', 100)];
    for (const products of [versions, [...versions].reverse()]) {
      expect(facts(...products)).toMatchObject({
        current_monthly_gross_income: 300,
        income_stream_count: 2,
        next_payment_date: '2026-08-14',
      });
    }
    const failed = named('II11', 0, { attributes: null, errors: [{ error_code: 'X' }] });
    expect(facts(failed, ...versions)).toMatchObject({ current_monthly_gross_income: 300 });
  });

  test('takes gross and net income from one product', () => {
    const netOnly = {
      ...incomeMetrics('USD', 0),
      current: { monthly: { gross_income: null, net_income: 150 }, annual: null },
    };
    const part = { user_summary: { income_metrics: [netOnly] }, income_streams: [] };
    for (const products of [
      [{ ...income, attributes: part }, lending],
      [lending, { ...income, attributes: part }],
    ] as JsonObject[][]) {
      expect(facts(...products)).toMatchObject({
        current_monthly_gross_income: null,
        current_monthly_net_income: 150,
        current_annual_gross_income: null,
      });
    }
  });
});

describe('income streams', () => {
  const facts = (report: JsonObject) => inShort('check_report/income_insights', { report });
  const source = { income_source_id: 's1', total_amount: 900, iso_currency_code: 'USD' };

  test.each([
    ['a summary', { bank_income_summary: { total_amounts: [usd(900)] } }],
    ['sources', { items: [{ institution_name: 'One', bank_income_sources: [source] }] }],
    ['no sources', { items: [{ institution_name: 'One', bank_income_sources: [] }] }],
  ])('version 1 with %s has no streams to count', (_, report) => {
    expect(facts({ ...report, income_streams: [] })).toMatchObject({
      income_stream_count: null,
      active_income_stream_count: null,
      earned_monthly_net_income: null,
    });
  });

  test('version 2 without income has none', () => {
    const items = [{ bank_income_sources: [{ income_provider: { name: 'Harbor Tools' } }] }];
    const report = { user_summary: { income_metrics: [] }, income_streams: [], items };
    expect(facts(report)).toMatchObject({
      income_providers: [],
      income_stream_count: 0,
      active_income_stream_count: 0,
      earned_monthly_net_income: 0,
    });
  });

  const benefits = {
    ...stream('ACTIVE', null, 400),
    insights: { status: 'ACTIVE', income_category: { primary: 'BENEFITS', secondary: 'X' } },
  };

  test('earned income is that of active streams of the category', () => {
    const income_streams = [
      stream('ACTIVE', null, 1000),
      stream('ACTIVE', null, 200),
      stream('INACTIVE', null, 50),
      benefits,
    ];
    expect(facts({ income_streams })).toMatchObject({
      earned_monthly_net_income: 900,
      earned_monthly_net_income_unknown_count: 0,
    });
    expect(facts({ income_streams: [benefits] })).toMatchObject({ earned_monthly_net_income: 0 });
  });

  test.each([
    ['without an amount', { income_metrics: { current: null, iso_currency_code: 'USD' } }],
    ['without a category', { insights: { status: 'ACTIVE', income_category: null } }],
  ])('earned income is unknown with a stream %s', (_, more) => {
    const unknown = { ...stream('ACTIVE', null, 10), ...more };
    expect(facts({ income_streams: [stream('ACTIVE', null, 1000), unknown] })).toMatchObject({
      earned_monthly_net_income: null,
      earned_monthly_net_income_unknown_count: 1,
    });
  });

  test('the next payment is not before the day of the report', () => {
    const income_streams = [
      stream('ACTIVE', '2026-06-30', 1),
      stream('ACTIVE', '2026-07-15', 2),
      stream('ACTIVE', '2026-07-01', 3),
    ];
    const next = (generated_time: string) =>
      facts({ generated_time, income_streams }).next_payment_date;
    expect(next('2026-07-01T22:00:00Z')).toBe('2026-07-01');
    expect(next('2026-07-02T00:00:00Z')).toBe('2026-07-15');
    expect(next('2026-08-01T00:00:00Z')).toBeNull();
  });

  test('version 1 tells past annual gross income', () => {
    const bank_income_summary = { historical_annual_gross_income: [usd(52_000)] };
    expect(facts({ bank_income_summary })).toMatchObject({
      currency: 'USD',
      historical_annual_gross_income: 52_000,
    });
  });
});
