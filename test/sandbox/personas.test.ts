import { createHash } from 'node:crypto';
import type {
  CraCheckReportBaseReportGetResponse,
  CraCheckReportIncomeInsightsGetResponse,
  CraCheckReportLendScoreGetResponse,
  CraCheckReportPartnerInsightsGetResponse,
  CraCreditProfileReportGetResponse,
  CraMonitoringInsightsGetResponse,
  UserItemsGetResponse,
} from 'plaid';
import { loadOracle, type Oracle } from '../../sandbox/oracle';
import {
  DEMO_USERS,
  DISCONNECTED_USER,
  PERSONAS,
  startSandbox,
  TRAITS,
  type Sandbox,
  type Trait,
} from '../../sandbox/server';
import type { Wire } from '../../sandbox/wire';
import {
  ask as askSandbox,
  createReportBody,
  creditProfileBody,
  monitoringBody,
  newUser,
} from './client';
import { fullRequest } from './requestSamples';

const CREATE = '/cra/check_report/create';
const BASE = '/cra/check_report/base_report/get';
const INCOME = '/cra/check_report/income_insights/get';
const LEND_SCORE = '/cra/check_report/lend_score/get';
const PARTNER = '/cra/check_report/partner_insights/get';
const NETWORK = '/cra/check_report/network_insights/get';
const CASHFLOW = '/cra/check_report/cashflow_insights/get';
const HOME = '/cra/check_report/verification/get';
const BY_PRODUCT = '/cra/report/get';
const PROFILE = '/cra/credit_profile/report/get';
const MONITORING = '/cra/monitoring_insights/get';
const ITEMS = '/user/items/get';

const PDFS = ['/cra/check_report/pdf/get', '/cra/check_report/verification/pdf/get'];
const READS = [
  BASE,
  INCOME,
  LEND_SCORE,
  PARTNER,
  NETWORK,
  CASHFLOW,
  HOME,
  BY_PRODUCT,
  PROFILE,
  MONITORING,
  ITEMS,
];

let sandbox: Sandbox;
let oracle: Oracle;
beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 0 });
  oracle = await loadOracle();
  sandbox.clock.set(Date.UTC(2029, 4, 17, 12));
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.reset();
  sandbox.faults.clear();
});

/** Holds the answer against the SDK's type. */
const ask = <T>(path: string, body: object) => askSandbox<T>(sandbox, path, body);
const create = (user_id: string) => ask(CREATE, createReportBody(user_id));
const personaOf = (trait: Trait) => `usr_persona_${trait}`;

const FICO = {
  fico_lender_id: 'lender',
  lender_application_id: 'application',
  ultrafico_score_requests: [
    {
      ultrafico_score_version: '1.0',
      base_fico_score: { bureau: 'EQUIFAX', score: 700, base_fico_score_version: '8' },
    },
  ],
};

/** A report is made and read. */
async function read<T>(path: string, user_id: string, more: object = {}): Promise<Wire<T>> {
  await create(user_id);
  return await ask<T>(path, { user_id, ...more });
}

const accountsOf = async (user_id: string) =>
  (await read<CraCheckReportBaseReportGetResponse>(BASE, user_id)).report.items.flatMap(
    ({ accounts }) => accounts,
  );

const monitored = (user_id: string) =>
  ask<CraMonitoringInsightsGetResponse>(MONITORING, monitoringBody(user_id));

/** Of a report that is made again, IDs and times are new. */
const withoutIdsAndTimes = (name: string, value: unknown) =>
  /^(request|report|gse_reference)_id$|generated|retrieved|updated?_time|date_last_updated/.test(
    name,
  )
    ? undefined
    : value;

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

describe.each(PERSONAS)('$user_id', ({ user_id }) => {
  test('is answered as the SDK’s types say, and always the same', async () => {
    const answers = async () => {
      await create(user_id);
      const { report } = await ask<CraCheckReportBaseReportGetResponse>(BASE, { user_id });
      const { report_id } = report;
      const read = READS.map(async (path) => {
        const answer = await ask(path, fullRequest(oracle, path, { user_id, report_id }));
        return [path, digest(JSON.stringify(answer, withoutIdsAndTimes))];
      });
      return await Promise.all(read);
    };
    expect(await answers()).toEqual(await answers());
  });

  test('has a PDF', async () => {
    await create(user_id);
    for (const path of PDFS) await ask(path, fullRequest(oracle, path, { user_id }));
  });
});

test('every trait has a persona with an ID and a name of its own, beside the other applicants', () => {
  expect(PERSONAS.map(({ traits }) => traits)).toEqual(TRAITS.map((trait) => [trait]));
  const everybody = [...DEMO_USERS, DISCONNECTED_USER, ...PERSONAS];
  expect(new Set(everybody.map(({ user_id }) => user_id)).size).toBe(everybody.length);
  expect(new Set(everybody.map(({ given_name }) => given_name)).size).toBe(everybody.length);
});

describe('the personas show', () => {
  test('a fraud alert, in each answer that has warnings', async () => {
    const user_id = personaOf('fraud_alert');
    await create(user_id);
    const alerted = { warning_code: 'USER_FRAUD_ALERT', cause: null };
    for (const path of [BASE, INCOME, LEND_SCORE, PARTNER, NETWORK, CASHFLOW]) {
      const { warnings } = await ask<{ warnings: object[] }>(path, { user_id });
      expect([path, warnings]).toEqual([path, [expect.objectContaining(alerted)]]);
    }
    const profile = await ask<CraCreditProfileReportGetResponse>(
      PROFILE,
      creditProfileBody(user_id),
    );
    expect(profile.warnings).toEqual([expect.objectContaining(alerted)]);
    const { report } = await ask<CraCheckReportBaseReportGetResponse>(BASE, { user_id });
    const { report_id } = report;
    const byProduct = await ask<{ warnings: object[] }>(
      BY_PRODUCT,
      fullRequest(oracle, BY_PRODUCT, { user_id, report_id }),
    );
    expect(byProduct.warnings).toEqual([expect.objectContaining(alerted)]);
  });

  test('accounts without owners', async () => {
    const user_id = personaOf('identity_unavailable');
    const { report, warnings } = await read<CraCheckReportBaseReportGetResponse>(BASE, user_id);
    const [item] = report.items;
    expect(item?.accounts.map(({ owners }) => owners)).toEqual([[], []]);
    expect(warnings).toEqual([
      expect.objectContaining({
        warning_code: 'IDENTITY_UNAVAILABLE',
        cause: expect.objectContaining({ item_id: item?.item_id }),
      }),
    ]);
  });

  test.each([
    ['item_failed', 'ITEM_LOGIN_REQUIRED', 'FAILED', 1],
    ['item_pending', 'PRODUCT_NOT_READY', 'PENDING', 0],
  ] as const)('%s: an Item that reports leave out and name', async (trait, code, status, many) => {
    const user_id = personaOf(trait);
    const { report, warnings } = await read<CraCheckReportBaseReportGetResponse>(BASE, user_id);
    const { items } = await ask<UserItemsGetResponse>(ITEMS, { user_id });
    expect(items.map(({ error }) => error?.error_code)).toEqual([undefined, code]);
    expect(report.items.map(({ item_id }) => item_id)).toEqual([items[0]?.item_id]);
    expect(warnings).toEqual([
      {
        warning_type: 'BASE_REPORT_WARNING',
        warning_code: 'TRANSACTIONS_UNAVAILABLE',
        cause: expect.objectContaining({ error_code: code, item_id: items[1]?.item_id }),
      },
    ]);
    const insights = await monitored(user_id);
    expect(insights.items.map((item) => item.status.status_code)).toEqual(['AVAILABLE', status]);
    expect(insights.items[1]?.insights).toBeNull();
    // What a failed bank told before is still there: no total may count it.
    expect(insights.items[1]?.accounts).toHaveLength(many);
  });

  test('no scores, each with its reason', async () => {
    const user_id = personaOf('no_scores');
    await create(user_id);
    const lendScore = await ask<CraCheckReportLendScoreGetResponse>(LEND_SCORE, { user_id });
    expect(lendScore.report.lend_score).toEqual({
      score: null,
      reason_codes: [],
      error_reason: expect.stringMatching(/./),
    });
    const { report } = await ask<CraCheckReportPartnerInsightsGetResponse>(PARTNER, {
      user_id,
      partner_insights: { fico: FICO },
    });
    expect(report?.fico?.ultrafico_score_results).toEqual([
      {
        ultrafico_score: null,
        error_reason: expect.stringMatching(/./),
        exclusion_code: expect.stringMatching(/^[1-9]\d*$/),
      },
    ]);
    expect(report?.prism?.cash_score).toMatchObject({
      score: null,
      error_reason: expect.stringMatching(/./),
    });
    const profile = await ask<CraCreditProfileReportGetResponse>(
      PROFILE,
      creditProfileBody(user_id),
    );
    expect(profile.report.lend_scores).toEqual([
      { variant: 'LS1', score: null, reason_codes: [], error_reason: expect.stringMatching(/./) },
    ]);
  });

  test('no income', async () => {
    const answer = await read<CraCheckReportIncomeInsightsGetResponse>(
      INCOME,
      personaOf('no_income'),
    );
    expect(answer.report).toMatchObject({
      income_streams: [],
      user_summary: { income_metrics: [] },
      bank_income_summary: { income_sources_count: 0, total_amounts: [] },
    });
  });

  test('income in version 1 alone', async () => {
    const user_id = personaOf('income_version_1');
    const more = { options: { income_insights_version: 'II2' } };
    const { report } = await read<CraCheckReportIncomeInsightsGetResponse>(INCOME, user_id, more);
    expect(report).toMatchObject({
      income_streams: [],
      user_summary: null,
      bank_income_summary: { income_sources_count: 1 },
    });
  });

  test('monitoring without baselines, as Plaid’s example', async () => {
    const without = JSON.stringify(await monitored(personaOf('no_baselines')));
    expect(without).not.toContain('baseline_');
    expect(without).toContain('current_amount');
    expect(JSON.stringify(await monitored(personaOf('fraud_alert')))).toContain('baseline_amount');
  });

  test('no historical balances', async () => {
    for (const account of await accountsOf(personaOf('no_historical_balances'))) {
      expect(account).not.toHaveProperty('historical_balances');
      expect(account.balances).not.toHaveProperty('average_balance');
    }
  });

  test('balances that are unknown, never both of an account', async () => {
    const accounts = await accountsOf(personaOf('unknown_balances'));
    const balances = accounts.map(({ type, balances: { available, current } }) => [
      type,
      available === null ? null : 'known',
      current === null ? null : 'known',
    ]);
    expect(balances).toEqual([
      ['depository', 'known', 'known'],
      ['depository', null, 'known'],
      ['credit', 'known', 'known'],
      ['credit', 'known', null],
    ]);
  });

  test('accounts of every type, of which flows and FICO count some', async () => {
    const user_id = personaOf('account_types');
    const accounts = await accountsOf(user_id);
    expect(accounts.map(({ type, subtype }) => `${type} ${subtype}`)).toEqual([
      'depository checking',
      'depository savings',
      'depository money market',
      'depository cd',
      'depository hsa',
      'credit credit card',
      'loan student',
      'investment brokerage',
    ]);
    const profile = await ask<CraCreditProfileReportGetResponse>(
      PROFILE,
      creditProfileBody(user_id),
    );
    expect(profile.report.metadata).toMatchObject({
      account_count: 8,
      depository_account_type_count: 5,
      credit_account_type_count: 1,
      other_account_type_count: 2,
    });
    const partner_insights = { fico: FICO };
    const { report } = await ask<CraCheckReportPartnerInsightsGetResponse>(PARTNER, {
      user_id,
      partner_insights,
    });
    expect(report?.fico?.report_characteristics).toMatchObject({
      num_accounts: 3,
      num_money_market_accounts: 1,
    });
    expect(report?.items?.flatMap((item) => item.accounts)).toHaveLength(5);
  });

  test('two owners of one account, in one owner object', async () => {
    const [checking] = await accountsOf(personaOf('joint_owners'));
    expect(checking?.ownership_type).toBe('joint');
    expect(checking?.owners).toHaveLength(1);
    expect(checking?.owners[0]?.names).toHaveLength(2);
  });

  test('the same accounts through two Items', async () => {
    const accounts = (await accountsOf(personaOf('linked_twice'))) as {
      account_id: string;
      persistent_account_id?: string;
      mask: string | null;
      name: string;
    }[];
    expect(accounts).toHaveLength(4);
    const different = (read: (account: (typeof accounts)[number]) => unknown) =>
      new Set(accounts.map(read)).size;
    expect(different(({ account_id }) => account_id)).toBe(4);
    expect(different(({ persistent_account_id }) => persistent_account_id)).toBe(2);
    expect(different(({ name, mask }) => `${name} ${mask}`)).toBe(2);
    const { items } = await ask<UserItemsGetResponse>(ITEMS, {
      user_id: personaOf('linked_twice'),
    });
    expect(new Set(items.map(({ institution_id }) => institution_id)).size).toBe(1);
    expect(items).toHaveLength(2);
  });

  test('two currencies, of which the flows count USD', async () => {
    const user_id = personaOf('two_currencies');
    const accounts = await accountsOf(user_id);
    expect(accounts.map(({ balances }) => balances.iso_currency_code)).toEqual([
      'CAD',
      'CAD',
      'USD',
      'USD',
    ]);
    expect(accounts[0]?.attributes?.total_inflow_amount_90d?.amount).toBeCloseTo(0);
    expect(accounts[0]?.transactions.length).toBeGreaterThan(5);
    const income = await ask<CraCheckReportIncomeInsightsGetResponse>(INCOME, { user_id });
    const metrics = income.report?.user_summary?.income_metrics;
    expect(metrics?.map((one) => one.iso_currency_code)).toEqual(['CAD', 'USD']);
    expect(metrics?.[0]?.current?.monthly?.net_income).toBeLessThan(100);
    expect(metrics?.[1]?.current?.monthly?.net_income).toBeGreaterThan(7000);
    expect(
      income.report?.bank_income_summary?.total_amounts?.map((one) => one.iso_currency_code),
    ).toEqual(['CAD', 'USD']);
  });

  test('amounts that name no currency', async () => {
    const [checking, savings] = await accountsOf(personaOf('no_currency'));
    expect(checking?.balances.iso_currency_code).toBe('USD');
    expect(savings?.balances).toMatchObject({
      current: expect.any(Number),
      iso_currency_code: null,
      unofficial_currency_code: null,
    });
    expect(savings?.transactions[0]).toMatchObject({ iso_currency_code: null });
  });

  test('pending transactions, which the current balance does not hold yet', async () => {
    let pending = 0;
    for (let day = 17; day < 31 && pending === 0; day++) {
      sandbox.clock.set(Date.UTC(2029, 4, day, 12));
      const [checking] = await accountsOf(personaOf('pending_transactions'));
      const { balances, historical_balances, transactions = [] } = checking ?? {};
      const amounts = transactions.filter((one) => one.pending).map(({ amount }) => amount);
      pending = amounts.reduce((sum, amount) => sum + amount, 0);
      expect((balances?.current ?? NaN) - (balances?.available ?? NaN)).toBeCloseTo(pending, 2);
      expect(historical_balances?.[0]?.current).toBe(balances?.current);
    }
    expect(pending).not.toBe(0);
    sandbox.clock.set(Date.UTC(2029, 4, 17, 12));
  });
});

describe('a trait can be given to anybody', () => {
  const warned = async (user_id: string) =>
    (await read<CraCheckReportBaseReportGetResponse>(BASE, user_id)).warnings.map(
      ({ warning_code }) => warning_code,
    );

  test('by user_id or client_user_id, until the plan is cleared', async () => {
    const user_id = await newUser(sandbox, 'loan-4711');
    const other = 'usr_demo_mei_lin';
    sandbox.faults.set({
      files: [
        { traits: ['fraud_alert'], about: 'loan-4711' },
        { traits: ['item_failed'], about: user_id },
      ],
    });
    expect(await warned(user_id)).toEqual(['USER_FRAUD_ALERT', 'TRANSACTIONS_UNAVAILABLE']);
    expect(await warned(other)).toEqual([]);
    sandbox.faults.set({ files: [{ traits: ['fraud_alert'] }] });
    expect(await warned(other)).toEqual(['USER_FRAUD_ALERT']);
    sandbox.faults.clear();
    expect(await warned(user_id)).toEqual([]);
  });

  test('from another process, which hears of a name that does not exist', async () => {
    const set = async (body: object) => {
      const response = await fetch(`${sandbox.url}/_sandbox/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return [response.status, await response.json()];
    };
    const files = [{ traits: ['fraud_alert'] }];
    expect(await set({ files })).toEqual([200, {}]);
    expect(await set({ files: [{ traits: ['fraud'] }] })).toEqual([
      400,
      { error: expect.stringMatching(/^no trait "fraud"; the traits are fraud_alert, /) },
    ]);
    expect(await warned('usr_demo_mei_lin')).toEqual(['USER_FRAUD_ALERT']);
  });

  test('by the login of a test bank, as with Plaid’s own logins', async () => {
    const linked = async (override_username: string) => {
      const user_id = await newUser(sandbox);
      await ask('/sandbox/public_token/create', {
        user_id,
        institution_id: 'ins_109508',
        initial_products: ['cra_base_report'],
        options: { override_username },
      });
      return user_id;
    };
    expect(await warned(await linked('user_fraud_alert'))).toEqual(['USER_FRAUD_ALERT']);
    const lendScore = async (username: string) =>
      (await read<CraCheckReportLendScoreGetResponse>(LEND_SCORE, await linked(username))).report
        .lend_score?.score;
    const [poor = NaN, good = NaN, excellent = NaN] = await Promise.all(
      ['poor', 'good', 'excellent'].map(async (one) =>
        Number(await lendScore(`user_credit_profile_${one}`)),
      ),
    );
    expect(poor).toBeLessThan(good);
    expect(good).toBeLessThan(excellent);
    const file = async (username: string) => {
      const user_id = await linked(username);
      await read<CraCheckReportIncomeInsightsGetResponse>(INCOME, user_id);
      // Rent is not among the categories that Plaid returns by default.
      const income = await ask<CraCheckReportIncomeInsightsGetResponse>(INCOME, {
        user_id,
        options: {
          income_insights_version: 'II2',
          income_insights_filter: { included_categories: ['*'] },
        },
      });
      const base = await read<CraCheckReportBaseReportGetResponse>(BASE, user_id);
      const accounts = base.report.items.flatMap(({ accounts }) => accounts);
      const flows = accounts.flatMap(({ transactions = [] }) =>
        transactions.filter(({ credit_category }) => credit_category?.primary !== 'TRANSFER'),
      );
      const total = flows.reduce((sum, { amount }) => sum + amount, 0);
      const spent = flows.reduce((sum, { amount }) => sum + Math.max(0, amount), 0);
      return {
        kinds: (income.report?.income_streams ?? []).map(
          ({ insights }) => insights?.income_category?.secondary,
        ),
        // Incoming money is negative in transactions.
        saved: -total / spent,
      };
    };
    const best = await file('user_credit_profile_excellent');
    expect(best.kinds.sort()).toEqual(['RENTAL', 'SALARY']);
    expect(best.saved).toBeGreaterThan(0.2);
    const neutral = await file('user_credit_profile_good');
    expect(neutral.kinds).toEqual(['GIG_ECONOMY', 'GIG_ECONOMY', 'GIG_ECONOMY']);
    expect(Math.abs(neutral.saved)).toBeLessThan(0.1);
    expect((await file('user_credit_profile_poor')).saved).toBeLessThan(-0.2);
    const many = await file('user_bank_income');
    expect(many.kinds.sort()).toEqual(['GIG_ECONOMY', 'GOVERNMENT_DERIVED', 'RENTAL', 'SALARY']);
  });
});

describe('names, codes and signs are Plaid’s where they are public', () => {
  const everybody = [...DEMO_USERS, ...PERSONAS].map(({ user_id }) => user_id);

  test('LendScore’s reason codes are of the known list', async () => {
    const ids = [
      ...everybody,
      ...(await Promise.all(Array.from({ length: 20 }, () => newUser(sandbox)))),
    ];
    const codes = await Promise.all(
      ids.map(async (user_id) => {
        const lendScore = await read<CraCheckReportLendScoreGetResponse>(LEND_SCORE, user_id);
        const profile = await ask<CraCreditProfileReportGetResponse>(
          PROFILE,
          creditProfileBody(user_id),
        );
        return [lendScore.report.lend_score, ...profile.report.lend_scores].flatMap(
          (score) => score?.reason_codes ?? [],
        );
      }),
    );
    const all = new Set(codes.flat());
    expect(all.size).toBeGreaterThan(15);
    for (const code of all) expect(code).toMatch(/^PCS02(0[1-9]|[12]\d|3[0-5])$/);
  });

  test('UltraFICO’s exclusion code of a score that was made is "0"', async () => {
    for (const { user_id } of DEMO_USERS) {
      const more = { partner_insights: { fico: FICO } };
      const { report } = await read<CraCheckReportPartnerInsightsGetResponse>(
        PARTNER,
        user_id,
        more,
      );
      expect(report?.fico?.ultrafico_score_results).toEqual([
        expect.objectContaining({ exclusion_code: '0', ultrafico_score: expect.anything() }),
      ]);
    }
  });

  test('an attribute that Plaid does not publish is named as an example', async () => {
    const public_names = [
      'cash_reliance_atm_withdrawal_amt_cv_90d',
      'plaid_conn_user_lifetime_lending_count',
      'plaid_conn_user_lifetime_personal_lending_flag',
      'plaid_conn_user_lifetime_cash_advance_primary_count',
      'l6m_cumbal_acc',
    ];
    const user_id = 'usr_demo_amara_okafor';
    await create(user_id);
    const reports = (await Promise.all(
      [CASHFLOW, NETWORK, PARTNER].map((path) => ask(path, { user_id })),
    )) as { report: Record<string, object> & { prism?: { insights: { result: object } } } }[];
    const { report } = await ask<CraCreditProfileReportGetResponse>(
      PROFILE,
      creditProfileBody(user_id),
    );
    const qualify = await ask<{ report: { products: { attributes: object }[] } }>(BY_PRODUCT, {
      user_id,
      products: [{ product: 'cra_qualify', version: 'V1' }],
      decision_stage: 'DECISIONING',
      consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
    });
    const names = [
      reports[0]?.report.attributes,
      reports[1]?.report.network_attributes,
      reports[2]?.report.prism?.insights.result,
      report.cashflow_insights_attributes,
      report.network_insights_attributes,
      qualify.report.products[0]?.attributes,
    ].flatMap((attributes) => Object.keys(attributes ?? {}));
    const own = names.filter((name) => !name.startsWith('example_'));
    expect(new Set(own)).toEqual(new Set(public_names));
    expect(names.length).toBeGreaterThan(own.length);
  });

  test('money that comes in is negative in flows and transactions, positive in averages and income', async () => {
    const user_id = 'usr_demo_amara_okafor';
    const { report } = await read<CraCheckReportBaseReportGetResponse>(BASE, user_id);
    const [checking] = report.items[0]?.accounts ?? [];
    expect(report.attributes?.total_inflow_amount?.amount).toBeLessThan(0);
    expect(report.attributes?.total_outflow_amount?.amount).toBeGreaterThan(0);
    expect(
      checking?.account_insights?.average_inflow_amounts?.every(
        ({ total_amount }) => total_amount.amount > 0,
      ),
    ).toBe(true);
    const income = await ask<CraCheckReportIncomeInsightsGetResponse>(INCOME, { user_id });
    for (const { transactions } of income.report?.income_streams ?? []) {
      expect(transactions.every(({ amount }) => amount > 0)).toBe(true);
    }
  });
});
