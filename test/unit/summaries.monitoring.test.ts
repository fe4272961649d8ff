import type { JsonObject } from 'n8n-workflow';

import { inShort } from '../support/samples/summaries';
import { account, item } from './support/reports';

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
    const rows = facts.items as JsonObject[];
    expect(rows.find(({ item_id }) => item_id === 'i9')).toMatchObject({
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

  test('does not add the income of a bank that is linked twice', () => {
    const twice = (date_generated: string, item_id: string) => {
      const one = monitored('One', 'USD', 5000);
      const [first] = one.accounts as JsonObject[];
      return { ...one, item_id, date_generated, accounts: [{ ...first, mask: '1208' }] };
    };
    const items = [twice('2026-07-01T10:00:00Z', 'i1'), twice('2026-07-02T10:00:00Z', 'i2')];
    expect(inShort('monitoring_insights', { items })).toMatchObject({
      is_complete: true,
      possible_duplicate_account_count: 1,
      total_monthly_income: null,
      forecasted_monthly_income: null,
      historical_annual_income: null,
      income_sources_count: null,
      loan_disbursements_count: null,
      loan_payments_count: null,
      depository_current_balance: 10,
    });
    // An Item that failed adds nothing, so nothing counts twice.
    const [one, other] = items;
    const isDown = { ...other, status: { status_code: 'FAILED' } };
    expect(inShort('monitoring_insights', { items: [one ?? null, isDown] })).toMatchObject({
      total_monthly_income: 5000,
    });
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
      total_monthly_income: 101,
      // The balance and the income of Item Four
      no_currency_amount_count: 2,
      items: [
        { institution_name: 'Four', currency: null },
        { institution_name: 'One', currency: 'USD' },
        { institution_name: 'Three', currency: 'USD' },
        { institution_name: 'Two', currency: 'CAD' },
      ],
    });
  });
});
