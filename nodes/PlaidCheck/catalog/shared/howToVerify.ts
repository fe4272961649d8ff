/** Keeps requests and responses for 14 days (https://plaid.com/docs/account/activity/). */
export const ACTIVITY_LOG =
  "the Activity Log of Plaid's Dashboard (https://dashboard.plaid.com/activity/logs)";

/** For scores, which Plaid bills once per report (../billing.ts); whether two requests at the same time count as one it does not say. */
export const VERIFY_SCORES = `Check ${ACTIVITY_LOG} to see whether Plaid responded. To get the response, wait a minute and retry the request: Plaid bills scores once per report, but does not document whether that holds while the first request is still running`;

/** For other billed reads, where only the bill is uncertain. */
export const VERIFY_BILLED = `Check ${ACTIVITY_LOG} to see whether Plaid responded. To get the response, retry the request, which may be billed again`;

/** For reads that count as an inquiry. */
export const VERIFY_INQUIRY = `Check ${ACTIVITY_LOG} to see whether Plaid responded. To get the response, retry the request, which may be billed and count as an inquiry again`;

/** For loan reports, which no endpoint returns. */
export const VERIFY_LOAN_REPORT = `Plaid has no endpoint that returns what you reported, so check ${ACTIVITY_LOG} before you report it again`;
