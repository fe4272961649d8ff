import type { Page } from 'playwright-core';
import { openPage } from './support/browser';
import { executeStep, outputPanel, shownOutput } from './support/execution';
import { choose, fill } from './support/parameters';
import { askPlaid } from './support/plaid';
import { documentationScreenshot } from './support/screenshots';
import { editor } from './support/shared';
import { openPlaidCheck } from './support/workflows';

/** What comes out of reports, as a person sees it in the output panel. */

const MEI = 'usr_demo_mei_lin';

let page: Page;

beforeEach(async () => {
  editor().sandbox.reset();
  await askPlaid('/cra/check_report/create', {
    user_id: MEI,
    webhook: 'https://example.com/plaid',
    days_requested: 365,
    consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
  });
  editor().sandbox.clock.advance(60_000);
  editor().sandbox.clearRequests();
  page = await openPage({ viewport: { width: 1600, height: 900 } });
  await openPlaidCheck(page, { resource: 'checkReport' });
});

afterEach(() => page.context().close());

it('a report comes out in short unless another output is chosen', async () => {
  await choose(page, 'operation', 'Get LendScore');
  await fill(page, 'user_id', MEI);
  await executeStep(page);
  expect(await shownOutput(page)).toEqual([
    {
      lend_score: expect.any(Number),
      lend_score_reason_codes: expect.any(Array),
      lend_score_reasons: expect.any(Array),
      lend_score_error_reason: null,
      has_fraud_alert: false,
      is_complete: true,
      warnings: [],
      generated_time: expect.any(String),
      user_id: MEI,
      client_report_id: null,
      report_id: expect.any(String),
      request_id: editor().sandbox.requests[0]?.requestId,
    },
  ]);
  await documentationScreenshot(page, 'simplified');
});

it('a PDF comes out as a file that can be looked at and downloaded', async () => {
  await choose(page, 'operation', 'Get PDF');
  await fill(page, 'user_id', MEI);
  await executeStep(page);
  const output = outputPanel(page);
  await output.getByText(`check-report-${MEI}.pdf`).first().waitFor();
  await output.getByText('application/pdf').first().waitFor();
  await output
    .getByTestId('ndv-download-binary')
    .or(output.getByText('Download'))
    .first()
    .waitFor();
  expect(editor().sandbox.requests.map(({ path, status }) => [path, status])).toEqual([
    ['/cra/check_report/pdf/get', 200],
  ]);
});
