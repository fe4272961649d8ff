import type * as Plaid from 'plaid';

const environment = 'sandbox' as Plaid.WebhookEnvironmentValues;
const user = { user_id: 'usr_webhook_samples', environment };
const available = { status: 'AVAILABLE' as Plaid.MonitoringInsightsStatus };
const link = {
  link_session_id: '356dbb28-7f98-44d1-8e6d-0cec580f3171',
  link_token: 'link-sandbox-af1a0311-da53-4636-b754-dd15cc058176',
  environment,
};
const report = { webhook_type: 'CHECK_REPORT' };
const cashFlow = { webhook_type: 'CASH_FLOW_UPDATES' };
const products = {
  successful_products: ['cra_base_report' as Plaid.Products],
  failed_products: [],
};

/** A webhook of each kind that Plaid Check sends, in the types of Plaid's SDK; by `type.code`. */
const ready: Plaid.CraCheckReportReadyWebhook = {
  ...report,
  webhook_code: 'CHECK_REPORT_READY',
  ...products,
  ...user,
};
const failed: Plaid.CraCheckReportFailedWebhook = {
  ...report,
  webhook_code: 'CHECK_REPORT_FAILED',
  error: null,
  repairable_items: [],
  ...user,
};
const userReady: Plaid.CraUserCheckReportReadyWebhook = {
  ...report,
  webhook_code: 'USER_CHECK_REPORT_READY',
  ...products,
  ...user,
};
const userFailed: Plaid.CraUserCheckReportFailedWebhook = {
  ...report,
  webhook_code: 'USER_CHECK_REPORT_FAILED',
  ...user,
};
const upgradeFailed: Plaid.CraUpgradeFailedWebhook = {
  ...report,
  webhook_code: 'UPGRADE_FAILED',
  item_ids: ['wz666MBjYWTp2PDzzggYhM6oWWmBb'],
  ...user,
};
const baseReport: Plaid.BaseReportsErrorWebhook = {
  webhook_type: 'BASE_REPORT',
  webhook_code: 'ERROR',
  error: null,
  ...user,
};
const income: Plaid.CraBankIncomeCompleteWebhook = {
  webhook_type: 'CRA_INCOME',
  webhook_code: 'BANK_INCOME_COMPLETE',
  result: 'SUCCESS' as Plaid.CraBankIncomeCompleteResult,
  ...user,
};
const incomeError: Plaid.CraBankIncomeErrorWebhook = {
  webhook_type: 'CRA_INCOME',
  webhook_code: 'ERROR',
  ...user,
};
const partner: Plaid.CraPartnerInsightsCompleteWebhook = {
  webhook_type: 'CRA_INSIGHTS',
  webhook_code: 'PARTNER_INSIGHTS_COMPLETE',
  ...user,
};
const partnerError: Plaid.CraPartnerInsightsErrorWebhook = {
  webhook_type: 'CRA_INSIGHTS',
  webhook_code: 'PARTNER_INSIGHTS_ERROR',
  ...user,
};
const updated: Plaid.CraReportUpdatedWebhook = {
  webhook_type: 'CRA_REPORT',
  webhook_code: 'CRA_REPORT_UPDATED',
  report_id: '1f2f1a2c-6ba4-4b2c-8a56-dcbd2b1f8d1b',
  scope: 'CLIENT_USER' as Plaid.CraReportScope,
  successful_products: [{ product: 'cra_base_report' as Plaid.Products, version: 'v1' }],
  failed_products: [],
  generated_time: '2026-04-02T09:30:00Z',
  error_code: null,
  ...user,
};
/** `plaid` 47 has no type for it yet. */
const reportReady = {
  webhook_type: 'CRA_REPORT',
  webhook_code: 'CRA_REPORT_READY',
  report_id: '7f6c0f0d-1f0e-4a5b-9a43-0f6f2f9f3c55',
  client_report_id: null,
  client_user_id: null,
  scope: 'PLAID_NETWORK',
  successful_products: [{ product: 'cra_base_report', version: 'V1' }],
  failed_products: [{ product: 'cra_qualify', version: 'V1' }],
  generated_time: '2026-11-02T09:30:00Z',
  error_code: null,
  ...user,
};
const insights: Plaid.CashFlowUpdatesInsightsV2Webhook = {
  ...cashFlow,
  webhook_code: 'CASH_FLOW_INSIGHTS_UPDATED',
  insights: ['LOW_BALANCE_DETECTED' as Plaid.CashFlowInsight],
  ...available,
  ...user,
};
const olderInsights: Plaid.CashFlowUpdatesInsightsWebhook = {
  ...cashFlow,
  webhook_code: 'INSIGHTS_UPDATED',
  ...available,
  ...user,
};
const missed: Plaid.CashFlowUpdatesExpectedDepositMissedWebhook = {
  ...cashFlow,
  webhook_code: 'EXPECTED_DEPOSIT_MISSED',
  ...available,
  ...user,
};
const large: Plaid.CashFlowUpdatesLargeDepositWebhook = {
  ...cashFlow,
  webhook_code: 'LARGE_DEPOSIT_DETECTED',
  ...available,
  ...user,
};
const low: Plaid.CashFlowUpdatesLowBalanceWebhook = {
  ...cashFlow,
  webhook_code: 'LOW_BALANCE_DETECTED',
  ...available,
  ...user,
};
const stream: Plaid.CashFlowUpdatesNewIncomeStreamWebhook = {
  ...cashFlow,
  webhook_code: 'NEW_INCOME_STREAM_DETECTED',
  ...available,
  ...user,
};
const loan: Plaid.CashFlowUpdatesNewLoanPaymentWebhook = {
  ...cashFlow,
  webhook_code: 'NEW_LOAN_PAYMENT_DETECTED',
  ...available,
  ...user,
};
const overdraft: Plaid.CashFlowUpdatesNSFWebhook = {
  ...cashFlow,
  webhook_code: 'NSF_OVERDRAFT_DETECTED',
  ...available,
  ...user,
};
const finished: Plaid.LinkSessionFinishedWebhook = {
  webhook_type: 'LINK',
  webhook_code: 'SESSION_FINISHED',
  status: 'SUCCESS',
  public_tokens: ['public-sandbox-b0e2c4ee-a763-4df5-bfe9-46a46bce993d'],
  ...link,
};
const events: Plaid.LinkEventsWebhook = {
  webhook_type: 'LINK',
  webhook_code: 'EVENTS',
  events: [],
  ...link,
};
const added: Plaid.ItemAddResultWebhook = {
  webhook_type: 'LINK',
  webhook_code: 'ITEM_ADD_RESULT',
  public_token: 'public-sandbox-b0e2c4ee-a763-4df5-bfe9-46a46bce993d',
  ...link,
};
const revoked: Plaid.UserAccountRevokedWebhook = {
  webhook_type: 'ITEM',
  webhook_code: 'USER_ACCOUNT_REVOKED',
  item_id: 'gAXlMgVEw5uEGoQnnXZ6tn9E7Mn3LBc4PJVKZ',
  account_id: 'BxBXxLj1m4HMXBm9WZZmCWVbPjX16EHwv99vp',
  ...user,
};

export const SAMPLES = [
  ready,
  failed,
  userReady,
  userFailed,
  upgradeFailed,
  baseReport,
  income,
  incomeError,
  partner,
  partnerError,
  updated,
  reportReady,
  insights,
  olderInsights,
  missed,
  large,
  low,
  stream,
  loan,
  overdraft,
  finished,
  events,
  added,
  revoked,
];

export const READY = ready;
export const UPDATED = updated;
export const REVOKED = revoked;
