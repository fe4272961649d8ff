import type { Page } from 'playwright-core';
import { openPage } from './support/browser';
import { executeStep } from './support/execution';
import { addField, choose, field, fill, groups, shownValue } from './support/parameters';
import { editor } from './support/shared';
import { openPlaidCheck } from './support/workflows';

/** What a person has filled in stays, as far as n8n lets a node keep it. */

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

const received = () => editor().sandbox.requests.map(({ json }) => json);

describe('from the form to JSON', () => {
  it('starts with what the form holds, says what is missing, and sends it', async () => {
    await openPlaidCheck(page, CREATE);
    await fill(page, 'user_id', USER);
    await fill(page, 'days_requested', 240);
    await choose(page, 'specifyRequest', 'Using JSON');
    await page.getByText('without Additional Fields').waitFor();
    await field(page, 'jsonBody')
      .getByText('consumer_report_permissible_purpose')
      .first()
      .waitFor();
    await executeStep(page);
    expect(received()).toEqual([
      {
        user_id: USER,
        consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
        days_requested: 240,
        webhook: 'https://example.com/plaid',
      },
    ]);
  });

  it('and back again keeps everything, and an untouched field its default', async () => {
    await openPlaidCheck(page, CREATE);
    await fill(page, 'user_id', USER);
    await addField(groups(page, 'Additional Fields').first(), 'Client Report ID');
    await fill(page, 'additionalFields.client_report_id', 'loan-17');
    await choose(page, 'specifyRequest', 'Using JSON');
    await choose(page, 'specifyRequest', 'Using Fields');
    await field(page, 'user_id').waitFor();
    expect(await shownValue(page, 'user_id')).toBe(USER);
    expect(await shownValue(page, 'days_requested')).toBe('365');
    expect(await shownValue(page, 'additionalFields.client_report_id')).toBe('loan-17');
    await executeStep(page);
    expect(received()).toMatchObject([{ user_id: USER, client_report_id: 'loan-17' }]);
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
