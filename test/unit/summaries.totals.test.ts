import type { JsonObject, JsonValue } from 'n8n-workflow';

import { inShort } from '../support/samples/summaries';
import { account, item, usd } from './support/reports';

const report = (items: JsonValue[], more: JsonObject = {}) => ({
  request_id: 'r1',
  report: { report_id: 'p1', date_generated: '2026-07-01T10:00:00Z', items, ...more },
  warnings: [],
});

const base = (items: JsonValue[], more: JsonObject = {}) =>
  inShort('check_report/base_report', report(items, more));

const cash = (subtype: string | null, available: number | null, more: JsonObject = {}) =>
  account({ type: 'depository', current: available ?? 1, available, more: { subtype, ...more } });

describe('currency', () => {
  const accounts = [
    account({ type: 'depository', current: 10, available: 10, currency: 'CAD' }),
    account({ type: 'depository', current: 5, available: 5, currency: 'CAD' }),
    account({ type: 'depository', current: 25_000, available: 25_000 }),
  ];
  const attributes = { total_inflow_amount: usd(-900), total_outflow_amount: usd(300) };

  test.each([
    ['as listed', accounts],
    ['the other way round', [...accounts].reverse()],
  ])('US dollars come first, with the accounts %s', (_, listed) => {
    const items = listed.map((one, index) => item(`Bank ${index}`, one));
    expect(base(items, { attributes })).toMatchObject({
      currency: 'USD',
      other_currencies: ['CAD'],
      other_currency_amount_count: 2,
      no_currency_amount_count: 0,
      depository_available_balance: 25_000,
      depository_current_balance: 25_000,
      total_inflow: 900,
      total_outflow: 300,
    });
  });

  test('of two currencies without dollars, none is preferred', () => {
    const items = [
      item('One', account({ type: 'depository', current: 10, currency: 'EUR' })),
      item('Two', account({ type: 'depository', current: 5000, currency: 'CAD' })),
    ];
    for (const listed of [items, [...items].reverse()]) {
      expect(base(listed)).toMatchObject({
        currency: null,
        other_currencies: ['CAD', 'EUR'],
        other_currency_amount_count: 2,
        depository_current_balance: null,
      });
    }
  });

  test('an amount without a code is counted and not taken for dollars', () => {
    const items = [
      item(
        'One',
        account({ type: 'depository', current: 100 }),
        account({ type: 'depository', current: 50, currency: null }),
      ),
    ];
    expect(base(items)).toMatchObject({
      depository_current_balance: 100,
      no_currency_amount_count: 1,
    });
    const alone = [item('One', account({ type: 'depository', current: 50, currency: null }))];
    expect(base(alone)).toMatchObject({
      currency: null,
      depository_current_balance: null,
      no_currency_amount_count: 1,
    });
  });

  const metrics = (code: string, net: number) => ({
    current: { monthly: { gross_income: net * 2, net_income: net }, annual: null },
    iso_currency_code: code,
  });
  const stream = (code: string, net: number): JsonObject => ({
    income_stream_id: code,
    insights: { status: 'ACTIVE', income_category: { primary: 'EARNED_INCOME' } },
    income_metrics: metrics(code, net),
  });

  test.each([
    [
      ['EUR', 60],
      ['USD', 8000],
    ],
    [
      ['USD', 8000],
      ['EUR', 60],
    ],
  ] as const)('income in dollars comes before income in euros: %j, %j', (...incomes) => {
    const facts = inShort('check_report/income_insights', {
      report: {
        user_summary: { income_metrics: incomes.map(([code, net]) => metrics(code, net)) },
        income_streams: incomes.map(([code, net]) => stream(code, net)),
      },
    });
    expect(facts).toMatchObject({
      currency: 'USD',
      current_monthly_net_income: 8000,
      earned_monthly_net_income: 8000,
      other_currencies: ['EUR'],
      other_currency_amount_count: 2,
    });
  });
});

describe('accounts', () => {
  const linked = (available: number, more: JsonObject = {}) =>
    cash('checking', available, { mask: '1208', official_name: 'Everyday', ...more });

  test('an account that is linked through two Items counts once, as it was read last', () => {
    const older = { ...item('Birch', linked(4000)), date_last_updated: '2026-06-20T10:00:00Z' };
    const newer = { ...item('Birch', linked(5000)), date_last_updated: '2026-06-30T10:00:00Z' };
    for (const items of [
      [older, newer],
      [newer, older],
    ]) {
      expect(base(items)).toMatchObject({
        account_count: 2,
        possible_duplicate_account_count: 1,
        liquid_available_balance: 5000,
        depository_available_balance: 5000,
        depository_current_balance: 5000,
      });
    }
  });

  test.each([
    ['another bank', item('Cedar', linked(50))],
    ['another mask', item('Birch', linked(50, { mask: '1209' }))],
    ['another subtype', item('Birch', linked(50, { subtype: 'savings' }))],
    ['no mask', item('Birch', linked(50, { mask: null }))],
  ])('%s is another account', (_, other) => {
    expect(base([item('Birch', linked(100)), other])).toMatchObject({
      possible_duplicate_account_count: 0,
      liquid_available_balance: 150,
    });
  });

  test('accounts of one Item are different ones, as a mask may occur twice', () => {
    expect(base([item('Birch', linked(100), linked(50))])).toMatchObject({
      possible_duplicate_account_count: 0,
      liquid_available_balance: 150,
    });
  });

  test('an account is the duplicate of one account of another Item at most', () => {
    const older = {
      ...item('Birch', linked(100), linked(900)),
      date_last_updated: '2026-06-20T10:00:00Z',
    };
    const newer = { ...item('Birch', linked(100)), date_last_updated: '2026-06-30T10:00:00Z' };
    const third = {
      ...item('Birch', linked(200), linked(800)),
      date_last_updated: '2026-06-25T10:00:00Z',
    };
    const orders: Array<[JsonObject[], number, number]> = [
      [[older, newer], 1000, 1],
      [[newer, { ...older, accounts: [linked(900), linked(100)] }], 1000, 1],
      // Of two Items with two accounts each, the one that was read last counts.
      [[older, newer, third], 1000, 3],
      [[{ ...third, accounts: [linked(300), linked(4)] }, older, newer], 304, 3],
    ];
    for (const [items, total, duplicates] of orders) {
      expect(base(items)).toMatchObject({
        possible_duplicate_account_count: duplicates,
        liquid_available_balance: total,
      });
      expect(base([...items].reverse())).toMatchObject({ liquid_available_balance: total });
    }
  });

  test('an account with the same ID in two Items counts once', () => {
    const one = cash('checking', 100, { account_id: 'same' });
    const other = cash('savings', 900, { account_id: 'same' });
    expect(base([item('Birch', one), item('Birch', other)])).toMatchObject({
      possible_duplicate_account_count: 1,
    });
  });

  test("Plaid's own totals are replaced by those of the accounts where one may be in them twice", () => {
    const attributes = (inflow: number, nsf: number) => ({
      total_inflow_amount: usd(inflow),
      nsf_overdraft_transactions_count: nsf,
    });
    const one = linked(100, { attributes: attributes(-700, 2) });
    const items = [item('Birch', one), item('Birch', { ...one, account_id: 'other' })];
    expect(base(items, { attributes: attributes(-1400, 4) })).toMatchObject({
      total_inflow: 700,
      total_outflow: null,
      nsf_overdraft_transactions_count: 2,
    });
  });

  test('cash that can be spent at once is without CDs, HSAs and EBT cards', () => {
    const accounts = ['checking', 'savings', 'money market', 'cash management', 'prepaid'].map(
      (subtype, index) => cash(subtype, 10 ** index),
    );
    const tiedUp = ['cd', 'hsa', 'ebt', 'paypal'].map((subtype) => cash(subtype, 1_000_000));
    expect(base([item('One', ...accounts, ...tiedUp)])).toMatchObject({
      liquid_available_balance: 11_111,
      depository_available_balance: 4_011_111,
    });
  });

  test('a deposit account of unknown kind makes the liquid balance unknown', () => {
    expect(base([item('One', cash('checking', 100), cash(null, 50))])).toMatchObject({
      liquid_available_balance: null,
      liquid_available_balance_unknown_count: 1,
      depository_available_balance: 150,
    });
  });
});

describe('unknown amounts', () => {
  test('what is owed on two cards is unknown where the balance of one is', () => {
    const items = [
      item('One', account({ type: 'credit', current: 1200.5 })),
      item('Two', account({ type: 'credit', current: null })),
    ];
    expect(base(items)).toMatchObject({
      credit_current_balance: null,
      credit_current_balance_unknown_count: 1,
    });
    expect(base(items.slice(0, 1))).toMatchObject({
      credit_current_balance: 1200.5,
      credit_current_balance_unknown_count: 0,
    });
  });

  test('an unknown balance counts in the total of its kind alone, also without a currency', () => {
    const items = [
      item(
        'One',
        account({ type: 'loan', current: 400 }),
        account({ type: 'investment', current: 7 }),
        account({ type: 'brokerage', current: null, currency: null }),
      ),
    ];
    expect(base(items)).toMatchObject({
      loan_current_balance: 400,
      investment_current_balance: null,
      investment_current_balance_unknown_count: 1,
    });
  });

  test('holdings of an investment account that Plaid does not list are unknown', () => {
    const holdings = (...values: number[]) => ({
      holdings: values.map((institution_value) => ({
        institution_value,
        iso_currency_code: 'USD',
      })),
    });
    const investment = (investments: JsonValue) =>
      account({ type: 'investment', current: 1, more: { investments } });
    const facts = (...accounts: JsonObject[]) =>
      inShort('check_report/verification', {
        report: { voa: { items: [item('One', ...accounts)] } },
      });
    expect(facts(investment(holdings(5, 6)))).toMatchObject({ investment_holdings_value: 11 });
    expect(facts(investment(holdings(5, 6)), investment(null))).toMatchObject({
      investment_holdings_value: null,
      investment_holdings_value_unknown_count: 1,
    });
  });
});

describe('credit utilization', () => {
  const card = (current: number | null, limit: number | null, currency = 'USD') =>
    account({
      type: 'credit',
      current,
      more: { balances: { current, limit, iso_currency_code: currency } },
    });
  const utilization = (...accounts: JsonObject[]) => base([item('One', ...accounts)]);

  test('is what is owed by all limits', () => {
    expect(utilization(card(500, 1000), card(100, 2000))).toMatchObject({
      credit_utilization: 0.2,
      credit_utilization_unknown_count: 0,
    });
    expect(utilization(card(500, 1000), card(900, 900, 'CAD')).credit_utilization).toBe(0.5);
  });

  test('is null where a limit or a balance is unknown, or there is none', () => {
    expect(utilization(card(500, 1000), card(10, null))).toMatchObject({
      credit_utilization: null,
      credit_utilization_unknown_count: 1,
    });
    expect(utilization(card(null, 1000)).credit_utilization).toBeNull();
    expect(utilization(card(0, 0)).credit_utilization).toBeNull();
    expect(utilization(cash('checking', 5))).toMatchObject({
      credit_utilization: null,
      credit_utilization_unknown_count: 0,
    });
  });
});

describe('daily balances', () => {
  const DAY_MS = 24 * 60 * 60 * 1000;
  /** So many days up to the day before the report. */
  const days = (count: number, amountOf: (daysAgo: number) => number, last = '2026-06-30') =>
    Array.from({ length: count }, (_, index) => ({
      date: new Date(Date.parse(last) - index * DAY_MS).toISOString().slice(0, 10),
      current: amountOf(index),
      iso_currency_code: 'USD',
    }));
  const checking = (historical_balances: JsonValue) => cash('checking', 1, { historical_balances });
  const NULLS = {
    lowest_liquid_balance_90d: null,
    average_liquid_balance_90d: null,
    negative_balance_days_90d: null,
  };

  test('are added day by day over the last 90 days', () => {
    // The 91st day is before the window.
    const first = days(91, (ago) => (ago === 90 ? -9999 : ago === 10 ? -20 : 100));
    const second = days(90, (ago) => (ago === 40 ? -5 : 50));
    const items = [item('One', checking(first)), item('Two', checking([...second].reverse()))];
    const expected = {
      lowest_liquid_balance_90d: 30,
      average_liquid_balance_90d: 148.06,
      negative_balance_days_90d: 2,
    };
    expect(base(items)).toMatchObject(expected);
    expect(base([...items].reverse())).toMatchObject(expected);
  });

  test.each([
    ['a day is missing', [checking(days(90, () => 1).filter((_, index) => index !== 45))]],
    ['only 89 days are there', [checking(days(89, () => 1))]],
    ['one account has none', [checking(days(90, () => 1)), cash('savings', 5)]],
    ['an account of unknown kind may belong to them', [checking(days(90, () => 1)), cash(null, 5)]],
    ['they end long before the report', [checking(days(90, () => 1, '2026-05-30'))]],
    ['a day has two balances', [checking([...days(90, () => 1), ...days(1, () => 2)])]],
    ['Plaid sends none', [cash('checking', 5)]],
  ])('are null where %s', (_, accounts) => {
    expect(base([item('One', ...accounts)])).toMatchObject(NULLS);
  });

  test('of CDs and credit cards do not count', () => {
    const cd = cash('cd', 5, { historical_balances: days(90, () => 9000) });
    const card = account({ type: 'credit', current: 5 });
    expect(base([item('One', checking(days(90, () => 10)), cd, card)])).toMatchObject({
      lowest_liquid_balance_90d: 10,
      negative_balance_days_90d: 0,
    });
  });

  test('of a home lending report are in its balances', () => {
    const historical_balances = days(90, () => 12);
    const balances = { current: 12, available: 12, iso_currency_code: 'USD', historical_balances };
    const voa = {
      generated_time: '2026-07-01T10:00:00Z',
      items: [item('One', { type: 'depository', subtype: 'savings', balances })],
    };
    expect(inShort('check_report/verification', { report: { voa } })).toMatchObject({
      lowest_liquid_balance_90d: 12,
      average_liquid_balance_90d: 12,
      negative_balance_days_90d: 0,
    });
  });
});

test('no fact is -0', () => {
  const facts = base(
    [item('One', account({ type: 'credit', current: -0, more: { days_available: -0 } }))],
    { attributes: { total_outflow_amount: usd(-0) } },
  );
  expect([facts.credit_current_balance, facts.total_outflow, facts.days_available]).toEqual([
    0, 0, 0,
  ]);
});
