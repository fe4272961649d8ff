import type { Page } from 'playwright-core';
import { openPage } from './support/browser';
import { executeStep, savedData } from './support/execution';
import { addField, choose, chooseAll, fill, groups } from './support/parameters';
import { askPlaid } from './support/plaid';
import { editor } from './support/shared';
import { openPlaidCheck } from './support/workflows';

/** An operation of each resource, filled in by hand as a person does it, and what reaches Plaid. */

const AMARA = 'usr_demo_amara_okafor';

const additional = (page: Page) => groups(page, 'Additional Fields').first();

/** A user as integrations with user tokens create it. */
async function userToken(): Promise<string> {
  const { user_token } = await askPlaid('/user/create', {
    client_user_id: 'borrower-of-old',
    consumer_report_user_identity: {
      first_name: 'Ines',
      last_name: 'Ortega',
      phone_numbers: ['+14155550144'],
      emails: ['ines@example.com'],
      date_of_birth: '1980-02-03',
      primary_address: {
        street: '1 Main Street',
        city: 'Austin',
        region: 'TX',
        postal_code: '78701',
        country: 'US',
      },
    },
  });
  return String(user_token);
}

interface ByHand {
  resource: string;
  operation: string;
  path: string;
  /** Fills the form in, and says what should be sent. */
  fillIn: (page: Page) => Promise<object>;
}

const BY_HAND: ByHand[] = [
  {
    resource: 'User',
    operation: 'Create',
    path: '/user/create',
    async fillIn(page) {
      await fill(page, 'client_user_id', 'applicant-77');
      await addField(additional(page), 'Identity');
      await addField(groups(page, 'Additional Identity Fields'), 'Name');
      const name = 'additionalFields.identity.values.additionalFields.name.values';
      await fill(page, `${name}.given_name`, 'Ada');
      await fill(page, `${name}.family_name`, 'Nowak');
      return {
        client_user_id: 'applicant-77',
        identity: { name: { given_name: 'Ada', family_name: 'Nowak' } },
      };
    },
  },
  {
    resource: 'Link Token',
    operation: 'Create',
    path: '/link/token/create',
    async fillIn(page) {
      await fill(page, 'user_id', AMARA);
      await fill(page, 'client_name', 'Example Lender');
      await chooseAll(page, 'country_codes', ['United States']);
      // Nothing is set in it, and still it says that Plaid is to host the page.
      await addField(additional(page), 'Hosted Link');
      return {
        user_id: AMARA,
        client_name: 'Example Lender',
        language: 'en',
        country_codes: ['US'],
        hosted_link: {},
      };
    },
  },
  {
    resource: 'Loan',
    operation: 'Register',
    path: '/cra/loans/register',
    async fillIn(page) {
      const token = await userToken();
      editor().sandbox.clearRequests();
      const loan = 'loans.values[0]';
      await fill(page, `${loan}.user_token`, token);
      await fill(page, `${loan}.loan_id`, 'loan-2026-00417');
      await choose(page, `${loan}.type`, 'Personal');
      await choose(page, `${loan}.payment_schedule`, 'Monthly');
      await fill(page, `${loan}.opened_date`, '2026-11-02');
      await choose(page, `${loan}.opened_with_status__status`, 'Booked');
      await fill(page, `${loan}.opened_with_status__date`, '2026-11-03');
      return {
        loans: [
          {
            user_token: token,
            loan_id: 'loan-2026-00417',
            type: 'PERSONAL',
            payment_schedule: 'MONTHLY',
            opened_date: '2026-11-02',
            opened_with_status: { status: 'BOOKED', date: '2026-11-03' },
          },
        ],
      };
    },
  },
  {
    resource: 'Servicing',
    operation: 'Create Subscription',
    path: '/cra/servicing/subscription/create',
    async fillIn(page) {
      await fill(page, 'user_id', AMARA);
      await choose(page, 'scope', 'Client User');
      await choose(page, 'products.values[0].product', 'Income Insights');
      await fill(page, 'products.values[0].version', 'V1');
      return {
        user_id: AMARA,
        scope: 'CLIENT_USER',
        products: [{ product: 'cra_income_insights', version: 'V1' }],
      };
    },
  },
  {
    resource: 'Partner Sharing',
    operation: 'Introspect',
    path: '/oauth/introspect',
    async fillIn(page) {
      await fill(page, 'token', 'a-token-nobody-knows');
      return { token: 'a-token-nobody-knows' };
    },
  },
  {
    resource: 'Partner Insights (Legacy)',
    operation: 'Get',
    path: '/cra/partner_insights/get',
    async fillIn(page) {
      const token = await userToken();
      editor().sandbox.clearRequests();
      await fill(page, 'user_token', token);
      await choose(page, 'output', 'Simplified');
      return { user_token: token };
    },
  },
  {
    resource: 'Sandbox',
    operation: 'Create Public Token',
    path: '/sandbox/public_token/create',
    async fillIn(page) {
      await fill(page, 'user_id', AMARA);
      await chooseAll(page, 'initial_products', ['Base Report']);
      return {
        user_id: AMARA,
        institution_id: 'ins_109508',
        initial_products: ['cra_base_report'],
      };
    },
  },
];

let page: Page;

beforeEach(async () => {
  editor().sandbox.reset();
  page = await openPage();
  await openPlaidCheck(page);
});

afterEach(() => page.context().close());

it.each(BY_HAND.map((one) => [`${one.resource}: ${one.operation}`, one] as const))(
  '%s, filled in by hand, reaches Plaid as it was filled in',
  async (_, { resource, operation, path, fillIn }) => {
    await choose(page, 'resource', resource);
    await choose(page, 'operation', operation);
    const json = await fillIn(page);
    await executeStep(page);

    const { requests } = editor().sandbox;
    expect(requests.map((one) => ({ path: one.path, status: one.status, json: one.json }))).toEqual(
      [{ path, status: 200, json }],
    );
    // The views draw only what is in sight, and IDs come last.
    expect(await savedData()).toContain(requests[0]?.requestId ?? 'no request');
  },
);
