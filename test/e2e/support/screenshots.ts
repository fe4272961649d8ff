import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { PROJECT } from '../../../editor/paths';

/**
 * Takes a picture for docs/images: when there is none of that name yet, or all of them anew with
 * `UPDATE_SCREENSHOTS=1`. Otherwise a run leaves the folder as it is.
 * @param name of the file, without `.png`
 */
export async function documentationScreenshot(target: Page | Locator, name: string): Promise<void> {
  const path = join(PROJECT, 'docs', 'images', `${name}.png`);
  if (existsSync(path) && !process.env.UPDATE_SCREENSHOTS) return;
  await target.screenshot({ path, animations: 'disabled', caret: 'hide' });
}
