/**
 * What the texts of Plaid's SDK say about values of the catalog's fields (fieldTexts.ts), by the beginning of the sentence,
 * and what the node makes of it. A sentence that is new in an SDK belongs in one of the three tables.
 */

/** A value that breaks a rule, and one that keeps it. */
export interface Sample {
  /** Path of the endpoint */
  path: string;
  field: string;
  refused: readonly unknown[];
  taken: readonly unknown[];
  /** Other fields of the body, where the rule is about them, too */
  beside?: object;
}

const REPORT = '/cra/check_report/create';
const BASE_REPORT = '/cra/check_report/base_report/get';
const PDF = '/cra/check_report/verification/pdf/get';
const LINK = '/link/token/create';
const USER = '/user/create';
const OAUTH = '/oauth/token';
const LOANS = '/cra/loans/update';
const BANK = '/sandbox/public_token/create';

const EXCHANGE = {
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  audience: 'client-id',
  subject_token: 'usr_1',
  subject_token_type: 'urn:plaid:params:credit:multi-user',
};

const PURPOSE = 'consumer_report_permissible_purpose';
const CHECK = { products: ['cra_base_report'], [PURPOSE]: 'EXTENSION_OF_CREDIT' };
const DATES = ['2026-02-29', '2026-1-2', '02/28/2026', 'today'];
const TIMES = ['2020-01-01', '2020-01-01T00:00:00', 'now'];
const long = (length: number) => 'a'.repeat(length);
const inDays = (days: number) =>
  new Date(Date.now() + days * 24 * 60 * 60_000).toISOString().slice(0, 10);
const inHours = (hours: number) => new Date(Date.now() + hours * 60 * 60_000).toISOString();

const days = (path: string, field: string): Sample => ({
  path,
  field,
  refused: [732, 0, 365.5],
  taken: [731, 180],
});

const at = (
  path: string,
  field: string,
  refused: readonly unknown[],
  taken: readonly unknown[],
  beside: object = {},
): Sample => ({ path, field, refused, taken, beside });

const REFRESH = 'base_report.home_lending_report_options';
const refreshRequested = {
  base_report: { home_lending_report_options: { reports_requested: ['EMPLOYMENT_REFRESH'] } },
};
const OF_USER = { user_id: 'usr_1', third_party_user_token: undefined };
const OF_OTHERS = { user_id: undefined, third_party_user_token: 'third-1' };
const USER_OF_LINK = { user: { client_user_id: 'applicant-1' } };
const LISTS = { ...CHECK, user_id: 'usr_1' };
const overlap = (field: string, beside: object) =>
  at(LINK, field, [['cra_lend_score']], [['cra_network_insights']], beside);
const CUSTOMER = 'consumer_report_user_identity';
const CATEGORIES = 'income_insights.income_insights_filter.included_categories';
const SUBSCRIPTION = '/cra/servicing/subscription/create';
const QUALIFY = { products: [{ product: 'cra_qualify', version: 'V1' }] };

/** Rules that the node checks before it sends a request, each with values that show it. */
export const CHECKED: Readonly<Record<string, readonly Sample[]>> = {
  'Default value is 365; maximum is 731': [days(REPORT, 'days_requested')],
  'Maximum is 731; minimum is 180.': [days(LINK, 'cra_options.days_requested')],
  'Maximum is 731.': [days(REPORT, `${REFRESH}.employment_refresh_options.days_requested`)],
  'This field is required if an Employment Refresh Report is requested.': [
    at(
      REPORT,
      `${REFRESH}.employment_refresh_options`,
      [undefined],
      [{ days_requested: 60 }],
      refreshRequested,
    ),
  ],
  'Required for UltraFICO® score generation.': [
    at(REPORT, 'partner_insights.fico.fico_lender_id', [undefined, ''], ['lender-4']),
  ],
  'May contain up to 4 items.': [
    at(
      REPORT,
      'partner_insights.fico.ultrafico_score_requests[].base_fico_score.reason_codes',
      [['1', '2', '3', '4', '5']],
      [['1', '2', '3', '4']],
    ),
  ],
  'Filter patterns supported:': [
    at(
      REPORT,
      CATEGORIES,
      [['SALARY'], ['EARNED_INCOME'], ['earned_income.salary'], ['EARNED_INCOME.*', 'x']],
      [['*'], ['EARNED_INCOME.*', 'BENEFITS.DISABILITY']],
    ),
  ],
  'When calling `/link/token/create`, this field is required when using Plaid Check': [
    at(LINK, PURPOSE, [undefined], ['EXTENSION_OF_CREDIT'], CHECK),
  ],
  'Restricted to permissible purposes related to loan servicing only.': [
    at(BASE_REPORT, PURPOSE, ['EXTENSION_OF_CREDIT'], ['ACCOUNT_REVIEW_CREDIT']),
  ],
  'Required when `report_id` is provided.': [
    at(BASE_REPORT, PURPOSE, [undefined], ['ACCOUNT_REVIEW_CREDIT'], {
      report_id: 'cra-report-sandbox-1',
    }),
  ],
  'Supported combinations are: `[voa]`': [
    at(PDF, 'reports_requested', [['voa', 'employment_refresh']], [['voa', 'income'], ['income']]),
  ],
  'Other combinations are not supported.': [
    at(PDF, 'reports_requested', [['income', 'employment_refresh']], [['employment_refresh']]),
  ],
  'Maximum length of 30 characters.': [at(LINK, 'client_name', [long(31)], [long(30)])],
  'Supported languages are:': [
    at(LINK, 'language', ['xx', 'EN', 'en-US', 'english'], ['en', 'vi', 'no']),
  ],
  'Specify an array of Plaid-supported country codes': [
    at(LINK, 'country_codes', [['USA'], ['us'], []], [['US', 'CA']]),
  ],
  'ISO-3166-1 alpha-2 country code standard.': [
    at(LINK, 'country_codes', [['UK'], ['USA']], [['GB']]),
  ],
  'URI that Hosted Link will redirect to upon completion': [
    at(
      LINK,
      'hosted_link.completion_redirect_uri',
      ['example.com', '/thanks', 'https://', 'https://exa mple.com'],
      ['https://example.com/thanks?for=all#it', 'myapp://done'],
    ),
  ],
  'URI of the target resource server': [
    at(OAUTH, 'resource', ['mcp', 'example.com/mcp'], ['https://api.dashboard.plaid.com/mcp'], {
      grant_type: 'client_credentials',
    }),
  ],
  'The ISO 3166-1 alpha-2 country code': [
    at(USER, `${CUSTOMER}.primary_address.country`, ['USA', 'us'], ['US', null]),
  ],
  "**Required** if `user_id` isn't included.": [
    at(LINK, 'user', [undefined], [{ client_user_id: 'applicant-1' }], OF_OTHERS),
  ],
  'One of either the `user_id` or the `user` field is required.': [
    at(LINK, 'user', [undefined], [{ client_user_id: 'applicant-1' }], OF_OTHERS),
  ],
  'A string with at least one non-whitespace character, with a max length of 100': [
    at(LINK, 'user.name.given_name', [' ', long(101)], [long(100)]),
    at(LINK, 'user.name.family_name', [' ', long(101)], [long(100)]),
  ],
  "The user's phone number in E.164 format.": [
    at(
      LINK,
      'user.phone_number',
      ['4155550100', '+1 415 555 0100', '(415) 555-0100', '14155550100', '+0123456'],
      ['+14155550100', '+442079460958'],
    ),
  ],
  'The date and time the phone number was verified in ISO 8601': [
    at(LINK, 'user.phone_number_verified_time', TIMES, ['2020-01-01T00:00:00Z']),
  ],
  'The date and time the email address was verified in ISO 8601': [
    at(LINK, 'user.email_address_verified_time', TIMES, ['2020-01-01T00:00:00Z']),
  ],
  'To be provided in the format "yyyy-mm-dd".': [
    at(LINK, 'user.date_of_birth', [...DATES, inDays(3), '2999-01-01'], ['1984-02-29']),
    at(USER, `${CUSTOMER}.date_of_birth`, [...DATES, inDays(3)], ['1984-02-29']),
  ],
  "The user's date of birth, to be provided in the format": [
    at(USER, 'identity.date_of_birth', [...DATES, inDays(3)], ['1984-02-29', inDays(0)]),
  ],
  'A string with at least one non-whitespace alphabetical character, with a max length of 80': [
    at(LINK, 'user.address.street', ['123', ' ', long(81)], ['1 First Street', 'Straße 1']),
  ],
  'If provided, a string with at least one non-whitespace character, with a max length of 50': [
    at(LINK, 'user.address.street2', [' ', long(51)], ['#4', long(50)]),
  ],
  'A string with at least one non-whitespace alphabetical character, with a max length of 100': [
    at(LINK, 'user.address.city', ['02134', long(101)], ['Boston', 'Çeşme']),
  ],
  'For the list of valid codes, see country subdivision codes.': [
    at(LINK, 'user.address.region', ['California', 'XX', 'Calif.'], ['CA', 'PR', 'DC'], {
      user: { address: { country: 'US' } },
    }),
    at(LINK, 'user.address.region', ['Lazio', 'R M'], ['RM', '13'], {
      user: { address: { country: 'IT' } },
    }),
  ],
  'Country prefixes are omitted': [
    at(LINK, 'user.address.region', ['US-CA'], ['CA'], { user: { address: { country: 'US' } } }),
  ],
  'Between 2 and 10 alphanumeric characters.': [
    at(LINK, 'user.address.postal_code', ['1', long(11), 'K1A_0B6'], ['K1A 0B6', 'SW1A1AA'], {
      user: { address: { country: 'CA' } },
    }),
  ],
  'For US-based addresses this must be 5 numeric digits.': [
    at(LINK, 'user.address.postal_code', ['2134', '02134-1234', 'K1A 0B6'], ['02134'], {
      user: { address: { country: 'US' } },
    }),
  ],
  'Valid, capitalized, two-letter ISO code': [
    at(LINK, 'user.address.country', ['USA', 'us', 'United States', 'U1'], ['US', 'GB']),
  ],
  'Must be in ISO 3166-1 alpha-2 form.': [
    at(LINK, 'user.address.country', ['840', 'U.S.'], ['CA']),
  ],
  'Alpha-numeric, with all formatting characters stripped.': [
    at(USER, 'identity.id_numbers[].value', ['078-05-1120', '078 05 1120'], ['078051120'], {
      identity: { id_numbers: [{ type: 'us_ssn', value: '' }] },
    }),
    at(LINK, 'user.id_number.value', ['1234-5678'], ['12345678X'], {
      user: { id_number: { type: 'cn_resident_card' } },
    }),
  ],
  'For specific format requirements by ID type, see Input Validation Rules.': [
    at(LINK, 'user.id_number.value', ['12', '00-12', '078051120'], ['0012'], {
      user: { id_number: { type: 'us_ssn_last_4' } },
    }),
    at(LINK, 'user.id_number.value', ['12345678', 'ABCDEFGHI'], ['123456789'], {
      user: { id_number: { type: 'ca_sin' } },
    }),
    at(LINK, 'user.id_number.value', ['ABCDE12345'], ['ABCDE1234F'], {
      user: { id_number: { type: 'in_pan' } },
    }),
  ],
  'If launching Link with CRA products, `cra_base_report` is required': [
    at(LINK, 'products', [['cra_lend_score']], [['cra_base_report', 'cra_lend_score']], CHECK),
  ],
  'There should be no overlap between this array and the `products`, `optional_products`': [
    overlap('required_if_supported_products', {
      ...LISTS,
      products: ['cra_base_report', 'cra_lend_score'],
    }),
  ],
  'There should be no overlap between this array and the `products`, `required_if_supported': [
    overlap('optional_products', {
      ...LISTS,
      required_if_supported_products: ['cra_lend_score'],
    }),
  ],
  'There should be no overlap between this array and the `products` or': [
    overlap('additional_consented_products', {
      ...LISTS,
      products: ['cra_base_report', 'cra_lend_score'],
    }),
  ],
  'The `products` array must have at least one product.': [
    at(LINK, 'products', [undefined, []], [['cra_base_report']], {
      ...CHECK,
      optional_products: ['cra_lend_score'],
    }),
  ],
  'The `redirect_uri` should not contain any query parameters.': [
    at(
      LINK,
      'redirect_uri',
      ['https://example.com/done?x=1', 'https://example.com/done#top', 'example.com/done', '/done'],
      ['https://example.com/done', 'http://localhost:3000/oauth.html'],
    ),
  ],
  'If initializing on Android, `android_package_name` must be specified instead': [
    at(LINK, 'android_package_name', ['com.example.app'], [undefined], {
      redirect_uri: 'https://example.com/done',
    }),
  ],
  'When creating a `link_token` for initializing Link on other platforms': [
    at(LINK, 'android_package_name', ['com.example.app'], [undefined], {
      redirect_uri: 'https://example.com/done',
    }),
  ],
  "Required when 'limited purpose checking' is in the subtypes filter.": [
    at(LINK, 'account_filters.depository.limited_purpose_types', [undefined], [['RENT_MORTGAGE']], {
      account_filters: { depository: { account_subtypes: ['limited purpose checking'] } },
    }),
  ],
  'Valid account subtypes for depository accounts.': [
    at(LINK, 'account_filters.depository.account_subtypes', [['mortgage']], [['savings']]),
  ],
  'Valid account subtypes for credit accounts.': [
    at(LINK, 'account_filters.credit.account_subtypes', [['savings']], [['credit card']]),
  ],
  'Valid account subtypes for loan accounts.': [
    at(LINK, 'account_filters.loan.account_subtypes', [['savings']], [['mortgage']]),
  ],
  'Valid account subtypes for investment accounts.': [
    at(LINK, 'account_filters.investment.account_subtypes', [['savings']], [['401k']]),
  ],
  'Valid account subtypes for other accounts.': [
    at(LINK, 'account_filters.other.account_subtypes', [['savings']], [['other']]),
  ],
  'If `true`, a `user_token` or `user_id` must also be provided': [
    at(LINK, 'update.user', [true], [false], { ...OF_OTHERS, ...USER_OF_LINK }),
    at(LINK, 'update.user', ['yes'], [true], OF_USER),
  ],
  'A `user_token` must also be provided to use this field.': [
    at(LINK, 'update.item_ids', [['item-1']], [null], { ...OF_OTHERS, ...USER_OF_LINK }),
    // An empty list has a meaning: the Item that failed last.
    at(LINK, 'update.item_ids', [['']], [[], ['item-1']], OF_USER),
  ],
  'Must pass `user.phone_number`.': [
    at(LINK, 'user.phone_number', [undefined], ['+14155550100'], {
      hosted_link: { delivery_method: 'sms' },
    }),
  ],
  'Must pass `user.email_address`.': [
    at(LINK, 'user.email_address', [undefined, 'ada', 'a b@example.com'], ['ada@example.com'], {
      hosted_link: { delivery_method: 'email' },
    }),
  ],
  'Must be positive.': [at(LINK, 'hosted_link.url_lifetime_seconds', [0, -1], [1])],
  'Cannot be longer than 21 days.': [
    at(LINK, 'hosted_link.url_lifetime_seconds', [21 * 86_400 + 1], [21 * 86_400]),
  ],
  'The date should be in ISO 8601 format (YYYY-MM-DD).': [
    at('/cra/loans/register', 'loans[].opened_date', DATES, ['2026-02-28']),
    at(LOANS, 'loans[].status_history[].date', DATES, ['2026-02-28']),
  ],
  "The index to identify the loan's payment period, starting from 1.": [
    at(LOANS, 'loans[].payment_history[].period', [0], [1]),
  ],
  'If specified, should be greater than or equal to 0.': [
    at(LOANS, 'loans[].payment_history[].days_past_due', [-1], [0]),
  ],
  'When using this grant type, only the `refresh_token` field is required': [
    at(OAUTH, 'refresh_token', [undefined], ['pdr-1'], { grant_type: 'refresh_token' }),
  ],
  'When using this grant type, the `audience`, `subject_token`': [
    at(OAUTH, 'audience', [undefined], ['client-id'], EXCHANGE),
    at(OAUTH, 'subject_token', [undefined], ['usr_1'], EXCHANGE),
  ],
  'A space-separated list of scopes associated with this token': [
    at(OAUTH, 'scope', ['user:read,user:write', 'user:read  exchange'], ['user:read exchange'], {
      grant_type: 'client_credentials',
    }),
  ],
  'Currently accepted values are: `user:read`': [
    at(OAUTH, 'scope', ['read', 'USER:READ'], ['user:write', 'mcp:dashboard'], {
      grant_type: 'client_credentials',
    }),
  ],
  'The meaning depends on the `subject_token_type`:': [
    at(
      OAUTH,
      'audience',
      ['urn:plaid:params:cra-partner:fannie', 'urn:plaid:partner:experian'],
      ['client-id', 'client-id,urn:plaid:params:cra-partner:fannie-mae'],
      EXCHANGE,
    ),
  ],
  'When using this token type, `audience` may be a client id or': [
    at(OAUTH, 'audience', ['urn:other'], ['urn:plaid:params:cra-partner:experian'], EXCHANGE),
  ],
  'This array may not be empty.': [at(BANK, 'initial_products', [[]], [['cra_base_report']])],
  'If specified, must not be `null`.': [at(BANK, 'options', [null], [{}])],
  'The maximum number of days of transaction history to request': [
    at(BANK, 'options.transactions.days_requested', [731, 0], [730]),
  ],
  'Dates should be formatted as YYYY-MM-DD.': [
    at(BANK, 'options.statements.start_date', [...DATES, '2026-03-01'], ['2026-01-31'], {
      options: { statements: { end_date: '2026-02-28' } },
    }),
  ],
  'Currently you can only specify one of these options.': [
    at(
      BANK,
      'options.income_verification.income_source_types',
      [['bank', 'payroll']],
      [['bank'], ['payroll']],
    ),
  ],
  'Accepts past or future dates up to 180 days ahead; defaults to today.': [
    at(
      '/sandbox/cra/servicing/simulate',
      'options.transactions_end_date',
      [inDays(183), '2999-01-01'],
      [inDays(180), '2020-01-01'],
    ),
  ],
  'If the Qualify product is requested, cadence must be null or omitted': [
    at(SUBSCRIPTION, 'cadence', ['DAILY'], [null, undefined], QUALIFY),
  ],
  'Base Report accepts no additional configuration today.': [
    at(SUBSCRIPTION, 'products[].options', [{ income_insights_version: 'II2' }], [undefined], {
      products: [{ product: 'cra_base_report', version: 'V1' }],
    }),
  ],
  'Qualify accepts no additional configuration today.': [
    at(
      SUBSCRIPTION,
      'products[].options',
      [{ income_insights_version: 'II2' }],
      [undefined],
      QUALIFY,
    ),
  ],
  'Maximum of 128 characters.': [
    at(USER, 'client_user_id', [long(129)], [long(128)]),
    at(USER, 'end_customer', [long(129)], [long(128)]),
  ],
  'Format: "ddd-dd-dddd"': [
    at(USER, `${CUSTOMER}.ssn_full`, ['078051120', '78-05-1120', '12'], ['078-05-1120']),
  ],
  "The last 4 digits of the user's Social Security number.": [
    at(USER, `${CUSTOMER}.ssn_last_4`, ['12', '00-12', '078051120', 'abcd'], ['0012']),
  ],
  'This field is required for all Plaid Check customers.': [
    at(USER, `${CUSTOMER}.date_of_birth`, [undefined], ['1984-02-29']),
  ],
  'The expiration date and time for the third-party user token in ISO 8601': [
    at('/user/third_party_token/create', 'expiration_time', TIMES, [inHours(1)]),
  ],
  "The expiration is restricted to a maximum of 24 hours from the token's creation time.": [
    at('/user/third_party_token/create', 'expiration_time', [inHours(25)], [inHours(23)]),
  ],
};

const ACCOUNT =
  'Depends on the account, which the node does not know; Plaid names it in its error.';
const STATE = 'Depends on what Plaid has stored, which a request does not tell.';
const PERSONAL_DATA =
  'Whether a text is personal data cannot be told from it, and Plaid accepts it.';
const OTHER_PRODUCT = 'About a product or a Link customization that this node does not set.';
const AMBIGUOUS_VERSION =
  'Set in another call by older accounts, so that a request without it may be right.';
const ID =
  "Plaid's to change, and it rejects an ID that it does not know without any effect; reports have other IDs, too.";
const BEST_EFFORT = 'Plaid parses other formats, too, as it says in the next sentence.';

/** Rules that the node does not check, and why. */
export const NOT_CHECKED: Readonly<Record<string, string>> = {
  'All other customers should use the `user_id` instead.': ACCOUNT,
  'The CRA report token (formatted `cra-report-<env>-<uuid>`)': ID,
  'A CRA servicing subscription identifier, in the format `cra-sub-<environment>-<uuid>`.': ID,
  'If a value lower than 180 is provided, a minimum of 180 days': 'Plaid raises the value itself.',
  'If a value longer than 30 characters is provided, Link will display':
    'What follows from the rule before it, which is checked.',
  'Required if using Cash Flow Insights.': AMBIGUOUS_VERSION,
  'Required if using LendScore.': AMBIGUOUS_VERSION,
  'Required if using Network Insights.': AMBIGUOUS_VERSION,
  'Should only be provided by FICO as part of the FICO-led flow.': ACCOUNT,
  'This field is no longer accepted for new clients': ACCOUNT,
  'New clients should specify required products when creating': ACCOUNT,
  'When using a Link customization, the language configured here must match': OTHER_PRODUCT,
  'When using a Link customization, the language in the customization must match': OTHER_PRODUCT,
  'If using Identity Verification, `country_codes` should be': OTHER_PRODUCT,
  'If using the Auth features Instant Match': OTHER_PRODUCT,
  'Personally identifiable information, such as an email address or phone number, should not be used in the `client_user_id`':
    PERSONAL_DATA,
  'Personally identifiable information, such as an email address or phone number, should not be used in the `loan_id`':
    PERSONAL_DATA,
  'Personally identifiable information, such as an email address or phone number, should not be used in the `application_id`':
    PERSONAL_DATA,
  'Personally identifiable information, such as an email address or phone number, should not be included in the `reason_note`':
    PERSONAL_DATA,
  'For a small number of customers on legacy flows, providing this field': ACCOUNT,
  'Phone number input is validated against valid number ranges':
    'The ranges change, and Plaid checks them itself.',
  "The user's phone numbers, in E.164 format": BEST_EFFORT,
  "The user's phone number, in E.164 format": BEST_EFFORT,
  'Supported values are: not provided, address with only country code or full address.':
    'Which fields make an address full depends on the country, for Identity Verification alone.',
  'Required for integrations that began using Plaid Protect': ACCOUNT,
  'Required for new integrations that use Payment Initiation': ACCOUNT,
  'If launching Link in update mode, should be omitted':
    'Whether a session is in update mode also depends on fields that only Extra Body Fields can hold; Plaid says that a product is missing.',
  '`balance` is *not* a valid value':
    'Not in the list of products; who sends it by Extra Body Fields means to.',
  'When used in Production, must be an https URI.': ACCOUNT,
  'Note that any redirect URI must also be added': ACCOUNT,
  'Required if using the `link_token` to initialize Link on Android.':
    'A request does not tell on which platform Link opens.',
  'Any package name specified here must also be added': ACCOUNT,
  'This field is required if `assets` is included': OTHER_PRODUCT,
  'For `urn:plaid:params:tokens:user`, the `subject_token` must be': STATE,
  'For `urn:plaid:params:oauth:user-token`, the `subject_token` must be': STATE,
  'When using this token type, `audience` must be the same as the `client_id`.':
    'The client ID is in the credential, which the check of a request does not see.',
  '`subject_token` must be a Plaid-issued user token': STATE,
  '`subject_token` must be an OAuth refresh token': STATE,
  'Once Transactions has been added to an Item, this value cannot be updated.': STATE,
  'This field is required if `income_verification` is included in the `initial_products` array.':
    OTHER_PRODUCT,
  'This field is required if `income_verification` is included in the `initial_products` array and':
    OTHER_PRODUCT,
  'The accepted values depend on the `scope` of the subscription': STATE,
  'A `CLIENT_USER` subscription accepts': STATE,
  'For a user to be eligible for a Plaid Check Consumer Report, all fields are required':
    'A user may be completed later, with User: Update.',
  'If creating a report that will be shared with GSEs': 'A request does not tell what is shared.',
  'All other integrations must use the `identity` object instead.': ACCOUNT,
  'To create a Plaid Check Consumer Report for a user when using a `user_token`': STATE,
  'This field should only be provided by lenders intending to share':
    'A request does not tell what is shared.',
  'All Items for removal must be currently associated': STATE,
};

/** Sentences with a word of rules that say what a field is for, or what Plaid does. */
export const NO_RULE: readonly string[] = [
  'The minimum number of days of data required',
  'All Items must be initialized with at least one product.',
  'Specifies which types of reports should be made available',
  'The types of GSE Reports supported',
  'Indicates that the report must include identity information.',
  'Each request contains all configuration required',
  'Configuration required to generate a single UltraFICO®',
  'Whether inquiries adversely affected the score',
  'Indicates that investment data should be extracted',
  'If it is omitted from a request, the default version is used',
  '`ELIGIBILITY_FOR_GOVT_BENEFITS`:',
  'If omitted, the most recently generated report',
  'If `true`, the GSE identifiers',
  'The name of your application, as it should be displayed',
  'The language that Link should be displayed in.',
  'When initializing with Identity Verification, this field is not used',
  'For a complete mapping of supported products by country',
  'This field is no longer required to enable the returning user experience.',
  "If you have performed verification but don't have the time",
  'Deprecated and not currently used, use the `id_number` field instead.',
  'List of Plaid product(s) that the linked Item must support.',
  'To maximize the number of institutions',
  'Only institutions that support *all* requested products',
  'For each specified product, the Item connected',
  'For details on compatible product / account type combinations',
  'Products can also be added to an Item',
  'Note that a product cannot be removed from an Item',
  'For more details on using this feature, see Required if Supported Products.',
  'The destination URL to which any webhooks should be sent.',
  'A URI indicating the destination where a user should be forwarded',
  'Institutions that do not support the selected subtypes will be omitted',
  'To indicate that all subtypes should be shown',
  'If the `account_filters` filter is used',
  'For a full list of valid types and subtypes',
  'The maximum integer number of days of history to include',
  'The maximum integer number of days of history to compute',
  'Note: this field is not currently used.',
  "During a reauthorization flow, an end user will review Plaid's",
  'How Plaid should deliver the Plaid Link session',
  'How many seconds the link will be valid for.',
  'The types of source income data that users should be able to share',
  'The URL to which the webhook should be sent.',
  '`FRAUD_FIRST_PARTY`:',
  'The token will only be valid for the specified client.',
];

/**
 * Rules that the stand-in for Plaid does not enforce on the body of a request: it has no text of Plaid's error for them,
 * or enforces them when it processes the request.
 */
export const NOT_IN_STAND_IN: readonly string[] = [
  'Required when `report_id` is provided.',
  'If initializing on Android, `android_package_name` must be specified instead',
  'When creating a `link_token` for initializing Link on other platforms',
  'When using this grant type, only the `refresh_token` field is required',
  'When using this grant type, the `audience`, `subject_token`',
  'This field is required if an Employment Refresh Report is requested.',
  'When calling `/link/token/create`, this field is required when using Plaid Check',
  'Supported combinations are: `[voa]`',
  'Other combinations are not supported.',
  'The ISO 3166-1 alpha-2 country code',
  "**Required** if `user_id` isn't included.",
  'One of either the `user_id` or the `user` field is required.',
  'If launching Link with CRA products, `cra_base_report` is required',
  'There should be no overlap between this array and the `products`, `optional_products`',
  'There should be no overlap between this array and the `products`, `required_if_supported',
  'There should be no overlap between this array and the `products` or',
  'If `true`, a `user_token` or `user_id` must also be provided',
  'A `user_token` must also be provided to use this field.',
  'Must pass `user.phone_number`.',
  'Must pass `user.email_address`.',
  'The meaning depends on the `subject_token_type`:',
  'When using this token type, `audience` may be a client id or',
  'Accepts past or future dates up to 180 days ahead; defaults to today.',
  'If the Qualify product is requested, cadence must be null or omitted',
  "The expiration is restricted to a maximum of 24 hours from the token's creation time.",
];
