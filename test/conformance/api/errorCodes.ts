/** An error code of Plaid that a user of Plaid Check can meet. */
export interface PublicErrorCode {
  readonly code: string;
  readonly types: readonly string[];
  /** Where it is public */
  readonly source: string;
}

const page = (name: string) => `https://plaid.com/docs/errors/${name}/`;

const from = (source: string, types: readonly string[], ...codes: readonly string[]) =>
  codes.map((code): PublicErrorCode => ({ code, types, source }));

/** What the newer report API answers with (its page says so of every code), beside the type of the legacy one. */
const NEWER = 'CRA_REPORT_ERROR';

/**
 * The error codes of Plaid Check. Plaid's SDK has no list of them, so this one is kept by hand, from Plaid's pages in the versions
 * of 2026 that were found. `plaid-check` succeeded `check-report` and was seen from its first three codes on; those of
 * `check-report` are still sent by the legacy calls.
 */
export const ERROR_CODES: readonly PublicErrorCode[] = [
  ...from(
    page('plaid-check'),
    ['CONSUMER_REPORT_ERROR', NEWER],
    'CONSUMER_REPORT_EXPIRED',
    'CONSUMER_REPORT_NOT_FOUND',
  ),
  ...from(
    page('plaid-check'),
    ['CHECK_REPORT_ERROR', NEWER],
    'USER_ON_IDENTITY_THEFT_OR_FRAUD_BLOCK',
  ),
  ...from(page('check-report'), ['CONSUMER_REPORT_ERROR', NEWER], 'PRODUCT_NOT_READY'),
  ...from(
    page('check-report'),
    ['CHECK_REPORT_ERROR', NEWER],
    'DATA_UNAVAILABLE',
    'INSTITUTION_TRANSACTION_HISTORY_NOT_SUPPORTED',
    'INSUFFICIENT_TRANSACTION_DATA',
    'NO_ACCOUNTS',
    'NETWORK_CONSENT_REQUIRED',
    'DATA_QUALITY_CHECK_FAILED',
  ),
  ...from(page('check-report-webhook'), ['CHECK_REPORT_ERROR'], 'PRODUCT_GENERATION_FAILED'),
  ...from(
    page('cra-monitoring'),
    ['CRA_MONITORING_ERROR'],
    'SUBSCRIPTION_NOT_FOUND',
    'SUBSCRIPTION_ALREADY_EXISTS',
  ),
  ...from(page('user'), ['USER_ERROR'], 'USER_NOT_FOUND'),
];

/** Error types that cover a code which is not known yet. Plaid names the first for the newer report API. */
export const ERROR_TYPES: readonly string[] = [
  'CRA_REPORT_ERROR',
  'CHECK_REPORT_ERROR',
  'CONSUMER_REPORT_ERROR',
];

/**
 * What stands in `error_code` of CRA_REPORT's webhooks beside the errors above. More of CRA_REPORT_UPDATED are in the SDK, as the
 * Sandbox can send them: see `simulatedCodes`.
 */
export const WEBHOOK_CODES: readonly PublicErrorCode[] = [
  ...from(
    "CRA_REPORT_READY in Plaid's OpenAPI description 2020-09-14_1.762.0",
    [],
    'DATA_UNAVAILABLE',
    'INTERNAL_SERVER_ERROR',
  ),
  ...from("CraReportUpdatedWebhook in Plaid's SDK", [], 'NO_ELIGIBLE_ITEMS'),
];
