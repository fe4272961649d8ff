import type { Page } from 'playwright-core';
import { AMARA } from '../support/samples/applications';
import { openPage } from './support/browser';
import { executeStep, outputPanel, savedData } from './support/execution';
import { addField, choose, field, fill, groups, shownFields } from './support/parameters';
import { documentationScreenshot } from './support/screenshots';
import { editor } from './support/shared';
import { until } from './support/until';
import {
  makeWorkflow,
  openNode,
  openWorkflow,
  PLAID_CHECK,
  START,
  type NodeSpec,
} from './support/workflows';

/** What a builder maps before the first run, what travels along, and what is left out. */

const APPLICANT: NodeSpec = {
  name: 'Applicant',
  type: 'n8n-nodes-base.code',
  typeVersion: 2,
  parameters: {
    jsCode: `return [{ user_id: '${AMARA}', name: 'Amara Okafor', loan_amount: 9000, request_id: 'REQ-1' }];`,
  },
};

const READ: NodeSpec = {
  name: 'Plaid Check',
  type: PLAID_CHECK,
  parameters: {
    resource: 'checkReport',
    operation: 'getBaseReport',
    user_id: '={{ $json.user_id }}',
  },
};

const NEXT: NodeSpec = { name: 'Next', type: 'n8n-nodes-base.set', typeVersion: 3.4 };

let page: Page;

async function open(nodes: NodeSpec[], node: string): Promise<void> {
  page = await openPage();
  await openWorkflow(page, await makeWorkflow(nodes));
  await openNode(page, node);
}

beforeEach(() => editor().sandbox.reset());
afterEach(() => page.context().close());

/** A field in the input panel, by its path. */
const inputField = (path: string) =>
  page
    .getByTestId('ndv-input-panel')
    .locator(`[data-node-name="Plaid Check"][data-target="mappable"][data-path="${path}"]`);

/** n8n draws only the fields that are in sight. */
async function scrollTo(path: string): Promise<void> {
  await page.getByTestId('ndv-input-panel').hover();
  await page.mouse.wheel(0, -100_000);
  await until(async () => {
    if ((await inputField(path).count()) === 1) return;
    await page.mouse.wheel(0, 400);
    throw new Error(`${path} is not in sight`);
  });
}

describe('A node that has not run', () => {
  it.each([
    ['getBaseReport', ['.currency', '.liquid_available_balance', '.user_id', '.client_report_id']],
    ['getLendScore', ['.lend_score', '.lend_score_reasons[0].text', '.user_id']],
    ['getFullReport', ['.lend_score', '.base_report_is_complete', '.errors']],
    ['create', ['.request_id', '.user_id']],
  ])('shows the fields of %s to the next node', async (operation, paths) => {
    const read = { ...READ, parameters: { ...READ.parameters, operation } };
    await open([START, read, NEXT], 'Next');
    for (const path of paths) {
      await scrollTo(path);
    }
    expect(editor().sandbox.requests).toEqual([]);
    if (operation === 'getLendScore') await documentationScreenshot(page, 'output-preview');
  });

  it('maps one of them by a drag into the next node', async () => {
    await open(
      [START, { ...READ, parameters: { ...READ.parameters, operation: 'getLendScore' } }, NEXT],
      'Next',
    );
    await inputField('.lend_score').waitFor();
    await inputField('.lend_score').hover();
    await page.mouse.down();
    const box = await page
      .getByTestId('drop-area')
      .or(page.getByTestId('assignment-collection-assignments'))
      .first()
      .boundingBox();
    if (!box) throw new Error('There is nothing to drop on');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 20 });
    await page.mouse.up();
    await until(async () =>
      expect(await page.getByTestId('assignment').first().innerText()).toContain(
        '$json.lend_score',
      ),
    );
  });
});

describe('Selected Fields', () => {
  const offered = (name: string) =>
    page.locator('.el-select-dropdown__item:visible').filter({ hasText: name });

  /** A click opens the list only once n8n has loaded it. */
  const openFacts = (name: string) =>
    until(async () => {
      await field(page, 'outputFacts').click();
      await offered(name).first().waitFor({ timeout: 2_000 });
    });

  it('offers the facts of the operation, also once another operation is chosen', async () => {
    // n8n loads the list anew only where it can resolve every expression of the node.
    const parameters = { ...READ.parameters, user_id: AMARA, output: 'selected' };
    await open([START, { ...READ, parameters }], 'Plaid Check');
    await openFacts('Account Count');
    for (const name of ['Account Count', 'Item Count']) await offered(name).first().click();
    expect(await field(page, 'outputFacts').innerText()).toMatch(/Account Count\s+Item Count/);
    await page.keyboard.press('Tab');

    await choose(page, 'operation', 'Get LendScore');
    await openFacts('LendScore');
    expect(await offered('Days Available').count()).toBe(0);
  });
});

/** The options, which come after all other fields. */
const addOption = (name: string) => addField(groups(page, 'Options').last(), name);

describe('Include Input Fields', () => {
  it('passes all fields on as it is added, and those that are picked', async () => {
    // Few fields: n8n's table has 40 columns at most.
    const parameters = { resource: 'user', operation: 'get', user_id: AMARA };
    await open([START, APPLICANT, { ...READ, parameters }], 'Plaid Check');
    await page.getByTestId('execute-previous-node').click();
    await page
      .getByTestId('ndv-input-panel')
      .locator('[data-node-name="Applicant"][data-path=".name"]')
      .waitFor();
    await addOption('Include Input Fields');
    const option = 'options.includeInputFields.values';
    expect(await shownFields(page)).toContain(`${option}.include`);
    expect(await shownFields(page)).not.toContain(`${option}.fieldsToInclude`);
    await executeStep(page);
    await documentationScreenshot(page, 'include-input-fields');
    expect(await columns()).toEqual(
      expect.arrayContaining(['name', 'loan_amount', 'user_id', 'input_request_id']),
    );

    await choose(page, `${option}.include`, 'Selected');
    await fill(page, `${option}.fieldsToInclude`, 'name,loan_amount');
    await executeStep(page);
    const shown = await columns();
    expect(shown.slice(0, 2)).toEqual(['name', 'loan_amount']);
    expect(shown).not.toContain('input_request_id');
  });
});

/** The names at the top of the output's table. */
async function columns(): Promise<string[]> {
  const output = outputPanel(page);
  await output.hover();
  await output.getByTestId('radio-button-table').click();
  const heads = output.locator('thead th');
  await heads.first().waitFor();
  const names = await heads.allInnerTexts();
  return names.map((name) => name.trim()).filter((name) => name !== '');
}

describe('Leave Out Personal Data', () => {
  const OWNER = 'Okafor';

  it('acts as it is added, and n8n keeps nothing of it', async () => {
    const parameters = { resource: 'user', operation: 'get', user_id: AMARA };
    await open([START, { ...READ, parameters }], 'Plaid Check');
    await executeStep(page);
    expect(await savedData()).toContain(OWNER);

    await addOption('Leave Out Personal Data');
    const option = field(page, 'options.leaveOutPersonalData');
    await option.waitFor();
    expect(await option.locator('.is-checked').count()).toBe(1);
    await executeStep(page);
    await documentationScreenshot(page, 'leave-out-personal-data');
    const without = await savedData();
    expect(without).toContain('client_user_id');
    expect(without).not.toContain(OWNER);
  });
});
