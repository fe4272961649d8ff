import type { CraCheckReportCreateResponse } from 'plaid';
import type { ReportRequest } from '../state/reports';
import type { Answer, Call } from './call';
import { genericAnswer } from './generic';
import { pdf } from './pdf';
import {
  createThirdPartyToken,
  createUser,
  getUser,
  removeThirdPartyToken,
  removeUserAnswer,
  updateUser,
} from './users';

function createReport(call: Call<unknown>): CraCheckReportCreateResponse {
  call.state.reports.create(call.user().userId, call.body as ReportRequest, call.now);
  return { request_id: call.requestId };
}

/** The hand-written answers; every other covered path gets a generic one. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  '/user/create': createUser,
  '/user/get': getUser,
  '/user/update': updateUser,
  '/user/remove': removeUserAnswer,
  '/user/third_party_token/create': createThirdPartyToken,
  '/user/third_party_token/remove': removeThirdPartyToken,
  '/cra/check_report/create': createReport,
};

/** Every read of the consumer report, PDFs too, needs one that is ready. */
const READS_REPORT = /^\/cra\/check_report\/.*\/get$/;

/** The answer to a call that passed every check. Throws a Fault where the state does not allow it. */
export function answer(call: Call): object {
  const reportId = READS_REPORT.test(call.path) ? call.report().reportId : undefined;
  const endpoint = call.oracle.endpoints[call.path];
  if (!endpoint?.response) return pdf(`Consumer Report ${reportId ?? ''}`);
  const own = ANSWERS[call.path];
  if (own) return own(call);
  const { client_id, secret, client_secret, ...request } = call.body;
  const namesUser = ['user_id', 'user_token', 'third_party_user_token'].some((key) => request[key]);
  const generic = genericAnswer(endpoint.response, {
    definitions: call.oracle.definitions,
    seed: namesUser ? call.user().userId : call.path,
    now: call.now,
    request: { ...request, ...(reportId && { report_id: reportId }) },
  });
  return { ...(generic as object), request_id: call.requestId };
}
