import { createCheckReport } from './checkReport/create';
import { getBaseReport } from './checkReport/getBaseReport';
import { getCashflowInsights } from './checkReport/getCashflowInsights';
import { getHomeLendingPdf } from './checkReport/getHomeLendingPdf';
import { getHomeLendingReport } from './checkReport/getHomeLendingReport';
import { getIncomeInsights } from './checkReport/getIncomeInsights';
import { getLendScore } from './checkReport/getLendScore';
import { getNetworkInsights } from './checkReport/getNetworkInsights';
import { getPartnerInsights } from './checkReport/getPartnerInsights';
import { getPdf } from './checkReport/getPdf';
import { getCreditProfileReport } from './creditProfile/getReport';
import type { Endpoint } from './endpoint';
import { createLinkToken } from './linkToken/create';
import { getLinkToken } from './linkToken/get';
import { registerLoans } from './loan/register';
import { registerLoanApplications } from './loan/registerApplications';
import { unregisterLoans } from './loan/unregister';
import { updateLoans } from './loan/update';
import { getMonitoringInsights } from './monitoring/getInsights';
import { subscribeMonitoring } from './monitoring/subscribe';
import { unsubscribeMonitoring } from './monitoring/unsubscribe';
import { getLegacyPartnerInsights } from './partnerInsightsLegacy/get';
import { createOAuthToken } from './partnerSharing/createOAuthToken';
import { introspectOAuthToken } from './partnerSharing/introspect';
import { revokeOAuthToken } from './partnerSharing/revoke';
import { createReport } from './report/create';
import { getReport } from './report/get';
import { createSandboxPublicToken } from './sandbox/createPublicToken';
import { fireSandboxWebhook } from './sandbox/fireWebhook';
import { resetSandboxLogin } from './sandbox/resetLogin';
import { simulateSandboxServicingUpdate } from './sandbox/simulateServicingUpdate';
import { triggerSandboxCashFlowUpdate } from './sandbox/triggerCashFlowUpdate';
import { createSubscription } from './servicing/createSubscription';
import { deleteSubscription } from './servicing/deleteSubscription';
import { getSubscription } from './servicing/getSubscription';
import { listSubscriptions } from './servicing/listSubscriptions';
import { updateSubscription } from './servicing/updateSubscription';
import { associateUserItems } from './user/associateItems';
import { createUser } from './user/create';
import { createThirdPartyToken } from './user/createThirdPartyToken';
import { getUser } from './user/get';
import { getUserItems } from './user/getItems';
import { removeUser } from './user/remove';
import { removeUserIdentity } from './user/removeIdentity';
import { removeUserItems } from './user/removeItems';
import { removeThirdPartyToken } from './user/removeThirdPartyToken';
import { terminateUserProducts } from './user/terminateProducts';
import { updateUser } from './user/update';

export interface Resource {
  value: string;
  /** Display name; n8n sorts them, and each name of a current API comes before that of its legacy one */
  name: string;
  description: string;
  /** The operation that it starts with: one that neither creates nor bills, where the resource has one */
  startsWith: string;
}

/** The resources, in alphabetical order of their values. */
export const plaidResources: readonly Resource[] = [
  {
    value: 'checkReport',
    name: 'Check Report (Legacy API)',
    description:
      "Create and read consumer reports with Plaid's legacy API, which keeps working and needs no new contract; new accounts use Check Report",
    startsWith: 'getBaseReport',
  },
  {
    value: 'creditProfile',
    name: 'Credit Profile',
    description: 'Credit profiles with LendScores and attributes',
    startsWith: 'getReport',
  },
  {
    value: 'linkToken',
    name: 'Link Token',
    description: 'Link sessions, where a person links a bank and agrees to a report',
    startsWith: 'get',
  },
  {
    value: 'loan',
    name: 'Loan',
    description: 'Report your loans to Plaid, from application to payoff',
    startsWith: 'register',
  },
  {
    value: 'monitoring',
    name: 'Monitoring (Legacy)',
    description:
      'Cash Flow Updates for monitored users; Plaid replaces them with Servicing on August 20, 2027',
    startsWith: 'getInsights',
  },
  {
    value: 'partnerInsightsLegacy',
    name: 'Partner Insights (Legacy)',
    description:
      'Prism Data scores for older income integrations; for consumer reports, use Check Report or Check Report (Legacy API)',
    startsWith: 'get',
  },
  {
    value: 'partnerSharing',
    name: 'Partner Sharing',
    description: 'Tokens that let a partner such as Fannie Mae read reports',
    startsWith: 'introspect',
  },
  {
    value: 'report',
    name: 'Check Report',
    description:
      "Create and read consumer reports with Plaid's current API; for new accounts (an account that uses the legacy API needs a contract update)",
    startsWith: 'get',
  },
  {
    value: 'sandbox',
    name: 'Sandbox',
    description: "Test data and test webhooks; works only in Plaid's Sandbox",
    startsWith: 'fireWebhook',
  },
  {
    value: 'servicing',
    name: 'Servicing',
    description: "Subscriptions that keep a user's report up to date for the life of a loan",
    startsWith: 'listSubscriptions',
  },
  {
    value: 'user',
    name: 'User',
    description: 'The people that reports are about; create a user first',
    startsWith: 'get',
  },
];

/** Every endpoint of the node, with exact types so that tests can compare them with Plaid's SDK. */
export const catalog = [
  createCheckReport,
  getBaseReport,
  getIncomeInsights,
  getPartnerInsights,
  getCashflowInsights,
  getLendScore,
  getNetworkInsights,
  getHomeLendingReport,
  getPdf,
  getHomeLendingPdf,
  getCreditProfileReport,
  createLinkToken,
  getLinkToken,
  registerLoans,
  updateLoans,
  unregisterLoans,
  registerLoanApplications,
  subscribeMonitoring,
  getMonitoringInsights,
  unsubscribeMonitoring,
  getLegacyPartnerInsights,
  createOAuthToken,
  introspectOAuthToken,
  revokeOAuthToken,
  createReport,
  getReport,
  createSandboxPublicToken,
  resetSandboxLogin,
  fireSandboxWebhook,
  triggerSandboxCashFlowUpdate,
  simulateSandboxServicingUpdate,
  createSubscription,
  getSubscription,
  listSubscriptions,
  updateSubscription,
  deleteSubscription,
  createUser,
  getUser,
  updateUser,
  removeUser,
  getUserItems,
  associateUserItems,
  removeUserItems,
  removeUserIdentity,
  terminateUserProducts,
  createThirdPartyToken,
  removeThirdPartyToken,
] as const satisfies readonly Endpoint[];
