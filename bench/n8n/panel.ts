import Table from 'cli-table3';
import type { Page } from 'playwright-core';

import type { Editor } from '../../launcher/index';
import { openBrowser } from '../../test/e2e/support/chromium';
import { median } from '../figures';
import { makeWorkflow } from './workflows';

/**
 * How long the editor takes to open the panel of this node, and of nodes of n8n's own, from the double-click until the
 * fields are drawn. The nodes take turns, so that other load affects all of them alike.
 */

const RUNS = 9;

const NODES = [
  { name: 'Plaid Check', type: 'n8n-nodes-plaid-check.plaidCheck', typeVersion: 1 },
  { name: 'Slack', type: 'n8n-nodes-base.slack', typeVersion: 2.3 },
  { name: 'Stripe', type: 'n8n-nodes-base.stripe', typeVersion: 1 },
  { name: 'Google Sheets', type: 'n8n-nodes-base.googleSheets', typeVersion: 4.6 },
] as const;

const REFERENCE = 'Slack';

/** As a multiple of the reference. */
const WANTED = 1.3;

export interface Opening {
  name: string;
  /** ms of each */
  all: number[];
}

export async function measurePanel(editor: Editor): Promise<Opening[]> {
  const browser = await openBrowser();
  try {
    const { url, rest } = editor;
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      baseURL: url,
    });
    const [name = '', value = ''] = rest.cookie.split(/=(.*)/);
    await context.addCookies([{ name, value, url }]);
    const page = await context.newPage();
    await page.goto(`/workflow/${await makeWorkflow(editor, 'Panels', NODES, false)}`);
    return await openings(page);
  } finally {
    await browser.close();
  }
}

/** ms of each opening by node; the first round, in which the editor loads its own parts, does not count. */
async function openings(page: Page): Promise<Opening[]> {
  const times = NODES.map(({ name }): Opening => ({ name, all: [] }));
  for (let run = 0; run <= RUNS; run++) {
    for (const { name, all } of times) {
      const ms = await openingOf(page, name);
      if (run > 0) all.push(ms);
    }
  }
  return times;
}

async function openingOf(page: Page, name: string): Promise<number> {
  const node = page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
  await node.waitFor();
  const start = performance.now();
  await node.dblclick();
  await page
    .locator('[data-test-id="node-parameters"] [data-parameter-path]:visible')
    .first()
    .waitFor();
  // What is still to be drawn is drawn before the page has time for this.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
  const ms = performance.now() - start;
  await page.locator('[data-test-id="ndv-close-button"]').click();
  await page.locator('[data-test-id="ndv"]').waitFor({ state: 'hidden' });
  return ms;
}

export function panelTable(openings: readonly Opening[]): string {
  const reference = median(openings.find(({ name }) => name === REFERENCE)?.all ?? []);
  const table = new Table({
    head: ['panel of', 'median (least to most)', `ratio to ${REFERENCE}`, 'wanted'],
    style: { head: [], border: [] },
  });
  for (const { name, all } of openings) {
    const ratio = median(all) / reference;
    const wanted = `<= ${WANTED}: ${ratio <= WANTED ? 'held' : 'NOT HELD'}`;
    const range = `${Math.min(...all).toFixed(0)} to ${Math.max(...all).toFixed(0)}`;
    table.push([
      name,
      `${median(all).toFixed(0)} ms (${range})`,
      ratio.toFixed(2),
      name === NODES[0].name ? wanted : '',
    ]);
  }
  return table.toString();
}
