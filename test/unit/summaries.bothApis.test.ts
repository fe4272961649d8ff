import type { JsonObject } from 'n8n-workflow';
import { inShort } from '../support/samples/summaries';

/** Facts that both report APIs have, where Plaid leaves something out or says two things. */

const product = (name: string, metadata: JsonObject | null) => ({
  product: name,
  version: 'V1',
  metadata,
  attributes: {},
  errors: [],
});

const INCOME = {
  item_count: 2,
  account_count: 3,
  credit_account_type_count: 1,
  institution_ids: ['ins_2', 'ins_1'],
  generated_time: '2026-07-12T10:00:00Z',
  oldest_transaction_date: '2026-01-02',
};

test.each<[string, JsonObject, JsonObject]>([
  [
    'as all products say',
    INCOME,
    { item_count: 2, account_count: 3, credit_account_type_count: 1, ...datesOf('2026-01-02') },
  ],
  [
    'null where they differ',
    { ...INCOME, item_count: 1, credit_account_type_count: 0, oldest_transaction_date: null },
    {
      item_count: null,
      account_count: 3,
      credit_account_type_count: null,
      ...datesOf('2026-01-02'),
    },
  ],
])('a report of several products: %s', (_, qualify, expected) => {
  const products = [
    product('cra_income_insights', INCOME),
    product('cra_qualify', qualify),
    product('cra_lend_score', null),
  ];
  for (const one of [products, [...products].reverse()]) {
    expect(inShort('report', { report: { products: one } })).toMatchObject({
      ...expected,
      institution_ids: ['ins_1', 'ins_2'],
    });
  }
});

function datesOf(oldest_transaction_date: string): JsonObject {
  return {
    generated_time: '2026-07-12T10:00:00Z',
    oldest_transaction_date,
    most_recent_transaction_date: null,
  };
}

const account = (type: string | null, is_primary_account: boolean | null = null) => ({
  type,
  attributes: { is_primary_account },
});
const base = (accounts: JsonObject[] | null) =>
  inShort('check_report/base_report', {
    report: { items: [{ institution_id: 'ins_1', accounts }] },
  });

test('the accounts of a base report are counted by kind, possible duplicates included', () => {
  const accounts = [
    account('depository', true),
    account('depository', false),
    account('credit'),
    account('loan'),
  ];
  expect(base(accounts)).toMatchObject({
    account_count: 4,
    primary_account_count: 1,
    depository_account_type_count: 2,
    credit_account_type_count: 1,
    other_account_type_count: 1,
    institution_ids: ['ins_1'],
  });
});

test.each<[string, JsonObject[] | null, JsonObject]>([
  [
    'no account',
    [],
    { primary_account_count: 0, depository_account_type_count: 0, other_account_type_count: 0 },
  ],
  [
    'no list of accounts',
    null,
    { primary_account_count: null, depository_account_type_count: null },
  ],
  [
    'an account without a type',
    [account('depository', true), account(null)],
    {
      primary_account_count: null,
      depository_account_type_count: null,
      credit_account_type_count: null,
      other_account_type_count: null,
    },
  ],
  [
    'an account without a type that Plaid marks as primary',
    [account(null, true), account('loan')],
    { primary_account_count: 1, depository_account_type_count: null },
  ],
  [
    'a deposit account that may be primary',
    [account('depository'), account('depository', true)],
    { primary_account_count: null, depository_account_type_count: 2 },
  ],
])('%s', (_, accounts, expected) => {
  expect(base(accounts)).toMatchObject(expected);
});

test('who pays a person is in both versions of income insights', () => {
  const older = {
    items: [{ bank_income_sources: [{ income_provider: { name: 'Harbor Tools' } }] }],
    income_streams: [],
  };
  expect(inShort('check_report/income_insights', { report: older })).toMatchObject({
    income_providers: ['Harbor Tools'],
    income_stream_count: null,
  });
  const stream = (name: string) => ({ insights: { income_provider: { name } } });
  const newer = { income_streams: [stream('Zoo'), stream('Acme'), stream('Zoo')] };
  expect(inShort('check_report/income_insights', { report: newer })).toMatchObject({
    income_providers: ['Acme', 'Zoo'],
    income_stream_count: 3,
  });
});
