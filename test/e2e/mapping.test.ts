import type { Locator, Page } from 'playwright-core';
import { openPage } from './support/browser';
import { executeStep, outputPanel } from './support/execution';
import { field } from './support/parameters';
import { editor } from './support/shared';
import { until } from './support/until';
import { makeWorkflow, openNode, openWorkflow, PLAID_CHECK, START } from './support/workflows';

const APPLICANTS = Array.from({ length: 10 }, (_, index) => ({
  user_id: index % 2 ? 'usr_demo_mei_lin' : 'usr_demo_walter_novak',
  application: { id: `APP-${100 + index}` },
}));

let page: Page;

beforeEach(async () => {
  editor().sandbox.reset();
  page = await openPage();
  const workflow = await makeWorkflow([
    START,
    {
      name: 'Applicants',
      type: 'n8n-nodes-base.code',
      typeVersion: 2,
      parameters: { jsCode: `return ${JSON.stringify(APPLICANTS)};` },
    },
    {
      name: 'Plaid Check',
      type: PLAID_CHECK,
      parameters: {
        resource: 'creditProfile',
        operation: 'getReport',
        consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
        inquiry_type: 'SOFT_INQUIRY',
      },
    },
  ]);
  await openWorkflow(page, workflow);
  await openNode(page, 'Plaid Check');
});

afterEach(() => page.context().close());

/** A value in the input panel, by its path (`.application.id`). */
const inputValue = (path: string) =>
  page
    .getByTestId('ndv-input-panel')
    .locator(`[data-node-name="Applicants"][data-target="mappable"][data-path="${path}"]`);

async function drag(from: Locator, to: Locator): Promise<void> {
  await from.hover();
  await page.mouse.down();
  const box = await to.boundingBox();
  if (!box) throw new Error('There is nothing to drop on');
  // A few steps on the way, as a hand makes them: n8n follows the pointer.
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 20 });
  await page.mouse.up();
}

async function dragInto(path: string, valuePath: string, expression: string): Promise<void> {
  await drag(inputValue(valuePath), field(page, path));
  await until(async () => {
    expect(await field(page, path).locator('.cm-content').innerText()).toBe(expression);
  });
}

describe('Values of the previous node', () => {
  it('are dragged into fields, and each of ten items runs with its own', async () => {
    await page.getByTestId('execute-previous-node').click();
    await inputValue('.user_id').waitFor();
    await dragInto('user_id', '.user_id', '{{ $json.user_id }}');
    await dragInto('client_report_id', '.application.id', '{{ $json.application.id }}');
    await executeStep(page);

    expect(await outputPanel(page).getByTestId('run-data-item-count').innerText()).toBe('10 items');
    const sent = editor().sandbox.requests.map(({ path, status, json }) => ({
      path,
      status,
      json,
    }));
    const expected = APPLICANTS.map(({ user_id, application }) => ({
      path: '/cra/credit_profile/report/get',
      status: 200,
      json: {
        user_id,
        consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
        client_report_id: application.id,
        inquiry_type: 'SOFT_INQUIRY',
        report_type: 'QUALIFY',
        version: 'v1',
      },
    }));
    expect(sent).toHaveLength(expected.length);
    // Several requests are under way at a time, so they need not arrive in the items' order.
    expect(sent).toEqual(expect.arrayContaining(expected));
  });
});
