import type { Page } from 'playwright-core';
import { openPage } from './support/browser';
import { greenNodes } from './support/examples';
import { executeStep, outputPanel, runs, shownOutput } from './support/execution';
import { addField, choose, field, groups, pasteInto } from './support/parameters';
import { askPlaid } from './support/plaid';
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

/** What an owner relies on without looking: nobody goes on without a score, and a secret that leaked is told of. */

const CREATE = '/cra/check_report/create';
const LEND_SCORE = '/cra/check_report/lend_score/get';
const AMARA = 'usr_demo_amara_okafor';
const MEI = 'usr_demo_mei_lin';

let page: Page;

beforeEach(async () => {
  editor().sandbox.reset();
  page = await openPage({ viewport: { width: 1440, height: 900 } });
});

afterEach(async () => {
  editor().sandbox.faults.set({});
  await page.context().close();
});

const hintAtOutput = (text: RegExp) => outputPanel(page).getByText(text).first();

describe('Get Full Report, with one product down for one of two applicants', () => {
  const FULL_REPORT = {
    resource: 'checkReport',
    operation: 'getFullReport',
    user_id: '={{ $json.user }}',
    products: ['base_report', 'lend_score'],
  };

  /** A policy that approves whoever reaches it. */
  const POLICY = `={{ {
    decision: 'APPROVE',
    user: $json.user_id,
    complete: $json.complete,
    lend_score: $json.lend_score,
    errors: $json.errors.map(({ product, http_status }) => product + ' ' + http_status).join(),
  } }}`;

  beforeEach(async () => {
    const { sandbox } = editor();
    for (const user_id of [AMARA, MEI]) {
      await askPlaid(CREATE, {
        user_id,
        webhook: 'https://example.com/plaid',
        days_requested: 90,
        consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
      });
    }
    // The report is ready; only this product is down.
    sandbox.clock.advance(60_000);
    sandbox.faults.set({
      rules: [{ path: LEND_SCORE, about: MEI, faults: [{ kind: 'unavailable_page' }] }],
    });
    const jsCode = `return ${JSON.stringify([AMARA, MEI])}.map((user) => ({ json: { user } }));`;
    const id = await makeWorkflow([
      START,
      { name: 'Applicants', type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode } },
      { name: 'Full Report', type: PLAID_CHECK, parameters: FULL_REPORT },
      {
        name: 'Approve',
        type: 'n8n-nodes-base.set',
        typeVersion: 3.4,
        parameters: { mode: 'raw', jsonOutput: POLICY, options: {} },
      },
    ]);
    await openWorkflow(page, id);
  });

  it('stops by itself, so that nobody is approved without a score', async () => {
    const status = await runs(page, () => page.getByTestId('execute-workflow-button').click());
    expect(status).toBe('error');
    await canvasNode(page, 'Full Report').getByTestId('node-issues').waitFor();
    expect(await greenNodes(page)).not.toContain('Approve');
    await openNode(page, 'Full Report');
    const error = await outputPanel(page).innerText();
    expect(error).toContain('A product of the report could not be read (lend_score)');
    expect(error).toContain('503');
  });

  it('continues where a person says so, tells which report lacks what, and hints at how many', async () => {
    await openNode(page, 'Full Report');
    await addField(groups(page, 'Options').last(), 'If a Product Fails');
    await choose(page, 'options.ifProductFails', 'Continue');
    await page.getByTestId('ndv-close-button').click();
    const status = await runs(page, () => page.getByTestId('execute-workflow-button').click());
    expect(status).toBe('success');
    await openNode(page, 'Full Report');
    await hintAtOutput(/1 of 2 items is incomplete: a product could not be read/).waitFor();
    await page.getByTestId('ndv-close-button').click();
    await openNode(page, 'Approve');
    expect(await shownOutput(page)).toMatchObject([
      { user: AMARA, complete: true, lend_score: expect.any(Number), errors: '' },
      { user: MEI, complete: false, lend_score: null, errors: 'lend_score 503' },
    ]);
  });
});

describe('A run that is green although items failed', () => {
  /** On Error: Continue (using error output), for so many applicants of whom the last ones have no user ID. */
  async function run(rows: number, bad: number): Promise<void> {
    const users = Array.from({ length: rows }, (_, index) => (index < rows - bad ? AMARA : ''));
    const jsCode = `return ${JSON.stringify(users)}.map((user) => ({ json: { user } }));`;
    const id = await makeWorkflow([
      START,
      { name: 'Applicants', type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode } },
      {
        name: 'Users',
        type: PLAID_CHECK,
        onError: 'continueErrorOutput',
        parameters: { resource: 'user', operation: 'get', user_id: '={{ $json.user }}' },
      },
    ]);
    await openWorkflow(page, id);
    const status = await runs(page, () => page.getByTestId('execute-workflow-button').click());
    expect(status).toBe('success');
    await openNode(page, 'Users');
  }

  it('says that none of them was sent', async () => {
    await run(25, 25);
    await hintAtOutput(/None of 25 items was sent; the same problem in all: .*User ID/).waitFor();
    expect(editor().sandbox.requests).toHaveLength(0);
  });

  it('says how many of them failed', async () => {
    await run(25, 3);
    await hintAtOutput(/3 of 25 items .*User ID/).waitFor();
    expect(editor().sandbox.requests).toHaveLength(22);
  });
});

describe('A secret pasted into the body', () => {
  it('is refused and to be rotated, and nothing is sent', async () => {
    await openPlaidCheck(page, {
      resource: 'checkReport',
      operation: 'create',
      specifyRequest: 'json',
    });
    const secret = 'a-secret-of-one-s-own-4d1c';
    const body = { client_id: 'a-client-id', secret, user_id: AMARA };
    await pasteInto(field(page, 'jsonBody').locator('.cm-content'), JSON.stringify(body));
    await executeStep(page);
    const error = outputPanel(page);
    const text = await error.innerText();
    expect(text).toMatch(/Not sent: /);
    expect(text).toMatch(
      /secret.*must not be in the request: .*rotate it in the Plaid Dashboard, as n8n keeps it in its workflow history and executions/s,
    );
    expect(text).not.toContain(secret);
    expect(editor().sandbox.requests).toHaveLength(0);
  });
});
