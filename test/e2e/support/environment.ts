import type { Circus } from '@jest/types';
import { TestEnvironment } from 'jest-environment-node';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { KEPT } from '../../../launcher/paths';
import { shared, shareWith } from './shared';

const SCREENSHOTS = join(KEPT, 'failed-tests');

/** Hands the running editor to each test file, and keeps a screenshot of where a test failed. */
export default class E2eEnvironment extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    shareWith(this.global as unknown as typeof globalThis);
  }

  async handleTestEvent(event: Circus.AsyncEvent): Promise<void> {
    if (event.name !== 'test_fn_failure') return;
    const { page } = shared();
    if (!page || page.isClosed()) return;
    await mkdir(SCREENSHOTS, { recursive: true });
    const path = join(SCREENSHOTS, `${event.test.name.replace(/[^\w]+/g, '-')}.png`);
    await page.screenshot({ path });
    console.log(`Screenshot of the failed test: ${path}`);
  }
}
