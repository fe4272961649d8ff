import type { JsonObject, JsonValue } from 'n8n-workflow';

import { simplified } from '../../nodes/PlaidCheck/outputs/summary';
import { SUMMARIES } from '../support/summaries';
import { account, incomeMetrics, item, stream, transaction, usd } from './support/reports';

/** The simplified answer of an endpoint, by its path below /cra. */
const inShort = (path: string, answer: JsonObject): Record<string, JsonValue> =>
  simplified(SUMMARIES[`/cra/${path}/get`] ?? [], answer);

test('chosen facts come out alone, in the order of the summary', () => {
  const summary = SUMMARIES['/cra/check_report/lend_score/get'] ?? [];
  const answer = { request_id: 'r1', report: { report_id: 'p1', lend_score: { score: 70 } } };
  const facts = simplified(summary, answer, ['lend_score', 'report_id', 'no_such_fact']);
  expect(Object.entries(facts)).toEqual([
    ['report_id', 'p1'],
    ['lend_score', 70],
  ]);
});

describe('base report', () => {
  const report = (items: JsonValue[], more: JsonObject = {}) => ({
    request_id: 'r1',
    report: { report_id: 'p1', date_generated: '2026-07-01T10:00:00Z', items, ...more },
    warnings: [],
  });

  test('adds up several Items by the type of their accounts', () => {
    const facts = inShort(
      'check_report/base_report',
      report([
        item(
          'Birch Bank',
          account({ type: 'depository', current: 100.1, available: 90 }),
          account({ type: 'depository', current: 0.2 }),
          account({ type: 'credit', current: 250, more: { mask: '0042' } }),
        ),
        item('Cedar Credit Union', account({ type: 'depository', current: 10 })),
        item('Birch Bank', account({ type: 'brokerage', current: 5000 })),
      ]),
    );
    expect(facts).toMatchObject({
      request_id: 'r1',
      report_id: 'p1',
      client_report_id: null,
      generated_time: '2026-07-01T10:00:00Z',
      item_count: 3,
      institutions: ['Birch Bank', 'Cedar Credit Union'],
      account_count: 5,
      currency: 'USD',
      other_currencies: [],
      depository_current_balance: 110.3,
      depository_available_balance: 90,
      credit_current_balance: 250,
      loan_current_balance: null,
      investment_current_balance: 5000,
    });
    expect(facts.accounts).toHaveLength(5);
    expect((facts.accounts as JsonObject[])[2]).toMatchObject({
      institution_name: 'Birch Bank',
      type: 'credit',
      mask: '0042',
      current_balance: 250,
      available_balance: null,
    });
  });

  test('never adds amounts of different currencies', () => {
    const facts = inShort(
      'check_report/base_report',
      report(
        [
          item('One', account({ type: 'depository', current: 1000, currency: 'CAD' })),
          item(
            'Two',
            account({ type: 'depository', current: 20 }),
            account({ type: 'depository', current: 30 }),
            account({ type: 'depository', current: 7, currency: null }),
            account({
              type: 'depository',
              current: 3,
              currency: null,
              more: { balances: { current: 3, unofficial_currency_code: 'DOGE' } },
            }),
            account({ type: 'loan', current: 400, currency: 'CAD' }),
            account({ type: 'credit', current: 1 }),
          ),
        ],
        { attributes: { total_inflow_amount: { amount: -5, iso_currency_code: 'CAD' } } },
      ),
    );
    expect(facts).toMatchObject({
      currency: 'USD',
      other_currencies: ['CAD', 'DOGE'],
      depository_current_balance: 57,
      loan_current_balance: null,
      total_inflow: null,
    });
    const rows = facts.accounts as JsonObject[];
    expect(rows.map(({ currency }) => currency)).toEqual([
      'CAD',
      'USD',
      'USD',
      null,
      'DOGE',
      'CAD',
      'USD',
    ]);
  });

  test('tells what came in and went out without sign, and when', () => {
    const transactions = [
      transaction('2026-03-04', 12),
      transaction('2026-01-15', -900),
      transaction('2026-02-01', 30),
    ];
    const facts = inShort(
      'check_report/base_report',
      report(
        [
          item(
            'One',
            account({ type: 'depository', current: 1, more: { transactions, days_available: 60 } }),
            account({ type: 'depository', current: 1, more: { transactions: [] } }),
            account({ type: 'depository', current: 1, more: { days_available: 90 } }),
          ),
        ],
        {
          attributes: {
            total_inflow_amount: usd(-900),
            total_outflow_amount: usd(42),
            total_inflow_amount_30d: usd(0),
            total_outflow_amount_30d: null,
            nsf_overdraft_transactions_count: 2,
            nsf_overdraft_transactions_count_30d: 0,
          },
        },
      ),
    );
    expect(facts).toMatchObject({
      total_inflow: 900,
      total_outflow: 42,
      total_inflow_30d: 0,
      total_outflow_30d: null,
      total_inflow_60d: null,
      nsf_overdraft_transactions_count: 2,
      nsf_overdraft_transactions_count_30d: 0,
      nsf_overdraft_transactions_count_60d: null,
      transaction_count: 3,
      oldest_transaction_date: '2026-01-15',
      most_recent_transaction_date: '2026-03-04',
      days_available: 90,
    });
  });

  test('keeps personal data and single transactions out', () => {
    const owners = [
      { names: ['Rosa Quint'], emails: [{ data: 'rosa@example.com' }], phone_numbers: [] },
    ];
    const transactions = [{ ...transaction('2026-03-04', 12), original_description: 'PHARMACY' }];
    const more = { owners, transactions };
    const text = JSON.stringify(
      inShort(
        'check_report/base_report',
        report([item('One', account({ type: 'depository', current: 1, more }))]),
      ),
    );
    expect(text).not.toMatch(/Rosa|rosa@|PHARMACY/);
  });

  test('is all null and empty for an answer without a report, and zero for one without Items', () => {
    const empty = inShort('check_report/base_report', { request_id: 'r1', report: null });
    const { request_id, ...rest } = empty;
    expect(request_id).toBe('r1');
    expect(
      Object.values(rest)
        .flat()
        .filter((value) => value !== null),
    ).toEqual([]);
    expect(inShort('check_report/base_report', report([]))).toMatchObject({
      item_count: 0,
      account_count: 0,
      transaction_count: 0,
      currency: null,
      depository_current_balance: null,
      oldest_transaction_date: null,
    });
  });

  test('counts nothing where the bank gave no transactions at all', () => {
    const bare = account({ type: 'depository', current: 1 });
    const empty = account({ type: 'depository', current: 1, more: { transactions: [] } });
    const counted = (...accounts: JsonObject[]) =>
      inShort('check_report/base_report', report([item('One', ...accounts)])).transaction_count;
    expect([counted(bare), counted(bare, empty), counted()]).toEqual([null, 0, 0]);
  });

  test('lists warnings with their cause', () => {
    const cause = { error_type: 'ITEM_ERROR', error_code: 'ITEM_LOCKED', item_id: 'i1' };
    const answer = {
      ...report([]),
      warnings: [
        { warning_code: 'IDENTITY_UNAVAILABLE', cause },
        { warning_code: 'USER_FRAUD_ALERT', cause: null },
      ],
    };
    expect(inShort('check_report/base_report', answer).warnings).toEqual([
      { warning_code: 'IDENTITY_UNAVAILABLE', ...cause, error_message: null },
      {
        warning_code: 'USER_FRAUD_ALERT',
        error_type: null,
        error_code: null,
        error_message: null,
        item_id: null,
      },
    ]);
  });
});

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
    expect((facts.income_streams as JsonObject[])[0]).toEqual({
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
      description: 'PAYROLL',
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

describe('scores', () => {
  test('a LendScore that could not be made is null, with the reason', () => {
    const lend_score = { score: null, reason_codes: [], error_reason: 'Not enough transactions' };
    expect(inShort('check_report/lend_score', { report: { lend_score } })).toMatchObject({
      lend_score: null,
      lend_score_reason_codes: [],
      lend_score_error_reason: 'Not enough transactions',
    });
  });

  test('UltraFICO: the first request and all of them, with codes of both forms', () => {
    const facts = inShort('check_report/partner_insights', {
      report: {
        fico: {
          lender_application_id: 'app-1',
          ultrafico_score_results: [
            {
              request_correlation_id: 'a',
              ultrafico_score: {
                score: 701,
                ultrafico_score_version: '1.0',
                reason_code_1: 'U1',
                reason_code_2: null,
                reason_code_3: 'U3',
                positive_reason_codes: ['P1', 'P2'],
                did_inquiries_adversely_affect_score: false,
              },
              exclusion_code: null,
            },
            { request_correlation_id: 'b', ultrafico_score: null, exclusion_code: '17' },
          ],
        },
        prism: null,
      },
    });
    expect(facts).toMatchObject({
      lender_application_id: 'app-1',
      ultrafico_score: 701,
      ultrafico_score_version: '1.0',
      ultrafico_negative_reason_codes: ['U1', 'U3'],
      ultrafico_positive_reason_codes: ['P1', 'P2'],
      ultrafico_did_inquiries_adversely_affect_score: false,
      prism_status: null,
      prism_cash_score: null,
      prism_cash_score_reason_codes: [],
    });
    const rows = facts.ultrafico_score_results as JsonObject[];
    expect(rows.map(({ score, exclusion_code }) => [score, exclusion_code])).toEqual([
      [701, null],
      [null, '17'],
    ]);
  });

  test('UltraFICO: facts of the first request never come from the second', () => {
    const results: JsonObject[] = [
      { error_reason: 'Too short a history' },
      { ultrafico_score: { score: 640, negative_reason_codes: ['U9'] } },
    ];
    const answer = { report: { fico: { ultrafico_score_results: results } } };
    expect(inShort('check_report/partner_insights', answer)).toMatchObject({
      ultrafico_score: null,
      ultrafico_negative_reason_codes: [],
      ultrafico_error_reason: 'Too short a history',
    });
  });

  const prism = {
    status: 'SUCCESS',
    cash_score: { version: 3, score: 512, reason_codes: ['CS1'] },
    first_detect: { version: 4, model_version: '4.1', score: 77 },
    detect: { model_version: '4', score: null, error_reason: 'No deposits' },
    insights: { version: 3, result: { l6m_income: 3 } },
  };

  test('Prism: each score with its version, from the newer field where it is there', () => {
    const facts = inShort('check_report/partner_insights', { report: { prism } });
    expect(facts).toMatchObject({
      prism_status: 'SUCCESS',
      prism_cash_score: 512,
      prism_cash_score_version: '3',
      prism_cash_score_reason_codes: ['CS1'],
      prism_first_detect: 77,
      prism_first_detect_version: '4.1',
      prism_detect: null,
      prism_detect_error_reason: 'No deposits',
      prism_extend: null,
      prism_insights_version: '3',
    });
    expect(JSON.stringify(facts)).not.toContain('l6m_income');
  });

  test('legacy partner insights: facts of the first report, and a row for each', () => {
    const facts = inShort('partner_insights', {
      report: [
        { report_id: 'p1', prism },
        { report_id: 'p2', prism: { status: 'FAILED' } },
      ],
    });
    expect(facts).toMatchObject({
      report_id: 'p1',
      prism_cash_score: 512,
      report_count: 2,
      reports: [
        { report_id: 'p1', prism_status: 'SUCCESS', prism_cash_score: 512 },
        { report_id: 'p2', prism_status: 'FAILED', prism_cash_score: null },
      ],
    });
  });

  test('credit profile: several LendScores, attributes, and no metadata', () => {
    const lend_scores = [
      { variant: 'LS1', score: 60, reason_codes: ['A', 'B'], error_reason: null },
      { variant: 'LS2', score: null, reason_codes: [], error_reason: 'No accounts' },
    ];
    const cashflow_insights_attributes = { income_90d: 12.5, has_payroll: true };
    const report = { lend_scores, cashflow_insights_attributes, metadata: null };
    expect(inShort('credit_profile/report', { report })).toMatchObject({
      lend_score: 60,
      lend_score_variant: 'LS1',
      lend_score_reason_codes: ['A', 'B'],
      lend_scores,
      cashflow_insights_attributes,
      network_insights_attributes: {},
      generated_time: null,
      account_count: null,
    });
  });

  test('attributes come as they are, and are counted', () => {
    const attributes = { a: 1, b: 'x', c: null };
    expect(inShort('check_report/cashflow_insights', { report: { attributes } })).toMatchObject({
      attribute_count: 3,
      attributes,
    });
    const report = { network_attributes: {}, items: [] };
    expect(inShort('check_report/network_insights', { report })).toMatchObject({
      network_attribute_count: 0,
      network_attributes: {},
      item_count: 0,
    });
    expect(inShort('check_report/cashflow_insights', { report: {} })).toMatchObject({
      attribute_count: null,
      attributes: {},
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
    expect(facts(lending, qualify, income)).toEqual(
      expect.objectContaining({ ...facts(income, lending, qualify), products: expect.anything() }),
    );
    expect(facts(lending, qualify, income)).toMatchObject({
      products: [
        { product: 'cra_home_lending', version: 'HL1', item_count: 2, error_code: null },
        { product: 'cra_qualify', version: null, error_code: 'INSUFFICIENT_DATA' },
        { product: 'cra_income_insights' },
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
      income_stream_count: null,
      income_streams: [],
    });
  });
});

describe('monitoring', () => {
  const monitored = (name: string, currency: string | null, monthly: number): JsonObject => ({
    ...item(
      name,
      account({
        type: 'depository',
        current: 10,
        currency,
        more: { attributes: { nsf_overdraft_transactions_count_30d: 2 } },
      }),
    ),
    date_generated: '2026-07-01T10:00:00Z',
    status: { status_code: 'AVAILABLE' },
    insights: {
      income: {
        total_monthly_income: { baseline_amount: 1, current_amount: monthly },
        income_sources: [{ income_source_id: name, income_category: 'SALARY' }],
      },
      loans: { loan_disbursements_count: 1, loan_payments_counts: { current_count: 3 } },
    },
  });
  const failed = {
    item_id: 'i9',
    institution_name: 'Gone Bank',
    date_generated: '2026-07-02T10:00:00Z',
    status: { status_code: 'FAILED', reason: 'Login required' },
    insights: null,
  };

  test('adds up the Items that have insights, and tells which have none', () => {
    const items = [monitored('One', 'USD', 100), monitored('Two', 'USD', 50), failed];
    const facts = inShort('monitoring_insights', { user_insights_id: 'u1', items });
    expect(facts).toMatchObject({
      user_insights_id: 'u1',
      generated_time: '2026-07-02T10:00:00Z',
      item_count: 3,
      available_item_count: 2,
      failed_item_count: 1,
      total_monthly_income: 150,
      forecasted_monthly_income: null,
      loan_disbursements_count: 2,
      loan_payments_count: 6,
      nsf_overdraft_transactions_count_30d: 4,
      depository_current_balance: 20,
    });
    expect((facts.items as JsonObject[])[2]).toMatchObject({
      institution_name: 'Gone Bank',
      status_code: 'FAILED',
      reason: 'Login required',
      total_monthly_income: null,
    });
    expect((facts.income_sources as JsonObject[]).map((row) => row.institution_name)).toEqual([
      'One',
      'Two',
    ]);
  });

  test('gives the income of an Item the currency of its accounts', () => {
    const items = [
      monitored('One', 'USD', 100),
      monitored('Two', 'CAD', 7000),
      monitored('Three', 'USD', 1),
      monitored('Four', null, 5),
    ];
    expect(inShort('monitoring_insights', { items })).toMatchObject({
      currency: 'USD',
      other_currencies: ['CAD'],
      total_monthly_income: 106,
      items: [{ currency: 'USD' }, { currency: 'CAD' }, { currency: 'USD' }, { currency: null }],
    });
  });
});
