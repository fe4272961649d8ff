import type { PlaidError as PlaidErrorBody } from 'plaid';
import type { Violation } from './oracle';
import type { Wire } from './wire';

/** CRA_REPORT_ERROR is of the newer report API, and so not in the installed SDK's type. */
type ErrorType = Wire<PlaidErrorBody>['error_type'] | 'CRA_REPORT_ERROR';

/** An error as it travels. */
type ErrorBody = Omit<Wire<PlaidErrorBody>, 'error_type'> & { readonly error_type: ErrorType };

/** An error Plaid would answer with; thrown anywhere, turned into the HTTP answer by the server. */
export class PlaidError extends Error {
  constructor(
    /** HTTP status. */
    readonly status: number,
    readonly type: ErrorType,
    readonly code: string,
    message: string,
    /** What is wrong with which Item. */
    readonly causes: readonly ItemCause[] = [],
  ) {
    super(message);
  }
}

/** Why an Item cannot be read: https://plaid.com/docs/errors/item/ */
export interface ItemError extends Pick<Wire<PlaidErrorBody>, 'error_type'> {
  readonly error_code: string;
  readonly error_message: string;
  readonly display_message: string | null;
}

export interface ItemCause extends ItemError {
  readonly item_id: string;
}

/**
 * Plaid's error body (https://plaid.com/docs/errors/): the same keys on every error. `causes`
 * is left out, as Plaid does where no single Item is to blame.
 */
export function errorBody(error: PlaidError, requestId: string): ErrorBody {
  return {
    ...(error.causes.length > 0 && { causes: [...error.causes] }),
    display_message: null,
    documentation_url: `https://plaid.com/docs/?ref=error#${anchor(error.type)}`,
    error_code: error.code,
    error_message: error.message,
    error_type: error.type,
    request_id: requestId,
    suggested_action: null,
  };
}

/** `INVALID_REQUEST` -> `invalid-request-errors`, as in the links Plaid sends. */
const anchor = (type: string) =>
  `${type
    .toLowerCase()
    .replace(/_error$/, '')
    .replace(/_/g, '-')}-errors`;

/** https://plaid.com/docs/errors/invalid-request/ */
export const invalidRequest = ({ code, message }: Pick<Violation, 'message'> & { code: string }) =>
  new PlaidError(400, 'INVALID_REQUEST', code, message);

export const invalidBody = () =>
  invalidRequest({ code: 'INVALID_BODY', message: 'body could not be parsed as JSON' });

export const notFound = () =>
  new PlaidError(404, 'INVALID_REQUEST', 'NOT_FOUND', 'the requested resource could not be found');

/** What /link/token/create says of options that do not go together. */
export const invalidConfiguration = (message: string) =>
  new PlaidError(400, 'INVALID_REQUEST', 'INVALID_CONFIGURATION', message);

/** https://plaid.com/docs/errors/invalid-input/ */
export const invalidApiKeys = () =>
  new PlaidError(400, 'INVALID_INPUT', 'INVALID_API_KEYS', 'invalid client_id or secret provided');

/** Of an entry of a list: the message names it, such as `loans[1].loan_id`. */
export const invalidLoan = (field: string, problem: string) =>
  new PlaidError(400, 'INVALID_INPUT', 'INVALID_LOAN_ID', `${field} ${problem}`);

export const invalidUserToken = (field: string) =>
  new PlaidError(400, 'INVALID_INPUT', 'INVALID_USER_TOKEN', `${field} does not name a user`);

/** https://plaid.com/docs/errors/oauth/ lists none for tokens: the code is OAuth's own (RFC 6749, 5.2). */
export const invalidGrant = (message: string) =>
  new PlaidError(400, 'OAUTH_ERROR', 'INVALID_GRANT', message);

export const invalidLinkToken = (message: string) =>
  new PlaidError(400, 'INVALID_INPUT', 'INVALID_LINK_TOKEN', message);

export const unknownWebhookKey = () =>
  new PlaidError(
    400,
    'INVALID_INPUT',
    'INVALID_WEBHOOK_VERIFICATION_KEY_ID',
    'invalid key_id provided. note that key_ids are specific to Plaid environments, and verification requests must be made to the same environment that the webhook was sent from',
  );

/** https://plaid.com/docs/errors/user/ */
export const userNotFound = () =>
  new PlaidError(
    400,
    'USER_ERROR',
    'USER_NOT_FOUND',
    'The User you requested cannot be found. This User does not exist or has had access removed by the user.',
  );

/** https://plaid.com/docs/errors/check-report/, the same for the next two. */
export const reportNotReady = () =>
  new PlaidError(
    400,
    'CONSUMER_REPORT_ERROR',
    'PRODUCT_NOT_READY',
    'The consumer report you are trying to pull is not ready. Please wait for a CHECK_REPORT_READY webhook to fetch data',
  );

export const reportNotFound = () =>
  new PlaidError(
    400,
    'CONSUMER_REPORT_ERROR',
    'CONSUMER_REPORT_NOT_FOUND',
    'the consumer report you are trying to pull does not exist. please use Link to reconnect the end user and then fetch the generated report',
  );

export const reportExpired = () =>
  new PlaidError(
    400,
    'CONSUMER_REPORT_ERROR',
    'CONSUMER_REPORT_EXPIRED',
    'the consumer report you are trying to pull has expired. please call /cra/check_report/create to generate a new report',
  );

export const dataUnavailable = (
  items: readonly { readonly itemId: string; readonly error: ItemError | null }[],
) =>
  new PlaidError(
    400,
    'CHECK_REPORT_ERROR',
    'DATA_UNAVAILABLE',
    'The Check Report you are trying to pull does not have sufficient transactions data to generate a report.',
    items.map(({ itemId, error }) => ({ item_id: itemId, ...(error ?? LOGIN_REQUIRED) })),
  );

/**
 * Errors of /cra/report/create and /cra/report/get: https://plaid.com/docs/errors/plaid-check/ names their type, and the
 * codes without saying which of them these two return. Not public: the codes and messages of the three below, which are those
 * of the legacy calls.
 */
export const ofReportApi = ({ status, code, message, causes }: PlaidError) =>
  new PlaidError(status, 'CRA_REPORT_ERROR', code, message, causes);

export const productReportNotReady = () => ofReportApi(reportNotReady());
export const productReportNotFound = () => ofReportApi(reportNotFound());
export const productReportExpired = () => ofReportApi(reportExpired());

/** https://plaid.com/docs/errors/item/#item_login_required */
export const LOGIN_REQUIRED: ItemError = {
  error_type: 'ITEM_ERROR',
  error_code: 'ITEM_LOGIN_REQUIRED',
  error_message:
    "the login details of this item have changed (credentials, MFA, or required user action) and a user login is required to update this information. use Link's update mode to restore the item to a good state",
  display_message: 'The login details of this account have changed.',
};

/** https://plaid.com/docs/errors/item/#product_not_ready */
export const NOT_READ_YET: ItemError = {
  error_type: 'ITEM_ERROR',
  error_code: 'PRODUCT_NOT_READY',
  error_message:
    'the requested product is not yet ready. please provide a webhook or try the request again later',
  display_message: null,
};

/** https://plaid.com/docs/errors/item/#products_not_supported */
export const IDENTITY_NOT_GIVEN: ItemError = {
  error_type: 'ITEM_ERROR',
  error_code: 'PRODUCTS_NOT_SUPPORTED',
  error_message: 'identity is not supported by this institution',
  display_message: null,
};

/** https://plaid.com/docs/errors/item/#item_not_found */
export const itemNotFound = () =>
  new PlaidError(
    400,
    'ITEM_ERROR',
    'ITEM_NOT_FOUND',
    'The Item you requested cannot be found. This Item does not exist, has been previously removed via /item/remove, or has had access removed by the user.',
  );

/** https://plaid.com/docs/errors/cra-monitoring/, the same for the next. */
export const subscriptionNotFound = (by: 'subscription id' | 'user') =>
  new PlaidError(
    404,
    'CRA_MONITORING_ERROR',
    'SUBSCRIPTION_NOT_FOUND',
    `no subscription found for the ${by} provided.`,
  );

export const subscriptionExists = () =>
  new PlaidError(
    400,
    'CRA_MONITORING_ERROR',
    'SUBSCRIPTION_ALREADY_EXISTS',
    'the user already has an active subscription.',
  );

/** https://plaid.com/docs/errors/sandbox/ */
export const invalidEndDate = () =>
  new PlaidError(
    400,
    'SANDBOX_ERROR',
    'SANDBOX_INVALID_TRANSACTIONS_END_DATE',
    'options.transactions_end_date must be a date (YYYY-MM-DD) at most 180 days ahead',
  );

/** https://plaid.com/docs/errors/api/ */
export const internalError = () =>
  new PlaidError(500, 'API_ERROR', 'INTERNAL_SERVER_ERROR', 'an unexpected error occurred');
