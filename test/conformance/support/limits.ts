/** What Plaid allows of a field, apart from its type. */
export type Limit =
  | { kind: 'url' | 'date' | 'dateTime' | 'pastDate' | 'deprecated' }
  | { kind: 'wholeNumber'; min?: number; max?: number }
  | { kind: 'text'; max?: number }
  | { kind: 'digits'; length: number }
  | { kind: 'entries'; max?: number };

const url = { kind: 'url' } as const;
const date = { kind: 'date' } as const;
const pastDate = { kind: 'pastDate' } as const;
const dateTime = { kind: 'dateTime' } as const;
const deprecated = { kind: 'deprecated' } as const;
/** Not blank. */
const text = { kind: 'text' } as const;
/** At least one. */
const entries = { kind: 'entries' } as const;
const wholeNumber = (min?: number, max?: number) => ({ kind: 'wholeNumber', min, max }) as const;

type Limits = Readonly<Record<string, Limit>>;

const within = (group: string, limits: Limits): Limits =>
  Object.fromEntries(Object.entries(limits).map(([field, limit]) => [`${group}.${field}`, limit]));

const daysOfHistory = wholeNumber(1, 731);
const daysOfHistoryElsewhere = wholeNumber(1, 730);

const baseFicoScore = within('partner_insights.fico.ultrafico_score_requests[].base_fico_score', {
  score: wholeNumber(),
  reason_codes: { kind: 'entries', max: 4 },
  reason_code_1: deprecated,
  reason_code_2: deprecated,
  reason_code_3: deprecated,
  reason_code_4: deprecated,
});

const refreshDays = within('home_lending_report_options.employment_refresh_options', {
  days_requested: daysOfHistory,
});

const userIdentities: Limits = {
  'identity.date_of_birth': pastDate,
  'consumer_report_user_identity.date_of_birth': pastDate,
  'consumer_report_user_identity.ssn_last_4': { kind: 'digits', length: 4 },
};

const dates = within('options', {
  'transactions.start_date': date,
  'transactions.end_date': date,
  'transactions.days_requested': daysOfHistoryElsewhere,
  'statements.start_date': date,
  'statements.end_date': date,
});

/**
 * The limits, formats and deprecations of Plaid's OpenAPI description (2020-09-14_1.697.4) by endpoint
 * and field. It gives no least number of days for most of them; 1, and 0 for `days_required`, stand on
 * the reference page (https://plaid.com/docs/api/products/check/).
 */
export const LIMITS: Readonly<Record<string, Limits>> = {
  '/cra/check_report/create': {
    webhook: url,
    days_requested: daysOfHistory,
    days_required: wholeNumber(0, 184),
    products: entries,
    'base_report.client_report_id': deprecated,
    ...within('base_report', refreshDays),
    ...baseFicoScore,
  },
  '/cra/check_report/partner_insights/get': {
    options: deprecated,
    'options.prism_versions': deprecated,
    ...baseFicoScore,
  },
  '/cra/check_report/verification/get': {
    'employment_refresh_options.days_requested': daysOfHistory,
  },
  '/cra/check_report/verification/pdf/get': {
    report_requested: deprecated,
    reports_requested: entries,
  },
  '/cra/monitoring_insights/subscribe': { webhook: url },
  '/cra/loans/register': within('loans[]', {
    opened_date: date,
    'opened_with_status.date': date,
    'application.application_date': date,
  }),
  '/cra/loans/update': within('loans[]', {
    'status_history[].date': date,
    'payment_history[].due_date': date,
  }),
  '/cra/loans/unregister': within('loans[]', { 'closed_with_status.date': date }),
  '/cra/loans/applications/register': within('applications[]', {
    application_date: date,
    decision_date: date,
  }),
  '/user/create': {
    client_user_id: { kind: 'text', max: 128 },
    end_customer: { kind: 'text', max: 128 },
    ...userIdentities,
  },
  '/user/update': userIdentities,
  '/user/products/terminate': { reason_note: { kind: 'text', max: 512 } },
  '/user/third_party_token/create': { expiration_time: dateTime },
  '/link/token/create': {
    client_name: text,
    language: text,
    country_codes: entries,
    webhook: url,
    access_token: text,
    eu_config: deprecated,
    base_report: deprecated,
    'base_report.days_requested': daysOfHistoryElsewhere,
    'credit_partner_insights.days_requested': daysOfHistoryElsewhere,
    'transactions.days_requested': daysOfHistoryElsewhere,
    'cashflow_report.days_requested': daysOfHistoryElsewhere,
    'statements.start_date': date,
    'statements.end_date': date,
    ...within('user', {
      client_user_id: text,
      phone_number_verified_time: deprecated,
      email_address_verified_time: deprecated,
      ssn: deprecated,
      date_of_birth: pastDate,
    }),
    ...within('income_verification', {
      income_verification_id: deprecated,
      'bank_income.days_requested': daysOfHistory,
      'bank_income.enable_multiple_items': deprecated,
    }),
    ...within('auth', {
      database_match_enabled: deprecated,
      database_insights_enabled: deprecated,
      flow_type: deprecated,
    }),
    ...within('cra_options', {
      days_requested: daysOfHistory,
      days_required: wholeNumber(0, 184),
      ...within('base_report', refreshDays),
      ...baseFicoScore,
    }),
  },
  '/sandbox/public_token/create': {
    initial_products: entries,
    'options.webhook': url,
    ...dates,
  },
};

/** Fields of a format that are deprecated too. */
export const FORMATS_OF_DEPRECATED: Readonly<Record<string, Limits>> = {
  '/link/token/create': within('user', {
    phone_number_verified_time: dateTime,
    email_address_verified_time: dateTime,
  }),
};
