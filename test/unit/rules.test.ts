import type { JsonObject } from 'n8n-workflow';

import { findOperation } from '../../nodes/PlaidCheck/catalog/operations';
import { formatProblem, findProblems } from '../../nodes/PlaidCheck/fields/check';

/** What a request breaks that no single field of it shows. */
const linesFor = (resource: string, operation: string, body: JsonObject) =>
  findProblems(findOperation(resource, operation), { user_id: 'usr_1', ...body }).map(
    formatProblem,
  );

const PURPOSE = 'consumer_report_permissible_purpose';

describe.each(['getBaseReport', 'getIncomeInsights'])('%s', (operation) => {
  const lines = (body: JsonObject) => linesFor('checkReport', operation, body);

  test('needs a purpose for a named report, and only then', () => {
    const report_id = 'cra-report-sandbox-1';
    expect(lines({})).toEqual([]);
    expect(lines({ [PURPOSE]: 'ACCOUNT_REVIEW_CREDIT' })).toEqual([]);
    expect(lines({ report_id, [PURPOSE]: 'ACCOUNT_REVIEW_CREDIT' })).toEqual([]);
    expect(lines({ report_id })).toEqual([`${PURPOSE}: is required because report_id is set`]);
  });
});

describe('getHomeLendingPdf', () => {
  const lines = (body: JsonObject) => linesFor('checkReport', 'getHomeLendingPdf', body);

  test.each<JsonObject>([
    { reports_requested: ['voa'] },
    { reports_requested: ['income'] },
    { reports_requested: ['employment_refresh'] },
    { reports_requested: ['voa', 'income'] },
    { report_requested: 'voa' },
  ])('takes %j', (body) => {
    expect(lines(body)).toEqual([]);
  });

  test('needs one of the two fields that name the reports', () => {
    expect(lines({})).toEqual(['reports_requested: is required, or instead report_requested']);
    expect(lines({ reports_requested: ['voa'], report_requested: 'voa' })).toEqual([
      'report_requested: must be left out, as reports_requested is set and only one of them may be',
    ]);
  });

  test.each([[['voa', 'employment_refresh']], [['income', 'employment_refresh', 'voa']]])(
    'refuses %j in one PDF',
    (reports_requested) => {
      expect(lines({ reports_requested })).toEqual([
        'reports_requested: must not contain other values beside "employment_refresh"',
      ]);
    },
  );
});

describe('the products of a servicing subscription', () => {
  const lines = (products: JsonObject[], rest: JsonObject = {}) =>
    linesFor('servicing', 'createSubscription', { scope: 'CLIENT_USER', products, ...rest });
  const options = { income_insights_version: 'II2' };
  const baseReport = { product: 'cra_base_report', version: 'V1' };
  const income = { product: 'cra_income_insights', version: 'V1' };
  const qualify = { product: 'cra_qualify', version: 'V1' };

  test('have options for income insights alone', () => {
    expect(lines([baseReport, { ...income, options }, qualify])).toEqual([]);
    expect(lines([income, { ...baseReport, options }, { ...qualify, options: null }])).toEqual([
      'products[1].options: is allowed only if product is "cra_income_insights", got "cra_base_report"',
      'products[2].options: is allowed only if product is "cra_income_insights", got "cra_qualify"',
    ]);
  });

  test('may have options whose product is missing or wrong: that is what is said', () => {
    expect(lines([{ version: 'V1', options }])).toEqual([
      expect.stringMatching(/^products\[0\]\.product: is required/),
    ]);
    expect(lines([income, 'cra_qualify' as unknown as JsonObject])).toEqual([
      expect.stringMatching(/^products\[1\]: must be an object/),
    ]);
  });

  test('have no cadence where Qualify is among them', () => {
    expect(lines([baseReport, income], { cadence: 'DAILY' })).toEqual([]);
    expect(lines([baseReport, qualify], { cadence: null })).toEqual([]);
    expect(lines([baseReport, qualify], { cadence: 'DAILY' })).toEqual([
      'cadence: must be omitted or null because products contains "cra_qualify"',
    ]);
  });

  test('follow the same rule when they are changed', () => {
    const body = { subscription_id: 'cra-sub-1', products: [{ ...qualify, options }] };
    const update = findOperation('servicing', 'updateSubscription');
    expect(findProblems(update, body).map(formatProblem)).toEqual([
      'products[0].options: is allowed only if product is "cra_income_insights", got "cra_qualify"',
    ]);
  });
});

describe('createLinkToken', () => {
  const session = { client_name: 'Lender', language: 'en', country_codes: ['US'] };
  const user = { client_user_id: 'applicant-1' };
  const lines = (body: JsonObject) =>
    findProblems(findOperation('linkToken', 'create'), { ...session, ...body }).map(formatProblem);

  test('takes a user ID alone, and describes the person where there is none', () => {
    expect(lines({ user_id: 'usr_1' })).toEqual([]);
    expect(lines({ user_id: 'usr_1', user })).toEqual([]);
    expect(lines({ user_token: 'user-sandbox-1', user })).toEqual([]);
    expect(lines({ user_token: 'user-sandbox-1' })).toEqual([
      'user: is required because user_token is set',
    ]);
    expect(lines({ third_party_user_token: 'third-party-1' })).toEqual([
      'user: is required because third_party_user_token is set',
    ]);
    expect(lines({ user })).toEqual([
      'user_id: is required, or instead user_token or third_party_user_token',
    ]);
  });

  test('needs the base report and a purpose for the products of Plaid Check', () => {
    const [named, purpose] = [{ user_id: 'usr_1' }, { [PURPOSE]: 'EXTENSION_OF_CREDIT' }];
    const products = ['cra_base_report', 'cra_lend_score'];
    expect(lines({ ...named, ...purpose, products })).toEqual([]);
    expect(lines({ ...named, products: null })).toEqual([]);
    expect(lines({ ...named, products })).toEqual([
      `${PURPOSE}: is required because products contains "cra_base_report"`,
    ]);
    expect(lines({ ...named, ...purpose, products: ['cra_lend_score'] })).toEqual([
      'products: must include "cra_base_report" because it contains "cra_lend_score"',
    ]);
  });

  test('needs neither for other products, which only Extra Body Fields can name', () => {
    const body = { ...session, user_id: 'usr_1', products: ['auth'] };
    expect(
      findProblems(findOperation('linkToken', 'create'), body, { products: ['auth'] }),
    ).toEqual([]);
  });

  test('needs the address that Plaid is to deliver Link to', () => {
    const byText = { user_id: 'usr_1', hosted_link: { delivery_method: 'sms' } };
    const byEmail = { user_id: 'usr_1', hosted_link: { delivery_method: 'email' } };
    expect(lines({ user_id: 'usr_1', hosted_link: {} })).toEqual([]);
    expect(lines({ ...byText, user: { ...user, phone_number: '+14155550100' } })).toEqual([]);
    expect(lines({ ...byEmail, user: { ...user, email_address: 'ada@example.com' } })).toEqual([]);
    expect(lines({ ...byText, user })).toEqual([
      'user.phone_number: is required because delivery_method contains "sms"',
    ]);
    expect(lines(byEmail)).toEqual([
      'user.email_address: is required because delivery_method contains "email"',
    ]);
  });

  test('has each product in one list, and others only beside Products', () => {
    const named = { user_id: 'usr_1', [PURPOSE]: 'EXTENSION_OF_CREDIT' };
    const base = { ...named, products: ['cra_base_report'] };
    expect(lines({ ...base, optional_products: ['cra_lend_score'] })).toEqual([]);
    expect(lines({ ...base, additional_consented_products: ['cra_base_report'] })).toEqual([
      'additional_consented_products: must not contain "cra_base_report" because products contains it, too',
    ]);
    expect(lines({ ...named, optional_products: ['cra_lend_score'] })).toEqual([
      'products: is required because optional_products is set',
    ]);
  });

  test('returns to a page or to an app, and updates only users of its own', () => {
    const both = { redirect_uri: 'https://example.com/done', android_package_name: 'com.example' };
    expect(lines({ user_id: 'usr_1', ...both })).toEqual([
      'android_package_name: must be left out, as only one of redirect_uri or android_package_name may be set',
    ]);
    const update = { user: true, item_ids: ['item-1'] };
    expect(lines({ user_id: 'usr_1', update })).toEqual([]);
    expect(lines({ third_party_user_token: 'third-1', user, update })).toEqual([
      'update.user: is allowed only with user_id or user_token',
      'update.item_ids: is allowed only with user_id or user_token',
    ]);
  });

  test('holds the report to the same rules as Check Report (Legacy API): Create', () => {
    const home = { reports_requested: ['EMPLOYMENT_REFRESH'] };
    const cra_options = {
      days_requested: 90,
      days_required: 100,
      base_report: { home_lending_report_options: home },
    };
    expect(lines({ user_id: 'usr_1', cra_options })).toEqual([
      'cra_options.days_required: must be at most the value of days_requested (90), got 100',
      'cra_options.base_report.home_lending_report_options.employment_refresh_options: is required because reports_requested contains "EMPLOYMENT_REFRESH"',
    ]);
  });
});

describe('createSandboxPublicToken', () => {
  const lines = (options: JsonObject) =>
    linesFor('sandbox', 'createPublicToken', {
      institution_id: 'ins_109508',
      initial_products: ['cra_base_report'],
      options,
    });

  test('has statements from a day to a later one, and one source of income', () => {
    const sources = (...income_source_types: string[]) => ({
      income_verification: { income_source_types },
    });
    expect(lines({ statements: { start_date: '2026-01-01', end_date: '2026-01-01' } })).toEqual([]);
    expect(lines({ statements: { start_date: '2026-02-01', end_date: '2026-01-31' } })).toEqual([
      'options.statements.start_date: must not be after end_date (2026-01-31), got 2026-02-01',
    ]);
    expect(lines(sources('bank'))).toEqual([]);
    expect(lines(sources('bank', 'payroll'))).toEqual([
      'options.income_verification.income_source_types: must have at most one entry, got 2',
    ]);
  });
});

describe('createOAuthToken', () => {
  const lines = (body: JsonObject) =>
    findProblems(findOperation('partnerSharing', 'createOAuthToken'), body).map(formatProblem);
  const exchange = { grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange' };

  test('needs for each grant what Plaid lists for it', () => {
    expect(lines({ grant_type: 'client_credentials' })).toEqual([]);
    expect(lines({ grant_type: 'refresh_token', refresh_token: 'pdr-1' })).toEqual([]);
    expect(lines({ grant_type: 'refresh_token' })).toEqual([
      'refresh_token: is required because grant_type contains "refresh_token"',
    ]);
    expect(lines(exchange).map((line) => line.replace(/:.*/, ''))).toEqual([
      'audience',
      'subject_token',
      'subject_token_type',
    ]);
  });

  test("refuses the secret under OAuth's name for it, and keeps tokens out of errors", () => {
    const body = { ...exchange, client_secret: 'hush-1', subject_token: ['hush-2'] };
    const found = lines(body);
    expect(found[0]).toMatch(/^client_secret: must not be in the request.*rotate it/);
    expect(found.join()).toContain('subject_token: must be text');
    expect(found.join()).not.toContain('hush');
  });
});

describe('identity numbers', () => {
  const create = findOperation('user', 'create');
  const lines = (identity: JsonObject) =>
    findProblems(create, { client_user_id: 'applicant-1', ...identity }).map(formatProblem);

  test('are not in errors, at any depth', () => {
    const found = lines({
      identity: { id_numbers: [{ type: 'us_ssn', value: 123456789 }] },
      consumer_report_user_identity: {
        first_name: 'Ada',
        last_name: 'Old',
        phone_numbers: ['+14155550100'],
        emails: ['ada@example.com'],
        date_of_birth: '1970-01-31',
        primary_address: {
          street: '1 First Street',
          city: 'San Matias',
          region: 'CA',
          postal_code: '93405',
          country: 'US',
        },
        ssn_full: 123456789,
        ssn_last_4: '123456789',
      },
    });
    expect(found).toHaveLength(3);
    expect(found.join()).not.toContain('123456789');
  });
});
