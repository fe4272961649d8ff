/** Plaid keeps every request of 14 days there, with its answer (https://plaid.com/docs/account/activity/). */
export const ACTIVITY_LOG =
  "the Activity Log of Plaid's Dashboard (https://dashboard.plaid.com/activity/logs)";

/** For reads that are billed: what is in doubt is the bill alone. */
export const VERIFY_BILLED = `See in ${ACTIVITY_LOG} whether Plaid answered. To have the answer, send the request again, which may be billed again`;

/** For reads that name the decision they are made for. */
export const VERIFY_INQUIRY = `See in ${ACTIVITY_LOG} whether Plaid answered. To have the answer, send the request again, which may be billed, and count as an inquiry, again`;

/** For what Plaid has no request to look at. */
export const VERIFY_LOAN_REPORT = `Plaid has no request that shows what you reported, so look in ${ACTIVITY_LOG} before you report it a second time`;
