/** What the node knows of an error code, or error type, of Plaid (https://plaid.com/docs/errors/). */
interface ErrorCode {
  /** What the user can do about it; without a full stop at the end */
  nextStep: string;
  /** What to say where Plaid sends the code with an empty message */
  message?: string;
  /**
   * Whether the same request may do better later: `safe` where Plaid says that it did nothing yet, `later` where it wants
   * fewer requests, `never` where the HTTP status alone would say otherwise
   */
  again?: 'safe' | 'later' | 'never';
  /** The refusal is about the account, so no other choice of entries in a list would change it */
  isAboutAccount?: true;
  /** There is no report to read: none was made, or it has expired */
  isNoReport?: true;
  /** The report is still being made */
  isNotReady?: true;
}

const NOTHING_DONE =
  'Plaid did not carry out the request. Try again later; https://status.plaid.com tells of outages';

const NOT_ENABLED = 'Ask Plaid to enable this product for your account';

const WRONG_USER =
  'Check that the user ID or token is right and belongs to the environment of the credential';

/** One row for each code: all that the node knows of it. */
const ERROR_CODES: Readonly<Record<string, ErrorCode>> = {
  CONSUMER_REPORT_EXPIRED: {
    message: 'The report has expired',
    nextStep:
      'A report lasts 24 hours. Create it again with Check Report: Create, wait until it is ready, then read it',
    isNoReport: true,
  },
  CONSUMER_REPORT_NOT_FOUND: {
    message: 'There is no report for this user',
    nextStep:
      'There is no report for this user yet. Create one with Check Report: Create, or check that the user ID is right',
    isNoReport: true,
  },
  PRODUCT_NOT_READY: {
    message: 'The report is not ready yet',
    nextStep:
      'The report is still being made. Wait for the webhook that says it is ready, or try again in some seconds',
    isNotReady: true,
  },
  DATA_UNAVAILABLE: {
    nextStep:
      "Plaid has not enough data for it. The person may have to repair the bank connection in Link's update mode, or connect another account, before a new report can have it",
  },
  INSTITUTION_TRANSACTION_HISTORY_NOT_SUPPORTED: {
    nextStep:
      'The bank does not give enough transaction history. Ask the person to connect an account at another bank in Link',
  },
  USER_ON_IDENTITY_THEFT_OR_FRAUD_BLOCK: {
    nextStep:
      'The person has reported fraud or identity theft to Plaid Check. Have somebody verify who applies; do not send the request again',
    again: 'never',
  },
  RATE_LIMIT_EXCEEDED: {
    nextStep: 'Wait a minute, then send fewer requests at a time',
    again: 'later',
  },
  INSTITUTION_DOWN: { nextStep: NOTHING_DONE, again: 'safe' },
  INSTITUTION_NOT_AVAILABLE: { nextStep: NOTHING_DONE, again: 'safe' },
  INSTITUTION_NOT_RESPONDING: { nextStep: NOTHING_DONE, again: 'safe' },
  PLANNED_MAINTENANCE: { nextStep: NOTHING_DONE, again: 'safe' },
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
  INVALID_FIELD: { nextStep: 'Correct the field that Plaid names' },
  MISSING_FIELDS: { nextStep: 'Add the fields that Plaid names' },
  UNKNOWN_FIELDS: { nextStep: 'Remove the fields that Plaid names, or correct their spelling' },
  USER_NOT_FOUND: { nextStep: WRONG_USER },
};

/** The row of an error by its code, else by its type, which covers the codes that have no row of their own. */
const rowOf = (errorType: string | null, errorCode: string | null): ErrorCode | undefined =>
  [errorCode, errorType]
    .map((name) => (name && Object.hasOwn(ERROR_CODES, name) ? ERROR_CODES[name] : undefined))
    .find((row) => row !== undefined);

const codesWhere = (isMeant: (row: ErrorCode) => boolean | undefined): ReadonlySet<string> =>
  new Set(Object.keys(ERROR_CODES).filter((code) => isMeant(ERROR_CODES[code] as ErrorCode)));

/** Codes by which Plaid says that there is no report to read. */
export const NO_REPORT = codesWhere(({ isNoReport }) => isNoReport);

/** Codes by which Plaid says that the report is still being made. */
export const NOT_READY = codesWhere(({ isNotReady }) => isNotReady);

/** Codes that are about the account, not about what was sent. */
export const ABOUT_ACCOUNT = codesWhere(({ isAboutAccount }) => isAboutAccount);

/** The sentence a user reads first when Plaid's own message is empty. */
export const messageFor = (code: string | null) =>
  rowOf(null, code)?.message ?? 'Plaid refused the request';

/** What to do about an error that Plaid answered with; null where nothing is known of it. */
export const nextStepFor = (
  errorType: string | null,
  errorCode: string | null,
  httpStatus: number,
): string | null =>
  (
    rowOf(errorType, errorCode) ??
    (httpStatus === 429 ? ERROR_CODES.RATE_LIMIT_EXCEEDED : undefined)
  )?.nextStep ?? null;

/**
 * Whether the same request may do better later: never, for certain without being done twice (`safe`), maybe
 * twice as the first may have succeeded (`uncertain`), or when Plaid has fewer requests to do (`later`).
 */
export type Again = 'never' | 'safe' | 'uncertain' | 'later';

/** What an error answer says of a retry: the row of its code or type, else its HTTP status. */
export function againAfter(
  status: number,
  errorType: string | null,
  errorCode: string | null,
): Again {
  if (status === 429) return 'later';
  const known = rowOf(errorType, errorCode)?.again;
  if (known) return known;
  return mayHaveSucceeded(status, errorCode) ? 'uncertain' : 'never';
}

/** Whether an answer leaves it open that the request took effect; other errors say that it did not. */
export const mayHaveSucceeded = (httpStatus: number, errorCode: string | null = null) =>
  httpStatus < 300 ||
  httpStatus === 408 ||
  httpStatus >= 500 ||
  errorCode === 'INTERNAL_SERVER_ERROR';

const IN_DOUBT = 'The request may have succeeded';

/**
 * What to do when a request may have arrived but no usable answer came back.
 * @param howToVerify how to see whether it took effect; null where sending it again is harmless
 */
export const afterUncertainEnd = (howToVerify: string | null) =>
  howToVerify === null ? 'Try again in a moment' : `${IN_DOUBT}. ${howToVerify}`;
