import { existsSync } from 'node:fs';
import {
  chromium,
  selectors,
  type Browser,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import { watchTimers } from './settled';
import { editor, shared } from './shared';

/** Where systems keep Chromium or Chrome. `CHROMIUM_PATH` overrides. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

const ARGS = [
  // Containers run as root, where Chromium's own sandbox does not start; only the local n8n is opened.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** ms a page may take for one step; the machine may be slow. */
const STEP_MS = 30_000;

// n8n's name for it.
selectors.setTestIdAttribute('data-test-id');

/** What the pages of a test file are opened in: started for its first page, closed after its last test. */
let browser: Promise<Browser> | undefined;

afterAll(async () => {
  await (await browser)?.close();
});

/** Starts the system's browser, without a window. */
async function openBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? PLACES.find((place) => existsSync(place));
  if (!executablePath) {
    throw new Error('No Chromium found: install it, or set CHROMIUM_PATH to a Chromium or Chrome');
  }
  return chromium.launch({ executablePath, args: ARGS, headless: true });
}

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
