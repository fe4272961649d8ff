import type { Page } from 'playwright-core';
import { openPage } from './support/browser';
import { executeStep, shownOutput } from './support/execution';
import { addField, choose, field, fill, groups, shownValue, toggle } from './support/parameters';
import { settled } from './support/settled';
import { editor } from './support/shared';
import { openPlaidCheck } from './support/workflows';

/** What a person has filled in stays, or the form says that it does not. */

const USER = 'usr_demo_amara_okafor';
const CREATE = {
  resource: 'checkReport',
  operation: 'create',
  consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
  webhook: 'https://example.com/plaid',
};

let page: Page;

beforeEach(async () => {
  editor().sandbox.reset();
  page = await openPage({ viewport: { width: 1440, height: 1100 } });
});

afterEach(() => page.context().close());

/** Replaces what the JSON field holds; as a paste, since the field would close each bracket that is typed. */
async function pasteJson(text: string): Promise<void> {
  const box = field(page, 'jsonBody').locator('.cm-content');
  await box.click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
  await settled(page);
}

const received = () => editor().sandbox.requests.map(({ json }) => json);

describe('from the form to JSON', () => {
  it('the form says how to keep what is filled in, and the body of a preview is the same request', async () => {
    await openPlaidCheck(page, CREATE);
    await page.getByText('Switching discards what is filled in').waitFor();
    await fill(page, 'user_id', USER);
    await fill(page, 'days_requested', 240);
    await addField(groups(page, 'Additional Fields').first(), 'Client Report ID');
    await fill(page, 'additionalFields.client_report_id', 'loan-17');
    await addField(groups(page, 'Options').last(), 'Preview Request');
    await executeStep(page);
    const [preview] = (await shownOutput(page)) as [{ body: object }];
    expect(received()).toEqual([]);

    await choose(page, 'specifyRequest', 'Using JSON');
    await page.getByText('Switching discards what is filled in').waitFor();
    await pasteJson(JSON.stringify(preview.body));
    await toggle(page, 'options.previewRequest');
    await executeStep(page);
    const { consumer_report_permissible_purpose, webhook } = CREATE;
    expect(received()).toEqual([
      {
        user_id: USER,
        consumer_report_permissible_purpose,
        webhook,
        days_requested: 240,
        client_report_id: 'loan-17',
      },
    ]);
  });
});

describe('from one operation to another', () => {
  it('a field of the same meaning keeps its value, across resources', async () => {
    await openPlaidCheck(page, CREATE);
    await fill(page, 'user_id', USER);
    await choose(page, 'resource', 'Check Report');
    await choose(page, 'operation', 'Get');
    expect(await shownValue(page, 'user_id')).toBe(USER);
    expect(await shownValue(page, 'consumer_report_permissible_purpose')).toBe(
      'Extension of Credit',
    );
  });
});
