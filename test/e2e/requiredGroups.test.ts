import type { Page } from 'playwright-core';
import { openPage } from './support/browser';
import { executeStep, outputPanel } from './support/execution';
import { addEntry, addField, choose, fill, frame, groups } from './support/parameters';
import { editor } from './support/shared';
import { openPlaidCheck } from './support/workflows';

/** What a request must have can't be removed from the form, or what is left says what is missing. */

const CREATE = {
  resource: 'checkReport',
  operation: 'create',
  user_id: 'usr_demo_amara_okafor',
  consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
  webhook: 'https://example.com/plaid',
};
const REQUEST = 'additionalFields.partner_insights.fico.values.ultrafico_score_requests.values[0]';

let page: Page;

beforeEach(async () => {
  editor().sandbox.reset();
  page = await openPage({ viewport: { width: 1440, height: 1100 } });
});

afterEach(() => page.context().close());

async function addFico(): Promise<void> {
  await openPlaidCheck(page, CREATE);
  await addField(groups(page, 'Additional Fields').first(), 'Partner Insights');
  await addField(groups(page, 'Partner Insights').first(), 'FICO');
}

it('the base FICO score has no bin of its own, and each of its fields says that it is missing', async () => {
  await addFico();
  const requests = groups(page, 'UltraFICO Score Requests').first();
  await requests.hover();
  // That of the one score request.
  expect(await requests.getByTestId('fixed-collection-delete').count()).toBe(1);
  await frame(page, `${REQUEST}.base_fico_score__bureau`).getByTestId('parameter-issues').waitFor();
  await fill(page, 'additionalFields.partner_insights.fico.values.fico_lender_id', 'LENDER-7');
  await fill(page, 'additionalFields.partner_insights.fico.values.lender_application_id', 'APP-1');
  await choose(page, `${REQUEST}.base_fico_score__bureau`, 'Experian');
  await choose(page, `${REQUEST}.base_fico_score__base_fico_score_version`, 'FICO Score 8');
  await executeStep(page);
  const output = outputPanel(page);
  expect(await output.getByTestId('node-error-message').innerText()).toMatch(
    /UltraFICO Score Requests > 1 > Base FICO Score is required/,
  );
  expect(editor().sandbox.requests).toEqual([]);
});

it('what is left of a group, and of a required list, names what is to be added', async () => {
  await addFico();
  const requests = groups(page, 'UltraFICO Score Requests').first();
  await requests.hover();
  await requests.getByTestId('fixed-collection-delete').click();
  await requests
    .getByText('Add UltraFICO Score Request (At Least One Is Required)', { exact: true })
    .waitFor();
  await addEntry(requests);
  await frame(page, `${REQUEST}.base_fico_score__bureau`).waitFor();

  const fico = groups(page, 'FICO').first();
  await fico.hover();
  await fico.getByTestId('fixed-collection-delete').first().click();
  await fico.getByText('Add FICO', { exact: true }).click();
  await frame(page, 'additionalFields.partner_insights.fico.values.fico_lender_id').waitFor();
});

it("n8n's new design of lists names each entry by its number and content", async () => {
  const overrides = JSON.stringify({ '048_collection_overhaul': { value: 'variant' } });
  await page.addInitScript({
    content: `localStorage.setItem('N8N_EXPERIMENT_OVERRIDES', '${overrides}')`,
  });
  const product = (value: string) => ({
    product: { __rl: true, mode: 'id', value },
    version: 'V1',
  });
  await openPlaidCheck(page, {
    resource: 'report',
    operation: 'get',
    products: { values: [product('cra_base_report'), product('cra_qualify')] },
  });
  await page.getByText('Product 1: cra_base_report', { exact: true }).waitFor();
  await page.getByText('Product 2: cra_qualify', { exact: true }).waitFor();
});
