import type { JsonObject, JsonValue } from 'n8n-workflow';

import { inShort } from '../support/samples/summaries';
import { account, item, transaction, usd } from './support/reports';

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
          account({ type: 'depository', current: 0.1, available: 90 }),
          account({ type: 'depository', current: 0.2 }),
          account({ type: 'credit', current: 250, more: { mask: '0042' } }),
        ),
        item('Cedar Credit Union', account({ type: 'depository', current: 0.4 })),
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
      depository_current_balance: 0.7,
      // Two of the three banks do not say what is available.
      depository_available_balance: null,
      depository_available_balance_unknown_count: 2,
      credit_current_balance: 250,
      loan_current_balance: null,
      investment_current_balance: 5000,
    });
    expect(facts.accounts).toHaveLength(5);
    const rows = facts.accounts as JsonObject[];
    expect(rows.find(({ type }) => type === 'credit')).toMatchObject({
      institution_name: 'Birch Bank',
      type: 'credit',
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
      depository_current_balance: 50,
      other_currency_amount_count: 4,
      no_currency_amount_count: 1,
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
            account({
              type: 'depository',
              current: 1,
              more: { transactions: [], days_available: 90 },
            }),
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
    expect([counted(bare), counted(bare, empty), counted()]).toEqual([null, null, 0]);
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
