import { catalog } from '../../nodes/PlaidCheck/catalog';

/** A value at a limit of Plaid's and the nearest one beyond it. */
interface Limit {
  field: string;
  taken: readonly unknown[];
  refused: readonly unknown[];
}

const REASON_CODES: Limit = {
  field: 'partner_insights.fico.ultrafico_score_requests.0.base_fico_score.reason_codes',
  taken: [['14'], ['14', '10', '32', '08']],
  refused: [[], ['14', '10', '32', '08', '39'], ['']],
};

const SCORE: Limit = {
  field: 'partner_insights.fico.ultrafico_score_requests.0.base_fico_score.score',
  taken: [300, 850],
  refused: [700.5, '700', null],
};

const EMPLOYMENT_DAYS =
  'base_report.home_lending_report_options.employment_refresh_options.days_requested';

const fico = {
  fico_lender_id: 'LENDER-1',
  lender_application_id: 'APPLICATION-1',
  ultrafico_score_requests: [
    {
      ultrafico_score_version: '1.0',
      base_fico_score: { bureau: 'EQUIFAX', score: 700, base_fico_score_version: '9' },
    },
  ],
};

/** By endpoint: a valid request that holds every limited field's parents, and the limits of Plaid's OpenAPI description. */
const LIMITS: Record<string, { request: object; limits: readonly Limit[] }> = {
  '/cra/check_report/create': {
    request: {
      user_id: 'usr_1',
      consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
      days_requested: 365,
      webhook: 'https://example.com/plaid',
      base_report: {
        home_lending_report_options: {
          reports_requested: ['VOA'],
          employment_refresh_options: { days_requested: 60 },
        },
      },
      partner_insights: { fico },
    },
    limits: [
      { field: 'days_requested', taken: [1, 731], refused: [0, 732, 365.5, '365', null] },
      { field: 'days_required', taken: [0, 184], refused: [-1, 185, 90.5, '90', null] },
      { field: EMPLOYMENT_DAYS, taken: [1, 731], refused: [0, 732, 60.5] },
      {
        field: 'webhook',
        taken: ['https://example.com', 'https://example.com:8443/a?b=c'],
        refused: [
          'http://example.com',
          'ftp://example.com',
          'example.com',
          'https://',
          'https:example.com',
          '',
        ],
      },
      {
        field: 'products',
        taken: [['cra_base_report'], null],
        refused: [[], ['assets'], 'cra_base_report'],
      },
      REASON_CODES,
      SCORE,
    ],
  },
  '/cra/check_report/partner_insights/get': {
    request: { user_id: 'usr_1', partner_insights: { fico } },
    limits: [REASON_CODES, SCORE],
  },
};

const cases = Object.entries(LIMITS).flatMap(([path, { request, limits }]) =>
  limits.map((limit) => ({ path, request, ...limit })),
);

describe.each(cases)('$path $field', ({ path, request, field, taken, refused }) => {
  const schema = catalog.find((one) => one.path === path)?.request;
  const check = (value: unknown) => schema?.safeParse(withValue(request, field, value));

  test.each(taken.map((value) => [value]))('takes %j', (value) => {
    expect(check(value)).toMatchObject({ success: true });
  });

  test.each(refused.map((value) => [value]))('refuses %j, and nothing else', (value) => {
    const places = check(value)?.error?.issues.map((issue) => issue.path.join('.')) ?? [];
    expect(places.length).toBeGreaterThan(0);
    expect(places.filter((place) => place !== field && !place.startsWith(`${field}.`))).toEqual([]);
  });
});

/** A copy of the request with one field set; `field` leads there by names and list indexes, with dots between. */
function withValue(request: object, field: string, value: unknown): object {
  const copy = structuredClone(request);
  const steps = field.split('.');
  const parent = steps
    .slice(0, -1)
    .reduce<Record<string, unknown>>(
      (node, step) => node[step] as Record<string, unknown>,
      copy as Record<string, unknown>,
    );
  parent[steps.at(-1) ?? ''] = value;
  return copy;
}
