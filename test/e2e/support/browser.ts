import { selectors, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { openBrowser } from './chromium';
import { watchTimers } from './settled';
import { editor, shared } from './shared';

/** ms a page may take for one step; the machine may be slow. */
const STEP_MS = 30_000;

// n8n's name for it.
selectors.setTestIdAttribute('data-test-id');

/** What the pages of a test file are opened in: started for its first page, closed after its last test. */
let browser: Promise<Browser> | undefined;

afterAll(async () => {
  await (await browser)?.close();
});

/** A fresh page in a browser profile of its own, signed in to the editor; 1280 x 900 unless told otherwise. */
export async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  const { url, rest } = editor();
  const opened = await (browser ??= openBrowser());
  const context = await opened.newContext({
    viewport: { width: 1280, height: 900 },
    baseURL: url,
    ...options,
  });
  context.setDefaultTimeout(STEP_MS);
  await watchTimers(context);
  // Signing in anew for each page would soon meet n8n's limit for it.
  const [name = '', value = ''] = rest.cookie.split(/=(.*)/);
  await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  shared().page = page;
  return page;
}
