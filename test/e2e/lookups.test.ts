import type { Locator, Page } from 'playwright-core';
import { openPage } from './support/browser';
import { executeStep } from './support/execution';
import { choose, fill } from './support/parameters';
import { askPlaid } from './support/plaid';
import { editor } from './support/shared';
import { openPlaidCheck } from './support/workflows';

/** Drop-downs that only Plaid can fill, opened and picked from by hand. */

const WALTER = 'usr_demo_walter_novak';

let page: Page;

beforeEach(async () => {
  editor().sandbox.reset();
  page = await openPage();
  await openPlaidCheck(page);
});

afterEach(() => page.context().close());

const opened = (): Locator => page.getByTestId('rlc-item');

/** The last request, which the button of the node has sent. */
const sent = () => editor().sandbox.requests.at(-1);

it("a user's Items are listed by bank, and the chosen one is sent", async () => {
  await choose(page, 'resource', 'User');
  await choose(page, 'operation', 'Remove Items');
  await fill(page, 'user_id', WALTER);
  const { items } = await askPlaid('/user/items/get', { user_id: WALTER });
  const [item] = items as { item_id: string; institution_name: string }[];

  await page.getByTestId('rlc-input').click();
  const choice = opened().filter({ hasText: item?.item_id });
  await choice.waitFor();
  expect(await choice.innerText()).toContain(item?.institution_name);
  await choice.click();
  await executeStep(page);
  expect(sent()).toMatchObject({
    path: '/user/items/remove',
    status: 200,
    json: { user_id: WALTER, item_ids: [item?.item_id] },
  });
});

it('servicing subscriptions are found by the user ID in the search box', async () => {
  const { subscription_id } = await askPlaid('/cra/servicing/subscription/create', {
    user_id: WALTER,
    scope: 'CLIENT_USER',
    products: [{ product: 'cra_base_report', version: 'V1' }],
  });
  await choose(page, 'resource', 'Servicing');
  await choose(page, 'operation', 'Get Subscription');
  await page.getByTestId('rlc-input').click();
  await page.getByTestId('rlc-search').fill(WALTER);
  const choice = opened().filter({ hasText: String(subscription_id) });
  await choice.waitFor();
  expect(await choice.innerText()).toContain('cra_base_report');
  await choice.click();
  await executeStep(page);
  expect(sent()).toMatchObject({
    path: '/cra/servicing/subscription/get',
    status: 200,
    json: { subscription_id },
  });
});
