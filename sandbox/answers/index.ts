import type { User } from '../state/users';
import { coveredDays } from './accounts';
import { clientReportId, getBaseReport } from './base-report';
import type { Answer, Call } from './call';
import { getCreditProfile } from './credit-profile';
import { currentFinances } from './finances';
import { genericAnswer } from './generic';
import { getCashflowInsights, getLendScore, getNetworkInsights } from './insights';
import { getInstitutions } from './institutions';
import { associateItems, createPublicToken, getUserItems, removeItems, resetLogin } from './items';
import { createLinkToken, getLinkToken } from './link';
import { registerApplications, registerLoans, unregisterLoans, updateLoans } from './loans';
import { getMonitoringInsights, subscribe, unsubscribe, updateCashFlow } from './monitoring';
import { createOAuthToken, introspectToken, revokeToken } from './oauth';
import { getPartnerInsights } from './partner-insights';
import { pdf } from './pdf';
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
  '/cra/check_report/partner_insights/get': getPartnerInsights,
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

/** Every read of the consumer report, PDFs too, needs one that is ready. */
const READS_REPORT = /^\/cra\/check_report\/.*\/get$/;

/** The answer to a call that passed every check. Throws a Fault where the state does not allow it. */
export function answer(call: Call): object {
  // Before any answer: a read of a report that is not ready is refused.
  const report = READS_REPORT.test(call.path) ? call.report() : null;
  const endpoint = call.oracle.endpoints[call.path];
  if (!endpoint?.response) return pdf(`Consumer Report ${report?.reportId ?? ''}`);
  const own = ANSWERS[call.path];
  if (own) return own(call);
  const user = namesUser(call) ? call.user() : null;
  const generic = genericAnswer(endpoint.response, {
    definitions: call.oracle.definitions,
    seed: user?.userId ?? call.path,
    now: call.now,
    known: {
      ...withoutKeys(call.body),
      ...(user && knownOf(call, user)),
      ...(report && {
        report_id: report.reportId,
        client_report_id: clientReportId(report.request),
        days_requested: coveredDays(report.request.days_requested),
      }),
    },
  });
  return { ...(generic as object), request_id: call.requestId };
}

/** The API keys are never repeated in an answer. */
const withoutKeys = (body: Call['body']): Record<string, unknown> =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !/^client_id$|secret$/.test(name)));

const namesUser = ({ body }: Call): boolean =>
  Boolean(body.user_id ?? body.user_token ?? body.third_party_user_token);

/** What every answer about the user says alike. */
function knownOf({ state }: Call, user: User): Record<string, unknown> {
  const { banks, accounts } = currentFinances(state, user);
  const [bank] = banks;
  const [account] = accounts;
  return {
    ...user.identity?.name,
    user_id: user.userId,
    item_id: bank?.itemId,
    institution_id: bank?.institution.id,
    institution_name: bank?.institution.name,
    account_id: account?.id,
    mask: account?.mask,
  };
}
