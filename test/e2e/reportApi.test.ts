import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { openPage } from './support/browser';
import { executionsOf } from './support/examples';
import { executeStep, shownOutput } from './support/execution';
import { addField, choose, fill, groups } from './support/parameters';
import { postWebhook } from './support/plaid';
import { editor } from './support/shared';
import { until } from './support/until';
import { makeWorkflow, openPlaidCheck, PLAID_CHECK } from './support/workflows';

/** Plaid's current report API in the real editor: a report by hand, from Link, and by a webhook. */

const USER = 'usr_demo_walter_novak';
const CREATE = '/cra/report/create';
const PRODUCT = 'products.values[0]';
const BASE = { product: 'cra_base_report', version: 'V1' };

/** A product as the editor stores one that was entered by name. */
const stored = (product: string) => ({
  product: { __rl: true, mode: 'id', value: product },
  version: 'V1',
});

const stage = {
  decision_stage: 'DECISIONING',
  consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
};

const report = {
  resource: 'report',
  operation: 'create',
  user_id: USER,
  products: { values: [stored('cra_base_report'), stored('cra_of_the_future')] },
  ...stage,
};

describe('in the panel of the node', () => {
  let page: Page;
  beforeEach(async () => {
    editor().sandbox.reset();
    page = await openPage();
  });
  afterEach(() => page.context().close());

  const sent = (path: string) =>
    editor()
      .sandbox.requests.filter((request) => request.path === path)
      .map(({ json }) => json);

  it('the picker says which API is for whom, and a product is picked from the list', async () => {
    await openPlaidCheck(page);
    await page.locator("[data-parameter-path='parameters.resource']").click();
    const choices = page.locator('.el-select-dropdown__item:visible');
    const about = (text: string) => choices.filter({ hasText: text }).first().innerText();
    expect(await about('current API')).toMatch(/for new accounts.*contract update/);
    expect(await about('Check Report (Legacy API)')).toMatch(/keeps working/);
    await page.keyboard.press('Escape');

    await openPlaidCheck(page);
    await choose(page, 'resource', 'Check Report');
    await choose(page, 'operation', 'Create');
    await fill(page, 'user_id', USER);
    await page.getByTestId('rlc-input').click();
    await page.getByTestId('rlc-item').filter({ hasText: 'cra_base_report' }).click();
    await fill(page, `${PRODUCT}.version`, 'V1');
    await choose(page, 'decision_stage', 'Decisioning');
    await choose(page, 'consumer_report_permissible_purpose', 'Extension of Credit');
    await addField(groups(page, 'Additional Fields').last(), 'Client Report ID');
    await fill(page, 'additionalFields.client_report_id', 'loan-17');
    await executeStep(page);
    expect(sent(CREATE)).toEqual([
      { user_id: USER, products: [BASE], ...stage, client_report_id: 'loan-17' },
    ]);
    expect(await shownOutput(page)).toEqual([
      { report_id: expect.any(String), request_id: expect.any(String), user_id: USER },
    ]);
  });

  it('a report from a Link session is created as filled in', async () => {
    await openPlaidCheck(page, {
      resource: 'linkToken',
      operation: 'create',
      user_id: USER,
      client_name: 'Lender',
      language: 'en',
      country_codes: ['US'],
      additionalFields: {
        consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
        cra_report_parameter: {
          values: { products: { values: [stored('cra_base_report')] }, decision_stage: '' },
        },
      },
    });
    await choose(
      page,
      'additionalFields.cra_report_parameter.values.decision_stage',
      'Decisioning',
    );
    await executeStep(page);
    expect(sent('/link/token/create')).toMatchObject([
      { cra_report_parameter: { products: [BASE], decision_stage: 'DECISIONING' } },
    ]);
  });
});

describe('an execution that pauses', () => {
  let plaid: Sandbox;
  let credential: { id: string; name: string };
  beforeAll(async () => {
    plaid = await startSandbox({ readyAfterMs: 3_600_000, webhooks: { repeatAfterMs: [] } });
    const { url, clientId, secret } = plaid;
    credential = await editor().rest.call('POST', '/rest/credentials', {
      name: 'Plaid with the current report API',
      type: 'plaidCheckApi',
      data: { environment: 'custom', customBaseUrl: url, clientId, secret },
    });
  });
  afterAll(async () => {
    // An imported example must find one credential only.
    await editor().rest.call('DELETE', `/rest/credentials/${credential.id}`);
    await plaid.close();
  });

  it('goes on with both lists once CRA_REPORT_READY arrives, and reads what was made', async () => {
    plaid.faults.set({ reports: [{ code: 'DATA_UNAVAILABLE', product: 'cra_of_the_future' }] });
    const webhookId = randomUUID();
    const id = await makeWorkflow(
      [
        {
          name: 'When Asked',
          type: 'n8n-nodes-base.webhook',
          typeVersion: 2,
          parameters: { httpMethod: 'POST', path: webhookId, options: {} },
          webhookId,
        },
        {
          name: 'Create and Wait',
          type: PLAID_CHECK,
          parameters: {
            ...report,
            options: { waitUntilReady: { values: { waitMode: 'webhook', maxWait: 300 } } },
          },
        },
        {
          name: 'Read',
          type: PLAID_CHECK,
          parameters: {
            resource: 'report',
            operation: 'get',
            specifyRequest: 'json',
            jsonBody: `={{ { user_id: $json.user_id, report_id: $json.report_id, products: $json.successful_products, ...${JSON.stringify(stage)} } }}`,
            options: {},
          },
        },
      ],
      'Create, pause, read',
      credential,
    );
    const { rest, url } = editor();
    const { versionId } = await rest.call<{ versionId: string }>('GET', `/rest/workflows/${id}`);
    await rest.call('POST', `/rest/workflows/${id}/activate`, { versionId });
    await until(async () =>
      expect(await postWebhook(`${url}/webhook/${webhookId}`, '{}')).toBe(200),
    );
    const status = async () => (await executionsOf(rest, id)).map((one) => one.status);
    await until(async () => expect(await status()).toEqual(['waiting']));
    plaid.clock.advance(3_600_000);
    await plaid.webhooksSettled();
    await until(async () => expect(await status()).toEqual(['success']));
    const reads = plaid.requests.filter(({ path }) => path === '/cra/report/get');
    expect(reads.map(({ json }) => json)).toMatchObject([{ user_id: USER, products: [BASE] }]);
    expect(plaid.productReportsCreated(USER)).toBe(1);
  });
});
