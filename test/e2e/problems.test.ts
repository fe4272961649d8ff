import type { Page } from 'playwright-core';
import { openPage } from './support/browser';
import { executeStep, outputPanel } from './support/execution';
import { choose, fill, frame } from './support/parameters';
import { editor } from './support/shared';
import { canvasNode, openNode, openPlaidCheck } from './support/workflows';

let page: Page;

beforeEach(() => editor().sandbox.reset());

afterEach(() => page.context().close());

async function open(parameters: object): Promise<void> {
  page = await openPage();
  await openPlaidCheck(page, parameters);
}

describe('A required field', () => {
  it('is marked while it is empty, in the panel and on the canvas', async () => {
    await open({});
    const mark = frame(page, 'user_id').getByTestId('parameter-issues');
    await mark.hover();
    await page.getByText('Parameter "User ID" is required').waitFor();
    await frame(page, 'consumer_report_permissible_purpose')
      .getByTestId('parameter-issues')
      .waitFor();
    await frame(page, 'webhook').getByTestId('parameter-issues').waitFor();

    await fill(page, 'user_id', 'usr_demo_amara_okafor');
    await mark.waitFor({ state: 'hidden' });
    await page.getByTestId('ndv-close-button').click();
    await canvasNode(page, 'Plaid Check').getByTestId('node-issues').waitFor();

    await openNode(page, 'Plaid Check');
    await choose(page, 'consumer_report_permissible_purpose', 'Extension of Credit');
    await fill(page, 'webhook', 'https://example.com/plaid');
    await page.getByTestId('ndv-close-button').click();
    await canvasNode(page, 'Plaid Check').getByTestId('node-issues').waitFor({ state: 'hidden' });
  });
});

describe('A bad value', () => {
  it("gives the node's error with the path of each field, and nothing is sent", async () => {
    const fico = {
      fico_lender_id: 'LENDER-7',
      lender_application_id: 'APP-1',
      ultrafico_score_requests: {
        values: [
          {
            ultrafico_score_version: '1.0',
            base_fico_score: {
              values: { bureau: 'EXPERIAN', score: 700, base_fico_score_version: '8' },
            },
          },
        ],
      },
    };
    await open({
      user_id: 'usr_demo_amara_okafor',
      consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
      webhook: 'https://example.com/plaid',
      additionalFields: { partner_insights: { fico: { values: fico } } },
    });
    await fill(page, 'additionalFields.partner_insights.fico.values.lender_application_id', '');
    await fill(page, 'webhook', 'http://example.com/plaid');
    await executeStep(page);

    const output = outputPanel(page);
    expect(await output.getByTestId('node-error-message').innerText()).toMatch(
      /not sent.*2 problems|nothing was sent.*2 problems/i,
    );
    const description = await output.getByTestId('node-error-description').innerText();
    expect(description).toMatch(/^webhook: .*https/m);
    expect(description).toMatch(/^partner_insights\.fico\.lender_application_id: required/m);
    expect(editor().sandbox.requests).toHaveLength(0);
  });

  it("of an answer of Plaid shows Plaid's message and type", async () => {
    await open({
      resource: 'checkReport',
      operation: 'getPartnerInsights',
      user_id: 'usr_nobody_knows',
    });
    await executeStep(page);
    const [request] = editor().sandbox.requests;
    const error = await outputPanel(page).innerText();
    expect(request?.status).toBe(400);
    expect(error).toContain(request?.requestId);
  });
});
