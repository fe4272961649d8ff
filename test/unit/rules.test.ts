import type { JsonObject } from 'n8n-workflow';

import { findEndpoint } from '../../nodes/PlaidCheck/catalog';
import { problemLine, problemsOf } from '../../nodes/PlaidCheck/fields/check';

/** What a request breaks that no single field of it shows. */
const linesFor = (resource: string, operation: string, body: JsonObject) =>
  problemsOf(findEndpoint(resource, operation), { user_id: 'usr_1', ...body }).map(problemLine);

const PURPOSE = 'consumer_report_permissible_purpose';

describe.each(['getBaseReport', 'getIncomeInsights'])('%s', (operation) => {
  const lines = (body: JsonObject) => linesFor('checkReport', operation, body);

  test('needs a purpose for a named report, and only then', () => {
    const report_id = 'cra-report-sandbox-1';
    expect(lines({})).toEqual([]);
    expect(lines({ [PURPOSE]: 'ACCOUNT_REVIEW_CREDIT' })).toEqual([]);
    expect(lines({ report_id, [PURPOSE]: 'ACCOUNT_REVIEW_CREDIT' })).toEqual([]);
    expect(lines({ report_id })).toEqual([`${PURPOSE}: required, as report_id is given`]);
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
    const oneOf = 'expected exactly one of reports_requested, report_requested';
    expect(lines({})).toEqual([`reports_requested: required, ${oneOf}`]);
    expect(lines({ reports_requested: ['voa'], report_requested: 'voa' })).toEqual([
      `report_requested: ${oneOf}, got reports_requested and report_requested`,
    ]);
  });

  test.each([[['voa', 'employment_refresh']], [['income', 'employment_refresh', 'voa']]])(
    'refuses %j in one PDF',
    (reports_requested) => {
      expect(lines({ reports_requested })).toEqual([
        'reports_requested: expected "employment_refresh" alone or not at all',
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
      'products[1].options: only for the product "cra_income_insights", got it for "cra_base_report"',
      'products[2].options: only for the product "cra_income_insights", got it for "cra_qualify"',
    ]);
  });

  test('may have options whose product is missing or wrong: that is what is said', () => {
    expect(lines([{ version: 'V1', options }])).toEqual([
      expect.stringMatching(/^products\[0\]\.product: required/),
    ]);
    expect(lines([income, 'cra_qualify' as unknown as JsonObject])).toEqual([
      expect.stringMatching(/^products\[1\]: expected an object/),
    ]);
  });

  test('have no cadence where Qualify is among them', () => {
    expect(lines([baseReport, income], { cadence: 'DAILY' })).toEqual([]);
    expect(lines([baseReport, qualify], { cadence: null })).toEqual([]);
    expect(lines([baseReport, qualify], { cadence: 'DAILY' })).toEqual([
      'cadence: expected null or nothing, as products holds "cra_qualify"',
    ]);
  });

  test('follow the same rule when they are changed', () => {
    const body = { subscription_id: 'cra-sub-1', products: [{ ...qualify, options }] };
    const update = findEndpoint('servicing', 'updateSubscription');
    expect(problemsOf(update, body).map(problemLine)).toEqual([
      'products[0].options: only for the product "cra_income_insights", got it for "cra_qualify"',
    ]);
  });
});
