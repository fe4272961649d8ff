import type { Page } from 'playwright-core';
import { openPage } from './support/browser';
import { choose, fill, groups, shownFields, shownValue } from './support/parameters';
import { until } from './support/until';
import { openPlaidCheck } from './support/workflows';

const PICKERS = ['resource', 'operation', 'specifyRequest'];

/** What a person sees for each operation, from top to bottom. */
const OPERATIONS = [
  {
    resource: 'Check Report (Legacy API)',
    operation: 'Create',
    fields: [
      ...PICKERS,
      'identifyUserBy',
      'user_id',
      'consumer_report_permissible_purpose',
      'days_requested',
      'webhook',
    ],
    additional: [
      'Base Report',
      'Cashflow Insights',
      'Client Report ID',
      'Days Required',
      'Include Investments',
      'Income Insights',
      'LendScore',
      'Network Insights',
      'Partner Insights',
      'Products',
    ],
  },
  {
    resource: 'Credit Profile',
    operation: 'Get Report',
    fields: [
      ...PICKERS,
      'user_id',
      'consumer_report_permissible_purpose',
      'client_report_id',
      'inquiry_type',
      'report_type',
      'version',
      'output',
    ],
    additional: [],
  },
  {
    resource: 'Monitoring (Legacy)',
    operation: 'Get Insights',
    fields: [
      ...PICKERS,
      'identifyUserBy',
      'user_id',
      'consumer_report_permissible_purpose',
      'output',
    ],
    additional: [],
  },
  {
    resource: 'Check Report (Legacy API)',
    operation: 'Get Partner Insights',
    fields: [...PICKERS, 'identifyUserBy', 'user_id', 'output'],
    additional: ['Partner Insights', 'Partner Insights Options (Deprecated)', 'User Tier'],
  },
];

let page: Page;

beforeEach(async () => {
  page = await openPage();
  await openPlaidCheck(page, { resource: 'checkReport', operation: 'create' });
});

afterEach(() => page.context().close());

async function additionalFields(): Promise<string[]> {
  const group = groups(page, 'Additional Fields');
  if ((await group.count()) === 0) return [];
  await group.getByTestId('collection-parameter-add').click();
  const choices = page.locator('.el-select-dropdown__item:visible');
  await choices.first().waitFor();
  const names = await choices.allInnerTexts();
  await group.getByTestId('collection-parameter-add').click();
  await choices.first().waitFor({ state: 'hidden' });
  return names;
}

describe('Changing the operation', () => {
  it("shows that operation's fields and no others, and keeps what they share", async () => {
    await fill(page, 'user_id', 'usr_demo_mei_lin');
    await choose(page, 'consumer_report_permissible_purpose', 'Written Instruction (Other)');
    for (const { resource, operation, fields, additional } of OPERATIONS) {
      await choose(page, 'resource', resource);
      await choose(page, 'operation', operation);
      await until(async () => expect(await shownFields(page)).toEqual(fields));
      expect(await additionalFields()).toEqual(additional);
      expect(await shownValue(page, 'user_id')).toBe('usr_demo_mei_lin');
      if (fields.includes('consumer_report_permissible_purpose')) {
        expect(await shownValue(page, 'consumer_report_permissible_purpose')).toBe(
          'Written Instruction (Other)',
        );
      }
    }
  });

  it('leaves only the JSON editor where the request is given as JSON, and the fields come back', async () => {
    await choose(page, 'specifyRequest', 'Using JSON');
    await until(async () => expect(await shownFields(page)).toEqual([...PICKERS, 'jsonBody']));
    expect(await groups(page, 'Additional Fields').count()).toBe(0);
    await choose(page, 'specifyRequest', 'Using Fields');
    await until(async () => expect(await shownFields(page)).toEqual(OPERATIONS[0]?.fields));
  });
});
