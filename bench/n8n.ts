import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import type { Browser, Page } from 'playwright-core';

import { startEditor, type Editor } from '../launcher/index';
import { openBrowser } from '../test/e2e/support/chromium';
import { median } from './figures';

/**
 * `npm run bench:n8n`: how long the editor of a real n8n takes to open the panel of this node, and of nodes of n8n's own,
 * from the double-click until the fields are drawn. The nodes take turns, so that other load affects all of them alike.
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

async function main(): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'plaid-check-bench-'));
  let editor: Editor | undefined;
  let browser: Browser | undefined;
  try {
    editor = await startEditor({ home, tell: (line) => console.error(line) });
    browser = await openBrowser();
    const page = await signedIn(browser, editor);
    await page.goto(`/workflow/${await makeWorkflow(editor)}`);
    console.log(tableOf(await openings(page)));
    const load = loadavg().map((one) => one.toFixed(1));
    console.log(
      `${new Date().toISOString()}, ${cpus().length} cores, load average ${load.join(' ')}`,
    );
  } finally {
    await browser?.close();
    await editor?.stop();
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function signedIn(browser: Browser, { url, rest }: Editor): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    baseURL: url,
  });
  const [name = '', value = ''] = rest.cookie.split(/=(.*)/);
  await context.addCookies([{ name, value, url }]);
  return context.newPage();
}

async function makeWorkflow({ rest }: Editor): Promise<string> {
  const nodes = NODES.map((node, index) => ({
    ...node,
    id: `node-${index}`,
    parameters: {},
    position: [index * 224, 0],
  }));
  const workflow = { name: 'Panels', settings: {}, connections: {}, nodes };
  return (await rest.call<{ id: string }>('POST', '/rest/workflows', workflow)).id;
}

/** ms of each opening by node; the first round, in which the editor loads its own parts, does not count. */
async function openings(page: Page): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>(NODES.map(({ name }) => [name, []]));
  for (let run = 0; run <= RUNS; run++) {
    for (const { name } of NODES) {
      const ms = await openingOf(page, name);
      if (run > 0) times.get(name)?.push(ms);
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

function tableOf(times: ReadonlyMap<string, readonly number[]>): string {
  const reference = median(times.get(REFERENCE) ?? []);
  const table = new Table({
    head: ['panel of', 'median (least to most)', `ratio to ${REFERENCE}`, 'wanted'],
    style: { head: [], border: [] },
  });
  for (const [name, all] of times) {
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

void main();
