import fc from 'fast-check';
import type { JsonObject, JsonValue } from 'n8n-workflow';

import { simplified } from '../../nodes/PlaidCheck/facts/summary';
import { loadOracle, type Oracle } from '../../sandbox/oracle';
import { random } from '../../sandbox/random';
import { expectEqual } from '../support/process/expectEqual';
import { SUMMARIES, typeProblems } from '../support/samples/summaries';
import { anyAnswer } from './support/answers';

/** What holds for the facts of any report that the SDK's types allow. */

/** Always the same answers, so that a failure can be looked into. */
const SEED = 20260914;
const RUNS = { numRuns: 100, seed: SEED };

let oracle: Oracle;
beforeAll(async () => {
  oracle = await loadOracle();
});

const answersOf = (path: string) => {
  const response = oracle.endpoints[path]?.response;
  if (!response) throw new Error(`The SDK has no response for ${path}`);
  return anyAnswer(response, oracle.definitions);
};

const factsOf = (path: string, answer: JsonObject): Record<string, JsonValue> =>
  simplified(SUMMARIES[path] ?? [], answer);

/** Lists in which Plaid promises no order. */
const UNORDERED = [
  'accounts',
  'bank_income_sources',
  'historical_balances',
  'holdings',
  'income_metrics',
  'income_sources',
  'income_streams',
  'items',
  'lend_scores',
  'products',
  'report',
  'transactions',
  'ultrafico_score_results',
  'warnings',
];

function shuffled(value: JsonValue, next: () => number, name = ''): JsonValue {
  if (Array.isArray(value)) {
    const entries = value.map((entry) => shuffled(entry, next));
    if (!UNORDERED.includes(name)) return entries;
    return entries
      .map((entry) => ({ entry, at: next() }))
      .sort((one, other) => one.at - other.at)
      .map(({ entry }) => entry);
  }
  return mapped(value, (member, key) => shuffled(member, next, key));
}

/** All numbers changed of what is in another currency than the given one. */
function withOthersChanged(value: JsonValue, currency: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((entry) => withOthersChanged(entry, currency));
  const { iso_currency_code: iso, unofficial_currency_code: unofficial } = (value ??
    {}) as JsonObject;
  const code = iso || unofficial;
  const isOther = Boolean(code) && code !== currency;
  const change = (member: JsonValue, key: string): JsonValue => {
    const isAmount = typeof member === 'number' && !key.endsWith('_count');
    if (isOther && isAmount) return member + 1_000_000;
    // Income names its currency above its amounts.
    return isOther && typeof member === 'object' && !Array.isArray(member)
      ? mapped(member, change)
      : withOthersChanged(member, currency);
  };
  return mapped(value, change);
}

function mapped(value: JsonValue, to: (member: JsonValue, key: string) => JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([key, member]) => [key, to(member as JsonValue, key)]),
  );
}

describe.each(Object.keys(SUMMARIES))('the facts of %s', (path) => {
  test('do not depend on the order of what has none', () => {
    fc.assert(
      fc.property(answersOf(path), fc.string(), (answer, seed) => {
        const other = shuffled(answer, random(seed)) as JsonObject;
        expectEqual(factsOf(path, other), factsOf(path, answer));
      }),
      RUNS,
    );
  });

  test('do not depend on amounts in another currency', () => {
    const totals = (SUMMARIES[path] ?? []).filter(({ type }) => type === 'number');
    fc.assert(
      fc.property(answersOf(path), (answer) => {
        const facts = factsOf(path, answer);
        const { currency = null } = facts;
        const changed = factsOf(path, withOthersChanged(answer, currency) as JsonObject);
        for (const { name } of totals) expectEqual([name, changed[name]], [name, facts[name]]);
      }),
      RUNS,
    );
  });

  test('are never NaN, -0, or "0" for null', () => {
    const summary = SUMMARIES[path] ?? [];
    fc.assert(
      fc.property(answersOf(path), (answer) => {
        const facts = factsOf(path, answer);
        const problems = summary.flatMap((one) => typeProblems(one, facts[one.name] ?? null));
        expectEqual(problems, []);
        expect(facts.ultrafico_exclusion_code).not.toBe('0');
        expect(JSON.stringify(facts)).not.toMatch(/"exclusion_code":"0"/);
      }),
      RUNS,
    );
  });
});

/** Which totals an account belongs to, by its type. */
const TOTALS: Record<string, string[]> = {
  credit: ['credit_current_balance'],
  loan: ['loan_current_balance'],
  investment: ['investment_current_balance'],
  brokerage: ['investment_current_balance'],
  depository: [
    'liquid_available_balance',
    'depository_available_balance',
    'depository_current_balance',
    'lowest_liquid_balance_90d',
    'average_liquid_balance_90d',
    'negative_balance_days_90d',
  ],
};

const WITH_ACCOUNTS: Array<[string, (items: JsonObject[]) => JsonObject]> = [
  ['/cra/check_report/base_report/get', (items) => ({ report: { items } })],
  ['/cra/check_report/verification/get', (items) => ({ report: { voa: { items } } })],
  ['/cra/monitoring_insights/get', (items) => ({ items })],
];

test.each(WITH_ACCOUNTS)(
  'an account of %s with unknown balances makes its totals unknown',
  (path, answerWith) => {
    const known = fc.record({
      account_id: fc.uuid(),
      type: fc.constantFrom(...Object.keys(TOTALS)),
      subtype: fc.constantFrom('checking', 'savings', 'cd', 'credit card'),
      balances: fc.record({
        current: fc.integer(),
        available: fc.integer(),
        limit: fc.integer(),
        iso_currency_code: fc.constantFrom('USD', 'CAD'),
      }),
    });
    const item = fc.record({
      item_id: fc.uuid(),
      institution_id: fc.uuid(),
      status: fc.constant({ status_code: 'AVAILABLE' }),
      accounts: fc.array(known, { maxLength: 3 }),
    });
    const unknown = fc.record({
      account_id: fc.uuid(),
      type: fc.constantFrom(...Object.keys(TOTALS)),
      subtype: fc.constantFrom('checking', null),
      balances: fc.constantFrom(
        { current: null, available: null, limit: null, iso_currency_code: 'USD' },
        { current: null, available: null, limit: null, iso_currency_code: null },
        {},
        null,
      ),
    });
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 3 }), unknown, (items, added) => {
        const [first, ...others] = items as unknown as JsonObject[];
        const accounts = [...((first?.accounts ?? []) as JsonObject[]), added as JsonObject];
        const facts = factsOf(path, answerWith([{ ...first, accounts }, ...others]));
        for (const name of TOTALS[added.type] ?? []) {
          expectEqual([name, facts[name] ?? null], [name, null]);
          const count = facts[`${name}_unknown_count`];
          if (count !== undefined) expect(count).toBeGreaterThan(0);
        }
      }),
      RUNS,
    );
  },
);
