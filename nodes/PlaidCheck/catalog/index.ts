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
import { getReportByProduct } from './checkReport/getReportByProduct';
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

/** How the resource picker shows a resource. */
export interface Resource {
  value: string;
  name: string;
  description: string;
}

/** The resource picker, in alphabetical order. */
export const plaidResources: readonly Resource[] = [
  {
    value: 'checkReport',
    name: 'Check Report',
    description:
      'Consumer reports made from bank data: make one, read its accounts, income and scores, or get it as a PDF',
  },
  {
    value: 'creditProfile',
    name: 'Credit Profile',
    description: 'Credit profiles with LendScores and attributes',
  },
  {
    value: 'linkToken',
    name: 'Link Token',
    description: 'Sessions of Link, where a person links a bank and agrees to a report',
  },
  {
    value: 'loan',
    name: 'Loan',
    description: 'The loans you give, reported back to Plaid from application to payoff',
  },
  {
    value: 'monitoring',
    name: 'Monitoring',
    description:
      'Cash Flow Updates on users you monitor, which Plaid ends on August 20, 2027 in favor of Servicing',
  },
  {
    value: 'partnerInsightsLegacy',
    name: 'Partner Insights (Legacy)',
    description:
      'Prism Data scores of older income integrations; those of check reports are under Check Report',
  },
  {
    value: 'partnerSharing',
    name: 'Partner Sharing',
    description: 'Tokens with which a partner such as Fannie Mae reads reports',
  },
  {
    value: 'sandbox',
    name: 'Sandbox',
    description: "Test data and test webhooks; works in Plaid's Sandbox alone",
  },
  {
    value: 'servicing',
    name: 'Servicing',
    description: "Subscriptions that keep a user's report up to date while a loan is running",
  },
  {
    value: 'user',
    name: 'User',
    description: 'The people whom reports are about; everything starts with creating one',
  },
];

/** Every endpoint the node offers; each with its exact type, to be held against Plaid's SDK. */
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
  getReportByProduct,
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
