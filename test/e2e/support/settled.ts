import type { BrowserContext, Page } from 'playwright-core';

/** ms; n8n's input boxes wait less than this, its background work waits longer. */
const SHORT = 600;

const COUNT_TIMERS = `(() => {
  const { setTimeout: start, clearTimeout: stop } = window;
  const pending = new Set();
  window.setTimeout = (run, after = 0, ...args) => {
    const id = start(() => {
      pending.delete(id);
      if (typeof run === 'function') run(...args);
    }, after);
    if (after < ${SHORT}) pending.add(id);
    return id;
  };
  window.clearTimeout = (id) => {
    pending.delete(id);
    stop(id);
  };
  window.shortTimersPending = () => pending.size;
})()`;

/** Makes `settled` work for the pages of a browser profile. */
export async function watchTimers(context: BrowserContext): Promise<void> {
  await context.addInitScript({ content: COUNT_TIMERS });
}

/**
 * Waits until the page has done what it put off for a moment. n8n takes over what is typed into a
 * field only after a short rest of the keyboard; a person's hand on its way to the mouse is slow
 * enough for that, a test's is not.
 */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction('window.shortTimersPending() === 0');
}
