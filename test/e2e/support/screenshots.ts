import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { PROJECT } from '../../../launcher/paths';
import { settled } from './settled';
import { until } from './until';

/**
 * Takes a picture for docs/images: when there is none of that name yet, or all of them anew with
 * `UPDATE_SCREENSHOTS=1`. Otherwise a run leaves the folder as it is.
 * @param name of the file, without `.png`
 */
export async function documentationScreenshot(page: Page, name: string): Promise<void> {
  const path = join(PROJECT, 'docs', 'images', `${name}.png`);
  if (existsSync(path) && !process.env.UPDATE_SCREENSHOTS) return;
  await closeMessages(page);
  await page.mouse.move(0, 0);
  await settled(page);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
}

/** The messages n8n shows in a corner for a while. */
async function closeMessages(page: Page): Promise<void> {
  const messages = page.locator('.el-notification');
  // From the last one, as a closed one makes those after it move up.
  for (const message of (await messages.all()).reverse()) {
    await message.locator('.el-notification__closeBtn').click();
  }
  await until(async () => {
    if ((await messages.count()) > 0) throw new Error('A message of n8n covers the page');
  });
}
