/** One error code, or error type, of Plaid (https://plaid.com/docs/errors/). */
interface ErrorCode {
  /** Without a period at the end */
  nextStep: string;
  /** Used where Plaid sends the code with an empty message */
  message?: string;
  /**
   * Set where the HTTP status alone would say otherwise: `safe` where Plaid did not process the request,
   * `rateLimited` where it received too many, `never` where a retry would fail again
   */
  retry?: 'safe' | 'rateLimited' | 'never';
  /** The error is about the account, so other entries of a list would fail as well */
  isAboutAccount?: true;
  /** There is no report to read: none was made, or it has expired */
  isNoReport?: true;
  /** The person has to go through Link again, to repair a bank connection, add another one or agree to something */
  needsLink?: true;
  /** A person has to decide, so nothing is retried, polled or created by itself */
  needsPerson?: true;
  /** What is not ready yet: a report that is being made, or the data of a bank connection (Item) */
  notReady?: 'report' | 'item';
  /** It says less than Plaid's own suggestion */
  isGeneric?: true;
  /** Next steps of errors that only Plaid's message tells apart */
  variants?: ReadonlyArray<{ message: RegExp; nextStep: string }>;
}

const NOTHING_DONE =
  'Plaid did not process the request. Try again later, and see https://status.plaid.com for outages';

const NOT_ENABLED = 'Ask Plaid to enable this product for your account';

/** For the types of Plaid Check's errors, whose codes without a row of their own may be new. */
const SEE_PAGE: ErrorCode = {
  nextStep:
    "Plaid's page of Plaid Check errors explains the code (https://plaid.com/docs/errors/plaid-check/)",
  isGeneric: true,
};

/** One row for each code; after its type and a slash where the same code of another type means something else. */
const ERROR_CODES: Readonly<Record<string, ErrorCode>> = {
  CONSUMER_REPORT_EXPIRED: {
    message: 'The report has expired',
    nextStep:
      'A report expires after 24 hours. Create a new one with Check Report (Legacy API): Create, wait until it is ready, then read it',
    isNoReport: true,
  },
  CONSUMER_REPORT_NOT_FOUND: {
    message: 'This user has no report',
    nextStep:
      'Create one with Check Report (Legacy API): Create, or check that the user ID is correct',
    isNoReport: true,
  },
  'CRA_REPORT_ERROR/CONSUMER_REPORT_EXPIRED': {
    message: 'The report has expired',
    nextStep:
      'A report expires after 24 hours. Create a new one with Check Report: Create, wait until it is ready, then read it',
    isNoReport: true,
  },
  'CRA_REPORT_ERROR/CONSUMER_REPORT_NOT_FOUND': {
    message: 'This user has no such report',
    nextStep:
      'Create one with Check Report: Create, or check that the user ID and the report ID are correct; read a report of the legacy API with Check Report (Legacy API)',
    isNoReport: true,
  },
  'CRA_REPORT_ERROR/PRODUCT_NOT_READY': {
    message: 'The report is not ready yet',
    nextStep:
      'Plaid is still creating it. Wait for the webhook CRA_REPORT_READY, or try again in a few seconds',
    notReady: 'report',
  },
  PRODUCT_NOT_READY: {
    message: 'The report is not ready yet',
    nextStep:
      'Plaid is still creating it. Wait for the webhook USER_CHECK_REPORT_READY (CHECK_REPORT_READY with a user token), or try again in a few seconds',
    notReady: 'report',
  },
  // Not to be confused with the one above (https://plaid.com/docs/errors/check-report/#product_not_ready).
  'ITEM_ERROR/PRODUCT_NOT_READY': {
    message: 'The data of a bank connection (Item) is not ready yet',
    nextStep:
      'Plaid has not finished reading the data of a bank connection (Item); this is not about a report. Try again in a few minutes; if it happens again, check the status of the Items with User: Get Items',
    notReady: 'item',
  },
  INVALID_LINK_TOKEN: {
    nextStep:
      'The link token is wrong or has expired. Create a new one with Link Token: Create, and use it before its expiration',
  },
  ITEM_LOGIN_REQUIRED: {
    nextStep:
      "Ask the person to sign in to the bank again in Link's update mode: create the session with Link Token: Create and Update Mode",
    needsLink: true,
  },
  DATA_UNAVAILABLE: {
    nextStep:
      "Plaid does not have enough data. Ask the person to repair the bank connection in Link's update mode or to connect another account, then create a new report",
    needsLink: true,
  },
  INSTITUTION_TRANSACTION_HISTORY_NOT_SUPPORTED: {
    nextStep:
      'The bank does not provide enough transaction history. Lower Days Required in the request that creates the report, or ask the person to connect an account at another bank in Link',
    needsLink: true,
  },
  INSUFFICIENT_TRANSACTION_DATA: {
    nextStep:
      'The linked accounts have too few transactions for this product. Ask the person to connect an account at another bank in Link, then create a new report',
    needsLink: true,
  },
  NO_ACCOUNTS: {
    nextStep:
      'The person linked no account that this product can use. Ask the person to connect a checking or savings account in Link, then create a new report',
    needsLink: true,
  },
  NETWORK_CONSENT_REQUIRED: {
    nextStep:
      'The person has not agreed to share data of the Plaid network. Create a Link session with the products Network Insights or Cashflow Insights, so that the person can agree',
    needsLink: true,
  },
  DATA_QUALITY_CHECK_FAILED: {
    nextStep:
      'The bank sent contradictory transactions, so an immediate retry would fail too. Create the report again in a day or two, or ask the person to connect an account at another bank',
  },
  PRODUCT_GENERATION_FAILED: {
    nextStep:
      'Plaid had data but could not create any of the products. Create the report again later; if it happens again, contact Plaid with the request ID',
  },
  PRODUCT_GENERATION_ERROR: {
    nextStep:
      'Plaid could not make the products of this update. Wait for the next update of the subscription; if it happens again, contact Plaid',
  },
  UNMATCH: {
    nextStep:
      "The user no longer matches a profile on the Plaid network. Correct the user's identity with User: Update, or subscribe with the scope Client User",
  },
  NO_ELIGIBLE_ITEMS: {
    nextStep:
      'The user has no bank connection (Item) that can be read. Ask the person to repair one or to connect another one in Link',
    needsLink: true,
  },
  NO_ELIGIBLE_ITEMS_ON_PROFILE: {
    nextStep:
      "The user's profile on the Plaid network has no bank connection (Item) that can be read. Ask the person to repair one or to connect another one in Link",
    needsLink: true,
  },
  'CRA_REPORT_ERROR/INTERNAL_SERVER_ERROR': {
    nextStep:
      'Plaid failed to make the report. See https://status.plaid.com for outages, and create it again later',
  },
  INTERNAL_SERVER_ERROR: {
    nextStep: 'Plaid had an internal error; see https://status.plaid.com for outages',
  },
  SUBSCRIPTION_NOT_FOUND: {
    nextStep:
      'Check that the subscription ID is correct and belongs to the environment of the credential, or subscribe the user again',
  },
  SUBSCRIPTION_ALREADY_EXISTS: {
    nextStep: 'The user is already monitored: use the existing subscription, or end it first',
  },
  CRA_REPORT_ERROR: SEE_PAGE,
  CHECK_REPORT_ERROR: SEE_PAGE,
  CONSUMER_REPORT_ERROR: SEE_PAGE,
  USER_ON_IDENTITY_THEFT_OR_FRAUD_BLOCK: {
    nextStep:
      'The person has reported fraud or identity theft to Plaid Check. Verify who the applicant is; do not retry the request',
    retry: 'never',
    needsPerson: true,
  },
  RATE_LIMIT_EXCEEDED: {
    nextStep: 'Wait a minute, then retry with a lower limit in the option Throttling',
    retry: 'rateLimited',
  },
  INSTITUTION_DOWN: { nextStep: NOTHING_DONE, retry: 'safe' },
  INSTITUTION_NOT_AVAILABLE: { nextStep: NOTHING_DONE, retry: 'safe' },
  INSTITUTION_NOT_RESPONDING: { nextStep: NOTHING_DONE, retry: 'safe' },
  PLANNED_MAINTENANCE: { nextStep: NOTHING_DONE, retry: 'safe' },
  INVALID_API_KEYS: {
    nextStep:
      'Check the client ID and the secret in the credential, and that they belong to its environment: Sandbox and Production have different secrets',
    isAboutAccount: true,
  },
  UNAUTHORIZED_ENVIRONMENT: {
    nextStep:
      'Ask Plaid to enable this environment for your account, or choose another one in the credential',
    isAboutAccount: true,
  },
  UNAUTHORIZED_ROUTE_ACCESS: {
    nextStep: 'Ask Plaid to enable this endpoint for your account',
    isAboutAccount: true,
  },
  INVALID_PRODUCT: { nextStep: NOT_ENABLED, isAboutAccount: true },
  PRODUCTS_NOT_SUPPORTED: { nextStep: NOT_ENABLED, isAboutAccount: true },
  INVALID_BODY: { nextStep: 'Correct the JSON of the request' },
  INVALID_CONFIGURATION: {
    nextStep:
      'Correct the settings that Plaid names: they cannot be combined, or your account is not set up for one of them. See your settings in the Plaid Dashboard (https://dashboard.plaid.com), and ask Plaid to enable what is missing',
  },
  INVALID_FIELD: {
    nextStep: 'Correct the field that Plaid names',
    variants: [
      {
        // "OAuth redirect URI must be configured in the developer dashboard."
        message: /(redirect.?uri|package.?name).*\b(dashboard|configured|registered|allowed)\b/is,
        nextStep:
          'Add it to the allowed redirect URIs or the allowed Android package names in the Plaid Dashboard (https://dashboard.plaid.com/team/api), exactly as this request sends it',
      },
    ],
  },
  MISSING_FIELDS: { nextStep: 'Add the fields that Plaid names' },
  UNKNOWN_FIELDS: { nextStep: 'Remove the fields that Plaid names, or correct their spelling' },
  USER_NOT_FOUND: {
    nextStep:
      'Check that the user ID or token is correct and belongs to the environment of the credential. A user ID starts with usr_; your own client_user_id is another ID',
  },
};

/** What identifies an error of Plaid. */
export interface ErrorIdentity {
  error_type: string | null;
  error_code: string | null;
}

/** The row of an error code; else that of its type, which covers the codes without a row of their own. */
const rowOf = ({ error_type, error_code }: ErrorIdentity): ErrorCode | undefined =>
  [`${error_type}/${error_code}`, error_code, error_type]
    .map((name) => (name && Object.hasOwn(ERROR_CODES, name) ? ERROR_CODES[name] : undefined))
    .find((row) => row !== undefined);

const codesWhere = (matches: (row: ErrorCode) => boolean | undefined): ReadonlySet<string> =>
  new Set(Object.keys(ERROR_CODES).filter((code) => matches(ERROR_CODES[code] as ErrorCode)));

/** Codes that mean there is no report to read. */
export const NO_REPORT = codesWhere(({ isNoReport }) => isNoReport);

/** What an error says is not ready yet: a report in the making, the data of an Item, or nothing. */
export const notReadyOf = (error: ErrorIdentity) => rowOf(error)?.notReady;

/** Plaid's code for a report that is being made. */
export const NOT_READY = 'PRODUCT_NOT_READY';

/** Codes of errors that a person has to look at before anything is sent again. */
export const NEEDS_PERSON = codesWhere(({ needsPerson }) => needsPerson);

/** Codes after which the person has to go through Link again. */
export const NEEDS_LINK = codesWhere(({ needsLink }) => needsLink);

/** Codes that are about the account, not about the request. */
export const ABOUT_ACCOUNT = codesWhere(({ isAboutAccount }) => isAboutAccount);

/** The message where Plaid's own is empty. */
export const messageFor = (error: ErrorIdentity) =>
  rowOf(error)?.message ?? 'Plaid rejected the request';

/**
 * What to do about an error of Plaid; null where the table has no row for it.
 * @param suggested what else is known to do, for errors without a row of their own
 */
export function nextStepFor(
  error: ErrorIdentity & { error_message?: string | null },
  { httpStatus, suggested = null }: { httpStatus?: number; suggested?: string | null } = {},
): string | null {
  const row = rowOf(error) ?? (httpStatus === 429 ? ERROR_CODES.RATE_LIMIT_EXCEEDED : undefined);
  const variant = row?.variants?.find(({ message }) => message.test(error.error_message ?? ''));
  return (row?.isGeneric && suggested) || ((variant ?? row)?.nextStep ?? suggested);
}

/** Whether a request may be retried. */
export type Retryability =
  /** A retry would fail as well */
  | 'never'
  /** The request had no effect yet */
  | 'safe'
  /** The request may have succeeded, so only an idempotent one is retried unless the user allows it */
  | 'ifIdempotent'
  /** Plaid received too many requests; the run slows down before the retry */
  | 'rateLimited';

/** Whether a request may be retried after an error response: by the row of its code or type, else by its HTTP status. */
export function retryabilityOf(
  status: number,
  { error_type, error_code }: ErrorIdentity,
): Retryability {
  const { retry: known, needsPerson } = rowOf({ error_type, error_code }) ?? {};
  if (status === 429 && !needsPerson) return 'rateLimited';
  if (known) return known;
  return leavesOutcomeOpen(status, error_code) ? 'ifIdempotent' : 'never';
}

/** Whether the request may have taken effect despite this response; other errors rule it out. */
const leavesOutcomeOpen = (httpStatus: number, errorCode: string | null) =>
  httpStatus < 300 ||
  httpStatus === 408 ||
  httpStatus >= 500 ||
  errorCode === 'INTERNAL_SERVER_ERROR';
