import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { KEPT } from '../../launcher/paths';
import { openPage } from './support/browser';
import { executeStep, outputPanel } from './support/execution';
import { editor } from './support/shared';
import { settled } from './support/settled';
import { openPlaidCheck } from './support/workflows';

/** Pictures to look at, beside those of failed tests. */
const PICTURES = join(KEPT, 'pictures');

const USER = 'usr_demo_amara_okafor';

const purpose = { consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT' };

/** Forms with much in them, and what comes of Execute Step. */
const FORMS: Readonly<Record<string, object>> = {
  identity: {
    resource: 'user',
    operation: 'create',
    client_user_id: 'applicant-1',
    additionalFields: {
      identity: {
        values: {
          emails: { values: [{ data: 'amara@example.com', primary: true }] },
          phone_numbers: { values: [{ data: '+14155550123', primary: true }] },
          addresses: { values: [{ street_1: '1 Main Street', city: 'Oakland', country: 'US' }] },
        },
      },
    },
  },
  'several problems': {
    resource: 'checkReport',
    operation: 'create',
    user_id: 'someone',
    ...purpose,
    webhook: 'http://example.com/plaid',
    options: { ifReportExists: { values: {} }, waitUntilReady: { values: {} } },
  },
  'current API': {
    resource: 'report',
    operation: 'get',
    user_id: USER,
    products: {
      values: [{ product: { __rl: true, mode: 'id', value: 'cra_base_report' }, version: 'V1' }],
    },
    decision_stage: 'DECISIONING',
    ...purpose,
    options: { includeInputFields: { values: {} }, retry: { values: {} } },
  },
};

let page: Page;

beforeAll(() => mkdir(PICTURES, { recursive: true }));
beforeEach(() => editor().sandbox.reset());
afterEach(() => page.context().close());

/** By how many pixels the content of a panel is wider than the panel. */
const tooWide = (panel: Locator) =>
  panel.evaluate((element) => Math.max(0, element.scrollWidth - element.clientWidth));

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  describe.each([1440, 1280])('at %i pixels', (width) => {
    it.each(Object.entries(FORMS))('%s fits its panels', async (name, parameters) => {
      page = await openPage({ colorScheme, viewport: { width, height: 900 } });
      await openPlaidCheck(page, parameters);
      await executeStep(page);
      await settled(page);
      expect(await tooWide(page.getByTestId('node-parameters'))).toBe(0);
      expect(await tooWide(outputPanel(page))).toBe(0);
      const file = `${name.replaceAll(' ', '-')}-${colorScheme}-${width}.png`;
      await page.screenshot({ path: join(PICTURES, file), animations: 'disabled', caret: 'hide' });
    });
  });
});
