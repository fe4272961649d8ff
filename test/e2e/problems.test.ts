import type { Page } from 'playwright-core';
import { openPage } from './support/browser';
import { executeStep, outputPanel, runs } from './support/execution';
import { choose, fill, frame } from './support/parameters';
import { documentationScreenshot } from './support/screenshots';
import { editor } from './support/shared';
import {
  canvasNode,
  makeWorkflow,
  openNode,
  openPlaidCheck,
  openWorkflow,
  PLAID_CHECK,
  START,
} from './support/workflows';

let page: Page;

beforeEach(() => editor().sandbox.reset());

afterEach(() => page.context().close());

async function open(parameters: object): Promise<void> {
  page = await openPage();
  await openPlaidCheck(page, parameters);
}

describe('A required field', () => {
  it('is marked while it is empty, in the panel and on the canvas', async () => {
    await open({ resource: 'checkReport', operation: 'create' });
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
            base_fico_score__bureau: 'EXPERIAN',
            base_fico_score__score: 700,
            base_fico_score__base_fico_score_version: '8',
          },
        ],
      },
    };
    await open({
      resource: 'checkReport',
      operation: 'create',
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
      /^Not sent: Webhook URL must be an https URL, got "http:\/\/example\.com\/plaid" \(and 1 more problem\)/,
    );
    const description = await output.getByTestId('node-error-description').innerText();
    expect(description).toMatch(/^Webhook URL \(webhook\): .*https/m);
    expect(description).toMatch(
      /^Partner Insights > FICO > Lender Application ID \(partner_insights\.fico\.lender_application_id\): is required/m,
    );
    expect(editor().sandbox.requests).toHaveLength(0);
    await documentationScreenshot(page, 'problems');
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

describe('Many bad items', () => {
  const rows = Array.from({ length: 25 }, (_, index) => ({
    client_user_id: `cand_${index}`,
    user: index % 2 === 0 ? '' : 'customer-10482',
  }));

  async function openBadItems(onError: string): Promise<void> {
    page = await openPage();
    const id = await makeWorkflow([
      START,
      {
        name: 'Applicants',
        type: 'n8n-nodes-base.code',
        typeVersion: 2,
        parameters: { jsCode: `return ${JSON.stringify(rows)}.map((json) => ({ json }));` },
      },
      {
        name: 'Plaid Check',
        type: PLAID_CHECK,
        onError,
        parameters: {
          resource: 'monitoring',
          operation: 'getInsights',
          user_id: '={{ $json.user }}',
          consumer_report_permissible_purpose: 'ACCOUNT_REVIEW_CREDIT',
        },
      },
    ]);
    await openWorkflow(page, id);
    await runs(page, () => page.getByTestId('execute-workflow-button').click());
    await openNode(page, 'Plaid Check');
  }

  it('are all listed, by problem, where the node stops', async () => {
    await openBadItems('stopWorkflow');
    const output = outputPanel(page);
    expect(await output.getByTestId('node-error-message').innerText()).toMatch(
      /^Not sent: all 25 items have problems, the first one: User ID is required/,
    );
    const description = await output.getByTestId('node-error-description').innerText();
    expect(description).toMatch(
      /^User ID is required.*13 items, by number and client_user_id: 0 \(cand_0\), 2 /m,
    );
    expect(description).toMatch(
      /^User ID must be a user ID.*12 items, by number and client_user_id: 1 \(cand_1\)/m,
    );
    await documentationScreenshot(page, 'problems-many');
  });

  it('are told by a hint at the output where the workflow continues', async () => {
    await openBadItems('continueErrorOutput');
    const hint = outputPanel(page).getByText(
      /None of 25 items was sent; the most frequent problem/,
    );
    await hint.first().waitFor();
    await documentationScreenshot(page, 'problems-hint');
  });
});
