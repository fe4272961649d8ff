import type { Page } from 'playwright-core';
import { editor } from './shared';

/** Signs in by the form, as the owner of the editor does. */
export async function signIn(page: Page): Promise<void> {
  const { email, password } = editor();
  await page.goto('/signin');
  await page.locator('input[type="email"], input[name="emailOrLdapLoginId"]').fill(email);
  await page.locator('input[type="password"]').fill(password);
  await page.getByTestId('form-submit-button').click();
  await page.waitForURL(/\/home\/|\/workflow/);
}
