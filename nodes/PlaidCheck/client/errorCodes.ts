const NOTHING_DONE =
  'Plaid did not carry out the request. Try again later; https://status.plaid.com tells of outages';

/** What a user can do about an error code of Plaid (https://plaid.com/docs/errors/). */
const NEXT_STEPS = new Map(
  Object.entries({
    CONSUMER_REPORT_EXPIRED:
      'A report lasts 24 hours. Create it again with Check Report: Create, wait until it is ready, then read it',
    CONSUMER_REPORT_NOT_FOUND:
      'There is no report for this user yet. Create one with Check Report: Create, or check that the user ID is right',
    DATA_UNAVAILABLE:
      "Plaid has not enough data for it. The person may have to repair the bank connection in Link's update mode, or connect another account, before a new report can have it",
    INVALID_API_KEYS:
      'Check the client ID and the secret in the credential, and that they belong to its environment: Sandbox and Production have different secrets',
    PRODUCT_NOT_READY:
      'The report is still being made. Wait for the webhook that says it is ready, or try again in some seconds',
    RATE_LIMIT_EXCEEDED: 'Wait a minute, then send fewer requests at a time',
    UNAUTHORIZED_ENVIRONMENT:
      'Ask Plaid to enable this environment for your account, or choose another one in the credential',
    PLANNED_MAINTENANCE: NOTHING_DONE,
    INSTITUTION_DOWN: NOTHING_DONE,
    INSTITUTION_NOT_AVAILABLE: NOTHING_DONE,
    INSTITUTION_NOT_RESPONDING: NOTHING_DONE,
    INVALID_PRODUCT: 'Ask Plaid to enable this product for your account',
    PRODUCTS_NOT_SUPPORTED: 'Ask Plaid to enable this product for your account',
    UNKNOWN_FIELDS: 'Remove the fields that Plaid names, or correct their spelling',
    MISSING_FIELDS: 'Add the fields that Plaid names',
    INVALID_FIELD: 'Correct the field that Plaid names',
    INVALID_BODY: 'Correct the JSON of the request',
    USER_NOT_FOUND:
      'Check that the user ID or token is right and belongs to the environment of the credential',
  }),
);

/** What to say where Plaid sends a code with an empty message. */
const MESSAGES = new Map(
  Object.entries({
    CONSUMER_REPORT_EXPIRED: 'The report has expired',
    CONSUMER_REPORT_NOT_FOUND: 'There is no report for this user',
    PRODUCT_NOT_READY: 'The report is not ready yet',
  }),
);

/** The sentence a user reads first when Plaid's own message is empty. */
export const messageFor = (errorCode: string | null) =>
  MESSAGES.get(errorCode ?? '') ?? 'Plaid refused the request';

/** What to do about an error that Plaid answered with, by its code, its type or its HTTP status. */
export function nextStepFor(
  errorType: string | null,
  errorCode: string | null,
  httpStatus: number,
): string | null {
  const known = NEXT_STEPS.get(errorCode ?? '') ?? NEXT_STEPS.get(errorType ?? '');
  if (known) return known;
  return httpStatus === 429 ? (NEXT_STEPS.get('RATE_LIMIT_EXCEEDED') ?? null) : null;
}

/** Whether an answer leaves it open that the request took effect; other errors say that it did not. */
export const mayHaveSucceeded = (httpStatus: number, errorCode: string | null = null) =>
  httpStatus < 300 ||
  httpStatus === 408 ||
  httpStatus >= 500 ||
  errorCode === 'INTERNAL_SERVER_ERROR';

const IN_DOUBT = 'The request may have gone through all the same';

/**
 * What to do when a request may have arrived but no usable answer came back.
 * @param howToVerify how to see whether it took effect; null where sending it again is harmless
 */
export const afterUncertainEnd = (howToVerify: string | null) =>
  howToVerify === null ? 'Try again in a moment' : `${IN_DOUBT}. ${howToVerify}`;

/** Answers by which Plaid says that there is no report to read (https://plaid.com/docs/errors/plaid-check/). */
export const NO_REPORT = new Set(['CONSUMER_REPORT_EXPIRED', 'CONSUMER_REPORT_NOT_FOUND']);
