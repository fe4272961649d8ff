import type { Page } from 'playwright-core';
import { openPage } from './support/browser';
import { executeStep, outputPanel, shownOutput } from './support/execution';
import {
  addEntry,
  addField,
  choose,
  chooseAll,
  field,
  fill,
  fillList,
  groups,
} from './support/parameters';
import { documentationScreenshot } from './support/screenshots';
import { editor } from './support/shared';
import { openPlaidCheck } from './support/workflows';

const USER = 'usr_demo_amara_okafor';
const INSIGHTS = 'additionalFields.partner_insights';
const REQUESTS = `${INSIGHTS}.fico.values.ultrafico_score_requests.values`;

let page: Page;

beforeEach(async () => {
  editor().sandbox.reset();
  // Wide enough that the output reads well in the pictures for the documentation.
  page = await openPage({ viewport: { width: 1600, height: 900 } });
  await openPlaidCheck(page);
});

afterEach(() => page.context().close());

/** The bodies that reached the sandbox, and how it answered them. */
const received = () =>
  editor().sandbox.requests.map(({ path, json, status }) => ({ path, json, status }));

async function fillInScoreRequest(index: number, bureau: string, score: number): Promise<void> {
  const path = `${REQUESTS}[${index}]`;
  await choose(page, `${path}.ultrafico_score_version`, 'Version 1.0');
  await choose(page, `${path}.base_fico_score__bureau`, bureau);
  await fill(page, `${path}.base_fico_score__score`, score);
  await choose(page, `${path}.base_fico_score__base_fico_score_version`, 'FICO Score 10 T');

  const others = groups(page, 'Additional UltraFICO Score Request Fields').nth(index);
  await addField(others, 'Base FICO Score Reason Codes');
  await fillList(page, `${path}.additionalFields.base_fico_score__reason_codes`, ['14', '32']);
  for (const number of [1, 2, 3, 4]) {
    await addField(others, `Base FICO Score Reason Code ${number} (Deprecated)`);
    await fill(
      page,
      `${path}.additionalFields.base_fico_score__reason_code_${number}`,
      `${index}${number}`,
    );
  }
  await addField(others, 'Inquiries Lowered the Base FICO Score');

  await addField(others, 'FICO Scoring Request ID');
  await fill(page, `${path}.additionalFields.fico_scoring_request_id`, `fico-${index}`);
  await addField(others, 'Request Correlation ID');
  await fill(page, `${path}.additionalFields.request_correlation_id`, `loan-${index}`);
}

const scoreRequest = (index: number, bureau: string, score: number) => ({
  ultrafico_score_version: '1.0',
  base_fico_score: {
    bureau,
    score,
    base_fico_score_version: '10T',
    reason_codes: ['14', '32'],
    reason_code_1: `${index}1`,
    reason_code_2: `${index}2`,
    reason_code_3: `${index}3`,
    reason_code_4: `${index}4`,
    did_inquiries_adversely_affect_score: true,
  },
  fico_scoring_request_id: `fico-${index}`,
  request_correlation_id: `loan-${index}`,
});

describe('A request built by hand', () => {
  it('reaches Plaid exactly as it was filled in', async () => {
    await choose(page, 'resource', 'Check Report (Legacy API)');
    await choose(page, 'operation', 'Create');
    await choose(page, 'identifyUserBy', 'User ID');
    await fill(page, 'user_id', USER);
    await choose(page, 'consumer_report_permissible_purpose', 'Extension of Credit');
    await fill(page, 'days_requested', 240);
    await fill(page, 'webhook', 'https://example.com/plaid');
    await field(page, 'resource').scrollIntoViewIfNeeded();
    await documentationScreenshot(page, 'request');

    await addField(groups(page, 'Additional Fields').first(), 'Partner Insights');
    const insights = groups(page, 'Partner Insights');
    await addField(insights, 'FICO');
    await fill(page, `${INSIGHTS}.fico.values.fico_lender_id`, 'LENDER-7');
    await fill(page, `${INSIGHTS}.fico.values.lender_application_id`, 'APP-2026-0417');
    await fillInScoreRequest(0, 'Experian', 701);
    await addEntry(groups(page, 'UltraFICO Score Requests'));
    await fillInScoreRequest(1, 'TransUnion', 688);
    await field(page, `${INSIGHTS}.fico.values.fico_lender_id`).scrollIntoViewIfNeeded();
    await documentationScreenshot(page, 'request-ultrafico');

    await addField(insights, 'Prism Versions');
    const versions = { cashscore: 'Version 4.1', detect: 'Null', insights: 'Version 3' };
    await addField(groups(page, 'Prism Versions'), 'CashScore');
    await addField(groups(page, 'Prism Versions'), 'Detect');
    await addField(groups(page, 'Prism Versions'), 'Insights');
    for (const [product, version] of Object.entries(versions)) {
      await choose(page, `${INSIGHTS}.prism_versions.${product}`, version);
    }
    await addField(insights, 'Prism Products (Deprecated)');
    await chooseAll(page, `${INSIGHTS}.prism_products`, ['Insights', 'Scores']);
    await executeStep(page);

    expect(received()).toEqual([
      {
        path: '/cra/check_report/create',
        status: 200,
        json: {
          user_id: USER,
          consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
          days_requested: 240,
          webhook: 'https://example.com/plaid',
          partner_insights: {
            fico: {
              fico_lender_id: 'LENDER-7',
              lender_application_id: 'APP-2026-0417',
              ultrafico_score_requests: [
                scoreRequest(0, 'EXPERIAN', 701),
                scoreRequest(1, 'TRANSUNION', 688),
              ],
            },
            prism_versions: { cashscore: '4.1', detect: null, insights: '3' },
            prism_products: ['insights', 'scores'],
          },
        },
      },
    ]);
    expect(await shownOutput(page)).toEqual([
      { request_id: editor().sandbox.requests[0]?.requestId, user_id: USER },
    ]);
  });

  it('shows the scores of the answer in the output panel', async () => {
    await choose(page, 'resource', 'Check Report (Legacy API)');
    await choose(page, 'operation', 'Create');
    await fill(page, 'user_id', USER);
    await choose(page, 'consumer_report_permissible_purpose', 'Extension of Credit');
    await fill(page, 'webhook', 'https://example.com/plaid');
    await executeStep(page);
    editor().sandbox.clock.advance(60_000);

    await choose(page, 'operation', 'Get Partner Insights');
    await executeStep(page);

    expect(received()[1]).toEqual({
      path: '/cra/check_report/partner_insights/get',
      status: 200,
      json: { user_id: USER },
    });
    await outputPanel(page).getByText('prism_status', { exact: true }).first().waitFor();
    await outputPanel(page).getByTestId('radio-button-schema').click();
    await documentationScreenshot(page, 'output');
  });
});
