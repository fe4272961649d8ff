import type {
  BaseReportAccount,
  CraCheckReportBaseReportGetResponse,
  CraCheckReportPartnerInsightsGetResponse,
  CraCreditProfileReportGetResponse,
  CraMonitoringInsightsGetResponse,
  InstitutionsGetResponse,
} from 'plaid';
import { loadOracle, type Oracle } from '../../sandbox/oracle';
import { DEMO_USERS, SANDBOX_SECRET, startSandbox, type Sandbox } from '../../sandbox/server';
import type { Wire } from '../../sandbox/wire';
import {
  ask as askSandbox,
  createReportBody,
  creditProfileBody,
  monitoringBody,
  newLegacyUser,
  newUser,
  send,
} from './client';
import { fullRequest } from './requestSamples';

const BASE = '/cra/check_report/base_report/get';
const PARTNER = '/cra/check_report/partner_insights/get';
/** Paths whose requests must name something that was made before: their own tests do that. */
const NEEDS_STATE =
  /^\/user\/(remove$|items\/|products\/terminate)|monitoring_insights\/(un)?subscribe$|^\/link\/token\/get$|servicing|^\/cra\/loans\/|^\/oauth\/|reset_login$/;
const DAY = 24 * 60 * 60 * 1000;

describe('answers', () => {
  let sandbox: Sandbox;
  let oracle: Oracle;
  beforeAll(async () => {
    sandbox = await startSandbox({ readyAfterMs: 0 });
    oracle = await loadOracle();
    // Noon: no test crosses midnight and sees another day's figures.
    sandbox.clock.set(Date.UTC(2029, 4, 17, 12));
  });
  afterAll(() => sandbox.close());
  beforeEach(() => sandbox.reset());

  const ask = <T>(path: string, body: object) => askSandbox<T>(sandbox, path, body);
  const createReport = (user_id: string, more: object = {}) =>
    ask('/cra/check_report/create', createReportBody(user_id, more));

  test('every path answers what the SDK’s type says, for several users', async () => {
    const created = await newUser(sandbox);
    const webhook = 'https://example.com/hook';
    await ask('/cra/monitoring_insights/subscribe', { user_id: created, webhook });
    const key_id = sandbox.rotateWebhookKey();
    for (const user_id of ['usr_demo_amara_okafor', 'usr_demo_tasha_green', created]) {
      await createReport(user_id);
      const { report } = await ask<CraCheckReportBaseReportGetResponse>(BASE, { user_id });
      const { report_id } = report;
      const { user_token } = await newLegacyUser(sandbox);
      for (const path of Object.keys(oracle.endpoints)) {
        if (NEEDS_STATE.test(path)) continue;
        const known = { user_id, key_id, report_id };
        const body = fullRequest(oracle, path, known);
        // Only the legacy partner insights know no user_id.
        if ('user_token' in body) body.user_token = user_token;
        expect(JSON.stringify(await ask(path, body))).not.toContain(SANDBOX_SECRET);
      }
    }
  });

  test.each(['/cra/check_report/pdf/get', '/cra/check_report/verification/pdf/get'])(
    '%s is a PDF whose cross-references are right',
    async (path) => {
      await createReport('usr_demo_mei_lin');
      const body = fullRequest(oracle, path, { user_id: 'usr_demo_mei_lin' });
      const response = await send(sandbox, path, body);
      expect(response.headers.get('content-type')).toBe('application/pdf');
      const file = Buffer.from(await response.arrayBuffer()).toString('latin1');
      expect(file).toMatch(/^%PDF-1\.4\n[\s\S]*%%EOF\n$/);
      const start = Number(/startxref\n(\d+)/.exec(file)?.[1]);
      expect(file.slice(start, start + 4)).toBe('xref');
      const offsets = [...file.matchAll(/^(\d{10}) 00000 n /gm)].map(([, at]) => Number(at));
      offsets.forEach((at, index) =>
        expect(file.slice(at).startsWith(`${index + 1} 0 obj`)).toBe(true),
      );
      expect(offsets).toHaveLength(5);
    },
  );

  test('users differ from each other, and each stays the same', async () => {
    const created = await newUser(sandbox);
    const ids = [...DEMO_USERS.map(({ user_id }) => user_id), created, await newUser(sandbox)];
    const figures = async (user_id: string) => {
      await createReport(user_id);
      const { report } = await ask<CraCheckReportBaseReportGetResponse>(BASE, { user_id });
      const profile = await ask<CraCreditProfileReportGetResponse>(
        '/cra/credit_profile/report/get',
        creditProfileBody(user_id),
      );
      return JSON.stringify([
        report.items,
        report.attributes,
        profile.report.lend_scores,
        profile.report.cashflow_insights_attributes,
      ]).replace(/"date_last_updated":"[^"]*"/g, '');
    };
    const first = await Promise.all(ids.map(figures));
    expect(new Set(first).size).toBe(ids.length);
    expect(await Promise.all(ids.map(figures))).toEqual(first);
  });

  test('the demo users’ scores spread from weak to strong', async () => {
    const scores = await Promise.all(
      DEMO_USERS.map(async ({ user_id }) => {
        const body = creditProfileBody(user_id);
        const path = '/cra/credit_profile/report/get';
        return (await ask<CraCreditProfileReportGetResponse>(path, body)).report.lend_scores[0]
          ?.score;
      }),
    );
    const numbers = scores.map(Number);
    expect(Math.min(...numbers)).toBeLessThan(40);
    expect(Math.max(...numbers)).toBeGreaterThan(80);
    expect(numbers.every((score) => Number.isInteger(score) && score >= 1 && score <= 99)).toBe(
      true,
    );
  });

  describe('the base report', () => {
    const cents = (amount: number) => Math.round(amount * 100);
    const total = (amounts: number[]) => cents(amounts.reduce((sum, amount) => sum + amount, 0));

    test.each(DEMO_USERS.map(({ user_id }) => user_id))('of %s adds up', async (user_id) => {
      await createReport(user_id, { days_requested: 400, client_report_id: 'loan-4711' });
      const { report } = await ask<CraCheckReportBaseReportGetResponse>(BASE, { user_id });
      expect(report).toMatchObject({ days_requested: 400, client_report_id: 'loan-4711' });
      const accounts = report.items.flatMap((item) => item.accounts);
      for (const account of accounts) {
        expectHistoryAddsUp(account);
        const inflows = account.transactions.map(({ amount }) => amount).filter((a) => a < 0);
        expect(cents(account.attributes?.total_inflow_amount?.amount ?? NaN)).toBe(total(inflows));
      }
      const all = (read: (account: Wire<BaseReportAccount>) => number | undefined) =>
        total(accounts.map((account) => read(account) ?? NaN));
      expect(cents(report.attributes?.total_outflow_amount_90d?.amount ?? NaN)).toBe(
        all(({ attributes }) => attributes?.total_outflow_amount_90d?.amount),
      );
      expect(report.attributes?.nsf_overdraft_transactions_count).toBe(
        accounts.reduce(
          (sum, { attributes }) => sum + (attributes?.nsf_overdraft_transactions_count ?? NaN),
          0,
        ),
      );
    });

    function expectHistoryAddsUp({
      balances,
      historical_balances = [],
      transactions,
      metadata,
    }: Wire<BaseReportAccount>) {
      expect(historical_balances).toHaveLength(400);
      expect(historical_balances[0]?.current).toBe(balances.current);
      const dates = transactions.map(({ date }) => date);
      expect(dates).toEqual([...dates].sort().reverse());
      for (const date of dates) {
        expect(date >= String(metadata.start_date) && date <= String(metadata.end_date)).toBe(true);
      }
      expect(new Set(transactions.map((t) => t.transaction_id)).size).toBe(transactions.length);
      historical_balances.slice(0, -1).forEach(({ date, current }, index) => {
        const spent = transactions.filter((t) => t.date === date).map(({ amount }) => amount);
        const dayBefore = historical_balances[index + 1]?.current ?? NaN;
        // Each balance is rounded to cents by itself.
        expect(Math.abs(cents(dayBefore - current) - total(spent))).toBeLessThanOrEqual(1);
      });
    }

    test('covers at least 180 days and is dated by the sandbox’s clock', async () => {
      const user_id = 'usr_demo_walter_novak';
      await createReport(user_id, { days_requested: 7 });
      const { report } = await ask<CraCheckReportBaseReportGetResponse>(BASE, { user_id });
      expect(report.days_requested).toBe(180);
      expect(report.date_generated.slice(0, 10)).toBe('2029-05-17');
      expect(report.items[0]?.accounts[0]?.metadata).toEqual({
        start_date: new Date(Date.UTC(2029, 4, 17) - 179 * DAY).toISOString().slice(0, 10),
        end_date: '2029-05-17',
      });
    });
  });

  describe('partner insights', () => {
    const user_id = 'usr_demo_daniel_reyes';
    const prismOf = async (created: object | null, read: object = {}) => {
      await createReport(user_id, created ? { partner_insights: created } : {});
      const body = { user_id, ...read };
      return (await ask<CraCheckReportPartnerInsightsGetResponse>(PARTNER, body)).report?.prism;
    };

    test('by default: Insights, CashScore and FirstDetect in version 3', async () => {
      expect(await prismOf(null)).toMatchObject({
        status: 'SUCCESS',
        insights: { version: 3, model_version: '3' },
        cash_score: { version: 3, model_version: '3' },
        first_detect: { version: 3, model_version: '3' },
        detect: null,
        extend: null,
      });
    });

    test('the versions asked for at creation; null turns a product off', async () => {
      const prism_versions = {
        detect: '4.1',
        extend: '4',
        cashscore: '3_lite',
        insights: null,
        firstdetect: null,
      };
      expect(await prismOf({ prism_versions })).toMatchObject({
        detect: { model_version: '4.1' },
        extend: { model_version: '4' },
        cash_score: { version: 3, model_version: '3_lite' },
        insights: null,
        first_detect: null,
      });
    });

    test('what the read asks for goes before its old options and the creation', async () => {
      const created = { prism_versions: { cashscore: '3' } };
      const options = { prism_versions: { cashscore: '4' } };
      const partner_insights = { prism_versions: { cashscore: '4.1' } };
      const version = async (read: object) =>
        (await prismOf(created, read))?.cash_score?.model_version;
      expect(await version({})).toBe('3');
      expect(await version({ options })).toBe('4');
      expect(await version({ options, partner_insights })).toBe('4.1');
    });

    test('only the Prism products asked for', async () => {
      const insights = await prismOf({ prism_products: ['insights'] });
      expect([insights?.insights, insights?.cash_score]).toEqual([expect.anything(), null]);
      const scores = await prismOf({ prism_products: ['scores'] });
      expect([scores?.insights, scores?.cash_score]).toEqual([null, expect.anything()]);
    });

    test('one UltraFICO result per request, in order, with its ids', async () => {
      const base = (score: number) => ({
        bureau: 'EQUIFAX',
        score,
        base_fico_score_version: '10T',
        did_inquiries_adversely_affect_score: score > 700,
      });
      const fico = {
        fico_lender_id: 'lender',
        lender_application_id: 'application-9',
        ultrafico_score_requests: [
          {
            ultrafico_score_version: '1.0',
            request_correlation_id: 'first',
            base_fico_score: base(640),
          },
          {
            ultrafico_score_version: '1.0',
            fico_scoring_request_id: 'second',
            base_fico_score: base(790),
          },
          { ultrafico_score_version: '1.0', base_fico_score: base(848) },
        ],
      };
      await createReport(user_id);
      const body = { user_id, partner_insights: { fico } };
      const { report } = await ask<CraCheckReportPartnerInsightsGetResponse>(PARTNER, body);
      expect(report?.fico?.lender_application_id).toBe('application-9');
      const results = report?.fico?.ultrafico_score_results ?? [];
      expect(results.map((result) => result.request_correlation_id)).toEqual([
        'first',
        undefined,
        undefined,
      ]);
      expect(results.map((result) => result.fico_scoring_request_id)).toEqual([
        undefined,
        'second',
        undefined,
      ]);
      const scores = results.map((result) => result.ultrafico_score?.score ?? NaN);
      expect(scores).toEqual([...scores].sort());
      expect(scores.every((score) => score >= 300 && score <= 850)).toBe(true);
      expect(
        results.map((result) => result.ultrafico_score?.did_inquiries_adversely_affect_score),
      ).toEqual([false, true, true]);
    });

    test('no FICO block unless it is asked for, then or at creation', async () => {
      await createReport(user_id);
      const body = { user_id };
      const without = await ask<CraCheckReportPartnerInsightsGetResponse>(PARTNER, body);
      expect(without.report?.fico).toBeNull();
      const fico = {
        fico_lender_id: 'lender',
        lender_application_id: 'at-creation',
        ultrafico_score_requests: [],
      };
      await createReport(user_id, { partner_insights: { fico } });
      const withIt = await ask<CraCheckReportPartnerInsightsGetResponse>(PARTNER, body);
      expect(withIt.report?.fico?.lender_application_id).toBe('at-creation');
    });
  });

  test('the credit profile repeats what it was asked for and counts what there is', async () => {
    const user_id = 'usr_demo_tasha_green';
    const { report } = await ask<CraCreditProfileReportGetResponse>(
      '/cra/credit_profile/report/get',
      { ...creditProfileBody(user_id), inquiry_type: 'STANDARD_INQUIRY' },
    );
    expect(report).toMatchObject({
      inquiry_type: 'STANDARD_INQUIRY',
      client_report_id: 'loan-4711',
      metadata: { item_count: 1, account_count: 1, depository_account_type_count: 1 },
    });
    expect(Object.keys(report.cashflow_insights_attributes ?? {}).length).toBeGreaterThan(4);
  });

  test('monitoring insights rest on the same Item as the report', async () => {
    const user_id = 'usr_demo_amara_okafor';
    await createReport(user_id);
    const { report } = await ask<CraCheckReportBaseReportGetResponse>(BASE, { user_id });
    const { items } = await ask<CraMonitoringInsightsGetResponse>(
      '/cra/monitoring_insights/get',
      monitoringBody(user_id),
    );
    expect(items.map(({ item_id }) => item_id)).toEqual(report.items.map(({ item_id }) => item_id));
    const income = items[0]?.insights?.income;
    expect(income?.income_sources[0]?.income_category).toBe('SALARY');
    expect(income?.historical_annual_income.current_amount).toBeGreaterThan(80_000);
  });

  test('institutions come by page and country', async () => {
    const page = (more: object) =>
      ask<InstitutionsGetResponse>('/institutions/get', {
        count: 2,
        offset: 0,
        country_codes: ['US'],
        ...more,
      });
    const first = await page({});
    const second = await page({ offset: 2 });
    expect(first.institutions).toHaveLength(2);
    expect(second.total).toBe(first.total);
    expect(first.institutions).not.toContainEqual(second.institutions[0]);
    const british = await page({ country_codes: ['GB'] });
    expect(british.institutions.map(({ country_codes }) => country_codes)).toEqual([['GB']]);
  });
});
