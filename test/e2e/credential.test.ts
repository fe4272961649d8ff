import type { Locator, Page } from 'playwright-core';
import { openPage } from './support/browser';
import { settled } from './support/settled';
import { editor } from './support/shared';
import { openPlaidCheck } from './support/workflows';

let page: Page;

beforeEach(async () => {
  page = await openPage();
  await openPlaidCheck(page);
  await page.getByTestId('node-credentials-select').click();
  await page.getByTestId('node-credentials-select-item-new').click();
  await dialog().waitFor();
});

afterEach(() => page.context().close());

const dialog = () => page.locator('.el-dialog[data-test-id="editCredential-modal"]');
const input = (name: string): Locator =>
  dialog().locator(`[data-parameter-path="${name}"]`).locator('input');
const named = (name: string) => dialog().getByText(name, { exact: true });

async function fillIn(secret: string): Promise<void> {
  const { sandbox } = editor();
  await dialog().locator('[data-parameter-path="environment"]').click();
  await page
    .locator('.el-select-dropdown__item:visible')
    .filter({ hasText: 'Custom Base URL' })
    .click();
  await input('customBaseUrl').fill(sandbox.url);
  await input('clientId').fill(sandbox.clientId);
  await input('secret').click();
  await page.keyboard.type(secret);
  await settled(page);
}

async function save(): Promise<string> {
  const [answer] = await Promise.all([
    page.waitForResponse(
      (response) =>
        response.url().endsWith('/rest/credentials') && response.request().method() === 'POST',
    ),
    dialog().getByTestId('credential-save-button').click(),
  ]);
  const { data } = (await answer.json()) as { data: { id: string } };
  return data.id;
}

describe('The credential screen', () => {
  it('says so when Plaid accepts the keys', async () => {
    await fillIn(editor().sandbox.secret);
    await save();
    // Saving a credential that works closes the dialog; opening it again shows the result of the test.
    await dialog().waitFor({ state: 'hidden' });
    await page.getByTestId('credential-edit-button').click();
    await named('Connection tested successfully').waitFor();
  });

  it("shows Plaid's message when the keys are wrong", async () => {
    await fillIn('not-the-secret');
    await save();
    await dialog().getByText('More details').click();
    await dialog().getByText('invalid client_id or secret provided').waitFor();
    expect(await dialog().innerText()).not.toContain('Connection tested successfully');
    expect(await dialog().innerText()).not.toContain('not-the-secret');
  });

  it('masks the secret and does not give it back', async () => {
    const { rest, sandbox } = editor();
    await fillIn(sandbox.secret);
    expect(await input('secret').getAttribute('type')).toBe('password');
    const id = await save();
    await dialog().waitFor({ state: 'hidden' });

    const saved = await rest.call<{ data: Record<string, string> }>(
      'GET',
      `/rest/credentials/${id}?includeData=true`,
    );
    expect(saved.data.clientId).toBe(sandbox.clientId);
    expect(saved.data.secret).toBeTruthy();
    expect(JSON.stringify(saved)).not.toContain(sandbox.secret);

    await page.getByTestId('credential-edit-button').click();
    await input('secret').waitFor();
    expect(await input('secret').getAttribute('type')).toBe('password');
    expect(await page.content()).not.toContain(sandbox.secret);
    expect(await input('secret').inputValue()).not.toBe(sandbox.secret);
  });
});
