import type {
  CraCheckReportBaseReportGetResponse,
  CraCheckReportIncomeInsightsGetResponse,
  CraCheckReportVerificationGetResponse,
  CraPartnerInsightsGetResponse,
  CraReportGetResponse,
} from 'plaid';
import { DEMO_USERS, DISCONNECTED_USER, startSandbox, type Sandbox } from '../../sandbox/server';
import { ask, createReportBody, newLegacyUser, newUser, post, send } from './client';

const AMARA = 'usr_demo_amara_okafor';
const DANIEL = 'usr_demo_daniel_reyes';
const TASHA = 'usr_demo_tasha_green';
const EVERYBODY = DEMO_USERS.map(({ user_id }) => user_id);

describe('what is computed from the accounts', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ readyAfterMs: 0 });
    // Noon: no test crosses midnight and sees another day's figures.
    sandbox.clock.set(Date.UTC(2029, 4, 17, 12));
  });
  afterAll(() => sandbox.close());
  beforeEach(() => sandbox.reset());

  const create = (user_id: string, more: object = {}) =>
    ask(sandbox, '/cra/check_report/create', createReportBody(user_id, more));
  const base = async (user_id: string) => {
    const path = '/cra/check_report/base_report/get';
    return (await ask<CraCheckReportBaseReportGetResponse>(sandbox, path, { user_id })).report;
  };
  const accountsOf = async (user_id: string) =>
    (await base(user_id)).items.flatMap(({ accounts }) => accounts);
  const paydays = async (user_id: string) =>
    (await accountsOf(user_id))
      .flatMap(({ transactions }) => transactions)
      .filter(({ credit_category }) => credit_category?.primary === 'INCOME');
  const cents = (amount: number) => Math.round(amount * 100);
  const total = (amounts: readonly number[]) =>
    cents(amounts.reduce((sum, amount) => sum + amount, 0));

  describe('income insights', () => {
    const insights = async (user_id: string, more: object = {}) => {
      const path = '/cra/check_report/income_insights/get';
      const body = { user_id, ...more };
      const { report } = await ask<CraCheckReportIncomeInsightsGetResponse>(sandbox, path, body);
      if (!report) throw new Error('no report');
      return report;
    };

    test.each(EVERYBODY)('of %s rest on the transactions of the base report', async (user_id) => {
      await create(user_id, { days_requested: 400, client_report_id: 'loan-4711' });
      const report = await insights(user_id);
      const { report_id } = await base(user_id);
      expect(report).toMatchObject({
        report_id,
        days_requested: 400,
        client_report_id: 'loan-4711',
      });
      const paid = await paydays(user_id);
      const [stream, ...others] = report.income_streams;
      expect(others).toEqual([]);
      expect(stream?.transactions.map(({ transaction_id }) => transaction_id)).toEqual(
        paid.map(({ transaction_id }) => transaction_id).reverse(),
      );
      expect(stream?.transactions.map(({ amount }) => amount)).toEqual(
        paid.map(({ amount }) => Math.abs(amount)).reverse(),
      );
      expect([stream?.start_date, stream?.end_date]).toEqual([paid.at(-1)?.date, paid[0]?.date]);
      expect(String(stream?.insights.next_payment?.date) > '2029-05-17').toBe(true);

      const summary = report.bank_income_summary;
      const earned = -total(paid.map(({ amount }) => amount));
      expect(cents(summary?.total_amounts?.[0]?.amount ?? NaN)).toBe(earned);
      expect(summary?.income_transactions_count).toBe(paid.length);
      const months = summary?.historical_summary?.map(
        ({ total_amounts }) => total_amounts?.[0]?.amount ?? NaN,
      );
      expect(total(months ?? [])).toBe(earned);
      const [source] = report.items?.flatMap((item) => item.bank_income_sources) ?? [];
      expect(source).toMatchObject({
        income_source_id: stream?.income_stream_id,
        transaction_count: paid.length,
        total_amount: earned / 100,
      });

      const [metrics] = report.user_summary?.income_metrics ?? [];
      expect(metrics).toEqual(stream?.income_metrics);
      const current = metrics?.current;
      expect(cents(current?.annual.net_income ?? NaN)).toBe(
        cents(12 * (current?.monthly.net_income ?? NaN)),
      );
      // A year's worth of paydays, give or take one of them.
      const perDay = earned / 100 / 400;
      const share = Number(current?.annual.net_income) / (perDay * 365);
      expect(share).toBeGreaterThan(0.9);
      expect(share).toBeLessThan(1.1);
      expect(Number(current?.monthly.gross_income)).toBeGreaterThanOrEqual(
        Number(current?.monthly.net_income),
      );
    });

    test('tell the kinds of income apart', async () => {
      const kinds = await Promise.all(
        EVERYBODY.map(async (user_id) => {
          await create(user_id);
          const [stream] = (await insights(user_id)).income_streams;
          const { income_category: category, pay_frequency } = stream?.insights ?? {};
          return [category?.primary, category?.secondary, pay_frequency];
        }),
      );
      expect(kinds).toEqual([
        ['EARNED_INCOME', 'SALARY', 'BIWEEKLY'],
        ['EARNED_INCOME', 'GIG_ECONOMY', 'WEEKLY'],
        ['EARNED_INCOME', 'SALARY', 'BIWEEKLY'],
        ['RETIREMENT', 'GOVERNMENT_DERIVED', 'MONTHLY'],
        ['EARNED_INCOME', 'SALARY', 'BIWEEKLY'],
      ]);
    });

    test('of version II2 leave out the fields of the first version', async () => {
      await create(AMARA, { income_insights: { income_insights_version: 'II2' } });
      const report = await insights(AMARA);
      expect(report).not.toHaveProperty('bank_income_summary');
      expect(report.items).toMatchObject([{ bank_income_accounts: [], bank_income_sources: [] }]);
      expect(report.items?.[0]?.accounts).toHaveLength(2);
      expect(report.income_streams).toHaveLength(1);
    });

    test.each([
      [['EARNED_INCOME.*'], [], 1],
      [['EARNED_INCOME.SALARY'], [], 0],
      [['*'], ['EARNED_INCOME.GIG_ECONOMY'], 0],
      [['*'], ['RETIREMENT.*'], 1],
      [[], [], 1],
    ])('with %j but without %j: %i stream', async (included, excluded, count) => {
      const income_insights_filter = {
        included_categories: included,
        excluded_categories: excluded,
      };
      await create(DANIEL, {
        income_insights: { income_insights_version: null, income_insights_filter },
      });
      const report = await insights(DANIEL);
      expect(report.income_streams).toHaveLength(count);
      expect(report.user_summary?.income_metrics).toHaveLength(count);
      expect(report.bank_income_summary?.income_sources_count).toBe(count);
    });
  });

  describe('the home lending report', () => {
    const PATH = '/cra/check_report/verification/get';
    const home = async (user_id: string, ...reports_requested: string[]) => {
      const body = { user_id, reports_requested };
      return (await ask<CraCheckReportVerificationGetResponse>(sandbox, PATH, body)).report;
    };

    test('holds the parts that are asked for, under the id of the base report', async () => {
      await create(TASHA, { client_report_id: 'loan-1' });
      const { report_id } = await base(TASHA);
      const parts = { voa: null, employment_refresh: null, income: null };
      const some = expect.objectContaining({ generated_time: expect.any(String) }) as object;
      const ids = { report_id, client_report_id: 'loan-1' };
      expect(await home(TASHA)).toEqual({ ...ids, ...parts });
      expect(await home(TASHA, 'VOA')).toEqual({ ...ids, ...parts, voa: some });
      expect(await home(TASHA, 'EMPLOYMENT_REFRESH', 'INCOME')).toEqual({
        ...ids,
        voa: null,
        employment_refresh: some,
        income: some,
      });
    });

    test.each(EVERYBODY)('of %s agrees with the base report', async (user_id) => {
      await create(user_id, {
        base_report: { gse_options: { report_types: ['VOA'] } },
        days_requested: 365,
      });
      const { voa, income, gse_reference_id } = await home(user_id, 'VOA', 'INCOME');
      expect(gse_reference_id).toMatch(/^[0-9a-f-]{36}$/);
      const report = await base(user_id);
      const accounts = report.items.flatMap((item) => item.accounts);
      const seen = voa?.items.flatMap((item) => item.accounts) ?? [];
      expect(seen.map(({ account_id }) => account_id)).toEqual(
        accounts.map(({ account_id }) => account_id),
      );
      expect(
        seen.map(({ transactions_insights }) => transactions_insights.all_transactions),
      ).toEqual(accounts.map(({ transactions }) => transactions));
      expect(seen.map(({ balances }) => balances.nsf_overdraft_transactions_count)).toEqual(
        accounts.map(({ attributes }) => attributes?.nsf_overdraft_transactions_count),
      );
      expect(voa?.attributes.total_inflow_amount).toEqual(report.attributes?.total_inflow_amount);
      const earned = income?.income_streams.flatMap(({ transactions }) => transactions) ?? [];
      const paid = await paydays(user_id);
      expect(total(earned.map(({ amount }) => amount))).toBe(
        total(paid.map(({ amount }) => Math.abs(amount))),
      );
    });

    test('shows deposits of the asked days to confirm a job, without amounts', async () => {
      await create(AMARA, {
        base_report: {
          home_lending_report_options: {
            reports_requested: ['EMPLOYMENT_REFRESH'],
            employment_refresh_options: { days_requested: 28 },
          },
        },
      });
      const { employment_refresh: part } = await home(AMARA, 'EMPLOYMENT_REFRESH');
      expect(part?.days_requested).toBe(28);
      const [checking] = part?.items[0]?.accounts ?? [];
      expect(checking?.transactions).toHaveLength(2);
      expect(JSON.stringify(part)).not.toContain('amount');
    });
  });

  test('the legacy partner insights are a list, about who is named by a user_token', async () => {
    const { user_token } = await newLegacyUser(sandbox);
    const path = '/cra/partner_insights/get';
    const body = { user_token };
    const { report } = await ask<CraPartnerInsightsGetResponse>(sandbox, path, body);
    expect(report).toMatchObject([
      {
        fico: null,
        prism: { status: 'SUCCESS', cash_score: { version: 3 }, insights: { version: 3 } },
      },
    ]);
    expect(report?.[0]?.items?.[0]?.accounts?.[0]?.subtype).toBe('checking');
    const nobody = { user_token: 'user-sandbox-none' };
    expect((await post(sandbox, path, nobody)).json.error_code).toBe('USER_NOT_FOUND');
  });

  describe('a report by product', () => {
    const PATH = '/cra/report/get';
    const products = [
      { product: 'cra_home_lending', version: '1' },
      { product: 'cra_income_insights', version: 'II2' },
      { product: 'cra_qualify', version: 'V1' },
    ];
    const get = (user_id: string, more: object = {}) =>
      ask<CraReportGetResponse>(sandbox, PATH, {
        user_id,
        products,
        decision_stage: 'DECISIONING',
        consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
        ...more,
      });
    type Contents = Record<string, Record<string, unknown> | null>;
    const contents = async (user_id: string, more: object = {}) => {
      const { report } = await get(user_id, more);
      return report.products as unknown as Contents[];
    };

    test('answers each asked product in order, and repeats what it was asked for', async () => {
      await create(TASHA);
      const { report, user_id } = await get(TASHA, { scope: 'CLIENT_USER' });
      expect(user_id).toBe(TASHA);
      expect(report).toMatchObject({
        scope: 'CLIENT_USER',
        decision_stage: 'DECISIONING',
        consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
      });
      expect(
        report.products.map(({ product, version, errors }) => [product, version, errors]),
      ).toEqual(products.map(({ product, version }) => [product, version, []]));
      const [last] = products.slice(2);
      expect((await get(TASHA, { products: [last] })).report).toMatchObject({
        scope: 'PLAID_NETWORK',
        products: [last],
      });
    });

    test('has the same income and fees as the other reports', async () => {
      await create(TASHA);
      const path = '/cra/check_report/income_insights/get';
      const other = await ask<CraCheckReportIncomeInsightsGetResponse>(sandbox, path, {
        user_id: TASHA,
      });
      const [home, income, qualify] = await contents(TASHA);
      const metrics = other.report?.user_summary?.income_metrics;
      expect(income?.attributes?.user_summary).toEqual({ income_metrics: metrics });
      expect(home?.attributes).toMatchObject({
        income_metrics: [{ current: metrics?.[0]?.current }],
        income_sources: { income_stream_count: 1 },
      });
      const fees = (await base(TASHA)).attributes?.nsf_overdraft_transactions_count_90d ?? 0;
      expect(home?.attributes?.payment_behavior_nsf_late_fees_flag_90d).toBe(fees > 0 ? 1 : 0);
      expect(qualify?.attributes).toMatchObject({ example_nsf_fee_count_90d: fees });
    });

    test('can be of the report that Servicing made', async () => {
      const create = '/cra/servicing/subscription/create';
      const { subscription_id } = await ask(sandbox, create, {
        user_id: AMARA,
        scope: 'CLIENT_USER',
        products: [{ product: 'cra_income_insights', version: 'II2' }],
      });
      const { report_id } = await ask(sandbox, '/sandbox/cra/servicing/simulate', {
        subscription_id,
        options: { transactions_end_date: '2029-08-31' },
      });
      const income = async (more: object) =>
        (await contents(AMARA, { products: products.slice(1, 2), ...more }))[0]?.metadata
          ?.most_recent_transaction_date;
      expect(String(await income({ report_id })).slice(0, 7)).toBe('2029-08');
      expect(String(await income({})).slice(0, 7)).toBe('2029-05');
      const none = { user_id: AMARA, products, report_id: 'cra-report-sandbox-none' };
      const more = {
        decision_stage: 'SERVICING',
        consumer_report_permissible_purpose: 'ACCOUNT_REVIEW_CREDIT',
      };
      const refused = await post(sandbox, PATH, { ...none, ...more });
      expect(refused.json.error_code).toBe('CONSUMER_REPORT_NOT_FOUND');
    });

    test('has an error for each product where the bank cannot be read', async () => {
      await create(DISCONNECTED_USER.user_id);
      const all = await contents(DISCONNECTED_USER.user_id);
      expect(all).toMatchObject(
        products.map((product) => ({
          ...product,
          metadata: null,
          attributes: null,
          errors: [{ error_code: 'DATA_UNAVAILABLE' }],
        })),
      );
    });
  });

  test.each([
    ['/cra/check_report/pdf/get', 'Consumer Report', {}],
    ['/cra/check_report/verification/pdf/get', 'Home Lending Report', { report_requested: 'voa' }],
  ])('%s tells whose report it is', async (path, title, more) => {
    const identity = {
      name: { given_name: 'Zoë (Zo) Ł', family_name: 'Ng\\' },
      date_of_birth: '1990-03-14',
      emails: [],
      phone_numbers: [],
      addresses: [],
    };
    const { user_id } = await ask<{ user_id: string }>(sandbox, '/user/create', {
      client_user_id: 'zoe',
      identity,
    });
    await create(user_id, { client_report_id: 'loan-4711' });
    const { report_id } = await base(user_id);
    const response = await send(sandbox, path, { user_id, ...more });
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(response.headers.get('plaid-request-id')).toBe(sandbox.requests.at(-1)?.requestId);
    const file = Buffer.from(await response.arrayBuffer()).toString('latin1');
    const texts = [...file.matchAll(/^.*?\((.*)\) Tj/gm)].map(([, text]) => text);
    expect(texts.slice(0, 5)).toEqual([
      title,
      'Applicant: Zoë \\(Zo\\) ? Ng\\\\',
      `Report ID: ${report_id}`,
      'Client report ID: loan-4711',
      expect.stringMatching(/^Created: 2029-05-17T12:/),
    ]);
    const balances = (await accountsOf(user_id)).map(({ balances }) => balances.current ?? NaN);
    const sum = total(balances) / 100;
    expect(texts.at(-1)).toBe(
      `In all deposit accounts in USD: ${sum.toLocaleString('en-US', { style: 'currency', currency: 'USD' })}`,
    );
  });

  test('without Items there is nothing to report by product, but the report that was made stays', async () => {
    const user_id = await newUser(sandbox);
    await create(user_id);
    const item_ids = (await base(user_id)).items.map(({ item_id }) => item_id);
    await ask(sandbox, '/user/items/remove', { user_id, item_ids });
    const { report } = await ask<CraReportGetResponse>(sandbox, '/cra/report/get', {
      user_id,
      products: [{ product: 'cra_qualify', version: 'V1' }],
      decision_stage: 'SERVICING',
      consumer_report_permissible_purpose: 'ACCOUNT_REVIEW_CREDIT',
    });
    expect(report.products).toMatchObject([{ attributes: null }]);
    const paths = ['/cra/check_report/income_insights/get', '/cra/check_report/lend_score/get'];
    for (const path of paths) await ask(sandbox, path, { user_id });
  });
});
