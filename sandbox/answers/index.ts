import { getBaseReport } from './baseReport';
import type { Answer, Call } from './call';
import { getCreditProfile } from './creditProfile';
import { genericAnswer } from './generic';
import { getHomeLendingReport } from './homeLending';
import { getIncomeInsights } from './incomeInsights';
import { getCashflowInsights, getLendScore, getNetworkInsights } from './insights';
import { getInstitutions } from './institutions';
import { associateItems, createPublicToken, getUserItems, removeItems, resetLogin } from './items';
import { createLinkToken, getLinkToken } from './link';
import { registerApplications, registerLoans, unregisterLoans, updateLoans } from './loans';
import { getMonitoringInsights, subscribe, unsubscribe, updateCashFlow } from './monitoring';
import { createOAuthToken, introspectToken, revokeToken } from './oauth';
import { getPartnerInsights, getPartnerInsightsOfOld } from './partnerInsights';
import { createProductReport } from './productReports';
import { getReportByProduct } from './reportByProduct';
import { getHomeLendingPdf, getReportPdf } from './reportPdf';
import { createReport, fireCheckReportWebhook } from './reports';
import {
  createServicing,
  deleteServicing,
  getServicing,
  listServicing,
  simulateServicing,
  updateServicing,
} from './servicing';
import {
  createThirdPartyToken,
  createUser,
  getUser,
  removeIdentity,
  removeThirdPartyToken,
  removeUserAnswer,
  terminateProducts,
  updateUser,
} from './users';
import { getWebhookKey } from './webhooks';

/** The hand-written answers; every other covered path gets a generic one. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  '/user/create': createUser,
  '/user/get': getUser,
  '/user/update': updateUser,
  '/user/remove': removeUserAnswer,
  '/user/third_party_token/create': createThirdPartyToken,
  '/user/third_party_token/remove': removeThirdPartyToken,
  '/user/items/get': getUserItems,
  '/user/items/associate': associateItems,
  '/user/items/remove': removeItems,
  '/user/identity/remove': removeIdentity,
  '/user/products/terminate': terminateProducts,
  '/sandbox/user/reset_login': resetLogin,
  '/cra/loans/register': registerLoans,
  '/cra/loans/update': updateLoans,
  '/cra/loans/unregister': unregisterLoans,
  '/cra/loans/applications/register': registerApplications,
  '/oauth/token': createOAuthToken,
  '/oauth/introspect': introspectToken,
  '/oauth/revoke': revokeToken,
  '/cra/check_report/create': createReport,
  '/cra/check_report/base_report/get': getBaseReport,
  '/cra/check_report/income_insights/get': getIncomeInsights,
  '/cra/check_report/verification/get': getHomeLendingReport,
  '/cra/check_report/pdf/get': getReportPdf,
  '/cra/check_report/verification/pdf/get': getHomeLendingPdf,
  '/cra/check_report/partner_insights/get': getPartnerInsights,
  '/cra/partner_insights/get': getPartnerInsightsOfOld,
  '/cra/report/create': createProductReport,
  '/cra/report/get': getReportByProduct,
  '/cra/check_report/lend_score/get': getLendScore,
  '/cra/check_report/cashflow_insights/get': getCashflowInsights,
  '/cra/check_report/network_insights/get': getNetworkInsights,
  '/cra/credit_profile/report/get': getCreditProfile,
  '/cra/monitoring_insights/get': getMonitoringInsights,
  '/cra/monitoring_insights/subscribe': subscribe,
  '/cra/monitoring_insights/unsubscribe': unsubscribe,
  '/sandbox/cra/cashflow_updates/update': updateCashFlow,
  '/cra/servicing/subscription/create': createServicing,
  '/cra/servicing/subscription/get': getServicing,
  '/cra/servicing/subscription/list': listServicing,
  '/cra/servicing/subscription/update': updateServicing,
  '/cra/servicing/subscription/delete': deleteServicing,
  '/sandbox/cra/servicing/simulate': simulateServicing,
  '/link/token/create': createLinkToken,
  '/link/token/get': getLinkToken,
  '/sandbox/public_token/create': createPublicToken,
  '/sandbox/user/fire_webhook': fireCheckReportWebhook,
  '/institutions/get': getInstitutions,
  '/webhook_verification_key/get': getWebhookKey,
};

/** Whether the sandbox has an answer of its own to calls of a path, whatever the SDK says. */
export const hasOwnAnswer = (path: string): boolean => Object.hasOwn(ANSWERS, path);

/** The answer to a call that passed every check. Throws a PlaidError where the state does not allow it. */
export function answer(call: Call): object {
  const own = ANSWERS[call.path];
  if (own) return own(call);
  const user = namesUser(call) ? call.user() : null;
  const response = call.oracle.endpoints[call.path]?.response ?? {};
  const generic = genericAnswer(response, {
    definitions: call.oracle.definitions,
    seed: user?.userId ?? call.path,
    now: call.now,
    known: {
      ...withoutKeys(call.body),
      user_id: user?.userId,
      item_id: user && call.state.items.of(user.userId)[0]?.itemId,
    },
  });
  return { ...(generic as object), request_id: call.requestId };
}

/** The API keys are never repeated in an answer. */
const withoutKeys = (body: Call['body']): Record<string, unknown> =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !/^client_id$|secret$/.test(name)));

const namesUser = ({ body }: Call): boolean =>
  Boolean(body.user_id ?? body.user_token ?? body.third_party_user_token);
