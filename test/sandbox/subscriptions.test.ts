import type {
  CraCheckReportBaseReportGetResponse,
  CraServicingSubscriptionCreateResponse,
  CraServicingSubscriptionGetResponse,
  CraServicingSubscriptionListResponse,
  SandboxCraServicingSimulateResponse,
} from 'plaid';
import { DISCONNECTED_USER, startSandbox, type Sandbox } from '../../sandbox/server';
import { ask, newUser, refusal } from './client';
import { startReceiver, verified, type Receiver } from './receiver';

const USER = 'usr_demo_walter_novak';
const SERVICING = '/cra/servicing/subscription';
const SIMULATE = '/sandbox/cra/servicing/simulate';
const MONITORING = '/cra/monitoring_insights';
const UPDATE_CASH_FLOW = '/sandbox/cra/cashflow_updates/update';

describe('subscriptions', () => {
  let sandbox: Sandbox;
  let receiver: Receiver;
  beforeAll(async () => {
    sandbox = await startSandbox();
    sandbox.clock.set(Date.UTC(2029, 4, 17, 12));
    receiver = await startReceiver();
  });
  afterAll(async () => {
    await sandbox.close();
    await receiver.close();
  });
  beforeEach(() => {
    sandbox.reset();
    receiver.clear();
  });

  const bodies = async () => {
    await sandbox.webhooksSettled();
    for (const hook of receiver.received) await verified(sandbox, hook);
    return receiver.received.map(({ body }) => body);
  };

  describe('to CRA Servicing', () => {
    const products = [
      { product: 'cra_base_report', version: '1' },
      {
        product: 'cra_income_insights',
        version: 'II2',
        options: { income_insights_version: 'II2' },
      },
    ];
    const subscribe = async (more: object = {}) => {
      const body = { user_id: USER, scope: 'CLIENT_USER', products, webhook: receiver.url };
      const path = `${SERVICING}/create`;
      return ask<CraServicingSubscriptionCreateResponse>(sandbox, path, { ...body, ...more });
    };
    const get = async (subscription_id: string) => {
      const body = { subscription_id };
      const path = `${SERVICING}/get`;
      return (await ask<CraServicingSubscriptionGetResponse>(sandbox, path, body)).subscription;
    };
    const list = async (user_id = USER) => {
      const path = `${SERVICING}/list`;
      const body = { user_id };
      return (await ask<CraServicingSubscriptionListResponse>(sandbox, path, body)).subscriptions;
    };

    test('are kept as they were asked for, and listed', async () => {
      expect(await list()).toEqual([]);
      const { subscription_id } = await subscribe({ cadence: 'DAILY' });
      expect(subscription_id).toMatch(/^cra-sub-sandbox-[0-9a-f-]{36}$/);
      const first = {
        subscription_id,
        user_id: USER,
        scope: 'CLIENT_USER',
        cadence: 'DAILY',
        webhook: receiver.url,
        products,
      };
      expect(await get(subscription_id)).toEqual(first);
      const qualify = [{ product: 'cra_qualify', version: 'V1' }];
      const other = await subscribe({
        scope: 'PLAID_NETWORK',
        products: qualify,
        webhook: undefined,
      });
      expect(await list()).toEqual([
        first,
        {
          subscription_id: other.subscription_id,
          user_id: USER,
          scope: 'PLAID_NETWORK',
          cadence: null,
          webhook: null,
          products: qualify,
        },
      ]);
      expect(await list('usr_demo_mei_lin')).toEqual([]);
    });

    test('are updated, field by field, and reset', async () => {
      const { subscription_id } = await subscribe();
      const update = (change: object) =>
        ask(sandbox, `${SERVICING}/update`, { subscription_id, ...change });
      await update({ webhook: 'https://lender.example/other' });
      expect(await get(subscription_id)).toMatchObject({
        webhook: 'https://lender.example/other',
        products,
      });
      const less = products.slice(0, 1);
      await update({ products: less, webhook: 'https://lost.example', reset_fields: ['webhook'] });
      expect(await get(subscription_id)).toMatchObject({ webhook: null, products: less });
      await update({ reset_fields: null });
      expect(await get(subscription_id)).toMatchObject({ webhook: null, products: less });
    });

    test('are gone once deleted, and unknown ones never were', async () => {
      const { subscription_id } = await subscribe();
      await ask(sandbox, `${SERVICING}/delete`, { subscription_id });
      expect(await list()).toEqual([]);
      for (const path of ['get', 'update', 'delete'].map((op) => `${SERVICING}/${op}`)) {
        expect(await refusal(sandbox, path, { subscription_id })).toMatchObject({
          status: 404,
          error_type: 'CRA_MONITORING_ERROR',
          error_code: 'SUBSCRIPTION_NOT_FOUND',
        });
      }
      const none = { subscription_id: 'cra-sub-sandbox-none' };
      expect((await refusal(sandbox, SIMULATE, none)).error_code).toBe('SUBSCRIPTION_NOT_FOUND');
    });

    test('a simulated update makes a report, which the webhook names', async () => {
      const { subscription_id } = await subscribe();
      const { report_id = '' } = await ask<SandboxCraServicingSimulateResponse>(sandbox, SIMULATE, {
        subscription_id,
        options: { transactions_end_date: '2029-06-30' },
      });
      expect(report_id).toMatch(/^cra-report-sandbox-[0-9a-f-]{36}$/);
      expect(await bodies()).toEqual([
        {
          webhook_type: 'CRA_REPORT',
          webhook_code: 'CRA_REPORT_UPDATED',
          user_id: USER,
          report_id,
          scope: 'CLIENT_USER',
          successful_products: [
            { product: 'cra_base_report', version: '1' },
            { product: 'cra_income_insights', version: 'II2' },
          ],
          failed_products: [],
          generated_time: expect.stringMatching(/^2029-05-17T12:/),
          error_code: null,
          environment: 'sandbox',
        },
      ]);
      const { report } = await ask<CraCheckReportBaseReportGetResponse>(
        sandbox,
        '/cra/check_report/base_report/get',
        { user_id: USER, report_id, consumer_report_permissible_purpose: 'ACCOUNT_REVIEW_CREDIT' },
      );
      expect(report.report_id).toBe(report_id);
      expect(report.items[0]?.accounts[0]?.metadata?.end_date).toBe('2029-06-30');
      expect(
        await refusal(sandbox, '/cra/check_report/base_report/get', {
          user_id: 'usr_demo_mei_lin',
          report_id,
        }),
      ).toMatchObject({ error_code: 'CONSUMER_REPORT_NOT_FOUND' });
    });

    test('a simulated update can be for the user', async () => {
      await subscribe();
      const body = { subscription_id: '', user_id: USER };
      await ask(sandbox, SIMULATE, body);
      expect(await bodies()).toMatchObject([{ user_id: USER, error_code: null }]);
      expect(await refusal(sandbox, SIMULATE, { ...body, user_id: 'usr_nobody' })).toMatchObject({
        error_code: 'SUBSCRIPTION_NOT_FOUND',
      });
    });

    test.each(['USER_NOT_FOUND', 'PRODUCT_GENERATION_FAILED', 'DATA_UNAVAILABLE'])(
      'a simulated update fails with %s where that is asked for',
      async (error_webhook_code) => {
        const { subscription_id } = await subscribe();
        const options = { error_webhook_code };
        const reply = await ask(sandbox, SIMULATE, { subscription_id, options });
        expect(reply).not.toHaveProperty('report_id');
        expect(await bodies()).toMatchObject([
          {
            report_id: null,
            successful_products: [],
            failed_products: [{ product: 'cra_base_report' }, { product: 'cra_income_insights' }],
            generated_time: null,
            error_code: error_webhook_code,
          },
        ]);
      },
    );

    test('a user whose bank cannot be read gets no update', async () => {
      const { subscription_id } = await subscribe({ user_id: DISCONNECTED_USER.user_id });
      await ask(sandbox, SIMULATE, { subscription_id });
      expect(await bodies()).toMatchObject([{ error_code: 'NO_ELIGIBLE_ITEMS_ON_PROFILE' }]);
    });

    test.each(['2029-12-31', 'tomorrow'])('no update up to %s', async (transactions_end_date) => {
      const { subscription_id } = await subscribe();
      const options = { transactions_end_date };
      const refused = await refusal(sandbox, SIMULATE, { subscription_id, options });
      expect(refused).toMatchObject({ status: 400, error_type: 'SANDBOX_ERROR' });
      expect(await bodies()).toEqual([]);
    });
  });

  describe('to Cash Flow Updates', () => {
    const subscribed = async () => {
      const user_id = await newUser(sandbox);
      const body = { user_id, webhook: receiver.url };
      const { subscription_id } = await ask(sandbox, `${MONITORING}/subscribe`, body);
      await ask(sandbox, `${MONITORING}/get`, {
        user_id,
        consumer_report_permissible_purpose: 'ACCOUNT_REVIEW_CREDIT',
      });
      return { user_id, subscription_id };
    };

    test('a simulated update sends each asked webhook', async () => {
      const { user_id } = await subscribed();
      const webhook_codes = [
        'LARGE_DEPOSIT_DETECTED',
        'LOW_BALANCE_DETECTED',
        'NEW_LOAN_PAYMENT_DETECTED',
        'NSF_OVERDRAFT_DETECTED',
      ];
      await ask(sandbox, UPDATE_CASH_FLOW, { user_id, webhook_codes });
      const sent = await bodies();
      expect(sent).toHaveLength(4);
      expect(sent).toEqual(
        expect.arrayContaining(
          webhook_codes.map((webhook_code) => ({
            webhook_type: 'CASH_FLOW_UPDATES',
            webhook_code,
            status: 'AVAILABLE',
            user_id,
            environment: 'sandbox',
          })),
        ),
      );
    });

    test.each([[undefined], [null], [[]]])(
      'without codes (%j) it tells of new insights',
      async (webhook_codes) => {
        const { user_id } = await subscribed();
        await ask(sandbox, UPDATE_CASH_FLOW, { user_id, webhook_codes });
        expect(await bodies()).toMatchObject([{ webhook_code: 'INSIGHTS_UPDATED', user_id }]);
      },
    );

    test('nothing is sent once it is ended, nor where it has no webhook', async () => {
      const { user_id, subscription_id } = await subscribed();
      await ask(sandbox, `${MONITORING}/unsubscribe`, { subscription_id });
      expect(await refusal(sandbox, UPDATE_CASH_FLOW, { user_id })).toMatchObject({
        error_code: 'SUBSCRIPTION_NOT_FOUND',
      });
      await ask(sandbox, UPDATE_CASH_FLOW, { user_id: USER });
      expect(await bodies()).toEqual([]);
    });
  });
});
