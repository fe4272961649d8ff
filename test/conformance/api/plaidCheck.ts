/** Families of endpoints of which the node has every one that is not left out below. */
const FAMILIES = /^\/(cra|user|oauth|link\/token)\//;

/** Endpoints of Plaid's Sandbox that make something of Plaid Check happen; the others are for other products. */
export const SANDBOX = [
  '/sandbox/public_token/create',
  '/sandbox/user/reset_login',
  '/sandbox/user/fire_webhook',
  '/sandbox/cra/cashflow_updates/update',
  '/sandbox/cra/servicing/simulate',
];

/** These refresh data of other products, such as Transactions; a consumer report is made anew instead. */
export const LEFT_OUT = ['/user/financial_data/refresh', '/user/transactions/refresh'];

/** Whether an endpoint is of Plaid Check. One of the Sandbox for it may be new, so its families count too. */
export const isPlaidCheck = (path: string): boolean =>
  (FAMILIES.test(path) || SANDBOX.includes(path) || /^\/sandbox\/cra\//.test(path)) &&
  !LEFT_OUT.includes(path);

/** The `webhook_type` of what Plaid Check and Hosted Link send. */
export const isPlaidCheckWebhook = (key: string): boolean =>
  /^(CHECK_REPORT|CASH_FLOW_UPDATES|CRA_\w+|BASE_REPORT|LINK)\./.test(key);
