import type { Locator, Page } from 'playwright-core';
import { openPage } from './support/browser';
import { until } from './support/until';
import { documentationScreenshot } from './support/screenshots';
import { canvasNode, makeWorkflow, openWorkflow, PLAID_CHECK, START } from './support/workflows';

async function openNodePanel(page: Page): Promise<void> {
  await openWorkflow(page, await makeWorkflow([START]));
  await page.getByTestId('node-creator-plus-button').click();
  await page.getByTestId('node-creator-search-bar').waitFor();
}

const results = (page: Page) => page.getByTestId('item-iterator-item');
const ours = (page: Page) => results(page).filter({ hasText: 'Plaid Check' });

describe('The node panel', () => {
  let page: Page;

  beforeAll(async () => {
    page = await openPage();
    await openNodePanel(page);
  });

  afterAll(() => page.context().close());

  it.each([
    'ultrafico',
    'partner insights',
    'credit profile',
    'plaid webhook',
    'webhook plaid',
    'plaid user',
    'bank data',
  ])('finds the node by "%s"', async (words) => {
    const search = page.getByTestId('node-creator-search-bar');
    // Something else first: what an earlier search found must not count.
    await search.fill('HTTP Request');
    await results(page).filter({ hasText: 'HTTP Request' }).first().waitFor();
    await search.fill('');
    await search.pressSequentially(words);
    await ours(page).waitFor();
    expect(await results(page).first().innerText()).toContain('Plaid Check');
  });

  it('lists the actions under the name a person searched for', async () => {
    await page.getByTestId('node-creator-search-bar').fill('ultrafico');
    await ours(page).click();
    const action = results(page).filter({ hasText: 'UltraFICO' });
    await action.waitFor();
    expect(await results(page).allInnerTexts()).toEqual(
      expect.arrayContaining([
        'Create a check report',
        'Create a check report (legacy)',
        'Get UltraFICO and Prism scores (legacy)',
        'Get a credit profile report',
        'Get monitoring insights (legacy)',
      ]),
    );
    await documentationScreenshot(page, 'node-panel');
  });

  it('puts the chosen action on the canvas, ready to be filled in', async () => {
    await results(page).filter({ hasText: 'UltraFICO' }).click();
    await page.getByTestId('ndv').waitFor();
    await expect(
      page.getByTestId('parameter-input-operation').locator('input').inputValue(),
    ).resolves.toBe('Get Partner Insights');
    await page.getByTestId('ndv-close-button').click();
    await canvasNode(page, 'Get UltraFICO and Prism scores (legacy)').waitFor();
  });
});

/** 0 until the browser has loaded and understood the file. */
const drawnWidth = (image: Locator): Promise<number> =>
  image.evaluate((element) => (element as unknown as { naturalWidth: number }).naturalWidth);

describe('The icon', () => {
  it.each([
    ['light', 'plaidCheck.svg'],
    ['dark', 'plaidCheck.dark.svg'],
  ] as const)('shows in the %s theme', async (colorScheme, file) => {
    const page = await openPage({ colorScheme });
    await openWorkflow(
      page,
      await makeWorkflow([START, { name: 'Plaid Check', type: PLAID_CHECK }]),
    );
    const onCanvas = canvasNode(page, 'Plaid Check').locator('img');
    await page.getByTestId('node-creator-plus-button').click();
    await page.getByTestId('node-creator-search-bar').fill('ultrafico');
    const inPanel = ours(page).locator('img').first();
    for (const icon of [onCanvas, inPanel]) {
      await icon.waitFor();
      expect(await icon.getAttribute('src')).toMatch(new RegExp(`/${file}$`));
      await until(async () => expect(await drawnWidth(icon)).toBeGreaterThan(0));
    }
    await documentationScreenshot(page, `node-panel-${colorScheme}`);
    await page.context().close();
  });
});
